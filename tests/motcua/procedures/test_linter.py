from pathlib import Path
from typing import Any

import pytest

from motcua.procedures.linter import all_texts, guide_texts, lint
from tests.motcua.samples import guide, way_facts, write_guide

LONG = "nộp " * 46


@pytest.mark.parametrize(
    ("name", "changes", "fault"),
    [
        ("thu-nuoi/nuoi-meo.yml", {}, "code: found 'nuoi-meo.yml', expected a file name that begins with 9.000001-"),
        ("thu-nuoi/9.000002-nuoi-meo.yml", {}, "expected a file name that begins with 9.000001-"),
        ("ho-tich/9.000001-nuoi-meo.yml", {}, "field: found 'thu-nuoi', expected the folder's name, ho-tich"),
    ],
)
def test_a_file_is_named_for_its_guide(tmp_path: Path, name: str, changes: dict[str, Any], fault: str) -> None:
    write_guide(tmp_path, name, **changes)
    assert len(found := lint(tmp_path)) == 1
    assert fault in found[0]


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"channels": [way_facts(time="15")]}, "channels.in_person.time: found '15', expected a unit"),
        ({"channels": [way_facts("online", time="theo quy định")]}, "channels.online.time"),
        ({"channels": [way_facts(fee_label="Miễn phí", fee_note=None)]}, "channels.in_person.fee_note: found 'nothing'"),
        ({"tips": ["Bạn nên đến sớm."]}, "tips.0: found 'Bạn', expected Anh/Chị"),
        ({"who": "Người nuôi, quý khách"}, "who: found 'quý khách'"),
        ({"channels": [way_facts(steps=["Tự mình đến nộp."])]}, "channels.0.steps.0: found 'mình'"),
        ({"summary": LONG.strip()}, "summary: found '46 words', expected at most 45"),
        ({"channels": [way_facts(), way_facts()]}, "channels: found 'in_person, in_person', expected each way once"),
        ({"also_called": ["sổ mèo", "so meo", "giấy mèo"]}, "also_called/questions: found 'so meo'"),
        ({"questions": {"overview": ["sổ mèo", "hai"], "fee": ["ba", "bốn", "năm"]}}, "also_called/questions: found 'so meo'"),
        ({"code": "một"}, "code: found 'một'"),
    ],
)
def test_a_fault_is_told_with_file_field_and_expectation(tmp_path: Path, changes: dict[str, Any], fault: str) -> None:
    write_guide(tmp_path, **changes)
    assert len(found := lint(tmp_path)) == 1
    assert found[0].startswith("9.000001-nuoi-meo.yml: ")
    assert fault in found[0]


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"channels": [way_facts(time="Ngay khi nhận hồ sơ")]},
        {"channels": [way_facts(time="chưa xác nhận")]},
        {"channels": [way_facts(time="30 phút"), way_facts("online", time="1 tuần")]},
        {"channels": [way_facts(fee_label="Miễn phí", fee_note="Chưa gồm cước bưu chính")]},
        {"questions": {"overview": ["bạn tôi nuôi mèo", "nhà mình có mèo", "ba", "bốn", "năm"]}},
        {"summary": "nộp " * 40 + "đơn. " + "nộp " * 40 + "đơn"},
        {"who": "Bạn bè của chủ mèo"},
    ],
)
def test_a_sound_guide_has_no_fault(tmp_path: Path, changes: dict[str, Any]) -> None:
    write_guide(tmp_path, **changes)
    assert lint(tmp_path) == []


@pytest.mark.parametrize(("code", "replaces"), [("9.000001", []), ("9.000002", ["9.000001"])])
def test_a_code_is_answered_by_one_guide(tmp_path: Path, code: str, replaces: list[str]) -> None:
    write_guide(tmp_path)
    write_guide(tmp_path, f"thu-nuoi/{code}-trung.yml", code=code, replaces=replaces)
    assert [fault for fault in lint(tmp_path) if "9.000001, which" in fault]


def test_all_files_are_checked_after_a_broken_one(tmp_path: Path) -> None:
    write_guide(tmp_path, "thu-nuoi/9.000001-a.yml", level="huyện")
    write_guide(tmp_path, "thu-nuoi/9.000002-b.yml", code="9.000002", tips=["Bạn đến sớm."])
    assert len(lint(tmp_path)) == 2


def test_phrases_of_citizens_are_not_shown_to_citizens() -> None:
    shown = [text for _, text in guide_texts(guide())]
    assert "Sổ mèo" in shown
    assert not {"khai mèo", "mèo đi lạc"} & set(shown)


def test_phrases_of_citizens_are_among_all_texts() -> None:
    assert {"khai mèo", "mèo đi lạc", "Sổ mèo"} <= set(all_texts(guide()))
