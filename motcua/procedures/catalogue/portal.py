"""A record of the national portal, as its pages were read: 21 fields of text → Record."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from motcua.procedures.catalogue.forms import LOWER
from motcua.procedures.catalogue.laws import split_laws
from motcua.procedures.catalogue.record import Record
from motcua.procedures.catalogue.tables import PAPERS_HEAD, known, split_methods, split_papers
from motcua.vietnamese.canonical import canonical

CODE = re.compile(r"\d\.\d{6}")
# A line that goes on in small letters was broken by the width of a page.
_LINES = re.compile(rf"(?<=[.;:!?])\s*\n+|\n+(?![{LOWER}]{{2}})")
_RESULT_CODE = re.compile(r"Mã:\s*(KQ\.[A-Z]\d+\.\d+)")
# The page goes on with search words and with the boxes in which an office is chosen; neither is about the procedure.
_PAGE_END = re.compile(r"(?:Từ khóa(?=\S)|Chọn cơ quan thực hiện).*", re.DOTALL)
_HEADING = "Thành phần hồ sơ"
_UNUSED = ("loai_thu_tuc", "co_quan_duoc_uy_quyen", "co_quan_phoi_hop", "thu_tuc_lien_quan", "bo")
_NO_CONDITION = re.compile(r"không(?: có)?(?: quy định)?(?: yêu cầu)?[.;]?", re.IGNORECASE)


class RecordFault(ValueError):
    """A source record that cannot be imported: says the code, what was found and what is expected."""

    def __init__(self, code: object, field: str, found: object, expected: str) -> None:
        super().__init__(f"{str(code)[:40]}: {field}: found {str(found)[:80]!r}, expected {expected}")


def read_portal(facts: Mapping[str, Any], as_of: str) -> Record:
    """The record. Raises RecordFault where what every record needs is missing."""
    texts = {name: unicodedata.normalize("NFC", value) for name, value in facts.items() if isinstance(value, str)}
    code, url, name = (texts.get(field, "").strip() for field in ("ma_thu_tuc", "detail_url", "ten_thu_tuc"))
    _demand(CODE.fullmatch(code), code, "ma_thu_tuc", code, "a code like 1.001193")
    _demand(canonical(name), code, "ten_thu_tuc", name, "a name")
    _demand(url.startswith("https://"), code, "detail_url", url, "an address that begins with https://")
    papers, steps = texts.get("thanh_phan_ho_so", ""), texts.get("trinh_tu_thuc_hien", "")
    if PAPERS_HEAD not in papers and canonical(papers).strip("-"):
        # These words stand inside the steps too; there the page was cut, and its steps go on where the papers should be.
        papers, steps = "", f"{steps.rstrip()} {_HEADING} {papers.lstrip()}"
    results, page_end = _results(texts.get("ket_qua_xu_ly", ""))
    conditions, conditions_end = _conditions(texts.get("yeu_cau_dieu_kien", ""))
    methods = split_methods(texts.get("cach_thuc_thuc_hien", ""))
    leftover = {field: told for field in _UNUSED if (told := known(texts.get(field, "")))}
    leftover |= {"ket_qua_xu_ly": page_end} if page_end else {}
    leftover |= {"yeu_cau_dieu_kien": conditions_end} if conditions_end else {}
    if not methods and canonical(texts.get("cach_thuc_thuc_hien", "")):
        leftover["cach_thuc_thuc_hien"] = canonical(texts["cach_thuc_thuc_hien"])
    return Record(
        code=code,
        name=canonical(name),
        field=known(texts.get("linh_vuc", "")),
        level=known(texts.get("cap_thuc_hien", "")),
        agency=known(texts.get("co_quan_thuc_hien", "")),
        authority=known(texts.get("co_quan_co_tham_quyen", "")),
        address=known(texts.get("dia_chi_tiep_nhan", "")),
        applicants=known(texts.get("doi_tuong_thuc_hien", "")),
        methods=tuple(methods),
        cases=tuple(split_papers(papers)),
        steps=lines(steps),
        conditions=conditions,
        result=results,
        legal_basis=tuple(split_laws(texts.get("can_cu_phap_ly", ""))),
        decision=known(texts.get("so_quyet_dinh", "")),
        url=url,
        as_of=as_of,
        leftover=leftover,
    )


def lines(text: str) -> tuple[str, ...]:
    """The lines of a text, each canonical; none where the portal says that it has none."""
    return tuple(line for part in _LINES.split(text) if (line := known(part)))


def _demand(fine: object, code: str, field: str, found: str, expected: str) -> None:
    if not fine:
        raise RecordFault(code, field, found, expected)


def _results(text: str) -> tuple[tuple[str, ...], str | None]:
    """(results, the portal's codes of them and the rest of the page)."""
    body, page_end = _cut_page(text)
    codes = _RESULT_CODE.findall(body)
    results = tuple(told for part in _RESULT_CODE.split(body)[::2] if (told := known(part)))
    return results, canonical(" ".join([*codes, page_end or ""])) or None


def _conditions(text: str) -> tuple[tuple[str, ...], str | None]:
    """(conditions, what else the field holds: "Không" is no condition)."""
    body, page_end = _cut_page(text)
    told = lines(body)
    if len(told) == 1 and _NO_CONDITION.fullmatch(told[0]):
        return (), " ".join(filter(None, (told[0], page_end)))
    return told, page_end


def _cut_page(text: str) -> tuple[str, str | None]:
    """(text, what the page goes on with, where it says anything)."""
    found = _PAGE_END.search(text)
    if not found:
        return text, None
    return text[: found.start()], known(found[0])
