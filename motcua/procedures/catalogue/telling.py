"""What templates need to tell a record: times with their unit, fees with their note, money as people write it."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from motcua.procedures.catalogue.forms import UPPER
from motcua.procedures.catalogue.listing import bare, by_channel, cut, fitting, form_lines, law_line, paper_lines
from motcua.procedures.catalogue.record import CataloguePaper, Method

_UNITS = {
    "working_day": "ngày làm việc", "day": "ngày", "hour": "giờ", "minute": "phút",
    "week": "tuần", "month": "tháng", "year": "năm",
}  # fmt: skip
_ABOUT_TIME = re.compile(r"\d+ (?:ngày|giờ|phút|tháng|tuần)|thời (?:hạn|gian)|\bngay\b|trong ngày", re.IGNORECASE)
_ABOUT_FEE = re.compile(r"\bphí\b|\d ?(?:đồng|vnđ|usd|đ)\b|\bmiễn\b", re.IGNORECASE)
_ABOUT_PLACE = re.compile(
    r"\b(?:nộp (?:hồ sơ|trực tiếp|trực tuyến|tại|qua|về)|gửi (?:hồ sơ|qua|về)|trụ sở|địa chỉ|trung tâm phục vụ"
    r"|bộ phận (?:một cửa|tiếp nhận))",
    re.IGNORECASE,
)
_NO_NOTE = re.compile(r"[-\s]*(?:không(?: có)?|miễn phí|lệ phí|phí)\s*:?[.\s]*", re.IGNORECASE)
_PROVINCE = re.compile(rf"\b(?:tỉnh|[Tt]hành phố) (?=[{UPPER}])")
MIN_FEE = 1000  # the portal writes some fees in thousands: "20 VNĐ" is not a fee of twenty đồng


def time(method: Method) -> str | None:
    """The time with its unit; None where the portal gives none or lost the unit."""
    if method.time is None or method.time_unit is None:
        return None
    number = re.match(r"[\d.,]+", method.time)
    return f"{number[0]} {_UNITS[method.time_unit]}" if number and method.time_unit in _UNITS else method.time


def time_note(method: Method) -> str | None:
    """What the portal adds about time."""
    return _sentences(method.note, _ABOUT_TIME)


def fee_note(method: Method) -> str | None:
    """The note of the fee, and what else the portal adds about money."""
    note = bare(method.fee_note or "")
    note = "" if _NO_NOTE.fullmatch(note) else note
    return " ".join(filter(None, (note, _sentences(method.note, _ABOUT_FEE)))) or None


def where_note(method: Method) -> str | None:
    """What the portal adds about where to hand in."""
    return _sentences(method.note, _ABOUT_PLACE)


def _sentences(text: str | None, about: re.Pattern[str]) -> str | None:
    parts = re.split(r"(?<=[.;])\s+|\s+(?=[-+•*] )", text or "")
    return bare(" ".join(part for part in parts if about.search(part))) or None


def elsewhere(office: str) -> bool:
    """Whether the office belongs to another province: the portal shows some records as that province has them."""
    return bool(_PROVINCE.search(office)) and "Bắc Ninh" not in office


def is_free(method: Method) -> bool:
    """Whether the label says that nothing is paid; the note may say otherwise."""
    return method.fee_label in ("Miễn phí", "0", "0 đồng")


def doubtful_fee(method: Method) -> bool:
    """Whether the amount of the label cannot be right."""
    amount = re.fullmatch(r"(\d[\d.,]*) (?:VNĐ|Việt Nam Đồng)", method.fee_label or "")
    return amount is not None and int(re.sub(r"\D", "", amount[1])) < MIN_FEE


def money(label: str) -> str:
    """A label as people write money: "50,000 Việt Nam Đồng" → "50.000 đồng", "0" → "0 đồng"."""
    label = f"{label} đồng" if label.isdigit() else label
    return re.sub(r"(?<=\d),(?=\d{3})", ".", label).replace("Việt Nam Đồng", "đồng").replace("VNĐ", "đồng")


def copies(paper: CataloguePaper) -> str:
    """ "1 bản chính, 2 bản sao"; empty where the portal gives no number."""
    if paper.copies_told:
        return paper.copies_told
    counts = [(paper.originals, "bản chính"), (paper.copies, "bản sao")]
    return ", ".join(f"{count} {kind}" for count, kind in counts if count)


def day(as_of: str) -> str:
    """ "2026-07-20" → "20/07/2026", "2026-07" → "07/2026"."""
    return "/".join(reversed(as_of.split("-")))


FILTERS: Mapping[str, Callable[..., Any]] = {
    "told_time": time, "time_note": time_note, "fee_note": fee_note, "where_note": where_note, "elsewhere": elsewhere,
    "is_free": is_free, "doubtful_fee": doubtful_fee, "money": money, "copies": copies,
    "cut": cut, "bare": bare, "fitting": fitting, "as_of_day": day, "by_channel": by_channel,
    "paper_lines": paper_lines, "form_lines": form_lines, "law_line": law_line,
}  # fmt: skip
