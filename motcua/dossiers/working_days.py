"""Working days of public offices: Monday to Friday without public holidays, and what is announced for a single year."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from functools import cached_property
from pathlib import Path
from typing import Any

import holidays
import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

FILE = "working_days.yml"
VIETNAM = timezone(timedelta(hours=7))  # without summer time
_DAY = timedelta(days=1)
_SATURDAY = 5


def today_in_vietnam() -> date:
    """The date offices write: a server that keeps UTC is a day behind them until seven in the morning."""
    return datetime.now(VIETNAM).date()


class Announcement(BaseModel):
    """Days off that are no holiday by law, and days of rest that are worked for them; never without its source."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    closed: tuple[date, ...] = ()
    worked: tuple[date, ...] = ()
    source: dict[str, str]


class WorkingDaysFault(ValueError):
    """An entry of the file that breaks its model."""

    def __init__(self, entry: int, fault: str) -> None:
        super().__init__(f"{FILE}: entry {entry}: {fault}")


@dataclass(frozen=True)
class WorkingDays:
    """Tells working days from others."""

    announced: tuple[Announcement, ...] = ()

    def is_working(self, day: date) -> bool:
        """Whether offices work on that day."""
        if day in self._worked:
            return True
        return day.weekday() < _SATURDAY and day not in self._closed and day not in self._holidays

    def between(self, first: date, last: date) -> int:
        """How many working days come after the first day up to the last one; 0 where the last is not later."""
        return sum(self.is_working(first + _DAY * ahead) for ahead in range(1, (last - first).days + 1))

    def after(self, day: date, count: int) -> date:
        """The day that many working days later."""
        for _ in range(count):
            day += _DAY
            while not self.is_working(day):
                day += _DAY
        return day

    @cached_property
    def _holidays(self) -> holidays.HolidayBase:
        return holidays.country_holidays("VN")  # years are made as they are asked for

    @cached_property
    def _closed(self) -> frozenset[date]:
        return frozenset(day for one in self.announced for day in one.closed)

    @cached_property
    def _worked(self) -> frozenset[date]:
        return frozenset(day for one in self.announced for day in one.worked)


def load_working_days(path: Path) -> WorkingDays:
    """The working days with the announcements of that file. Raises WorkingDaysFault."""
    content = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
    return WorkingDays(tuple(_read(content["announced"])))


def _read(entries: Iterable[Any]) -> Iterable[Announcement]:
    for number, entry in enumerate(entries, start=1):
        try:
            yield Announcement.model_validate(entry)
        except ValidationError as error:
            raise WorkingDaysFault(number, error.errors()[0]["msg"]) from error
