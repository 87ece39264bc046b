"""`python -m motcua.conversations.retention [--apply]`: what has been kept long enough; shown first, deleted when told to."""

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import exists, select
from sqlalchemy.engine import Connection
from sqlalchemy.sql import ColumnElement

from motcua.conversations.counting import refresh_figures
from motcua.conversations.erasing import delete_conversations
from motcua.conversations.moments import DAY_MS, day_number, day_of, now_ms
from motcua.conversations.schema import CONVERSATIONS, ERASURES, FLAGS, REVIEWS, TURNS
from motcua.conversations.store import ConversationStore
from motcua.settings import load_settings

_AT_ONCE = 500  # conversations in one transaction, so that citizens' turns get in between


@dataclass(frozen=True)
class Rule:
    """How many days a conversation is kept after its last turn; longer if somebody has judged or flagged a turn of it."""

    days: int
    days_reviewed: int


@dataclass(frozen=True)
class Preview:
    """What a rule would delete now."""

    conversations: int
    turns: int
    reviewed: int  # conversations among them that were judged or flagged
    by_month: dict[str, int]  # of their last turn, as 2026-11


def preview(connection: Connection, rule: Rule, *, now: int | None = None) -> Preview:
    """What would go, and changes nothing."""
    columns = CONVERSATIONS.c
    query = select(columns.last_at, columns.turns, _is_reviewed().label("reviewed")).where(_is_over(rule, now))
    rows = connection.execute(query.order_by(columns.last_at)).all()
    months = Counter(f"{day_of(day_number(row.last_at)):%Y-%m}" for row in rows)
    return Preview(len(rows), sum(row.turns for row in rows), sum(bool(row.reviewed) for row in rows), dict(months))


def delete_old(store: ConversationStore, rule: Rule, *, now: int | None = None) -> int:
    """Deletes what the preview showed; the number of conversations. Figures of days without a person in them stay."""
    with store.writing() as connection:
        refresh_figures(connection)
    return sum(_delete_some(store, rule, now))


def _delete_some(store: ConversationStore, rule: Rule, now: int | None) -> Iterator[int]:
    while True:
        with store.writing() as connection:
            some = _old(connection, rule, now)
            if not some:
                connection.execute(ERASURES.delete().where(ERASURES.c.at < (now or now_ms()) - rule.days * DAY_MS))
                return
            delete_conversations(connection, some)
        yield len(some)


def _old(connection: Connection, rule: Rule, now: int | None) -> Sequence[str]:
    query = select(CONVERSATIONS.c.id).where(_is_over(rule, now)).order_by(CONVERSATIONS.c.last_at).limit(_AT_ONCE)
    return list(connection.execute(query).scalars())


def _is_over(rule: Rule, now: int | None) -> ColumnElement[bool]:
    now = now or now_ms()
    last, reviewed = CONVERSATIONS.c.last_at, _is_reviewed()
    short, long = last < now - rule.days * DAY_MS, last < now - rule.days_reviewed * DAY_MS
    over: ColumnElement[bool] = short & (~reviewed | long)
    return over


def _is_reviewed() -> ColumnElement[bool]:
    of_it = TURNS.c.conversation == CONVERSATIONS.c.id
    judged: ColumnElement[bool] = exists().where(REVIEWS.c.turn == TURNS.c.id, of_it)
    return judged | exists().where(FLAGS.c.turn == TURNS.c.id, of_it)


def main() -> None:
    """Prints what would go, or has gone."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--apply", action="store_true", help="delete it")
    is_meant = parser.parse_args().apply
    settings = load_settings()
    rule = Rule(settings.keep_days, settings.keep_reviewed_days)
    store = ConversationStore(settings.conversations_url)
    with store.reading() as connection:
        found = preview(connection, rule)
    print(f"{found.conversations} conversations, {found.turns} turns; {found.reviewed} of them reviewed or flagged")
    for month, conversations in found.by_month.items():
        print(f"  {month}: {conversations}")
    print(f"deleted: {delete_old(store, rule)}" if is_meant else "nothing was deleted: add --apply")
    store.close()


if __name__ == "__main__":
    main()
