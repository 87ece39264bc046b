"""One-time links: how somebody comes to a password without anybody else knowing it."""

from sqlalchemy import delete, insert, select
from sqlalchemy.engine import Connection

from console.keys import Keys, new_token
from console.people.person import Person, read_person
from console.tables import LINKS, PEOPLE

HOURS = 72


class Links:
    """Makes and uses them; every method works inside the caller's transaction."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys

    def make(self, connection: Connection, person: int, *, at: float) -> str:
        """The token of a new link; one made earlier for this person no longer works."""
        token = new_token()
        connection.execute(delete(LINKS).where((LINKS.c.person == person) | (LINKS.c.expires_at < at)))
        row = {"digest": self._digest(token), "person": person, "expires_at": at + HOURS * 3600}
        connection.execute(insert(LINKS).values(**row))
        return token

    def find(self, connection: Connection, token: str, *, at: float) -> Person | None:
        """Whose link it is, if it still works."""
        mine = (LINKS.c.digest == self._digest(token), LINKS.c.expires_at >= at, PEOPLE.c.is_active.is_(True))
        row = connection.execute(select(PEOPLE).join_from(LINKS, PEOPLE).where(*mine)).first()
        return read_person(row) if row else None

    def use(self, connection: Connection, token: str, *, at: float) -> Person | None:
        """The same, and the link no longer works."""
        person = self.find(connection, token, at=at)
        used = connection.execute(delete(LINKS).where(LINKS.c.digest == self._digest(token))).rowcount
        return person if used else None

    def void(self, connection: Connection, person: int) -> None:
        """The links of a person no longer work."""
        connection.execute(delete(LINKS).where(LINKS.c.person == person))

    def _digest(self, token: str) -> str:
        return self._keys.digest("link", token)
