"""How days are told: one pattern a way of telling, over folded text."""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

from motcua.vietnamese.lunar import last_day_of_year, lunar_year, solar_date
from motcua.vietnamese.number_words import part, value

Range = tuple[date, date]
Reading = Callable[[re.Match[str], date], Range | None]

_DIGIT = "mot|hai|ba|bon|tu|nam|sau|bay|tam|chin|muoi"
_TO_31 = rf"(?:\d{{1,2}}|(?:hai|ba) muoi(?: (?:{_DIGIT}|lam))?|muoi(?: (?:{_DIGIT}|lam))?|ram|{_DIGIT})"
_MONTH = r"(?:\d{1,2}|gieng|chap|muoi(?: (?:mot|hai))?|hai|ba|tu|nam|sau|bay|tam|chin|mot)"
_LUNAR = r"(?P<lunar> (?:am(?: lich)?|ta)\b)?"
_CALLED = "(?:ngay |hom |mung |mong )"
_YEAR = r" ?(?:(?:nam )?(?P<year>\d{4})|(?P<which>nam (?:nay|ngoai|truoc|sau|toi)))"
_AMOUNT = rf"(?:\d{{1,3}}|{_DIGIT}|vai|may)"
_SHIFT = {"nay": 0, "truoc": -1, "roi": -1, "qua": -1, "ngoai": -1, "kia": -2, "sau": 1, "toi": 1}
_WEEKDAYS = {"hai": 0, "2": 0, "ba": 1, "3": 1, "tu": 2, "4": 2, "nam": 3, "5": 3, "sau": 4, "6": 4, "bay": 5, "7": 5}


def _number(said: str) -> int:
    if said in ("gieng", "ram", "chap"):
        return {"gieng": 1, "ram": 15, "chap": 12}[said]
    parts = [part(word, bare_text=True) or "" for word in said.split()]
    return int(value(parts) or 0)


def _day(day: int, month: int, year: int) -> Range | None:
    if not (1 <= month <= 12 and 1900 <= year <= 2199 and 1 <= day <= monthrange(year, month)[1]):
        return None
    return (date(year, month, day),) * 2


def _nearest(today: date, years: range, of: Callable[[int], date | None]) -> Range | None:
    days = [day for day in map(of, years) if day]
    return (min(days, key=lambda day: abs(day - today)),) * 2 if days else None


def _written(found: re.Match[str], today: date) -> Range | None:
    return _day(int(found["day"]), int(found["month"]), int(found["year"]))


def _day_and_month(found: re.Match[str], today: date) -> Range | None:
    day, month, year = _number(found["day"]), _number(found["month"]), _year(found, today)
    if found["lunar"] or found["day"] == "ram" or found["month"] in ("gieng", "chap"):
        years = range(year, year + 1) if year else range(lunar_year(today) - 1, lunar_year(today) + 2)
        return _nearest(today, years, lambda each: _lunar(day, month, each))
    if year:
        return _day(day, month, year)
    return _nearest(today, range(today.year - 1, today.year + 2), lambda each: (_day(day, month, each) or (None,))[0])


def _lunar(day: int, month: int, year: int) -> date | None:
    return solar_date(day, month, year) if 1 <= day <= 30 and 1 <= month <= 12 else None


def _year(found: re.Match[str], today: date) -> int | None:
    groups = found.groupdict()
    if groups.get("which"):
        return today.year + _SHIFT[groups["which"].split()[1]]
    return int(groups["year"]) if groups.get("year") else None


def _tet(found: re.Match[str], today: date) -> Range | None:
    day = _number(found["day"])
    years = range(lunar_year(today) - 1, lunar_year(today) + 2)
    if day >= 30:
        return _nearest(today, years, last_day_of_year)
    month = 12 if day >= 15 else 1
    return _nearest(today, years, lambda each: _lunar(day, month, each))


def _days_away(found: re.Match[str], today: date) -> Range | None:
    words = {"hom nay": 0, "hom qua": -1, "hom kia": -2, "mai": 1, "kia": 2, "mot": 2}
    away = words.get(found[0], words.get(found[0].split()[-1], 0))
    return (today + timedelta(days=away),) * 2


def _week(found: re.Match[str], today: date) -> Range | None:
    monday = today + timedelta(days=7 * _SHIFT[found["which"]] - today.weekday())
    return monday, monday + timedelta(days=6)


