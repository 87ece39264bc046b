import gzip
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from motcua.procedures.catalogue.importing import SourceFault, import_files, manifest
from motcua.procedures.catalogue.report import write_report
from motcua.procedures.catalogue.store import load_catalogue
from motcua.settings import ROOT
from tests.motcua.catalogue_samples import portal_facts

SUPPLEMENT = {
    "code": "1.900002",
    "replaces": ["1.900001"],
    "name": "Nuôi ong, nuôi thêm ong",
    "field": "Nuôi ong",
    "ministry": None,
    "level": "Xã/Phường",
    "receiving_office": "Ủy ban nhân dân cấp xã",
    "applicants": ["Công dân Việt Nam"],
    "cases": [{"case": "Nuôi thêm", "documents": [{"name": "Đơn", "copies": "1 bản chính", "form": "Mẫu 1"}]}],
    "methods": [
        {"channel": "truc_tiep", "time": "05 ngày làm việc", "fee_label": "0 đồng", "fee_note": None},
        {"channel": "buu_chinh", "time": "5 ngày kể từ ngày nhận đủ hồ sơ", "fee_label": None, "fee_note": None},
        {"channel": "truc_tuyen", "time": "5", "fee_label": None, "fee_note": None},
    ],
    "steps": ["Nộp hồ sơ"],
    "conditions": None,
    "result": "Giấy phép",
    "legal_basis": [{"number": "12/2020/QH14", "title": None}],
    "decision": None,
    "source_url": None,
    "as_of": None,
    "note": "Kết quả chưa đọc lại.",
}


def lines(folder: Path, *entries: Any, name: str = "quoc-gia_2026-07.jsonl.gz") -> Path:
    path = folder / name
    text = "\n".join(entry if isinstance(entry, str) else json.dumps(entry) for entry in entries)
    path.write_bytes(gzip.compress(text.encode()) if name.endswith(".gz") else text.encode())
    return path


def listed(folder: Path, *entries: Any, name: str = "bo-sung_2026-09.json") -> Path:
    path = folder / name
    path.write_text(json.dumps(entries), "utf-8")
    return path


def test_both_formats_are_imported_each_with_its_date(tmp_path: Path) -> None:
    found = import_files([lines(tmp_path, portal_facts()), listed(tmp_path, SUPPLEMENT)], as_of="2026-07-20")
    assert {code: told.as_of for code, told in found.records.items()} == {"1.900001": "2026-07-20", "1.900002": "2026-09"}
    assert found.faults == []


def test_a_supplement_keeps_its_facts(tmp_path: Path) -> None:
    told = import_files([listed(tmp_path, SUPPLEMENT)]).records["1.900002"]
    assert [(way.channel, way.time_unit) for way in told.methods] == [
        ("in_person", "working_day"), ("post", "told"), ("online", None),
    ]  # fmt: skip
    (case,) = told.cases
    assert (case.when, case.papers[0].copies_told, case.papers[0].forms) == ("Nuôi thêm", "1 bản chính", ("Mẫu 1",))
    assert (told.replaces, told.remark) == (("1.900001",), "Kết quả chưa đọc lại.")


def test_a_later_file_counts_before_an_earlier_one(tmp_path: Path) -> None:
    later = listed(tmp_path, SUPPLEMENT | {"code": "1.900001", "replaces": []})
    found = import_files([lines(tmp_path, portal_facts()), later])
    assert found.records["1.900001"].name == "Nuôi ong, nuôi thêm ong"
    assert found.replaced == ["1.900001"]


@pytest.mark.parametrize(
    "entry, told",
    [
        ("{không phải JSON", "line"),
        ([1, 2], "entry"),
        (portal_facts(ma_thu_tuc="không mã"), "ma_thu_tuc"),
        (SUPPLEMENT | {"methods": [{"channel": "chim_bo_cau"}]}, "methods.channel"),
        (SUPPLEMENT | {"ngoài_lề": 1}, "ngoài_lề"),
        (SUPPLEMENT | {"replaces": ["cũ"]}, "code"),
    ],
)
def test_a_bad_entry_is_reported_and_stops_no_other(tmp_path: Path, entry: object, told: str) -> None:
    found = import_files([lines(tmp_path, entry, portal_facts())])
    assert list(found.records) == ["1.900001"]
    (fault,) = found.faults
    assert "entry 1" in fault
    assert told in fault
    assert fault in write_report(found)


@pytest.mark.parametrize("name, content", [("khong-ngay.jsonl", "{}"), ("hong_2026-09.json", "{")])
def test_a_file_that_cannot_be_used_is_named(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content, "utf-8")
    with pytest.raises(SourceFault, match=name):
        import_files([tmp_path / name])


def test_the_manifest_knows_its_sources(tmp_path: Path) -> None:
    (source,) = manifest(import_files([lines(tmp_path, portal_facts())]))["sources"]
    assert (source["file"], source["as_of"], source["entries"]) == ("quoc-gia_2026-07.jsonl.gz", "2026-07", 1)
    assert len(source["sha256"]) == 64


def test_the_report_lists_what_is_missing_with_its_reason(tmp_path: Path) -> None:
    found = import_files([lines(tmp_path, portal_facts(thanh_phan_ho_so="--", ten_thu_tuc="Đếm ong"))])
    report = write_report(found)
    assert "## No papers (1)" in report
    assert "## Time without its unit (1)" in report
    assert "- 1.900001 Đếm ong" in report


def command(*arguments: object, var: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "MOTCUA_VAR": str(var), "PYTHONPATH": str(ROOT)}
    run = [sys.executable, "-m", "motcua.procedures.catalogue", *map(str, arguments)]
    return subprocess.run(run, env=environment, cwd=ROOT, capture_output=True, text=True)


def test_the_command_writes_a_catalogue_and_says_what_came_of_it(tmp_path: Path) -> None:
    done = command(lines(tmp_path, portal_facts(), "{"), "--as-of", "2026-07-20", var=tmp_path)
    assert done.returncode == 0
    assert "1 records" in done.stdout
    assert "1 entries not imported" in done.stdout
    assert list(load_catalogue(tmp_path / "catalogue")) == ["1.900001"]


@pytest.mark.parametrize("name", ["nowhere_2026.jsonl", "empty_2026-07.jsonl"])
def test_the_command_fails_where_nothing_could_be_imported(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty_2026-07.jsonl").touch()
    done = command(tmp_path / name, var=tmp_path)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
