"""The list of turns or conversations as an address asks for it."""

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal
from urllib.parse import urlencode

from sqlalchemy.engine import Connection

from motcua.conversations.filters import FACETS, Filters
from motcua.conversations.finding import PAGE, Page, count_turns, find_conversations, find_turns, sample_turns
from motcua.conversations.reading import read_by, tags_by_turn

COUNTED = 10_000  # more are not counted
SEEDS = 10_000
Show = Literal["turns", "conversations"]


@dataclass(frozen=True)
class Wanted:
    """What the address asks for. `before` is the id a page begins behind; a sample of that size is drawn by `seed`."""

    filters: Filters
    show: Show = "turns"
    before: int | None = None
    sample: int | None = None
    seed: int | None = None

    def address(self, **changes: Any) -> str:
        """The address of this list, or of the one that differs in these fields; always the same for the same list."""
        other = replace(self, **changes)
        plain = {
            "show": other.show if other.show != "turns" else None,
            "sample": other.sample,
            "seed": other.seed,
            "before": other.before,
        }
        own = urlencode({name: value for name, value in plain.items() if value is not None})
        query = "&".join(filter(None, (other.filters.query(), own)))
        return f"/conversations?{query}" if query else "/conversations"

    def with_seed(self) -> "Wanted":
        """A sample has a seed, so that its address shows the same turns again; nothing else has one."""
        if self.sample is None:
            return replace(self, seed=None)
        return self if self.seed is not None else replace(self, seed=secrets.randbelow(SEEDS))


@dataclass(frozen=True)
class Listing:
    """Rows of TURNS, which are unread, their tags, how many match (None: not counted), and where the next page begins."""

    turns: tuple[Any, ...]
    unread: set[int]
    tags: Mapping[int, list[str]]
    count: int | None
    next: int | None


def read_listing(connection: Connection, wanted: Wanted, *, reader: str) -> Listing:
    """The page of the list that is wanted."""
    page, count = _page(connection, wanted)
    ids = [turn["id"] for turn in page.turns]
    unread = set(ids) - read_by(connection, ids, reader)
    return Listing(page.turns, unread, tags_by_turn(connection, ids), count, page.next)


def removals(wanted: Wanted) -> Iterator[tuple[str, str, str]]:
    """(name of a condition, its value, the address of the list without it), for each that is set."""
    filters = wanted.filters
    plain = {"text": filters.text, "since": filters.since, "until": filters.until, "unread_by": filters.unread_by}
    confidence = "{}–{} %".format(*filters.confidence) if filters.confidence else None
    for name, value in {**plain, "confidence": confidence}.items():
        if value:
            empty: Any = "" if name in ("text", "unread_by") else None
            yield name, str(value), _without(wanted, replace(filters, **{name: empty}))
    for facet, values in filters.chosen:
        for value in values:
            yield facet, value, _without(wanted, _without_value(filters, facet, value))


def _without(wanted: Wanted, filters: Filters) -> str:
    return wanted.address(filters=filters, before=None)


def _without_value(filters: Filters, facet: str, value: str) -> Filters:
    left = {**dict(filters.chosen), facet: tuple(kept for kept in filters.values(facet) if kept != value)}
    return replace(filters, chosen=tuple((name, left[name]) for name in FACETS if left.get(name)))


def _page(connection: Connection, wanted: Wanted) -> tuple[Page, int | None]:
    if wanted.sample is not None:
        turns = sample_turns(connection, wanted.filters, seed=wanted.seed or 0, size=wanted.sample)
        return Page(turns, None), len(turns)
    if wanted.show == "conversations":
        return find_conversations(connection, wanted.filters, before=wanted.before, limit=PAGE), None
    found = find_turns(connection, wanted.filters, before=wanted.before, limit=PAGE)
    return found, count_turns(connection, wanted.filters, up_to=COUNTED)
