"""Conversations that a person has taken over: the bot stays silent in them for a while."""

from sqlalchemy import select
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError

from gateway.database import MESSAGES, PAUSES, Database, clock


class Pauses:
    """While a conversation is paused, `Inbox.accept` marks its messages as for staff, and the bot never sees them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def pause(self, conversation: str, until: float, by: str) -> None:
        """A person (`by`, an id) writes here until then (seconds since 1970); what still waits for the bot becomes theirs."""
        waiting = MESSAGES.update().where(MESSAGES.c.conversation == conversation, MESSAGES.c.state == "waiting")
        change = PAUSES.update().where(PAUSES.c.conversation == conversation).values(until=until, by=by)

        def job(connection: Connection) -> None:
            if not connection.execute(change).rowcount:
                connection.execute(PAUSES.insert().values(conversation=conversation, until=until, by=by))
            connection.execute(waiting.values(state="for_staff"))

        try:
            self._database.write(job)
        except IntegrityError:  # another process paused it this very moment
            self.pause(conversation, until, by)

    def is_paused(self, conversation: str) -> bool:
        """Whether a person writes here now."""
        query = select(PAUSES.c.until).where(PAUSES.c.conversation == conversation, PAUSES.c.until > clock())
        with self._database.reading() as connection:
            return connection.execute(query).first() is not None

    def resume(self, conversation: str) -> None:
        """The bot answers again, from the next message on."""
        end = PAUSES.delete().where(PAUSES.c.conversation == conversation)
        self._database.write(lambda connection: connection.execute(end))

    def end_if_over(self, conversation: str) -> bool:
        """Whether a pause of this conversation ran out since this was last asked: then the bot may say that it is back."""
        over = PAUSES.delete().where(PAUSES.c.conversation == conversation, PAUSES.c.until <= clock())
        return self._database.write(lambda connection: bool(connection.execute(over).rowcount))
