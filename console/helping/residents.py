"""Residents beside a volunteer: helped sessions of the assistant, for a few hours, without a name or a login."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from sqlalchemy import delete, func, insert, select

from console.foundation import Foundation
from console.gateway_client import GatewayClient, NotThere
from console.people.person import Person
from console.tables import RESIDENTS

HOURS = 4  # as long as the gateway keeps a helped session
DAY = 24 * 3600.0


@dataclass(frozen=True)
class Resident:
    """Somebody who is being helped: known by a number, counted anew for each volunteer and day."""

    id: int
    number: int
    conversation: str
    token: str  # opens the session at the gateway
    opened_at: float


class Residents:
    """The helped sessions of volunteers. What asks the gateway raises GatewayAway."""

    def __init__(self, foundation: Foundation, gateway: GatewayClient) -> None:
        self._foundation, self._gateway = foundation, gateway

    def begin(self, person: Person) -> int:
        """Opens a session; returns its id."""
        opened = self._gateway.ask("POST", "/staff/helped", {"by": person.login, "place": person.place or None})
        now, token = self._foundation.clock(), self._foundation.keys.encrypt(opened["token"])
        with self._foundation.database.writing() as connection:
            mine = RESIDENTS.c.person == person.id
            connection.execute(delete(RESIDENTS).where(mine, RESIDENTS.c.opened_at < now - DAY))
            last = connection.execute(select(func.max(RESIDENTS.c.number)).where(mine)).scalar() or 0
            row = {"person": person.id, "number": last + 1, "conversation": opened["conversation"], "token": token}
            key = connection.execute(insert(RESIDENTS).values(**row, opened_at=now)).inserted_primary_key
        return int(key[0])

    def open(self, person: Person) -> list[Resident]:
        """Those a volunteer is helping now, the last first."""
        since = RESIDENTS.c.opened_at > self._foundation.clock() - HOURS * 3600
        query = select(RESIDENTS).where(RESIDENTS.c.person == person.id, RESIDENTS.c.token != "", since)
        with self._foundation.database.reading() as connection:
            rows = connection.execute(query.order_by(RESIDENTS.c.id.desc())).all()
        return [Resident(row.id, row.number, row.conversation, row.token, row.opened_at) for row in rows]

    def find(self, person: Person, id: int) -> Resident | None:
        """One of those a volunteer is helping; nobody else's."""
        return next((resident for resident in self.open(person) if resident.id == id), None)

    def turns(self, resident: Resident) -> Sequence[Mapping[str, Any]]:
        """What was said in the session, redacted. Raises NotThere where it is over."""
        turns: list[dict[str, Any]] = self._gateway.ask("GET", f"/staff/helped/{quote(resident.conversation, safe='')}")
        return turns

    def say(self, resident: Resident, text: str, *, message_id: str) -> None:
        """Asks the assistant, once for each id, and waits for its answer for a while."""
        self._gateway.fetch(
            "POST", "/api/messages", json={"id": message_id, "text": text}, headers=self._key(resident), timeout=30
        )

    def end(self, resident: Resident) -> None:
        """Erases the session; its number is not given again today."""
        with suppress(NotThere):
            self._gateway.fetch("DELETE", "/api/conversation", headers=self._key(resident))
        with self._foundation.database.writing() as connection:
            connection.execute(RESIDENTS.update().where(RESIDENTS.c.id == resident.id).values(token=""))

    def _key(self, resident: Resident) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._foundation.keys.decrypt(resident.token)}"}
