"""The record: what the national portal says about one procedure, taken apart but not reviewed."""

import re
from collections.abc import Iterator
from typing import Literal

from pydantic import BaseModel, ConfigDict

Channel = Literal["online", "in_person", "post"]
TimeUnit = Literal["working_day", "day", "hour", "minute", "week", "month", "year", "told"]

_BOILERPLATE = re.compile(
    r"^(?:\[[^\]]*\]\s*)?thủ tục(?: hành chính)?(?: về)?\s*[:–-]?\s*"
    r"|\s*\((?:(?:thực hiện )?(?:tại |ở )?)?cấp (?:trung ương|bộ|tỉnh|huyện|xã)[^)]*\)"
    r"|\s*\(?(?:thực hiện )?tại cấp (?:trung ương|bộ|tỉnh|huyện|xã)\b\)?",
    re.IGNORECASE,
)
_PARENTHESES = re.compile(r"\s*\([^()]*\)")


def search_name(name: str) -> str:
    """A name without the words that every procedure carries: "Thủ tục", "(cấp xã)", "tại cấp tỉnh"."""
    return _BOILERPLATE.sub("", name).strip(" .;:,") or name


class _Facts(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Method(_Facts):
    """One way of handing in. `time_unit` is None where the portal lost it; "told" where the time is a sentence."""

    channel: Channel
    time: str | None = None
    time_unit: TimeUnit | None = None
    fee_label: str | None = None
    fee_note: str | None = None
    note: str | None = None


class CataloguePaper(_Facts):
    """One document of a dossier; counts are None where the portal gives none, 0 where it says none."""

    name: str
    originals: int | None = None
    copies: int | None = None
    copies_told: str | None = None
    forms: tuple[str, ...] = ()


class PaperCase(_Facts):
    """Papers that belong together; `when` is None where the portal names no case."""

    when: str | None = None
    papers: tuple[CataloguePaper, ...] = ()


class Law(_Facts):
    """A text the procedure rests on; the portal's table does not always hold both columns."""

    name: str | None = None
    number: str | None = None


class Record(_Facts):
    """A procedure as the national portal publishes it. What fits no field is kept in `leftover`, by source field.

    `as_of` is the day of the record, or the month where no more is known; `remark` names a weak spot of the source.
    """

    code: str
    replaces: tuple[str, ...] = ()
    name: str
    field: str | None = None
    level: str | None = None
    agency: str | None = None
    authority: str | None = None
    address: str | None = None
    applicants: str | None = None
    methods: tuple[Method, ...] = ()
    cases: tuple[PaperCase, ...] = ()
    steps: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    result: tuple[str, ...] = ()
    legal_basis: tuple[Law, ...] = ()
    decision: str | None = None
    url: str
    as_of: str
    remark: str | None = None
    leftover: dict[str, str] = {}

    @property
    def search_name(self) -> str:
        """The name without the words that every procedure carries."""
        return search_name(self.name)

    @property
    def phrases(self) -> tuple[str, ...]:
        """What an index may find the procedure by, each phrase once."""
        bare = _PARENTHESES.sub("", self.search_name).strip(" .;:,")
        return tuple(dict.fromkeys(phrase for phrase in (self.search_name, bare) if phrase))

    def papers(self) -> Iterator[CataloguePaper]:
        """Every paper, of whatever case."""
        for case in self.cases:
            yield from case.papers
