"""What templates need to tell a record in a few lines: times with their unit, fees with their note, lists cut short."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from motcua.procedures.catalogue.forms import UPPER
from motcua.procedures.catalogue.record import CataloguePaper, Law, Method, Record

_UNITS = {
    "working_day": "ngày làm việc", "day": "ngày", "hour": "giờ", "minute": "phút",
    "week": "tuần", "month": "tháng", "year": "năm",
}  # fmt: skip
_SENTENCE_END = re.compile(r"[.;:,]\s+|\s+(?=[-+•*] )|\n")
_ABOUT_TIME = re.compile(r"\d+ (?:ngày|giờ|phút|tháng|tuần)|thời (?:hạn|gian)|\bngay\b|trong ngày", re.IGNORECASE)
_ABOUT_FEE = re.compile(r"\bphí\b|\d (?:đồng|vnđ|usd|đ)\b|\bmiễn\b", re.IGNORECASE)
_ABOUT_PLACE = re.compile(
    r"\b(?:nộp (?:hồ sơ|trực tiếp|trực tuyến|tại|qua|về)|gửi (?:hồ sơ|qua|về)|trụ sở|địa chỉ|trung tâm phục vụ"
    r"|bộ phận (?:một cửa|tiếp nhận))",
    re.IGNORECASE,
)
_NO_NOTE = re.compile(r"[-\s]*(?:không(?: có)?|miễn phí|lệ phí|phí)\s*:?[.\s]*", re.IGNORECASE)
_PROVINCE = re.compile(rf"\b(?:tỉnh|[Tt]hành phố) (?=[{UPPER}])")
_ON_A_FORM = re.compile(r"\b[Mm]ẫu (?:số|[A-Z]+\d)|theo mẫu|^\W*(?:tờ khai|đơn|phiếu)\b", re.IGNORECASE)
_KIND_OF_LAW = re.compile(r"(?:luật|nghị định|nghị quyết|thông tư|quyết định)(?: số)?", re.IGNORECASE)
_LIST_MARK = re.compile(r"^(?:[-+•*–]+|\d{1,2}[.)](?!\d))\s*")
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
    amount = re.fullmatch(r"([\d.,]+) (?:VNĐ|Việt Nam Đồng)", method.fee_label or "")
    return bool(amount) and int(re.sub(r"\D", "", amount[1]) or 0) < MIN_FEE if amount else False


def money(label: str) -> str:
    """A label as people write money: "50,000 Việt Nam Đồng" → "50.000 đồng"."""
    return re.sub(r"(?<=\d),(?=\d{3})", ".", label).replace("Việt Nam Đồng", "đồng").replace("VNĐ", "đồng")


def copies(paper: CataloguePaper) -> str:
    """ "1 bản chính, 2 bản sao"; empty where the portal gives no number."""
    if paper.copies_told:
        return paper.copies_told
    counts = [(paper.originals, "bản chính"), (paper.copies, "bản sao")]
    return ", ".join(f"{count} {kind}" for count, kind in counts if count)


def cut(text: str, length: int) -> str:
    """The text, or its first sentences and "…" where it is longer."""
    if len(text) <= length:
        return text
    ends = [found.start() for found in _SENTENCE_END.finditer(text, 0, length)]
    end = next((end for end in reversed(ends) if end > length // 2), text.rfind(" ", 0, length))
    return text[: end if end > 0 else length].rstrip(" .;:,-") + "…"


def bare(text: str) -> str:
    """A line of a list without the mark it was written with, nor the one that led to the next."""
    return _LIST_MARK.sub("", text).strip().rstrip(" .;,") or text


def fitting(lines: Iterable[str], length: int) -> list[str]:
    """The first lines that fit into `length` characters together; at least one, cut short if it must be."""
    taken: list[str] = []
    for line in lines:
        if taken and sum(map(len, taken)) + len(line) > length:
            break
        taken.append(cut(line, length))
    return taken


def day(as_of: str) -> str:
    """ "2026-07-20" → "20/07/2026", "2026-07" → "07/2026"."""
    return "/".join(reversed(as_of.split("-")))


def by_channel(
    methods: Sequence[Method], names: Mapping[str, str], tell: Callable[[Method], str]
) -> list[tuple[str, list[str]]]:
    """(names of ways, what is told of them): a way has several texts where it has several rows, each text once."""
    texts: dict[str, list[str]] = {}
    for method in methods:
        told = texts.setdefault(names[method.channel], [])
        if (text := tell(method).strip()) and text not in told:
            told.append(text)
    ways: dict[tuple[str, ...], list[str]] = {}
    for name, told in texts.items():
        ways.setdefault(tuple(sorted(told)), []).append(name)
    return [(", ".join([first, *map(str.lower, others)]), texts[first]) for told, (first, *others) in ways.items() if told]


@dataclass(frozen=True)
class PaperLines:
    """Papers as lines of a list, and how many more there are."""

    lines: tuple[str, ...]
    left: int


def paper_lines(record: Record, tell: Callable[[CataloguePaper], str], length: int) -> PaperLines:
    """The first papers that fit into `length` characters, each under the case it belongs to."""
    told: list[str] = []
    left = 0
    for case in record.cases:
        heading = [f"{cut(bare(case.when), 200).rstrip(':')}:"] if case.when else []
        for number, paper in enumerate(case.papers, start=1):
            lines = [*(heading if number == 1 else []), f"{number}. {tell(paper)}"]
            if left or (told and sum(map(len, (*told, *lines))) > length):
                left += 1
            else:
                told += lines
    return PaperLines(tuple(told), left)


def form_lines(record: Record) -> list[str]:
    """ "paper: file" for each paper with forms, and the papers that are written on a form without a file; each once."""
    lines = []
    for paper in record.papers():
        if paper.forms or _ON_A_FORM.search(paper.name):
            lines.append(": ".join(filter(None, (cut(bare(paper.name), 160), ", ".join(paper.forms)))))
    return list(dict.fromkeys(lines))


def law_line(law: Law) -> str:
    """ "number: name", without the number where the name holds it, and in one where the name is but a kind of text."""
    if law.name and law.number and _KIND_OF_LAW.fullmatch(law.name):
        return f"{law.name} {law.number}"
    if law.name and law.number and law.number not in law.name:
        return f"{law.number}: {cut(law.name, 160)}"
    return cut(law.name or law.number or "", 200)


FILTERS: Mapping[str, Callable[..., Any]] = {
    "told_time": time, "time_note": time_note, "fee_note": fee_note, "where_note": where_note, "elsewhere": elsewhere,
    "is_free": is_free, "doubtful_fee": doubtful_fee, "money": money, "copies": copies,
    "cut": cut, "bare": bare, "fitting": fitting, "as_of_day": day, "by_channel": by_channel,
    "paper_lines": paper_lines, "form_lines": form_lines, "law_line": law_line,
}  # fmt: skip
