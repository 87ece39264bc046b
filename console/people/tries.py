"""Lock-out: who guesses is stopped, by login and by address, whether or not there is such a login."""

import ipaddress

from sqlalchemy import delete, func, insert, select
from sqlalchemy.engine import Connection

from console.keys import Keys
from console.tables import TRIES
from motcua.database import take_turn

WINDOW = 15 * 60  # seconds that a failed try counts
PER_LOGIN, PER_ADDRESS = 5, 50  # an office shares one address


class Tries:
    """Counts tries before they are judged, so that a hundred at once are still a hundred."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys

    def allow(self, connection: Connection, *, at: float, login: str, address: str) -> bool:
        """Counts a try; False if this login or this address has had its share within the last minutes."""
        take_turn(connection, "motcua.console.tries")
        connection.execute(delete(TRIES).where(TRIES.c.at < at - WINDOW))
        limits = {self._login(login): PER_LOGIN}
        if not _is_this_machine(address):
            limits[self._keys.digest("address", address)] = PER_ADDRESS
        if any(_count(connection, subject) >= limit for subject, limit in limits.items()):
            return False  # not counted: waiting helps, and whoever locks others out has to keep at it
        connection.execute(insert(TRIES), [{"subject": subject, "at": at} for subject in limits])
        return True

    def forget(self, connection: Connection, login: str) -> None:
        """After a success, or when an administrator lets somebody in again."""
        connection.execute(delete(TRIES).where(TRIES.c.subject == self._login(login)))

    def is_last(self, connection: Connection, login: str) -> bool:
        """Whether the try just counted was the last one allowed."""
        return _count(connection, self._login(login)) >= PER_LOGIN

    def _login(self, login: str) -> str:
        return self._keys.digest("login", login)


def _count(connection: Connection, subject: str) -> int:
    return int(connection.execute(select(func.count()).where(TRIES.c.subject == subject)).scalar_one())


def _is_this_machine(address: str) -> bool:
    """A reverse proxy that hides its clients would otherwise be all of them at once."""
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return True  # a socket without an address
