"""The vault: what a citizen's private moment needs, encrypted, bound to one conversation, and gone within half an hour.

The gateway puts in the numbers it masked, an action reads those it has to compare; the action puts in an answer that only the
citizen may see, the gateway reads it when it is delivered. Neither Rasa nor any log comes near it.
"""

import base64
import secrets
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import Column, Float, Index, Integer, LargeBinary, MetaData, String, Table, select
from sqlalchemy.engine import Engine
from sqlalchemy.sql import Executable, Select

from motcua.engine import make_tables

SECONDS = 28 * 60.0  # readable; with a purge each minute nothing is older than half an hour

_METADATA = MetaData()
VAULT = Table(
    "vault",
    _METADATA,
    Column("id", Integer, primary_key=True),
    Column("reference", String(32), nullable=False, unique=True),
    Column("conversation", String(128), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("value", LargeBinary, nullable=False),  # encrypted
    Column("expires_at", Float, nullable=False),
    Index("vault_of_conversation", "conversation", "id"),
    Index("vault_by_age", "expires_at"),
)


@dataclass(frozen=True)
class Kept:
    """One value of the vault; it does not show itself in a log or an error."""

    kind: str
    value: str = field(repr=False)


class Vault:
    """Values by conversation. The key is made of a secret, which only the gateway and the action server hold."""

    def __init__(self, engine: Engine, secret: str, clock: Callable[[], float] = time.time) -> None:
        key = HKDF(SHA256(), length=32, salt=None, info=b"motcua vault").derive(secret.encode())
        self._fernet, self._clock = Fernet(base64.urlsafe_b64encode(key)), clock
        self._engine, self._writes = engine, engine.execution_options(writes=True)
        make_tables(_METADATA, engine)

    def put(self, conversation: str, kept: Iterable[Kept]) -> list[str]:
        """Keeps the values; a reference for each, by which alone `get` finds it."""
        expires_at = self._clock() + SECONDS
        rows = [
            {
                "reference": secrets.token_hex(16),
                "conversation": conversation,
                "kind": one.kind,
                "value": self._fernet.encrypt(one.value.encode()),
                "expires_at": expires_at,
            }
            for one in kept
        ]
        if rows:
            with self._writes.begin() as connection:
                connection.execute(VAULT.insert(), rows)
        return [str(row["reference"]) for row in rows]

    def get(self, conversation: str, reference: str) -> str | None:
        """The value of a reference that was given out for this conversation; None once it has expired."""
        query = self._readable(conversation).where(VAULT.c.reference == reference)
        with self._engine.connect() as connection:
            row = connection.execute(query).first()
        return None if row is None else self._open(row.value)

    def of(self, conversation: str, *kinds: str) -> list[Kept]:
        """The values of these kinds in this conversation, the latest first."""
        query = self._readable(conversation).where(VAULT.c.kind.in_(kinds)).order_by(VAULT.c.id.desc())
        with self._engine.connect() as connection:
            return [Kept(row.kind, self._open(row.value)) for row in connection.execute(query)]

    def drop(self, conversation: str, *kinds: str) -> None:
        """Forgets the values of these kinds in this conversation; all of them where none is named."""
        mine = VAULT.delete().where(VAULT.c.conversation == conversation)
        self._write(mine.where(VAULT.c.kind.in_(kinds)) if kinds else mine)

    def purge(self) -> None:
        """Deletes what has expired."""
        self._write(VAULT.delete().where(VAULT.c.expires_at <= self._clock()))

    def _readable(self, conversation: str) -> Select:
        return select(VAULT).where(VAULT.c.conversation == conversation, VAULT.c.expires_at > self._clock())

    def _open(self, value: bytes) -> str:
        return self._fernet.decrypt(value).decode()

    def _write(self, statement: Executable) -> None:
        with self._writes.begin() as connection:
            connection.execute(statement)
