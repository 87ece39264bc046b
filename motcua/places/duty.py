"""Who answers when the assistant hands a conversation over: where, on which days, at which hours. Else "chưa xác nhận"."""

from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

import holidays
from pydantic import Field, model_validator

from motcua.places.offices import Clock, Facts, Source, Unit, load_facts_of
from motcua.procedures.guide import UNCONFIRMED

DUTY = "duty.yml"
HERE = ZoneInfo("Asia/Ho_Chi_Minh")
Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
Who = Literal["volunteers", "officers"]
_DAYS: dict[Day, str] = {
    "mon": "thứ Hai", "tue": "thứ Ba", "wed": "thứ Tư", "thu": "thứ Năm", "fri": "thứ Sáu", "sat": "thứ Bảy", "sun": "Chủ nhật",
}  # fmt: skip
_ORDER: tuple[Day, ...] = tuple(_DAYS)


class Shift(Facts):
    """Hours at which somebody answers; without a unit, for the whole city. Public holidays are free."""

    unit: Unit | None = None
    who: Who
    days: tuple[Day, ...] = Field(min_length=1)
    begins: Clock
    ends: Clock
    source: Source

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> "Shift":
        if self.ends <= self.begins:
            raise ValueError("expected ends after begins")
        return self

    def holds(self, moment: datetime) -> bool:
        """Whether somebody is there at that local moment."""
        is_day = _ORDER[moment.weekday()] in self.days and moment.date() not in _holidays_of(moment.year)
        return is_day and time.fromisoformat(self.begins) <= moment.time() < time.fromisoformat(self.ends)

    @property
    def told(self) -> str:
        """ "thứ Hai đến thứ Sáu, 07:30–11:30"."""
        return f"{_days_told(self.days)}, {self.begins}–{self.ends}"


class Duty(Facts):
    """All of duty.yml."""

    shifts: tuple[Shift, ...] = ()

    def of(self, unit: str | None) -> list[Shift]:
        """The shifts that answer people of a unit: its own, and those of the city."""
        return [shift for shift in self.shifts if shift.unit in (None, unit)]

    def is_there(self, unit: str | None, moment: datetime) -> bool | None:
        """Whether somebody answers people of that unit at that moment; None where no hours are known."""
        shifts, here = self.of(unit), moment.astimezone(HERE)
        return any(shift.holds(here) for shift in shifts) if shifts else None

    def hours(self, unit: str | None) -> str:
        """The hours as they are told to citizens."""
        return "; ".join(dict.fromkeys(shift.told for shift in self.of(unit))) or UNCONFIRMED


def load_duty(path: Path) -> Duty:
    """The shifts of that file. Raises PlaceFault."""
    return load_facts_of(path, Duty)


def _days_told(days: tuple[Day, ...]) -> str:
    places = sorted(_ORDER.index(day) for day in set(days))
    if len(places) > 2 and places[-1] - places[0] == len(places) - 1:
        return f"{_DAYS[_ORDER[places[0]]]} đến {_DAYS[_ORDER[places[-1]]]}"
    return ", ".join(_DAYS[_ORDER[place]] for place in places)


@cache
def _holidays_of(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("VN", years=year))
