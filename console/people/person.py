"""One member of staff."""

import re
from dataclasses import dataclass
from typing import Any

from console.roles import Permission, Role, may

_LOGIN = re.compile(r"[a-z0-9][a-z0-9._@-]{2,63}")


@dataclass(frozen=True)
class Person:
    """Who may sign in. `place` is the official code of a commune, or empty; `seen_at` is in seconds since 1970."""

    id: int
    login: str
    name: str
    role: Role
    place: str
    is_active: bool
    has_password: bool
    has_code: bool
    is_bound: bool  # to an account of the OpenID Connect provider
    seen_at: float | None

    def may(self, permission: Permission) -> bool:
        """Whether this person is allowed something."""
        return self.is_active and may(self.role, permission)

    @property
    def is_invited(self) -> bool:
        """Whether this person has never been able to sign in."""
        return not (self.has_password or self.is_bound)


def read_person(row: Any) -> Person:
    """A person from the row."""
    return Person(
        id=row.id,
        login=row.login,
        name=row.name,
        role=Role(row.role),
        place=row.place,
        is_active=row.is_active,
        has_password=row.password_hash is not None,
        has_code=row.code_secret is not None,
        is_bound=row.oidc_subject is not None,
        seen_at=row.seen_at,
    )


def read_login(typed: str) -> str:
    """A login as it is kept: logins differ by more than capitals and spaces; what cannot be printed no database takes."""
    return "".join(letter for letter in typed.lower() if letter.isprintable() and not letter.isspace())[:64]


def is_login(login: str) -> bool:
    """Whether it can be one: 3 to 64 letters without marks, digits and . _ @ -"""
    return _LOGIN.fullmatch(login) is not None
