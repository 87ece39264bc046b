"""Finding turns and conversations: newest first, a page at a time, and random samples."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Integer, column, func, literal_column, select, table, text
from sqlalchemy.engine import Connection
from sqlalchemy.sql import ColumnElement, Select

from motcua.conversations.expressions import Phrase, fts5, tsquery
from motcua.conversations.filters import Filters
from motcua.conversations.indexing import EVERY
from motcua.conversations.moments import DAY_MS, begin_of, first_id
from motcua.conversations.schema import SEARCH, TURNS

PAGE = 50
# PostgreSQL collects all matches before it sorts them: where there are more than these, it walks from the newest instead.
_FEW = 20_000
_PRIME = 2_147_483_647
_LAST_ID = 2**62
_FTS5 = table("turn_index", column("rowid", Integer))


@dataclass(frozen=True)
class Page:
    """Rows of TURNS, newest first; `next` is what to pass on as `before` for the page behind it, None at the end."""

    turns: tuple[Any, ...]
    next: int | None


def find_turns(connection: Connection, filters: Filters, *, before: int | None = None, limit: int = PAGE) -> Page:
    """The turns that match, newest first."""
    ids = _ids(connection, filters, before=before, limit=limit + 1)
    return Page(rows_of(connection, ids[:limit]), ids[limit - 1] if len(ids) > limit else None)


def find_conversations(connection: Connection, filters: Filters, *, before: int | None = None, limit: int = PAGE) -> Page:
    """The newest matching turn of each conversation that has one, newest first."""
    found: dict[str, Any] = {}
    at = before
    while len(found) <= limit:
        page = find_turns(connection, filters, before=at, limit=2 * limit)
        fresh = [turn for turn in page.turns if turn["conversation"] not in found]
        told = _told_before(connection, filters, [turn["conversation"] for turn in fresh], before)
        for turn in fresh:
            if turn["conversation"] not in told:
                found.setdefault(turn["conversation"], turn)
        if page.next is None:
            break
        at = page.next
    turns = tuple(found.values())
    return Page(turns[:limit], turns[limit - 1]["id"] if len(turns) > limit else None)


def count_turns(connection: Connection, filters: Filters, *, up_to: int = 10_000) -> int:
    """How many match; `up_to` means that many or more."""
    return len(_ids(connection, filters, limit=up_to))


def sample_turns(connection: Connection, filters: Filters, *, seed: int, size: int) -> tuple[Any, ...]:
    """Turns that match, drawn at random: the same ones for the same seed as long as no others match."""
    drawn = random.Random(seed)  # noqa: S311  # fairness is wanted, not secrecy
    factor, offset = drawn.randrange(1, _PRIME), drawn.randrange(_PRIME)
    order = text(f"(id % {_PRIME} * {factor} + {offset}) % {_PRIME}, id")
    query = _matching(connection, filters, before=None).order_by(order).limit(size)
    return rows_of(connection, list(connection.execute(query).scalars()))


def turns_of(connection: Connection, conversation: str) -> tuple[Any, ...]:
    """A conversation from its beginning."""
    query = select(TURNS).where(TURNS.c.conversation == conversation).order_by(TURNS.c.id)
    return tuple(connection.execute(query).mappings())


def rows_of(connection: Connection, ids: Sequence[int]) -> tuple[Any, ...]:
    """The rows of these turns, in this order."""
    rows = connection.execute(select(TURNS).where(TURNS.c.id.in_(ids))).mappings()
    by_id = {row["id"]: row for row in rows}
    return tuple(by_id[turn] for turn in ids if turn in by_id)


def _told_before(connection: Connection, filters: Filters, conversations: Sequence[str], before: int | None) -> set[str]:
    """Which of these conversations have a matching turn on an earlier page."""
    if before is None or not conversations:
        return set()
    newer = select(TURNS.c.id, TURNS.c.conversation).where(TURNS.c.conversation.in_(conversations), TURNS.c.id >= before)
    conversation_of = {row.id: row.conversation for row in connection.execute(newer)}
    query = _matching(connection, filters, before=None).where(_id(connection).in_(conversation_of))
    return {conversation_of[turn] for turn in connection.execute(query).scalars()}


def _ids(connection: Connection, filters: Filters, *, before: int | None = None, limit: int) -> list[int]:
    query, newest = _matching(connection, filters, before=before), _id(connection).desc()
    if connection.dialect.name == "postgresql" and filters.expression() is not None:
        return _few_or_newest(connection, query, limit)
    return list(connection.execute(query.order_by(newest).limit(limit)).scalars())


def _few_or_newest(connection: Connection, query: Select, limit: int) -> list[int]:
    """PostgreSQL guesses how often terms meet by how often each stands alone, and may walk a million turns for none."""
    few = query.limit(_FEW + 1).cte("few").prefix_with("MATERIALIZED", dialect="postgresql")
    counted = select(few.c.id, select(func.count()).select_from(few).scalar_subquery()).order_by(few.c.id.desc())
    _plan(connection, enable_seqscan=False)
    found = connection.execute(counted.limit(limit)).all()
    _plan(connection, enable_seqscan=True)
    if not found or found[0][1] <= _FEW:
        return [row[0] for row in found]
    _plan(connection, enable_bitmapscan=False)
    ids = list(connection.execute(query.order_by(SEARCH.c.id.desc()).limit(limit)).scalars())
    _plan(connection, enable_bitmapscan=True)
    return ids


def _plan(connection: Connection, **choices: bool) -> None:
    for name, is_on in choices.items():
        connection.execute(text(f"SET LOCAL {name} = {'on' if is_on else 'off'}"))


def _matching(connection: Connection, filters: Filters, *, before: int | None) -> Select:
    """The ids of the turns that match, in no order."""
    own = _id(connection)
    query = select(own.label("id")).where(*_span(own, filters, before))
    expression = filters.expression()
    if connection.dialect.name == "sqlite":
        wanted = fts5(expression or Phrase((EVERY,)))
        return query.where(literal_column("turn_index").op("MATCH")(wanted))
    if expression is None:
        return query
    vector, wanted = literal_column("vector"), func.to_tsquery(literal_column("'simple'"), tsquery(expression))
    return query.where(vector.op("@@")(wanted))


def _id(connection: Connection) -> ColumnElement[int]:
    """Where the inverted index has its ids: FTS5 walks them from the newest, a page's worth and no more."""
    column: ColumnElement[int] = _FTS5.c.rowid if connection.dialect.name == "sqlite" else SEARCH.c.id
    return column


def _span(own: ColumnElement[int], filters: Filters, before: int | None) -> list[ColumnElement[bool]]:
    first = first_id(begin_of(filters.since)) if filters.since else 0
    behind = first_id(begin_of(filters.until) + DAY_MS) if filters.until else _LAST_ID
    return [own >= first, own < min(behind, before if before is not None else _LAST_ID)]
