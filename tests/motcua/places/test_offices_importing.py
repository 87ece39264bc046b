from pathlib import Path

import pytest

from motcua.places.importing import ColumnsUnknown, import_table
from motcua.places.linter import lint
from motcua.places.offices import CALENDAR, OFFICES, load_calendar, load_offices
from tests.motcua.places.folder import make_folder

CENTRES = "unit,address,phone,hours,source,as_of\n"
VISITS = "unit,place,day,begins,ends,work,source,as_of\n"


def table(folder: Path, text: str) -> Path:
    path = folder / "bang.csv"
    path.write_text(text, "utf-8-sig")
    return path


def test_each_line_is_taken_whole_or_not_at_all_and_reported(tmp_path: Path) -> None:
    folder = make_folder(tmp_path)
    report = import_table(
        table(
            tmp_path,
            CENTRES
            + "phường Võ Cường,số 1 đường A,0222 3000 000,,vidu.vn,2026-11-01\n"  # added
            + "07210,,,thứ Hai đến thứ Sáu,vidu.vn,2026-11-02\n"  # changed: the address stays
            + "Đồng Tiến,số 2,,,vidu.vn,2026-11-01\n"  # two places
            + "Hà Nội,số 3,,,vidu.vn,2026-11-01\n"
            + "09187,số 4,,,,\n"  # no source
            + "09187,,hỏi Lan,,vidu.vn,2026-11-01\n"
            + "09187,,,,vidu.vn,2026-11-01\n",  # says nothing
        ),
        folder,
    )
    offices = load_offices(folder / OFFICES)
    added, changed = offices.centre("09190"), offices.centre("07210")
    assert added is not None and changed is not None
    assert (added.address, added.phone, added.hours) == ("số 1 đường A", "0222 3000 000", "chưa xác nhận")
    assert "Ngô Quyền" in changed.address
    assert (changed.hours, changed.source.as_of) == ("thứ Hai đến thứ Sáu", "2026-11-02")
    assert offices.centre("09187") is None
    assert [line.split(":")[0] for line in report] == [
        "line 2", "line 3", "line 4", "line 5", "line 6", "line 7", "line 8",
    ]  # fmt: skip
    assert [line.split(": ")[1].split(" ")[0] for line in report[:4]] == ["added", "changed", "unit", "unit"]
    assert ("source" in report[4], "phone" in report[5]) == (True, True)
    assert lint(folder) == []


def test_comments_and_what_is_not_named_stay(tmp_path: Path) -> None:
    folder = make_folder(tmp_path)
    before = (folder / OFFICES).read_text("utf-8")
    import_table(table(tmp_path, CENTRES + "09190,số 1,,,vidu.vn,2026-11-01\n"), folder)
    after = (folder / OFFICES).read_text("utf-8")
    assert [line for line in before.splitlines() if line not in after.splitlines()] == []


def test_a_calendar_is_told_by_its_columns(tmp_path: Path) -> None:
    folder = make_folder(tmp_path)
    row = "Võ Cường,nhà văn hóa,2026-12-05,08:00,{ends},,vidu.vn,2026-11\n"
    assert import_table(table(tmp_path, VISITS + row.format(ends="11:00")), folder) == ["line 2: added phường Võ Cường"]
    assert import_table(table(tmp_path, VISITS + row.format(ends="11:30")), folder) == ["line 2: changed phường Võ Cường"]
    (visit,) = load_calendar(folder / CALENDAR).visits
    assert (str(visit.day), visit.ends, visit.work) == ("2026-12-05", "11:30", "chưa xác nhận")
    assert import_table(table(tmp_path, VISITS + row.replace("2026-12-05", "thứ bảy").format(ends="11:00")), folder)[
        0
    ].startswith("line 2: day")


def test_another_table_changes_nothing(tmp_path: Path) -> None:
    folder = make_folder(tmp_path)
    before = (folder / OFFICES).read_text("utf-8")
    with pytest.raises(ColumnsUnknown, match="fax"):
        import_table(table(tmp_path, "unit,fax\n09190,1\n"), folder)
    assert (folder / OFFICES).read_text("utf-8") == before
