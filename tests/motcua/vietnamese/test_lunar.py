from datetime import date

import pytest

from motcua.vietnamese.lunar import last_day_of_year, lunar_year, solar_date

TET = {
    1985: (1, 21), 2007: (2, 17), 2020: (1, 25), 2021: (2, 12), 2022: (2, 1), 2023: (1, 22),
    2024: (2, 10), 2025: (1, 29), 2026: (2, 17), 2027: (2, 6), 2030: (2, 2),
}  # fmt: skip


@pytest.mark.parametrize("year", TET)
def test_tet_is_on_its_day(year: int) -> None:
    assert solar_date(1, 1, year) == date(year, *TET[year])


@pytest.mark.parametrize("year", TET)
def test_the_lunar_year_begins_at_tet(year: int) -> None:
    tet = date(year, *TET[year])
    assert lunar_year(tet) == year
    assert lunar_year(date.fromordinal(tet.toordinal() - 1)) == year - 1
    assert last_day_of_year(year - 1) == date.fromordinal(tet.toordinal() - 1)


@pytest.mark.parametrize(
    ("day", "month", "year", "found"),
    [
        (15, 8, 2025, date(2025, 10, 6)),  # after a leap sixth month
        (15, 7, 2025, date(2025, 9, 6)),
        (10, 3, 2026, date(2026, 4, 26)),
        (15, 8, 2023, date(2023, 9, 29)),  # after a leap second month
        (23, 12, 2026, date(2027, 1, 30)),
        (5, 5, 2026, date(2026, 6, 19)),
    ],
)
def test_festivals_are_on_their_day(day: int, month: int, year: int, found: date) -> None:
    assert solar_date(day, month, year) == found


@pytest.mark.parametrize(("day", "month"), [(31, 1), (0, 1), (1, 13), (1, 0)])
def test_there_is_no_such_day(day: int, month: int) -> None:
    assert solar_date(day, month, 2026) is None


def test_months_have_29_or_30_days() -> None:
    lengths = [
        (solar_date(29, month, year), solar_date(30, month, year)) for year in range(2000, 2030) for month in range(1, 13)
    ]
    assert all(short for short, _ in lengths)
    assert 0 < sum(1 for _, long in lengths if long) < len(lengths)
