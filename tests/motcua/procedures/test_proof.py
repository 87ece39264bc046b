import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from motcua.procedures.proof import load_records, numbers, prove, unproven
from tests.motcua.samples import guide, way_facts, write_guide

RECORD = "Thời hạn: 3 Ngày làm việc. Lệ phí 1.500.000 đồng. Căn cứ: 1Miễn phí QĐ-BTP01/2026"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("135.000 đồng", {"135000"}),
        ("1.500.000", {"1500000"}),
        ("01 bản chính, 1 bản sao", {"1"}),
        ("2,5 ngày", {"2.5"}),
        ("ngày 15/11/2026", {"15", "11", "2026"}),
        ("123/2015/NĐ-CP", {"123", "2015"}),
        ("không có số", set()),
    ],
)
def test_numbers_are_written_one_way(text: str, found: set[str]) -> None:
    assert numbers(text) == found


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({}, []),
        ({"channels": [way_facts(fee_note="1500000 đồng")]}, []),
        ({"channels": [way_facts(fee_note="1 đồng")]}, []),
        ({"channels": [way_facts(fee_note="150.000 đồng")]}, [("channels.0.fee_note", "150000")]),
        ({"channels": [way_facts(time="4 ngày")]}, [("channels.0.time", "4")]),
        ({"papers": [{"name": "Tờ khai", "copies": "2 bản"}]}, [("papers.0.copies", "2")]),
        ({"legal_basis": [{"number": "99/2026", "name": "Luật"}]}, [("legal_basis", "99")]),
        ({"questions": {"overview": ["7 con mèo", "hai", "ba", "bốn", "năm"]}}, []),
    ],
)
def test_a_number_in_no_record_is_found(changes: dict[str, Any], fault: list[tuple[str, str]]) -> None:
    assert unproven(guide(**changes), RECORD) == fault


def test_an_override_accounts_for_its_numbers() -> None:
    override = {"numbers": ["150.000"], "reason": "Luật mới", "source": "Luật 99/2026"}
    assert unproven(guide(channels=[way_facts(fee_note="150.000 đồng")], overrides=[override]), RECORD) == []


@pytest.fixture
def records(tmp_path: Path) -> Path:
    with gzip.open(tmp_path / "national.jsonl.gz", "wt", encoding="utf-8") as lines:
        lines.write(json.dumps({"ma_thu_tuc": "9.000001", "noi_dung": RECORD}, ensure_ascii=False) + "\n")
    supplement = [{"code": "9.000001", "fee": "40.000 đồng"}, {"code": "9.000002", "fee": "chưa rõ"}]
    (tmp_path / "supplement_2026.json").write_text(json.dumps(supplement, ensure_ascii=False), "utf-8")
    return tmp_path


def test_records_of_a_code_are_read_together(records: Path) -> None:
    found = load_records(records)
    assert sorted(found) == ["9.000001", "9.000002"]
    assert {"1500000", "40000"} <= numbers(found["9.000001"])


def test_guides_borne_out_by_their_records_pass(records: Path, tmp_path: Path) -> None:
    write_guide(tmp_path / "guides", channels=[way_facts(fee_note="40.000 đồng")])
    assert prove(tmp_path / "guides", records) == []


def test_a_replaced_code_brings_its_record(records: Path, tmp_path: Path) -> None:
    write_guide(tmp_path / "guides", "thu-nuoi/9.000007-x.yml", code="9.000007", replaces=["9.000001"])
    assert prove(tmp_path / "guides", records) == []


def test_a_guide_without_a_record_is_named(records: Path, tmp_path: Path) -> None:
    write_guide(tmp_path / "guides", "thu-nuoi/9.000007-x.yml", code="9.000007")
    assert prove(tmp_path / "guides", records) == ["9.000007: no official record"]


def test_an_unproven_number_is_named(records: Path, tmp_path: Path) -> None:
    write_guide(tmp_path / "guides", who="Người nuôi 12 con")
    assert prove(tmp_path / "guides", records) == ["9.000001: who: 12 is in no record"]
