"""The directory of staff: invited, changed, let in and kept out by administrators. Every change is in the audit trail."""

from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.engine import Connection

from console.audit.acts import Act
from console.foundation import Foundation
from console.people.links import Links
from console.people.person import Person, read_person
from console.people.second_factor import SecondFactor
from console.people.sessions import Sessions
from console.people.tries import Tries
from console.roles import Role
from console.tables import PEOPLE
from motcua.vietnamese.folding import fold


class LoginTaken(ValueError):
    """Somebody has this login."""

    def __init__(self, login: str) -> None:
        super().__init__(f"There is a member of staff with the login {login!r}. Choose another, or use `reset`.")


class LastAdministrator(ValueError):
    """Without this one, nobody could let anybody in."""

    def __init__(self, login: str) -> None:
        super().__init__(f"{login!r} is the last active administrator. Make somebody else one first.")


class Directory:
    """Reads and changes it. `by` is the login of who does it."""

    def __init__(self, foundation: Foundation, sessions: Sessions) -> None:
        self._foundation, self._sessions = foundation, sessions
        self._links, self._second_factor = Links(foundation.keys), SecondFactor(foundation.keys)
        self._tries = Tries(foundation.keys)

    def everybody(self) -> list[Person]:
        """All of them: who works here first, then by name."""
        with self._foundation.database.reading() as connection:
            people = [read_person(row) for row in connection.execute(select(PEOPLE).order_by(PEOPLE.c.id))]
        return sorted(people, key=lambda person: (not person.is_active, fold(person.name)))

    def find(self, person: int) -> Person | None:
        """The one of this number."""
        return self._first(PEOPLE.c.id == person)

    def by_login(self, login: str) -> Person | None:
        """The one of this login."""
        return self._first(PEOPLE.c.login == login)

    def invite(self, login: str, *, name: str, role: Role, place: str = "", by: str) -> str:
        """A new member of staff; returns the token of the link that lets them in. Raises LoginTaken."""
        with self._foundation.database.writing() as connection:
            if connection.execute(select(PEOPLE.c.id).where(PEOPLE.c.login == login)).first():
                raise LoginTaken(login)
            row = {"login": login, "name": name, "role": role.value, "place": place, "is_active": True, "code_step": 0}
            added = connection.execute(insert(PEOPLE).values(**row, created_at=self._foundation.clock()))
            self._foundation.note(connection, Act.INVITED, by=by, subject=login, role=role.value, place=place)
            return self._links.make(connection, int(added.inserted_primary_key[0]), at=self._foundation.clock())

    def change(self, person: Person, *, name: str, role: Role, place: str, by: str) -> None:
        """Another name, role or place. A new role begins with signing in again. Raises LastAdministrator."""
        wanted = {"name": name, "role": role.value, "place": place}
        was = {"name": person.name, "role": person.role.value, "place": person.place}
        changed = {key: value for key, value in wanted.items() if was[key] != value}
        if not changed:
            return
        with self._foundation.database.writing() as connection:
            if role is not Role.ADMINISTRATOR:
                self._keep_one_administrator(connection, person)
            connection.execute(update(PEOPLE).where(PEOPLE.c.id == person.id).values(**changed))
            if "role" in changed:
                self._sessions.end_all(connection, person.id)
            before = {f"{key}_before": was[key] for key in changed}
            self._foundation.note(connection, Act.CHANGED, by=by, subject=person.login, **changed, **before)

    def deactivate(self, person: Person, *, by: str) -> None:
        """Signs them out and keeps them out; what they did stays. Raises LastAdministrator."""
        with self._foundation.database.writing() as connection:
            self._keep_one_administrator(connection, person)
            connection.execute(update(PEOPLE).where(PEOPLE.c.id == person.id).values(is_active=False))
            self._sessions.end_all(connection, person.id)
            self._links.void(connection, person.id)
            self._foundation.note(connection, Act.DEACTIVATED, by=by, subject=person.login)

    def reactivate(self, person: Person, *, by: str) -> None:
        """Lets them in again."""
        with self._foundation.database.writing() as connection:
            connection.execute(update(PEOPLE).where(PEOPLE.c.id == person.id).values(is_active=True))
            self._foundation.note(connection, Act.REACTIVATED, by=by, subject=person.login)

    def make_link(self, person: Person, *, by: str) -> str:
        """A new link for somebody whose first one ran out; returns its token."""
        with self._foundation.database.writing() as connection:
            self._foundation.note(connection, Act.LINK_MADE, by=by, subject=person.login)
            return self._links.make(connection, person.id, at=self._foundation.clock())

    def reset(self, person: Person, *, by: str) -> str:
        """For who lost password or telephone: neither works any more. Returns the token of a link to begin anew."""
        with self._foundation.database.writing() as connection:
            connection.execute(update(PEOPLE).where(PEOPLE.c.id == person.id).values(password_hash=None, oidc_subject=None))
            self._second_factor.remove(connection, person.id)
            self._sessions.end_all(connection, person.id)
            self._tries.forget(connection, person.login)
            self._foundation.note(connection, Act.RESET, by=by, subject=person.login)
            return self._links.make(connection, person.id, at=self._foundation.clock())

    def _keep_one_administrator(self, connection: Connection, person: Person) -> None:
        others = (PEOPLE.c.role == Role.ADMINISTRATOR.value, PEOPLE.c.is_active.is_(True), PEOPLE.c.id != person.id)
        is_left = connection.execute(select(func.count()).where(*others)).scalar_one()
        if person.role is Role.ADMINISTRATOR and person.is_active and not is_left:
            raise LastAdministrator(person.login)

    def _first(self, condition: Any) -> Person | None:
        with self._foundation.database.reading() as connection:
            row = connection.execute(select(PEOPLE).where(condition)).first()
        return read_person(row) if row else None
