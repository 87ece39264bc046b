"""The console's database."""

from pathlib import Path

from motcua.database import MigratedDatabase

MIGRATIONS = Path(__file__).parent / "migrations"


class Database(MigratedDatabase):
    """People, sessions, tries and the audit trail."""

    def __init__(self, url: str) -> None:
        super().__init__(url, MIGRATIONS, turn="motcua.console.migrations")
