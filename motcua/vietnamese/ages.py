"""How old somebody is, as told in a message."""

import re

from motcua.vietnamese.numbers import find_numbers
from motcua.vietnamese.spans import Found, plain

_YEARS = re.compile(r"\s*tuoi")
_SHORT = re.compile(r"(?<![\w./-])(\d{1,2}) ?t(?![\w./-])")
_MONTHS = re.compile(r"\s*thang(?: tuoi)?")
_BORN = re.compile(r"(?:sinh|de|chao doi)(?: ra)?(?: moi)?(?: duoc)?\s*$")


def find_ages(text: str) -> list[Found]:
    """Ages in months: "cháu 13 tuổi" is 156, "mới sinh được 2 tháng" 2, "3 tháng tuổi" 3."""
    given = plain(text)
    place = {offset: at for at, offset in enumerate(given.starts)}
    ages = []
    for number in find_numbers(text):
        start, end = place[number.start], place[number.end]
        if told := _YEARS.match(given.folded, end):
            months = number.value * 12
        elif (told := _MONTHS.match(given.folded, end)) and ("tuoi" in told[0] or _BORN.search(given.folded[:start])):
            months = number.value
        else:
            continue
        if 0 <= months <= 130 * 12:
            ages.append(Found(months, number.start, given.starts[told.end()]))
    ages += [Found(int(told[1]) * 12.0, *given.span(*told.span())) for told in _SHORT.finditer(given.folded)]
    return sorted(ages, key=lambda age: age.start)
