"""The private database of a test, on both databases, and a clock moved by hand."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.engine import Engine

from motcua.dossiers.audit import Audit
from motcua.dossiers.brake import Brake
from motcua.dossiers.opening import Private
from motcua.dossiers.subscriptions import Subscriptions
from motcua.dossiers.tables import create_tables
from motcua.engine import open_engine
from motcua.vault import Vault

SECRET = "a secret of the tests, long enough"


@dataclass
class Clock:
    """The time, moved by hand."""

    now: float = 1_795_000_000.0

    def __call__(self) -> float:
        return self.now


@contextmanager
def opened(url: str) -> Iterator[Engine]:
    """A connection pool, given back at the end."""
    engine = open_engine(url, is_durable=False)
    try:
        yield engine
    finally:
        engine.dispose()


def private_on(engine: Engine, clock: Clock) -> Private:
    """All of it, with its tables."""
    create_tables(engine)
    return Private(Vault(engine, SECRET, clock), Brake(engine, clock), Audit(engine, clock), Subscriptions(engine, clock))


def file_url(folder: Path) -> str:
    return f"sqlite:///{folder / 'private.db'}"
