"""Who answers when: hours of shifts, local time, public holidays, and what is not known."""

from datetime import datetime
from pathlib import Path

import pytest

from motcua.places.duty import HERE, Duty, Shift, load_duty
from motcua.places.linter import lint
from motcua.places.offices import PlaceFault
from motcua.settings import ROOT
from tests.motcua.places.folder import make_folder

SOURCE = {"url": "lịch trực của phường", "as_of": "2026-11"}
WEEK = {"who": "officers", "days": ["mon", "tue", "wed", "thu", "fri"], "source": SOURCE}
MORNING = Shift.model_validate({**WEEK, "unit": "07210", "begins": "07:30", "ends": "11:30"})
SATURDAY = Shift.model_validate({**WEEK, "who": "volunteers", "days": ["sat"], "begins": "08:00", "ends": "11:00"})
DUTY = Duty(shifts=(MORNING, SATURDAY))


@pytest.mark.parametrize(
    "unit, moment, expected",
    [
        ("07210", "2026-11-26T07:30+07:00", True),  # a Thursday
        ("07210", "2026-11-26T00:30+00:00", True),  # the same, as a server in UTC has it
        ("07210", "2026-11-26T11:30+07:00", False),
        ("07210", "2026-11-29T08:00+07:00", False),  # a Sunday
        ("07735", "2026-11-28T08:00+07:00", True),  # a Saturday: the city's shift holds everywhere
        ("07735", "2026-11-26T08:00+07:00", False),
        (None, "2026-11-28T10:59+07:00", True),
        ("07210", "2026-04-30T08:00+07:00", False),  # a Thursday, and a public holiday
    ],
)
def test_somebody_is_there_within_the_hours(unit: str | None, moment: str, expected: bool) -> None:
    assert DUTY.is_there(unit, datetime.fromisoformat(moment)) is expected


def test_without_shifts_nobody_knows() -> None:
    assert Duty().is_there("07210", datetime.now(HERE)) is None
    assert Duty().hours("07210") == "chưa xác nhận"


def test_hours_are_told_in_words() -> None:
    assert DUTY.hours("07210") == "thứ Hai đến thứ Sáu, 07:30–11:30; thứ Bảy, 08:00–11:00"


@pytest.mark.parametrize(
    "shift",
    [
        "{who: officers, days: [mon], begins: '11:00', ends: '08:00'}",
        "{who: officers, days: [], begins: '08:00', ends: '9:00'}",
    ],
)
def test_a_shift_that_cannot_be_is_refused(tmp_path: Path, shift: str) -> None:
    path = tmp_path / "duty.yml"
    path.write_text(f"shifts: [{shift}]", "utf-8")
    with pytest.raises(PlaceFault, match=r"duty\.yml"):
        load_duty(path)


def test_a_shift_of_no_unit_is_a_fault(tmp_path: Path) -> None:
    folder = make_folder(tmp_path)
    shift = "{unit: '99999', who: officers, days: [mon], begins: '08:00', ends: '11:00', source: {url: lịch, as_of: '2026-11'}}"
    (folder / "duty.yml").write_text(f"shifts: [{shift}]", "utf-8")
    assert lint(folder) == ["duty.yml: shifts: no unit 99999"]


def test_the_repositorys_file_can_be_read() -> None:
    load_duty(ROOT / "knowledge_base" / "duty.yml")
