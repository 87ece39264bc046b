"""Signing in: by password, then by code, or with the account of the office (OpenID Connect)."""

from typing import NoReturn

from sqlalchemy import select, update
from sqlalchemy.engine import Connection

from console.audit.acts import Act
from console.foundation import Foundation
from console.people import passwords
from console.people.person import Person, read_login
from console.people.second_factor import SecondFactor
from console.people.sessions import Sessions, Stage
from console.people.tries import Tries
from console.tables import PEOPLE


class Refused(PermissionError):
    """Not let in. Says only whether waiting helps, never which part was wrong."""

    def __init__(self, *, is_locked: bool = False) -> None:
        super().__init__("locked out for a while" if is_locked else "wrong login, password or code")
        self.is_locked = is_locked


class SigningIn:
    """Lets people in; each method returns the token of a session, or raises Refused."""

    def __init__(self, foundation: Foundation, sessions: Sessions) -> None:
        self._foundation, self._sessions = foundation, sessions
        self._tries, self._second_factor = Tries(foundation.keys), SecondFactor(foundation.keys)

    def by_password(self, typed: str, password: str, *, address: str) -> tuple[str, Stage]:
        """The session is half one where a code is still to come."""
        login, now = read_login(typed), self._foundation.clock()
        self._count(login, address, now)
        with self._foundation.database.reading() as connection:
            row = connection.execute(select(PEOPLE).where(PEOPLE.c.login == login)).first()
        # Argon2 takes its time outside of any transaction, and as long where there is no such login.
        is_right = passwords.fits(password, row.password_hash if row else None)
        if not (is_right and row and row.is_active):
            self._refuse(login, is_known=row is not None, address=address)
        with self._foundation.database.writing() as connection:
            if passwords.is_outdated(row.password_hash):
                _keep_password(connection, row.id, password)
            if row.code_secret:
                return self._sessions.begin(connection, row.id, Stage.HALF), Stage.HALF
            return self._let_in(connection, row.id, login, Stage.WHOLE, address=address), Stage.WHOLE

    def by_code(self, person: Person, typed: str, *, address: str) -> str:
        """The second step, with six digits or a recovery code."""
        self._count(person.login, address, self._foundation.clock())
        with self._foundation.database.writing() as connection:
            now = self._foundation.clock()
            if self._second_factor.fits(connection, person.id, typed, at=now):
                return self._let_in(connection, person.id, person.login, Stage.WHOLE, address=address)
            if self._second_factor.use_recovery_code(connection, person.id, typed):
                self._foundation.note(connection, Act.RECOVERY_CODE_USED, by=person.login, address=address)
                return self._let_in(connection, person.id, person.login, Stage.WHOLE, address=address)
        self._refuse(person.login, is_known=True, address=address)

    def by_office(self, login: str, subject: str, *, address: str) -> str:
        """Somebody the provider vouches for: invited under this login, and from then on known by `subject`."""
        with self._foundation.database.writing() as connection:
            bound = connection.execute(select(PEOPLE).where(PEOPLE.c.oidc_subject == subject)).first()
            invited = (PEOPLE.c.login == read_login(login), PEOPLE.c.oidc_subject.is_(None))
            row = bound or connection.execute(select(PEOPLE).where(*invited)).first()
            if row is not None and row.is_active:
                connection.execute(update(PEOPLE).where(PEOPLE.c.id == row.id).values(oidc_subject=subject))
                return self._let_in(connection, row.id, row.login, Stage.OUTSIDE, address=address)
        self._refuse(read_login(login), is_known=row is not None, address=address)

    def by_link(self, connection: Connection, person: Person, password: str) -> None:
        """Keeps the first password of somebody who came by a one-time link."""
        _keep_password(connection, person.id, password)
        self._tries.forget(connection, person.login)
        self._foundation.note(connection, Act.LINK_USED, by=person.login)

    def change_password(self, person: Person, old: str, new: str, *, token: str, address: str) -> None:
        """Another password; sessions elsewhere end."""
        self.confirm(person, old, address=address)
        with self._foundation.database.writing() as connection:
            _keep_password(connection, person.id, new)
            self._sessions.end_all(connection, person.id, but=token)
            self._foundation.note(connection, Act.PASSWORD_CHANGED, by=person.login)

    def confirm(self, person: Person, password: str, *, address: str) -> None:
        """Asks once more for the password of who is signed in."""
        self._count(person.login, address, self._foundation.clock())
        with self._foundation.database.reading() as connection:
            kept = connection.execute(select(PEOPLE.c.password_hash).where(PEOPLE.c.id == person.id)).scalar_one()
        if not passwords.fits(password, kept):
            self._refuse(person.login, is_known=True, address=address)
        with self._foundation.database.writing() as connection:
            self._tries.forget(connection, person.login)

    def sign_out(self, person: Person, token: str) -> None:
        """Ends the session."""
        with self._foundation.database.writing() as connection:
            self._sessions.end(connection, token)
            self._foundation.note(connection, Act.SIGNED_OUT, by=person.login)

    def _let_in(self, connection: Connection, person: int, login: str, stage: Stage, *, address: str) -> str:
        self._tries.forget(connection, login)
        self._foundation.note(connection, Act.SIGNED_IN, by=login, address=address)
        return self._sessions.begin(connection, person, stage)

    def _count(self, login: str, address: str, now: float) -> None:
        with self._foundation.database.writing() as connection:
            is_allowed = self._tries.allow(connection, at=now, login=login, address=address)
        if not is_allowed:
            raise Refused(is_locked=True)

    def _refuse(self, login: str, *, is_known: bool, address: str) -> NoReturn:
        with self._foundation.database.writing() as connection:
            # What was typed as a login may be a password: only logins that exist are written down.
            known = login if is_known else ""
            self._foundation.note(connection, Act.SIGN_IN_FAILED, by="", subject=known, address=address)
            if self._tries.is_last(connection, login):
                self._foundation.note(connection, Act.LOCKED_OUT, by="", subject=known, address=address)
        raise Refused


def _keep_password(connection: Connection, person: int, password: str) -> None:
    connection.execute(update(PEOPLE).where(PEOPLE.c.id == person).values(password_hash=passwords.keep(password)))