def _weekday(found: re.Match[str], today: date) -> Range | None:
    place = 6 if found["day"] is None else _WEEKDAYS[found["day"]]
    way = _SHIFT[found["which"]]
    if found["week"] or not way:
        return (today + timedelta(days=7 * way + place - today.weekday()),) * 2
    ahead = (place - today.weekday()) % 7 or 7  # "thứ sáu tới" is the coming one, whatever its week
    return (today + timedelta(days=ahead if way > 0 else ahead - 7 if ahead < 7 else -7),) * 2


def _month_away(today: date, away: int) -> date:
    months = today.year * 12 + today.month - 1 + away
    return date(months // 12, months % 12 + 1, 1)


def _month(found: re.Match[str], today: date) -> Range | None:
    return _part_of_month(_month_away(today, _SHIFT[found["which"]]), found["part"])


def _part_of_month(first: date, part_of: str | None) -> Range:
    last = monthrange(first.year, first.month)[1]
    start, end = {"dau": (1, 10), "giua": (11, 20), "cuoi": (21, last)}.get(part_of or "", (1, last))
    return first.replace(day=start), first.replace(day=end)


def _named_month(found: re.Match[str], today: date) -> Range | None:
    month, year = _number(found["month"]), _year(found, today)
    return _part_of_month(date(year, month, 1), found["part"]) if year and 1900 <= year <= 2199 and 1 <= month <= 12 else None


def _whole_year(found: re.Match[str], today: date) -> Range | None:
    year = int(found["year"]) if found["year"] else today.year + _SHIFT[found["which"]]
    return (date(year, 1, 1), date(year, 12, 31)) if 1900 <= year <= 2199 else None


def _ago(found: re.Match[str], today: date) -> Range | None:
    if found["amount"] in ("vai", "may"):
        return None
    amount = _number(found["amount"]) * (1 if found["way"] in ("nua", "toi") else -1)
    if found["unit"] in ("ngay", "hom", "tuan"):
        day = today + timedelta(days=amount * (7 if found["unit"] == "tuan" else 1))
    else:
        first = _month_away(today, amount * (12 if found["unit"] == "nam" else 1))
        day = first.replace(day=min(today.day, monthrange(first.year, first.month)[1]))
    return day, day


# The first pattern that reads a place has it, so the longer ways come first.
PHRASES: tuple[tuple[re.Pattern[str], Reading], ...] = tuple(
    (re.compile(rf"(?<![\w/.-])(?:{pattern})(?![\w/-]|\.\d)"), reading)
    for pattern, reading in (
        (r"(?:ngay |hom )?(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>\d{4})", _written),
        (rf"{_CALLED}*(?P<day>{_TO_31}) thang (?P<month>{_MONTH}){_LUNAR}(?:[ ,]*{_YEAR})?(?! (?:ngay|tuan))", _day_and_month),
        (rf"{_CALLED}+(?P<day>\d{{1,2}})[/.-](?P<month>\d{{1,2}}){_LUNAR}", _day_and_month),
        (rf"{_CALLED}*(?P<day>{_TO_31}) tet", _tet),
        (rf"(?:(?P<part>dau|giua|cuoi) )?thang (?P<month>{_MONTH})(?:[/-]|(?= nam| ?\d{{4}})){_YEAR}", _named_month),
        (rf"(?:cach day )?(?P<amount>{_AMOUNT}) (?P<unit>ngay|hom|tuan|thang|nam) (?P<way>truoc|nua|toi)", _ago),
        (rf"(?P<way>cach day|truoc day) (?P<amount>{_AMOUNT}) (?P<unit>ngay|hom|tuan|thang|nam)", _ago),
        (r"(?:thu (?P<day>hai|ba|tu|nam|sau|bay|[2-7])|chu nhat) (?P<week>tuan )?(?P<which>nay|truoc|roi|sau|toi)", _weekday),
        (r"(?:hom (?:nay|qua|kia)|(?:ngay|sang|trua|chieu|toi|hom) mai|ngay (?:kia|mot))", _days_away),
        (r"tuan (?P<which>nay|truoc|roi|qua|sau|toi)", _week),
        (r"(?:(?P<part>dau|giua|cuoi) )?thang (?P<which>nay|truoc|roi|qua|sau|toi)", _month),
        (r"nam (?:(?P<year>\d{4})|(?P<which>nay|ngoai|truoc|kia|sau|toi))", _whole_year),
    )
)
