import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from motcua.places.units import Unit
from motcua.procedures.answers import Answers, forms_of, source_facts
from motcua.procedures.guide import SECTIONS, Guide
from motcua.procedures.loader import Guides
from motcua.procedures.proof import numbers
from tests.motcua.samples import guide, way_facts

KNOWLEDGE = Path(__file__).parents[3] / "knowledge_base"
VO_CUONG = Unit("09190", "phường", "Võ Cường")
LIST_NUMBER = re.compile(r"(?m)^\d+\. |\(theo [^)]*\)")  # and the source of what is told of an office
LEFTOVER = re.compile(r"\{\{|\}\}|\{%|\bNone\b|\n\n\n|^ (?! )|\S  |\.\.(?!\.)|[,;:]\.| $", re.MULTILINE)


@pytest.fixture(scope="module")
def answers() -> Answers:
    return Answers(KNOWLEDGE)


def every_answer(answers: Answers, guides: Guides) -> Iterator[tuple[Guide, str, str]]:
    for told in guides.values():
        for section in (*SECTIONS, "source"):
            for unit in (None, VO_CUONG):
                yield told, section, answers.render(section, told, unit=unit)


def test_no_template_shows_through_in_any_answer(answers: Answers, guides: Guides) -> None:
    rendered = every_answer(answers, guides)
    assert [(told.code, section, found[0]) for told, section, text in rendered if (found := LEFTOVER.search(text))] == []


def test_every_answer_begins_with_the_name_of_its_procedure(answers: Answers, guides: Guides) -> None:
    rendered = every_answer(answers, guides)
    faults = [(told.code, section) for told, section, text in rendered if not text.startswith((told.name, "Nguồn: "))]
    assert faults == []


def test_every_answer_says_more_than_its_first_line(answers: Answers, guides: Guides) -> None:
    rendered = every_answer(answers, guides)
    assert [
        (told.code, section) for told, section, text in rendered if section != "source" and len(text.splitlines()) < 2
    ] == []


def test_no_answer_tells_a_number_that_is_not_in_its_guide(answers: Answers, guides: Guides) -> None:
    """A wrong fee, time or number of copies costs someone a day's wage."""
    faults = []
    for told, section, text in every_answer(answers, guides):
        known = numbers(json.dumps(told.model_dump(mode="json"), ensure_ascii=False)) | {str(len(told.cases))}
        faults += [(told.code, section, number) for number in numbers(LIST_NUMBER.sub("", text)) - known]
    assert faults == []


def test_fees_and_times_of_every_way_are_told(answers: Answers, guides: Guides) -> None:
    faults = []
    for told in guides.values():
        fee, time = answers.render("fee", told), answers.render("time", told)
        for way in told.channels:
            faults += [(told.code, way.way, part) for part in (way.fee_label, way.fee_note) if part and part not in fee]
            faults += [(told.code, way.way, way.time)] if way.time not in time else []
    assert faults == []


def test_all_papers_of_all_cases_are_told(answers: Answers, guides: Guides) -> None:
    faults = []
    for told in guides.values():
        text = answers.render("papers", told)
        papers = [*told.papers, *(paper for case in told.cases for paper in case.papers)]
        faults += [(told.code, paper.name) for paper in papers if paper.name not in text]
    assert faults == []


def test_ways_of_which_the_same_is_told_share_a_line(answers: Answers) -> None:
    told = guide(channels=[way_facts("online"), way_facts("in_person"), way_facts("post", time="5 ngày làm việc")])
    lines = answers.render("time", told).splitlines()
    assert lines[-2:] == ["• Trực tuyến, trực tiếp: 3 ngày làm việc", "• Qua bưu điện: 5 ngày làm việc"]


@pytest.mark.parametrize(
    ("fee", "line"),
    [
        ({"fee_label": "Miễn phí", "fee_note": "Chưa gồm cước"}, "• Trực tiếp: Miễn phí. Chưa gồm cước"),
        ({"fee_label": "135.000 đồng", "fee_note": None}, "• Trực tiếp: 135.000 đồng"),
        ({"fee_label": None, "fee_note": "chưa xác nhận"}, "• Trực tiếp: chưa xác nhận"),
    ],
)
def test_fee_label_and_note_are_told_together(answers: Answers, fee: dict[str, str], line: str) -> None:
    assert answers.render("fee", guide(channels=[way_facts(**fee)])).splitlines()[-1] == line


