"""Days of the lunar calendar, as festivals and death days are told; vnlunar does the astronomy."""

from datetime import date

import vnlunar  # type: ignore[import-untyped]


def solar_date(day: int, month: int, year: int) -> date | None:
    """The day of a lunar date, or None if that month has no such day."""
    found = vnlunar.convert_lunar_to_solar(day, month, year)
    return date(found[2], found[1], found[0]) if found else None


def lunar_year(today: date) -> int:
    """The lunar year of a day: it begins at Tết."""
    return int(vnlunar.convert_solar_to_lunar(today.day, today.month, today.year, 7.0)["year"])


def last_day_of_year(year: int) -> date | None:
    """Tết's eve, "30 Tết", also where the last month has 29 days."""
    return solar_date(30, 12, year) or solar_date(29, 12, year)
