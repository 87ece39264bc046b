"""Days of the lunar calendar, as festivals and death days are told.

The eleventh month holds the winter solstice. Where thirteen months lie between two of them, the first in which the sun
enters no new sign is the leap month; people who tell a day do not mean it unless they say so, so it is passed over.
"""

from datetime import date, timedelta
from functools import lru_cache

from motcua.vietnamese.moon import new_moon, number_of_new_moon, sign_of_sun

_EPOCH = date(2000, 1, 1).toordinal() - 2451545  # from Julian day numbers to Python's
_WINTER = 9


def solar_date(day: int, month: int, year: int) -> date | None:
    """The day of a lunar date, or None if that month has no such day."""
    if not 1 <= month <= 12:
        return None
    first, following = _months(year)[month - 1]
    found = first + timedelta(days=day - 1)
    return found if day >= 1 and found < following else None


def lunar_year(today: date) -> int:
    """The lunar year of a day: it begins at Tết."""
    return today.year if today >= _months(today.year)[0][0] else today.year - 1


def last_day_of_year(year: int) -> date | None:
    """Tết's eve, "30 Tết", also where the last month has 29 days."""
    return solar_date(30, 12, year) or solar_date(29, 12, year)


@lru_cache(maxsize=16)
def _months(year: int) -> list[tuple[date, date]]:
    """Of the twelve months of a lunar year that are no leap months, the first day and the first of the month after."""
    before, own = (_numbers_from_eleventh(solar) for solar in (year - 1, year))
    numbers = [*before[2:], *own[:2]]
    return [(_day(new_moon(number)), _day(new_moon(number + 1))) for number in numbers]


def _numbers_from_eleventh(year: int) -> list[int]:
    """The new moons of the twelve months from the eleventh of a lunar year on, the leap month left out."""
    first, following = (_eleventh(solar) for solar in (year, year + 1))
    numbers = list(range(first, following))
    if len(numbers) > 12:
        numbers.remove(next(number for number in numbers if sign_of_sun(new_moon(number)) == sign_of_sun(new_moon(number + 1))))
    return numbers


def _eleventh(year: int) -> int:
    """The new moon of the month that holds the winter solstice of a year."""
    number = number_of_new_moon(date(year, 12, 31).toordinal() - _EPOCH)
    return number - 1 if sign_of_sun(new_moon(number)) >= _WINTER else number


def _day(julian: int) -> date:
    return date.fromordinal(julian + _EPOCH)
