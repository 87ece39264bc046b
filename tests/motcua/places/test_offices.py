from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from motcua.places.linter import lint
from motcua.places.offices import CALENDAR, OFFICES, Calendar, PlaceFault, load_calendar, load_offices
from motcua.settings import ROOT
from tests.motcua.places.folder import VISIT, make_folder

KNOWLEDGE = ROOT / "knowledge_base"
SOURCE = {"url": "vidu.vn/1", "as_of": "2026-11-01"}


def _change(folder: Path, name: str, **changes: Any) -> None:
    facts = yaml.safe_load((folder / name).read_text("utf-8"))
    (folder / name).write_text(yaml.safe_dump({**facts, **changes}, allow_unicode=True), "utf-8")


def test_our_own_content_has_no_fault() -> None:
    assert lint(KNOWLEDGE) == []


def test_every_centre_says_where_it_is_known_from() -> None:
    offices = load_offices(KNOWLEDGE / OFFICES)
    assert offices.centre("07210") is not None
    assert offices.centre("09190") is None
    city = offices.centre(None)
    assert city is not None
    assert "Kinh Bắc" in city.address


def test_no_visit_is_known_yet() -> None:
    assert load_calendar(KNOWLEDGE / CALENDAR).visits == ()


@pytest.mark.parametrize(
    ("centre", "field"),
    [
        ({"unit": "09190", "address": "số 1"}, "source"),
        ({"unit": "09190", "source": SOURCE}, "centres.0"),
        ({"unit": "09190", "phone": "hỏi Lan", "source": SOURCE}, "phone"),
        ({"unit": "Võ Cường", "hours": "cả ngày", "source": SOURCE}, "unit"),
        ({"unit": "09190", "hours": "cả ngày", "source": {**SOURCE, "as_of": "hôm qua"}}, "as_of"),
        ({"unit": "09190", "fax": "123", "hours": "cả ngày", "source": SOURCE}, "fax"),
    ],
)
def test_a_fact_without_its_source_or_shape_is_a_fault(tmp_path: Path, centre: dict[str, Any], field: str) -> None:
    _change(make_folder(tmp_path), OFFICES, centres=[centre])
    with pytest.raises(PlaceFault, match=field):
        load_offices(tmp_path / OFFICES)
    assert any(field in fault for fault in lint(tmp_path))


def test_units_are_known_and_told_once(tmp_path: Path) -> None:
    known = {"unit": "99999", "hours": "cả ngày", "source": SOURCE}
    _change(make_folder(tmp_path), OFFICES, centres=[known, known])
    assert lint(tmp_path) == [f"{OFFICES}: centres: no unit 99999", f"{OFFICES}: centres: 99999 2 times"]


def test_a_visit_ends_after_it_begins_and_is_told_once(tmp_path: Path) -> None:
    visit = {**VISIT, "begins": "11:00", "ends": "08:00"}
    _change(make_folder(tmp_path), CALENDAR, visits=[visit, visit])
    faults = lint(tmp_path)
    assert sum("ends before it begins" in fault for fault in faults) == 2
    assert "2 times" in faults[-1]


def test_only_visits_ahead_are_told_the_next_first() -> None:
    days = ("2026-12-05", "2026-11-28", "2026-11-01")
    calendar = Calendar.model_validate({"visits": [{**VISIT, "day": day} for day in days]})
    assert [str(visit.day) for visit in calendar.ahead(date(2026, 11, 26))] == ["2026-11-28", "2026-12-05"]
    assert calendar.ahead(date(2026, 11, 26), "07210") == []
