"""The conversation store: where turns are kept, changed and erased. What can be found in it: finding.py."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError

from motcua.conversations.erasing import erase
from motcua.conversations.keeping import keep
from motcua.conversations.migrating import migrate
from motcua.conversations.turns import Turn
from motcua.engine import open_engine


class ConversationStore:
    """One database; its tables are brought up to date when it is opened. Raises sqlalchemy's errors."""

    def __init__(self, url: str) -> None:
        self._engine = open_engine(url, is_durable=False)
        self._writes = self._engine.execution_options(writes=True)
        migrate(self._writes)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection to read with."""
        with self._engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction: all of it is kept at its end, or nothing if it raises."""
        with self._writes.begin() as connection:
            yield connection

    def keep(self, turn: Turn) -> None:
        """Redacts a turn and keeps it, or what it adds to the one of the same conversation and message."""
        try:
            self._keep(turn)
        except IntegrityError:  # another process kept it, or one of the same id, this very moment
            self._keep(turn)

    def erase(self, conversation: str) -> None:
        """Deletes a conversation with all that was written about it; what still comes of its past turns is not kept."""
        with self.writing() as connection:
            erase(connection, conversation)

    def close(self) -> None:
        """Gives the connections back."""
        self._engine.dispose()

    def _keep(self, turn: Turn) -> None:
        with self.writing() as connection:
            keep(connection, turn)
