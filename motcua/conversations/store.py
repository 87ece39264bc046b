"""The conversation store: where turns are kept, changed and erased. What can be found in it: finding.py."""

from collections.abc import Sequence
from pathlib import Path

from sqlalchemy.exc import IntegrityError

from motcua.conversations.erasing import erase
from motcua.conversations.keeping import keep
from motcua.conversations.turns import Turn
from motcua.database import MigratedDatabase

MIGRATIONS = Path(__file__).parent / "migrations"


class ConversationStore(MigratedDatabase):
    """One database; its tables are brought up to date when it is opened. Raises sqlalchemy's errors."""

    def __init__(self, url: str) -> None:
        super().__init__(url, MIGRATIONS, turn="motcua.conversations", is_durable=False)

    def keep(self, *turns: Turn) -> None:
        """Redacts turns and keeps them, or what each adds to the one of the same conversation and message: all, or none."""
        try:
            self._keep(turns)
        except IntegrityError:  # another process kept one, or one of the same id, this very moment
            self._keep(turns)

    def erase(self, conversation: str) -> None:
        """Deletes a conversation with all that was written about it; what still comes of its past turns is not kept."""
        with self.writing() as connection:
            erase(connection, conversation)

    def _keep(self, turns: Sequence[Turn]) -> None:
        with self.writing() as connection:
            keep(connection, turns)
