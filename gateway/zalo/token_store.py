"""The tokens of each Official Account, encrypted at rest, and the right to refresh them, which one process has at a time."""

import base64
import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from cryptography.fernet import Fernet, InvalidToken
from sqlalchemy import select
from sqlalchemy.engine import Connection

from gateway.database import Database
from gateway.zalo.tables import TOKENS

LEASE_SECONDS = 60.0  # longer than a refresh takes, so a lease that has ended is that of a dead process


@dataclass(frozen=True, repr=False)
class Pair:
    """An access token for a day, and the refresh token that buys the next pair, once."""

    access: str
    refresh: str
    issued_at: float
    is_dead: bool = False


class TokenStore:
    """Pairs by Official Account."""

    def __init__(self, database: Database, key: str, clock: Callable[[], float]) -> None:
        self._database, self._clock = database, clock
        self._cipher = Fernet(base64.urlsafe_b64encode(hashlib.sha256(key.encode()).digest()))

    def read(self, oa_id: str) -> Pair | None:
        """The pair of an account; None if it was never connected, or with another key."""
        with self._database.reading() as connection:
            row = connection.execute(select(TOKENS).where(TOKENS.c.oa_id == oa_id)).mappings().first()
        if row is None:
            return None
        try:
            access, refresh = (self._cipher.decrypt(row[name].encode()).decode() for name in ("access_token", "refresh_token"))
        except InvalidToken:
            return None
        return Pair(access, refresh, row["issued_at"], bool(row["is_dead"]))

    def write(self, oa_id: str, access: str, refresh: str) -> Pair:
        """Keeps a new pair and ends the lease."""
        pair = Pair(access, refresh, self._clock())
        sealed = [self._cipher.encrypt(token.encode()).decode() for token in (access, refresh)]
        values = {"access_token": sealed[0], "refresh_token": sealed[1], "issued_at": pair.issued_at}
        values |= {"leased_until": 0.0, "is_dead": 0}

        def job(connection: Connection) -> None:
            if not connection.execute(TOKENS.update().where(TOKENS.c.oa_id == oa_id).values(values)).rowcount:
                connection.execute(TOKENS.insert().values(oa_id=oa_id, **values))

        self._database.write(job)
        return pair

    def lease(self, oa_id: str, pair: Pair) -> bool:
        """Whether the caller alone may use up this pair's refresh token; false if someone else is at it or has done it."""
        mine = (TOKENS.c.oa_id == oa_id, TOKENS.c.issued_at == pair.issued_at, TOKENS.c.leased_until <= self._clock())
        update = TOKENS.update().where(*mine).values(leased_until=self._clock() + LEASE_SECONDS)
        return self._database.write(lambda connection: bool(connection.execute(update).rowcount))

    def release(self, oa_id: str, *, is_dead: bool = False) -> None:
        """Ends a lease that brought no new pair."""
        values = {"leased_until": 0.0, "is_dead": int(is_dead)}
        update = TOKENS.update().where(TOKENS.c.oa_id == oa_id).values(values)
        self._database.write(lambda connection: connection.execute(update))
