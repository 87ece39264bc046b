from typing import Any

import pytest
from pydantic import ValidationError

from motcua.procedures.guide import Guide
from tests.motcua.samples import guide, guide_facts, way_facts


def test_the_least_guide_is_accepted() -> None:
    assert guide().name == "Đăng ký nuôi mèo"


@pytest.mark.parametrize(
    ("changes", "field", "told"),
    [
        ({"code": "1.1193"}, "code", "pattern"),
        ({"code": "01.001193"}, "code", "pattern"),
        ({"replaces": ["2.12"]}, "replaces.0", "pattern"),
        ({"name": ""}, "name", "at least 2"),
        ({"name": "Hoà giải"}, "name", "tone-mark style: 'Hòa giải'"),
        ({"summary": "Ghi  tên"}, "summary", "single spaces"),
        ({"who": "Ngươ\u0300i nuôi"}, "who", "NFC"),
        ({"field": "Thú nuôi"}, "field", "pattern"),
        ({"level": "district"}, "level", "commune"),
        ({"also_called": ["khai mèo"]}, "also_called", "at least 3"),
        ({"questions": {"fee": ["nuôi mèo"]}}, "questions", "at least 5"),
        ({"questions": {"price": ["nuôi mèo"]}}, "questions.price", "Extra inputs"),
        ({"questions": {"several": [{"asks": ["fee"], "text": "nuôi mèo"}]}}, "questions.several.0.asks", "at least 2"),
        ({"channels": []}, "channels", "at least 1"),
        ({"channels": [way_facts(way="fax")]}, "channels.0.way", "online"),
        ({"channels": [way_facts(steps=[])]}, "channels.0.steps", "at least 1"),
        ({"channels": [way_facts(fee_note=None)]}, "channels.0", "chưa xác nhận"),
        ({"where": {"office": "district"}}, "where.office", "commune_centre"),
        ({"legal_basis": []}, "legal_basis", "at least 1"),
        ({"source": {"url": "dichvucong.gov.vn", "as_of": "2026-07-20"}}, "source.url", "pattern"),
        ({"checked_on": "hôm qua"}, "checked_on", "date"),
        ({"phone": "0222"}, "phone", "Extra inputs"),
        ({"papers": [{"name": "Tờ khai", "amount": "1"}]}, "papers.0.amount", "Extra inputs"),
        ({"cases": [{"id": "Mất thẻ", "when": "Mất thẻ"}]}, "cases.0.id", "pattern"),
        ({"cases": [{"id": "mat-the", "when": "rất dài " * 12 + "ạ"}]}, "cases.0.when", "at most 90"),
        ({"papers": []}, "", "at least one paper"),
        ({"overrides": [{"numbers": [], "reason": "vì luật", "source": "Luật"}]}, "overrides.0.numbers", "at least 1"),
    ],
)
def test_a_broken_field_is_named(changes: dict[str, Any], field: str, told: str) -> None:
    with pytest.raises(ValidationError) as caught:
        guide(**changes)
    fault = caught.value.errors()[0]
    assert ".".join(map(str, fault["loc"])) == field
    assert told in str(fault)


@pytest.mark.parametrize(
    "missing", ["code", "name", "field", "summary", "who", "channels", "where", "result", "decision", "source"]
)
def test_a_missing_field_is_named(missing: str) -> None:
    facts = guide_facts()
    del facts[missing]
    with pytest.raises(ValidationError, match=missing):
        Guide.model_validate(facts)


def test_papers_of_a_case_are_papers_enough() -> None:
    case = {"id": "mat-so", "when": "Mất sổ", "papers": [{"name": "Đơn xin cấp lại"}]}
    assert guide(papers=[], cases=[case]).cases[0].papers[0].name == "Đơn xin cấp lại"


def test_a_guide_cannot_be_changed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        guide().name = "Khác"


def test_a_way_is_found_by_name() -> None:
    told = guide(channels=[way_facts("online", time="1 ngày"), way_facts("post", time="5 ngày")])
    assert [way and way.time for way in map(told.way, ("online", "post", "in_person"))] == ["1 ngày", "5 ngày", None]


def test_questions_are_told_with_what_they_ask() -> None:
    several = {"asks": ["papers", "fee"], "text": "nuôi mèo cần gì, mất tiền không"}
    questions = guide(questions={"fee": ["ba", "bốn"], "overview": ["hai", "năm"], "several": [several]}).questions
    assert list(questions.by_section())[1:4] == [(("overview",), "năm"), (("fee",), "ba"), (("fee",), "bốn")]
    assert list(questions.by_section())[-1] == (("papers", "fee"), several["text"])
    assert questions.all() == ("hai", "năm", "ba", "bốn", several["text"])
