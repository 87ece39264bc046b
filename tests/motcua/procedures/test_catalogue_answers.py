import re
from pathlib import Path
from typing import Any

import pytest

from motcua.procedures.answers import Answers, source_facts
from motcua.procedures.catalogue.portal import read_portal
from motcua.procedures.guide import SECTIONS
from tests.motcua.catalogue_samples import portal_facts, record

KNOWLEDGE = Path(__file__).parents[3] / "knowledge_base"
LEFTOVER = re.compile(r"\{\{|\}\}|\{%|\bNone\b|\n\n\n|\S  |[,;:]\.| $", re.MULTILINE)
NOTHING_KNOWN = record()
BEES = read_portal(portal_facts(), "2026-07-20")


@pytest.fixture(scope="module")
def answers() -> Answers:
    return Answers(KNOWLEDGE)


def method(channel: str = "in_person", **facts: Any) -> dict[str, Any]:
    return {"channel": channel, **facts}


@pytest.mark.parametrize("told", [NOTHING_KNOWN, BEES])
@pytest.mark.parametrize("section", SECTIONS)
def test_every_section_begins_with_the_name_and_says_something(answers: Answers, told: Any, section: str) -> None:
    text = answers.render(section, told)
    assert text.startswith(told.name)
    assert len(text.splitlines()) > 1
    assert LEFTOVER.search(text) is None


@pytest.mark.parametrize("section", ["overview", "papers", "fee", "time", "place", "steps", "result", "legal_basis", "online"])
def test_what_is_missing_is_said_to_be_unconfirmed(answers: Answers, section: str) -> None:
    assert "chưa xác nhận" in answers.render(section, NOTHING_KNOWN)


def test_the_source_says_where_it_is_from_how_old_it_is_and_that_nobody_checked_it(answers: Answers) -> None:
    text = answers.source(BEES)
    assert text.startswith("Trích từ Cổng Dịch vụ công quốc gia (cập nhật 20/07/2026), chưa được cán bộ Bắc Ninh kiểm tra.")
    assert all(fact in text for fact in (BEES.code, "12/QĐ-ONG", BEES.url))
    assert "07/2026" in answers.source(record(as_of="2026-07"))


def test_a_weak_spot_of_the_source_is_told_with_it(answers: Answers) -> None:
    assert "Kết quả chưa đọc lại." in answers.source(record(remark="Kết quả chưa đọc lại."))


def test_the_facts_of_the_source_do_not_claim_a_check() -> None:
    assert source_facts(BEES) == {"url": BEES.url, "decision": "12/QĐ-ONG", "as_of": "2026-07-20"}


def test_the_fee_label_is_never_told_without_its_note(answers: Answers) -> None:
    told = record(methods=[method(fee_label="Miễn phí", fee_note="Lệ phí 135.000 đồng/lần")])
    for section in ("fee", "overview"):
        assert "“Miễn phí”, kèm ghi chú: Lệ phí 135.000 đồng/lần" in answers.render(section, told)


def test_money_in_the_description_is_told_with_the_fee(answers: Answers) -> None:
    told = record(methods=[method(fee_label="Miễn phí", note="Nộp tại xã. Phí in biển: 50.000 đồng.")])
    assert "Phí in biển: 50.000 đồng" in answers.render("fee", told)
    assert "Nộp tại xã" not in answers.render("fee", told)


@pytest.mark.parametrize(
    "label, said",
    [
        ("50,000 Việt Nam Đồng", "50.000 đồng"),
        ("1,000,000 VNĐ", "1.000.000 đồng"),
        ("10 USD", "10 USD"),
        ("20 VNĐ", "chưa xác nhận (Cổng ghi “20 VNĐ”)"),
        ("Miễn phí", "Cổng ghi “Miễn phí”"),
        ("0", "Cổng ghi “0 đồng”"),
        (None, "chưa xác nhận"),
    ],
)
def test_a_fee_is_told_as_people_write_it_or_as_unconfirmed(answers: Answers, label: str | None, said: str) -> None:
    assert f"• Trực tiếp: {said}\n" in answers.render("fee", record(methods=[method(fee_label=label)])) + "\n"


