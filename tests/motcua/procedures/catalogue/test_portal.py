import unicodedata
from collections import Counter
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua.procedures.catalogue.importing import read_record
from motcua.procedures.catalogue.portal import RecordFault, read_portal
from motcua.procedures.catalogue.record import Record
from motcua.procedures.catalogue.tables import CHANNELS, NOTHING
from tests.motcua.catalogue_samples import TABLES, lost, portal_facts

SEARCH = settings(deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
PIECES = st.sampled_from(
    [*TABLES, *CHANNELS, NOTHING, "3 Ngày làm việc", "1", "120 VNĐ", "Miễn phí", "(Phí: 5.000 đồng)", "50,000 Việt Nam Đồng",
     "1 bản chính", "0 bản chính,1 bản sao", "--", "Mẫu số 1.docx", "Đơn xin", "hoà giải", "5/2021/NĐ-CP", "(", ")", "\n",
     "Mã: KQ.G01.000001", "Từ khóaKhông có thông tin", "Chọn cơ quan thực hiện", "Không", "Bước 1: nộp", " "]
)  # fmt: skip
TEXTS = st.lists(PIECES | st.text(max_size=8), max_size=12).map("".join)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8), lambda inner: st.lists(inner, max_size=3), max_leaves=4
)
FIELDS = tuple(portal_facts())
FREE_FIELDS = [field for field in FIELDS if field not in ("ma_thu_tuc", "detail_url", "ten_thu_tuc")]


def read(**changes: Any) -> Record:
    return read_portal(portal_facts(**changes), "2026-07-20")


def test_a_record_is_taken_apart() -> None:
    told = read()
    assert (told.code, told.name, told.level, told.as_of) == (
        "1.900001", "Thủ tục cấp giấy phép nuôi ong (cấp xã)", "Cấp xã", "2026-07-20",
    )  # fmt: skip
    assert [method.channel for method in told.methods] == ["online", "in_person"]
    assert [paper.name for paper in told.papers()] == ["Đơn xin nuôi ong theo mẫu", "Ảnh tổ ong"]
    assert told.steps == ("Bước 1: Người nuôi ong nộp hồ sơ.", "Bước 2: Xã đếm tổ ong.")
    assert told.result == ("Giấy phép nuôi ong",)
    assert told.conditions == ()
    assert [law.number for law in told.legal_basis] == ["12/2020/QH14", "5/2021/NĐ-CP"]


def test_text_is_kept_in_one_form() -> None:
    told = read(ten_thu_tuc=unicodedata.normalize("NFD", "Hoà giải  tranh chấp\u200b ong"))
    assert told.name == "Hòa giải tranh chấp ong"


def test_steps_that_fell_into_the_papers_are_put_back() -> None:
    told = read(trinh_tu_thuc_hien="Bước 1: Lập hồ sơ (mục", thanh_phan_ho_so="); nộp tại xã.\nBước 2: Chờ.")
    assert told.steps == ("Bước 1: Lập hồ sơ (mục Thành phần hồ sơ ); nộp tại xã.", "Bước 2: Chờ.")
    assert list(told.papers()) == []


def test_a_line_broken_by_the_width_of_the_page_is_one_step() -> None:
    assert read(trinh_tu_thuc_hien="Nộp qua dịch vụ\nbưu chính.\na) Chờ.").steps == ("Nộp qua dịch vụ bưu chính.", "a) Chờ.")


@pytest.mark.parametrize("none", ["Không", "không có.", "Không quy định", NOTHING, ""])
def test_no_condition_is_no_condition(none: str) -> None:
    assert read(yeu_cau_dieu_kien=none).conditions == ()


def test_what_fits_no_field_is_left_over_not_lost() -> None:
    told = read(cach_thuc_thuc_hien="Gửi chim bồ câu")
    assert told.methods == ()
    assert told.leftover["cach_thuc_thuc_hien"] == "Gửi chim bồ câu"
    assert "KQ.G01.000001" in told.leftover["ket_qua_xu_ly"]


@pytest.mark.parametrize(
    "field, found", [("ma_thu_tuc", "1.9"), ("ten_thu_tuc", " \n"), ("detail_url", "javascript:alert(1)"), ("ma_thu_tuc", None)]
)
def test_a_record_that_lacks_what_every_record_needs_is_a_fault_that_names_it(field: str, found: str | None) -> None:
    with pytest.raises(RecordFault, match=field):
        read(**{field: found})


@settings(SEARCH, max_examples=300)
@given(st.dictionaries(st.sampled_from(FREE_FIELDS), TEXTS, max_size=3))
def test_no_letter_of_any_record_is_lost(changes: dict[str, str]) -> None:
    facts = portal_facts(**changes)
    assert lost(facts, read_portal(facts, "2026-07")) == Counter()


@settings(SEARCH, max_examples=300)
@given(st.dictionaries(st.sampled_from((*FIELDS, "code", "name", "methods", "cases")), ANYTHING | TEXTS) | ANYTHING)
def test_anything_is_imported_or_reported(facts: object) -> None:
    try:
        told = read_record(facts, "2026-07")
    except RecordFault as fault:
        assert len(str(fault)) < 400
    else:
        assert Record.model_validate_json(told.model_dump_json(exclude_defaults=True)) == told