def test_a_paper_is_told_with_copies_form_issuer_and_exception(answers: Answers) -> None:
    paper = {"name": "Đơn", "copies": "1 bản chính", "form": "Mẫu 01", "issued_by": "phường", "not_needed_if": "đã nộp"}
    line = "1. Đơn (1 bản chính). Mẫu: Mẫu 01. Nơi cấp: phường. Lưu ý: không cần nếu đã nộp"
    assert line in answers.render("papers", guide(papers=[paper]))


def test_a_case_is_told_with_its_condition_papers_and_note(answers: Answers) -> None:
    case = {"id": "mat-so", "when": "Mất sổ", "papers": [{"name": "Đơn báo mất"}], "note": "Báo trước"}
    text = answers.render("papers", guide(cases=[case]))
    assert text.endswith("Tùy trường hợp:\n• Mất sổ. Báo trước\n  - Đơn báo mất")


@pytest.mark.parametrize("office", ["commune_centre", "commune_police"])
def test_the_office_is_that_of_the_citizens_commune(answers: Answers, office: str) -> None:
    told = guide(where={"office": office})
    assert "phường Võ Cường" in answers.render("place", told, unit=VO_CUONG)
    assert "nhắn tên phường, xã" in answers.render("place", told)


def test_an_office_of_the_city_does_not_depend_on_the_commune(answers: Answers) -> None:
    text = answers.render("place", guide(where={"office": "tax", "note": "Nơi có đất"}), unit=VO_CUONG)
    assert "Cơ quan thuế.\nNơi có đất." in text
    assert "Võ Cường" not in text


def test_steps_online_are_told_where_there_are_any(answers: Answers) -> None:
    told = guide(channels=[way_facts("online", steps=["Vào VNeID.", "Gửi đơn."])])
    assert "1. Vào VNeID.\n2. Gửi đơn." in answers.render("online", told)
    assert "chưa ghi nhận cách nộp trực tuyến" in answers.render("online", guide())


def test_laws_are_told_with_the_day_they_took_force(answers: Answers) -> None:
    laws = [
        {"number": "60/2014/QH13", "name": "Luật Hộ tịch", "in_force_from": "2016-01-01"},
        {"number": "01/M", "name": "Luật"},
    ]
    lines = answers.render("legal_basis", guide(legal_basis=laws)).splitlines()
    assert lines[1:] == ["• 60/2014/QH13: Luật Hộ tịch (hiệu lực từ 01/01/2016)", "• 01/M: Luật"]


def test_forms_are_those_of_papers_and_cases() -> None:
    papers = [{"name": "Tờ khai", "form": "Mẫu 01"}, {"name": "Ảnh"}]
    case = {"id": "mat", "when": "Mất sổ", "papers": [{"name": "Đơn", "form": "Mẫu 02"}]}
    assert forms_of(guide(papers=papers, cases=[case])) == ["Tờ khai: Mẫu 01", "Đơn: Mẫu 02"]


def test_a_guide_without_forms_says_so(answers: Answers) -> None:
    assert "không ghi mẫu riêng" in answers.render("forms", guide())


def test_the_source_names_code_decision_and_both_days(answers: Answers) -> None:
    line = answers.source(guide(decision="163/QĐ-BTP"))
    assert all(fact in line for fact in ("9.000001", "163/QĐ-BTP", "20/07/2026", "23/11/2026"))


def test_the_source_goes_into_the_metadata() -> None:
    facts = {"url": "https://dichvucong.gov.vn", "decision": "chưa xác nhận", "checked_on": "2026-11-23"}
    assert source_facts(guide()) == facts


BLANK_HEADING = re.compile(r":\s*(?:\n\s*\n|\Z)")


def test_no_heading_stands_without_its_block(answers: Answers, guides: Guides) -> None:
    rendered = every_answer(answers, guides)
    assert [(told.code, section) for told, section, text in rendered if BLANK_HEADING.search(text)] == []
