"""A conversation as staff read it: who said what, when, redacted as it is stored."""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select

from gateway.database import MESSAGES, Database
from gateway.inbox import NOTICE, STAFF_REPLY


def turns_of(database: Database, conversation: str) -> list[dict[str, Any]]:
    """[{"id", "at", "who", "text", "status", "offered", "procedures"}] from its beginning; times in UTC.

    `who` is "citizen", "assistant" or "staff"; `offered` are choices, `procedures` codes that the text is about.
    """
    query = select(MESSAGES).where(MESSAGES.c.conversation == conversation).order_by(MESSAGES.c.id)
    with database.reading() as connection:
        rows = connection.execute(query).mappings().all()
    return [turn for row in rows for turn in _turns(row)]


def _turns(row: Any) -> Iterator[dict[str, Any]]:
    named = row["external_id"]
    if row["signal"] == STAFF_REPLY and row["text"]:  # written in Zalo's own console
        yield _turn(named, row["received_at"], "staff", {"text": row["text"]})
    elif row["signal"] not in (NOTICE, STAFF_REPLY):
        yield _turn(named, row["received_at"], "citizen", {"text": row["text"]})
    who = "staff" if row["signal"] == STAFF_REPLY else "assistant"
    for number, reply in enumerate(json.loads(row["replies"] or "[]"), 1):
        at = row["answered_at"] or row["received_at"]
        yield _turn(f"{named}-{number}", at, who, reply)


def _turn(named: str, at: datetime, who: str, told: Mapping[str, Any]) -> dict[str, Any]:
    moment = at if at.tzinfo else at.replace(tzinfo=UTC)  # SQLite keeps no zone
    return {
        "id": named,
        "at": moment.isoformat(),
        "who": who,
        "text": told.get("text", ""),
        "status": told.get("status"),
        "offered": told.get("offered", []),
        "procedures": told.get("procedures", []),
    }
