from datetime import date
from pathlib import Path

import pytest

from motcua.dossiers.working_days import WorkingDays, WorkingDaysFault, load_working_days
from motcua.settings import ROOT


@pytest.mark.parametrize(
    ("day", "is_working"),
    [
        ("2026-11-23", True),  # Monday
        ("2026-11-28", False),  # Saturday
        ("2026-11-29", False),  # Sunday
        ("2026-02-17", False),  # Tết
        ("2026-04-27", False),  # the day after Giỗ Tổ, which was a Sunday
        ("2026-04-30", False),
        ("2026-09-02", False),
        ("2027-01-01", False),
    ],
)
def test_holidays_by_law_and_weekends_are_no_working_days(day: str, is_working: bool) -> None:
    assert WorkingDays().is_working(date.fromisoformat(day)) is is_working


def test_days_are_counted_after_the_first_up_to_the_last() -> None:
    days = WorkingDays()
    friday, monday = date(2026, 11, 27), date(2026, 11, 30)
    assert (days.between(friday, monday), days.between(friday, friday), days.between(monday, friday)) == (1, 0, 0)
    assert days.between(date(2026, 4, 29), date(2026, 5, 4)) == 1  # over 30/4, 1/5 and a weekend


def test_what_is_announced_for_a_year_counts(tmp_path: Path) -> None:
    file = tmp_path / "working_days.yml"
    file.write_text(
        'announced:\n  - {closed: [2027-01-04], worked: [2027-01-09], source: {url: "so 1", as_of: "2026-12-01"}}\n', "utf-8"
    )
    days = load_working_days(file)
    assert not days.is_working(date(2027, 1, 4))
    assert days.is_working(date(2027, 1, 9))


def test_an_announcement_without_its_source_is_named(tmp_path: Path) -> None:
    file = tmp_path / "working_days.yml"
    file.write_text("announced:\n  - {closed: [2027-01-04]}\n", "utf-8")
    with pytest.raises(WorkingDaysFault, match="entry 1"):
        load_working_days(file)


def test_the_repositorys_own_file_is_read() -> None:
    assert load_working_days(ROOT / "knowledge_base" / "working_days.yml").is_working(date(2026, 11, 23))
