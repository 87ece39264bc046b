"""How much of a long answer has arrived, so that a new attempt goes on where the last one stopped."""

from sqlalchemy import select
from sqlalchemy.engine import Connection

from gateway.database import Database
from gateway.zalo.tables import PROGRESS


class Progress:
    """Parts delivered, by delivery."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, delivery_id: int) -> int:
        """How many parts of it have arrived."""
        with self._database.reading() as connection:
            found = connection.execute(select(PROGRESS.c.parts).where(PROGRESS.c.delivery == delivery_id)).scalar()
        return int(found or 0)

    def note(self, delivery_id: int, parts: int) -> None:
        """So many have arrived now."""
        mine = PROGRESS.c.delivery == delivery_id

        def job(connection: Connection) -> None:
            if not connection.execute(PROGRESS.update().where(mine).values(parts=parts)).rowcount:
                connection.execute(PROGRESS.insert().values(delivery=delivery_id, parts=parts))

        self._database.write(job)

    def forget(self, delivery_id: int) -> None:
        """All of it has arrived."""
        arrived = PROGRESS.delete().where(PROGRESS.c.delivery == delivery_id)
        self._database.write(lambda connection: connection.execute(arrived))
