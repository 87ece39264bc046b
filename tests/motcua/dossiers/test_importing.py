from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from motcua.dossiers.importing import ColumnsMissing, import_table
from motcua.dossiers.registry import Dossier
from motcua.dossiers.sql_registry import SqlRegistry

HEADINGS = [
    "Mã hồ sơ",
    "Mã thủ tục",
    "Trạng thái",
    "Ngày tiếp nhận",
    "Ngày hẹn trả",
    "Nơi tiếp nhận",
    "Giấy tờ còn thiếu",
    "Hạn bổ sung",
    "Số CCCD",
    "Số điện thoại",
    "Họ tên",
]
CODE = "000.00.12.H05-261101-0001"
LINE = [
    CODE,
    "1.001193",
    "Chờ bổ sung",
    "01/11/2026",
    "04/11/2026 16:30",
    "Phường Võ Cường",
    "Giấy chứng sinh; Tờ khai",
    "10/11/2026",
]
OWNER = ["027090000012", "0912340678", "Nguyễn Thị Lan"]
EXPECTED = Dossier(
    CODE,
    "1.001193",
    "supplement_needed",
    date(2026, 11, 1),
    date(2026, 11, 4),
    office="Phường Võ Cường",
    missing=("Giấy chứng sinh", "Tờ khai"),
    supplement_by=date(2026, 11, 10),
    identity_ends="0012",
    phone_ends="0678",
)


@pytest.fixture
def registry(tmp_path: Path) -> SqlRegistry:
    return SqlRegistry(f"sqlite:///{tmp_path / 'own.db'}")


def as_csv(folder: Path, *lines: list[str], headings: list[str] = HEADINGS, delimiter: str = ",") -> Path:
    quoted = (delimiter.join(f'"{cell}"' for cell in line) for line in (headings, *lines))
    path = folder / "list.csv"
    path.write_text("\ufeff" + "\n".join(quoted) + "\n", "utf-8")
    return path


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_csv_is_read_as_spreadsheets_write_it(tmp_path: Path, registry: SqlRegistry, delimiter: str) -> None:
    report = import_table(as_csv(tmp_path, LINE + OWNER, delimiter=delimiter), registry)
    assert (report.taken, report.faults) == (1, ())
    assert registry.find(CODE) == EXPECTED


def test_a_spreadsheet_is_read_with_its_own_days_and_numbers(tmp_path: Path, registry: SqlRegistry) -> None:
    book = openpyxl.Workbook()
    book.active.append(HEADINGS)
    days = {3: datetime(2026, 11, 1), 4: datetime(2026, 11, 4, 16, 30), 7: datetime(2026, 11, 10)}
    cells = [days.get(place, cell) for place, cell in enumerate(LINE)]
    book.active.append([*cells, 27090000012.0, 912340678, "Nguyễn Thị Lan"])  # a number has lost its first zero
    book.save(tmp_path / "list.xlsx")
    assert import_table(tmp_path / "list.xlsx", registry).taken == 1
    assert registry.find(CODE) == EXPECTED


@pytest.mark.parametrize(
    ("said", "stage"),
    [
        ("Mới tiếp nhận", "received"),
        ("Đang xử lý", "in_review"),
        ("DANG GIAI QUYET", "in_review"),
        ("Chưa có kết quả", "in_review"),
        ("Yêu cầu bổ sung", "supplement_needed"),
        ("Đã có kết quả", "ready"),
        ("Chờ trả kết quả", "ready"),
        ("Đã trả kết quả", "returned"),
        ("Từ chối giải quyết", "refused"),
    ],
)
def test_a_state_is_read_by_its_words(tmp_path: Path, registry: SqlRegistry, said: str, stage: str) -> None:
    import_table(as_csv(tmp_path, [*LINE[:2], said, *LINE[3:], *OWNER]), registry)
    assert registry.find(CODE).stage == stage


@pytest.mark.parametrize(
    ("place", "cell", "named"),
    [
        (0, "12345", "code"),
        (1, "khai sinh", "procedure"),
        (2, "lạ lùng", "stage"),
        (3, "hôm kia", "received_on"),
        (4, "", "due_on"),
        (8, "xx1", "identity_ends"),
    ],
)
def test_a_line_with_a_fault_is_left_out_and_named_without_what_stands_in_it(
    tmp_path: Path, registry: SqlRegistry, place: int, cell: str, named: str
) -> None:
    faulty = [*LINE, *OWNER]
    faulty[place] = cell
    other = ["H05-261101-0002", *LINE[1:], *OWNER]
    report = import_table(as_csv(tmp_path, faulty, other), registry)
    assert report.taken == 1
    (fault,) = report.faults
    assert fault.startswith(f"line 2: {named}:")
    assert not any(secret in fault for secret in (*OWNER, "xx1", "hôm kia", "lạ lùng"))
    assert registry.find(CODE) is None


def test_a_table_without_a_needed_column_is_refused(tmp_path: Path, registry: SqlRegistry) -> None:
    with pytest.raises(ColumnsMissing, match="due_on"):
        import_table(as_csv(tmp_path, LINE[:4], headings=HEADINGS[:4]), registry)


def test_no_whole_number_and_no_name_is_stored(tmp_path: Path, registry: SqlRegistry) -> None:
    import_table(as_csv(tmp_path, LINE + OWNER), registry)
    kept = b"".join(path.read_bytes() for path in tmp_path.glob("own.db*"))
    assert not any(secret.encode() in kept for secret in OWNER)
