"""Which turns somebody wants to see: a state of the list that is a URL, and an expression of the index."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal
from urllib.parse import parse_qsl, urlencode

from motcua.conversations.expressions import Expression, Not, Phrase, joined
from motcua.conversations.indexing import EVERY, LENGTHS, fact, words

# Several values of one of these are alternatives.
FACETS = (
    "status", "intent", "procedure", "section", "field", "channel", "place", "feedback", "handed_over", "reviewer", "assigned",
    "tag", "state", "length", "model",
)  # fmt: skip
_CLOSED = {"feedback": None, "handed_over": ("yes", "no"), "length": LENGTHS}
_QUOTED = re.compile(r'"([^"]*)"|(\S+)')


class FilterFault(ValueError):
    """A URL that is no filter: which part, what was found, what is expected."""

    def __init__(self, name: str, found: str, expected: str) -> None:
        super().__init__(f"{name}: found {found!r}, expected {expected}")
        self.name = name


@dataclass(frozen=True)
class Filters:
    """Text, dates and unread narrow whatever else is asked; the facets and the confidence join by `match`."""

    text: str = ""  # words, and "words in a row", with or without diacritics
    match: Literal["all", "any"] = "all"
    since: date | None = None
    until: date | None = None  # included
    unread_by: str = ""
    confidence: tuple[int, int] | None = None  # percent, both included
    chosen: tuple[tuple[str, tuple[str, ...]], ...] = ()  # facet → values, in the order of FACETS

    def values(self, facet: str) -> tuple[str, ...]:
        """The values chosen of a facet."""
        return dict(self.chosen).get(facet, ())

    def expression(self) -> Expression | None:
        """What the index is asked; None for all turns."""
        narrowing: list[Expression] = [Phrase(tuple(phrase)) for phrase in _phrases(self.text)]
        conditions = [_any_of(facet, values) for facet, values in self.chosen]
        if self.confidence is not None:
            conditions.append(_within(*self.confidence))
        if conditions:
            narrowing.append(joined("AND" if self.match == "all" else "OR", conditions))
        if self.unread_by:
            narrowing += [*([] if narrowing else [Phrase((EVERY,))]), Not(Phrase((fact("read", self.unread_by),)))]
        return joined("AND", narrowing) if narrowing else None

    def query(self) -> str:
        """The query string of a URL, the same for the same filters."""
        plain = {
            "q": self.text,
            "match": "" if self.match == "all" else self.match,
            "since": self.since.isoformat() if self.since else "",
            "until": self.until.isoformat() if self.until else "",
            "unread_by": self.unread_by,
            "confidence": "{}-{}".format(*self.confidence) if self.confidence else "",
        }
        chosen = [(facet, value) for facet, values in self.chosen for value in values]
        return urlencode([*((name, value) for name, value in plain.items() if value), *chosen])


def chosen_filters(*, text: str = "", confidence: tuple[int, int] | None = None, **facets: str | Sequence[str]) -> Filters:
    """Filters by facet: chosen_filters(status="failed", channel=["web", "zalo_oa"])."""
    values = {name: (found,) if isinstance(found, str) else tuple(found) for name, found in facets.items()}
    if unknown := values.keys() - set(FACETS):
        raise FilterFault("facet", min(unknown), ", ".join(FACETS))
    return Filters(
        text=text, confidence=confidence, chosen=tuple((facet, values[facet]) for facet in FACETS if facet in values)
    )


def read_filters(query: str) -> Filters:
    """The filters of a URL's query string; what is not about filters (a page, a language) is left aside. Raises FilterFault."""
    found: dict[str, list[str]] = {}
    for name, value in parse_qsl(query):
        found.setdefault(name, []).append(value)
    one = {name: values[-1] for name, values in found.items()}
    match = one.get("match", "all")
    if match not in ("all", "any"):
        raise FilterFault("match", match, "all or any")
    return Filters(
        text=one.get("q", ""),
        match="any" if match == "any" else "all",
        since=_day("since", one.get("since")),
        until=_day("until", one.get("until")),
        unread_by=one.get("unread_by", ""),
        confidence=_percents(one.get("confidence")),
        chosen=tuple((facet, _values(facet, found[facet])) for facet in FACETS if facet in found),
    )


def _values(facet: str, values: Sequence[str]) -> tuple[str, ...]:
    known = _CLOSED.get(facet)
    for value in values:
        if known and value not in known:
            raise FilterFault(facet, value, ", ".join(known))
    return tuple(dict.fromkeys(values))


def _day(name: str, value: str | None) -> date | None:
    if not value:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise FilterFault(name, value, "a day such as 2026-11-30") from error


def _percents(value: str | None) -> tuple[int, int] | None:
    if not value:
        return None
    found = re.fullmatch(r"(\d{1,3})-(\d{1,3})", value)
    if not found or not int(found[1]) <= int(found[2]) <= 100:
        raise FilterFault("confidence", value, "percents such as 0-40")
    return int(found[1]), int(found[2])


def _phrases(text: str) -> Iterator[list[str]]:
    for quoted, word in _QUOTED.findall(text):
        if found := words(quoted or word):
            yield found


def _any_of(facet: str, values: Sequence[str]) -> Expression:
    return joined("OR", [Phrase((fact(facet, value),)) for value in values])


def _within(lowest: int, highest: int) -> Expression:
    """Whole tens by one term each, the percents at the edges by theirs; 100 % counts as 99."""
    percents = range(min(lowest, 99), min(highest, 99) + 1)
    tens = [ten for ten in range(10) if ten * 10 in percents and ten * 10 + 9 in percents]
    edges = [percent for percent in percents if percent // 10 not in tens]
    facts = [*(fact("tens", ten) for ten in tens), *(fact("percent", percent) for percent in edges)]
    return joined("OR", [Phrase((found,)) for found in facts])
