"""Drafts: what volunteers wrote to citizens and a supervisor has to approve, where the house has that rule."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.sql import ColumnElement

from console.foundation import Foundation
from console.people.person import Person
from console.roles import Role
from console.tables import DRAFTS, HOUSE_RULES

RULE = "approve_replies"
DAY = 24 * 3600.0  # seconds a draft is kept: as long as the gateway keeps what was settled


@dataclass(frozen=True)
class Draft:
    """A reply that was not sent yet: `note` says why it was returned, None while it waits; `at` in seconds since 1970."""

    id: str
    conversation: str
    by: str
    text: str
    at: float
    note: str | None


class Drafts:
    """Kept encrypted, for a day at most."""

    def __init__(self, foundation: Foundation) -> None:
        self._foundation = foundation

    @property
    def is_rule(self) -> bool:
        """Whether what volunteers write needs approval."""
        query = select(HOUSE_RULES.c.is_on).where(HOUSE_RULES.c.name == RULE)
        with self._foundation.database.reading() as connection:
            return bool(connection.execute(query).scalar())

    def set_rule(self, *, is_on: bool) -> None:
        """Makes or drops the rule. What waits goes on waiting."""
        with self._foundation.database.writing() as connection:
            connection.execute(delete(HOUSE_RULES).where(HOUSE_RULES.c.name == RULE))
            connection.execute(insert(HOUSE_RULES).values(name=RULE, is_on=is_on))

    def are_needed_of(self, person: Person) -> bool:
        """Whether what this person writes has to be approved."""
        return person.role is Role.VOLUNTEER and self.is_rule

    def keep(self, conversation: str, by: str, *, id: str, text: str) -> None:
        """Keeps a draft, in place of what was returned to the same volunteer there; the same id is the same draft."""
        now, mine = self._foundation.clock(), (DRAFTS.c.conversation == conversation) & (DRAFTS.c.by == by)
        gone = (DRAFTS.c.id == id) | (mine & DRAFTS.c.note.is_not(None)) | (DRAFTS.c.at < now - DAY)
        sealed = self._foundation.keys.encrypt(text)
        with self._foundation.database.writing() as connection:
            connection.execute(delete(DRAFTS).where(gone))
            connection.execute(insert(DRAFTS).values(id=id, conversation=conversation, by=by, text=sealed, at=now))

    def waiting(self) -> list[Draft]:
        """Those that wait for approval, oldest first."""
        return self._read(DRAFTS.c.note.is_(None))

    def of(self, conversation: str) -> list[Draft]:
        """Those of one conversation, returned ones among them."""
        return self._read(DRAFTS.c.conversation == conversation)

    def find(self, id: str) -> Draft | None:
        """One that waits."""
        return next(iter(self._read(DRAFTS.c.id == id, DRAFTS.c.note.is_(None))), None)

    def give_back(self, draft: Draft, note: str) -> None:
        """Shows it to who wrote it, with the reason why it is not sent."""
        with self._foundation.database.writing() as connection:
            connection.execute(update(DRAFTS).where(DRAFTS.c.id == draft.id).values(note=note))

    def drop(self, draft: Draft) -> None:
        """It was sent, or cannot be sent any more."""
        with self._foundation.database.writing() as connection:
            connection.execute(delete(DRAFTS).where(DRAFTS.c.id == draft.id))

    def _read(self, *conditions: ColumnElement[bool]) -> list[Draft]:
        since = DRAFTS.c.at > self._foundation.clock() - DAY
        with self._foundation.database.reading() as connection:
            rows = connection.execute(select(DRAFTS).where(since, *conditions).order_by(DRAFTS.c.at, DRAFTS.c.id)).all()
        return [self._draft(row) for row in rows]

    def _draft(self, row: Any) -> Draft:
        return Draft(row.id, row.conversation, row.by, self._foundation.keys.decrypt(row.text), row.at, row.note)