@pytest.mark.parametrize(
    "time, unit, said",
    [
        ("5 Ngày làm việc", "working_day", "5 ngày làm việc"),
        ("5 Ngày", "day", "5 ngày"),
        ("1", None, "chưa xác nhận (Cổng ghi “1”, thiếu đơn vị)"),
        ("120 VNĐ", None, "chưa xác nhận (Cổng ghi “120 VNĐ”, lẫn thời hạn với phí)"),
        ("Không quy định", "told", "Không quy định"),
        (None, None, "chưa xác nhận"),
    ],
)
def test_a_time_is_told_with_its_unit_or_as_unconfirmed(
    answers: Answers, time: str | None, unit: str | None, said: str
) -> None:
    told = record(methods=[method(time=time, time_unit=unit)])
    for section in ("time", "overview"):
        assert f"• Trực tiếp: {said}\n" in answers.render(section, told) + "\n"


def test_ways_of_which_the_same_is_told_share_a_line(answers: Answers) -> None:
    rows = [method(way, time="3 Ngày", time_unit="day") for way in ("online", "in_person")]
    other = method("post", time="5 Ngày", time_unit="day")
    text = answers.render("time", record(methods=[*rows, other]))
    assert "• Trực tuyến, trực tiếp: 3 ngày\n• Qua bưu điện: 5 ngày" in text


def test_a_way_with_several_times_says_that_it_depends(answers: Answers) -> None:
    rows = [method(time=f"{days} Ngày", time_unit="day") for days in (3, 5)]
    assert "• Trực tiếp (tùy trường hợp):\n  - 3 ngày\n  - 5 ngày" in answers.render("time", record(methods=rows))


def test_papers_stand_under_their_case_with_their_number(answers: Answers) -> None:
    papers = [{"name": "- Đơn;", "originals": 1, "copies": 2}, {"name": "(2) Ảnh", "originals": 0, "copies": 0}]
    text = answers.render("papers", record(cases=[{"when": "Nuôi mới:", "papers": papers}]))
    assert text.endswith("Nuôi mới:\n1. Đơn (1 bản chính, 2 bản sao)\n2. Ảnh")


def test_a_long_list_is_cut_and_says_where_the_rest_is(answers: Answers) -> None:
    papers = [{"name": f"Giấy số {number} " + "rất dài " * 20} for number in range(30)]
    text = answers.render("papers", record(cases=[{"papers": papers}], url="https://dichvucong.gov.vn/ong"))
    assert len(text) < 1500
    assert re.search(r"Còn \d+ giấy tờ nữa\. Xem đủ tại https://dichvucong\.gov\.vn/ong", text)


def test_an_office_of_another_province_is_not_told_as_ours(answers: Answers) -> None:
    text = answers.render("place", record(agency="Sở Ong Thành phố Hà Nội"))
    assert "chưa xác nhận (Cổng ghi cơ quan của nơi khác: Sở Ong Thành phố Hà Nội)" in text


@pytest.mark.parametrize("agency", ["Sở Ong", "Ủy ban nhân dân cấp tỉnh", "Sở Ong thành phố Bắc Ninh"])
def test_an_office_of_ours_is_told(answers: Answers, agency: str) -> None:
    assert f"Cơ quan thực hiện: {agency}\n" in answers.render("place", record(agency=agency))


def test_a_procedure_without_online_filing_says_which_ways_there_are(answers: Answers) -> None:
    text = answers.render("online", record(methods=[method("post"), method("in_person")]))
    assert "Cách nộp đang có: qua bưu điện, trực tiếp." in text


def test_forms_are_told_with_their_paper(answers: Answers) -> None:
    assert "• Đơn xin nuôi ong theo mẫu: Mẫu số 1.docx\nTải mẫu tại" in answers.render("forms", BEES)
