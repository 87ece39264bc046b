"""What a turn is found by: the words said, and one term for each of its facts, in the database's own inverted index.

A filter over several facts then is what an inverted index is made for, in whatever combination: an index a column would need
one for each of them, and SQLite and PostgreSQL would both guess wrong which to begin with.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.engine import Connection

from motcua.conversations.schema import ASSIGNMENTS, CONVERSATIONS, READS, REVIEWS, SEARCH, TAGS, TURNS
from motcua.vietnamese.terms import terms

LENGTHS = ("1", "2", "3-5", "6-10", "11-20", "21+")  # turns of a conversation
EVERY = "everyz3aturn"
_MAX_WORDS = 500  # of one message; the longest question that is read has 300
_PLAIN = ("status", "intent", "procedure", "section", "field", "channel", "place", "model", "state")
_ODD = re.compile(r"[^a-y0-9]")
_AT_ONCE = 500
_TURNS = bindparam("turns", expanding=True)
_DELETE = SEARCH.delete().where(SEARCH.c.id.in_(_TURNS))
_INSERT = SEARCH.insert().values(id=bindparam("turn_id"), terms=bindparam("terms"))
_TOLD = {
    name: select(table.c.turn, table.c[column]).where(table.c.turn.in_(_TURNS))
    for name, table, column in (("reviewer", REVIEWS, "reviewer"), ("tag", TAGS, "tag"), ("read", READS, "reviewer"))
}
_ASSIGNED = select(TURNS.c.id, ASSIGNMENTS.c.reviewer).join(ASSIGNMENTS, ASSIGNMENTS.c.conversation == TURNS.c.conversation)
_TOLD["assigned"] = _ASSIGNED.where(TURNS.c.id.in_(_TURNS))
_FACTS = select(TURNS, CONVERSATIONS.c.turns.label("length")).join(CONVERSATIONS).where(TURNS.c.id.in_(_TURNS))


def fact(name: str, value: object) -> str:
    """One word for one fact, of letters and digits only, so that no tokenizer can take it apart."""
    return _ODD.sub(lambda match: f"z{match[0].encode().hex()}", f"{name}:{str(value).lower()}")


def words(text: str) -> list[str]:
    """The folded syllables and numbers of a text."""
    return re.findall(r"[a-z0-9]+", " ".join(terms(text)))


def length_of(turns: int) -> str:
    """Which of LENGTHS a conversation of that many turns has; nothing has no length."""
    return next(
        (name for limit, name in zip((0, 1, 2, 5, 10, 20), ("", *LENGTHS), strict=False) if turns <= limit), LENGTHS[-1]
    )


def index_turns(connection: Connection, turns: Sequence[int]) -> None:
    """Writes anew what these turns are found by."""
    for begin in range(0, len(turns), _AT_ONCE):
        some = {"turns": turns[begin : begin + _AT_ONCE]}
        rows = [{"turn_id": row["id"], "terms": terms_of(row, *told)} for row, told in _facts_of(connection, some)]
        connection.execute(_DELETE, some)
        connection.execute(_INSERT, rows)


def terms_of(row: Mapping[str, Any], length: int, about: Iterable[tuple[str, str]] = ()) -> str:
    """The terms of one turn: its words, its facts, and what people said about it, as (name, value)."""
    facts = [fact(name, row[name]) for name in _PLAIN if row[name] is not None]
    facts += [fact(name, value) for name, value in (*_derived(row), ("length", length_of(length)), *about)]
    return " ".join([*words(row["said"])[:_MAX_WORDS], *facts, EVERY])


def _derived(row: Mapping[str, Any]) -> Iterator[tuple[str, object]]:
    yield "handed_over", "yes" if row["handed_over"] else "no"
    if row["status"]:
        yield "status", row["status"].split("_")[0]  # the family
    if row["confidence"] is not None:
        percent = min(int(row["confidence"] * 100), 99)
        yield from (("percent", percent), ("tens", percent // 10))
    if row["helpful"] is not None:
        yield "feedback", "helpful" if row["helpful"] else "unhelpful"
    if row["feedback_reason"]:
        yield "feedback", row["feedback_reason"]


def _facts_of(connection: Connection, turns: Mapping[str, Any]) -> Iterator[tuple[Any, tuple[int, list[tuple[str, str]]]]]:
    about = defaultdict[int, list[tuple[str, str]]](list)
    for name, query in _TOLD.items():
        for turn, value in connection.execute(query, turns):
            about[turn].append((name, value))
    for row in connection.execute(_FACTS, turns).mappings():
        yield row, (row["length"], about[row["id"]])
