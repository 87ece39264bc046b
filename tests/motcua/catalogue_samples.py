"""Small records in the shape of the portal's, made by us, and what a record may not lose of its source."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from motcua.procedures.catalogue.laws import LAWS_HEAD
from motcua.procedures.catalogue.record import Record
from motcua.procedures.catalogue.store import Catalogue, load_catalogue, write_catalogue
from motcua.procedures.catalogue.tables import CHANNELS, METHODS_HEAD, NOTHING, PAPERS_HEAD
from motcua.vietnamese.folding import fold

TABLES = (METHODS_HEAD, PAPERS_HEAD, LAWS_HEAD)
# Cells that are facts of the record, not text: a number of copies, a channel, "nothing known", the mark of a result's code.
_CELLS = re.compile(rf"\d bản chính(?:, ?\d+ bản sao)?|{NOTHING}|Mã:|{'|'.join((*CHANNELS, *TABLES))}")
# What the record keeps of nothing: what a page shows beside its fields, split out by the collector of the records.
_DERIVED = ("methods", "documents")


def portal_facts(**changes: Any) -> dict[str, Any]:
    """A record of the portal about keeping bees; `changes` replace whole fields."""
    return {
        "ma_thu_tuc": "1.900001",
        "detail_url": "https://dichvucong.gov.vn/thu-tuc-hanh-chinh/nuoi-ong",
        "ten_thu_tuc": "Thủ tục cấp giấy phép nuôi ong (cấp xã)",
        "so_quyet_dinh": "12/QĐ-ONG",
        "cap_thuc_hien": "Cấp xã",
        "linh_vuc": "Nuôi ong",
        "doi_tuong_thuc_hien": "Công dân Việt Nam, Hợp tác xã",
        "co_quan_thuc_hien": "Ủy ban nhân dân cấp xã",
        "co_quan_co_tham_quyen": "",
        "dia_chi_tiep_nhan": "",
        "trinh_tu_thuc_hien": "Bước 1: Người nuôi ong nộp hồ sơ.\n\nBước 2: Xã đếm tổ ong.",
        "cach_thuc_thuc_hien": METHODS_HEAD
        + "Trực tuyến3 Ngày làm việcMiễn phí(Lệ phí: 20.000 đồng/tổ)Nộp hồ sơ qua Cổng."
        + "Trực tiếp1Miễn phíNộp hồ sơ tại xã.",
        "thanh_phan_ho_so": f"--{PAPERS_HEAD}Đơn xin nuôi ong theo mẫuMẫu số 1.docx1 bản chínhẢnh tổ ong0 bản chính,2 bản sao",
        "can_cu_phap_ly": f"{LAWS_HEAD}Luật Ong12/2020/QH14Nghị định 5/2021/NĐ-CP5/2021/NĐ-CP",
        "yeu_cau_dieu_kien": NOTHING,
        "ket_qua_xu_ly": f"Giấy phép nuôi ongMã: KQ.G01.000001Từ khóa{NOTHING}Mô tả{NOTHING}Chọn cơ quan thực hiện",
        "bo": "bo-ong",
    } | changes


def record(**facts: Any) -> Record:
    """A record of the catalogue; `facts` replace whole fields."""
    known = {"code": "1.900001", "name": "Cấp giấy phép nuôi ong", "url": "https://dichvucong.gov.vn", "as_of": "2026-07-20"}
    return Record.model_validate(known | facts)


def catalogue_of(folder: Path, *records: Record) -> Catalogue:
    """The catalogue of these records, kept in that folder."""
    write_catalogue(folder, records, {}, "")
    return load_catalogue(folder)


def lost(facts: dict[str, Any], told: Record) -> Counter[str]:
    """The letters and digits of the source that are nowhere in its record, with how often each is missing."""
    texts = " ".join(text for field, text in facts.items() if isinstance(text, str) and field not in _DERIVED)
    return _letters(texts) - _letters(" ".join(_strings(told.model_dump())))


def _letters(text: str) -> Counter[str]:
    plain = re.sub(r"\s+", " ", unicodedata.normalize("NFC", text))
    return Counter(re.findall(r"\w", fold(_CELLS.sub(" ", plain))))


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _strings(part)
    elif isinstance(value, (list, tuple)):
        for part in value:
            yield from _strings(part)
