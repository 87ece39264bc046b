"""What reviewers know of intents: which one each message has, and which are taken for another."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Connection

from motcua.conversations.moments import first_id
from motcua.conversations.schema import REVIEWS, TURNS


@dataclass(frozen=True)
class Known:
    """A message whose intent reviewers know, and what it was taken for."""

    turn: int
    said: str
    intent: str
    taken_for: str


def known_intents(connection: Connection, *, since: int) -> list[Known]:
    """The messages said since then (ms since 1970) and reviewed, without those that reviewers dispute."""
    query = (
        select(TURNS.c.id, TURNS.c.said, TURNS.c.intent.label("taken_for"), REVIEWS.c.intent)
        .join(REVIEWS, REVIEWS.c.turn == TURNS.c.id)
        .where(TURNS.c.id >= first_id(since), TURNS.c.state != "disputed", TURNS.c.intent.is_not(None))
        .order_by(TURNS.c.id, REVIEWS.c.at)
    )
    found = {row["id"]: _known(row) for row in connection.execute(query).mappings() if row["said"].strip()}
    return list(found.values())


def confusions(known: list[Known]) -> list[tuple[str, str, int]]:
    """(what it was, what it was taken for, how often), most often first."""
    counted = Counter((one.intent, one.taken_for) for one in known if one.intent != one.taken_for)
    return [(intent, taken_for, times) for (intent, taken_for), times in counted.most_common()]


def _known(row: Any) -> Known:
    """A reviewer who named no intent leaves it as the assistant had it."""
    return Known(row["id"], row["said"], row["intent"] or row["taken_for"], row["taken_for"])
