"""The portal's tables, taken apart: its pages reach us as text in which the cells of a table are glued together.

Nothing is dropped: what a cell pattern does not fit stays in the text of the cell before it.
"""

import re
from collections.abc import Iterator

from motcua.procedures.catalogue.forms import LOWER, split_forms
from motcua.procedures.catalogue.record import CataloguePaper, Channel, Method, PaperCase, TimeUnit
from motcua.vietnamese.canonical import canonical

METHODS_HEAD = "Hình thức nộpThời gianPhí, lệ phíMô tả"
PAPERS_HEAD = "Tên giấy tờMẫu đơn, tờ khaiSố lượng"
NOTHING = "Không có thông tin"

CHANNELS: dict[str, Channel] = {"Trực tuyến": "online", "Trực tiếp": "in_person", "Dịch vụ bưu chính": "post"}
UNITS: dict[str, TimeUnit] = {
    "ngày làm việc": "working_day", "ngày": "day", "giờ": "hour", "phút": "minute",
    "tuần": "week", "tháng": "month", "năm": "year",
}  # fmt: skip

_CHANNEL = rf"(?P<channel>{'|'.join(CHANNELS)})"
_FEE = rf"(?P<fee>Miễn phí|{NOTHING}|\d[\d.,]* (?:Việt Nam Đồng|VNĐ|USD|EUR))"
_UNIT = "[Nn]gày làm việc|[Nn]gày|[Gg]iờ|[Pp]hút|[Tt]uần|[Tt]háng|[Nn]ăm"
_METHOD = re.compile(rf"{_CHANNEL}(?P<time>{NOTHING}|\d[\d.,]*\s*(?:{_UNIT})|\d+(?=\D)|){_FEE}")
# Where the first cell holds a sentence instead ("Không phải trả kết quả …"), a row is read up to its fee.
_TOLD_METHOD = re.compile(rf"{_CHANNEL}(?P<time>[^\d(]{{1,200}}?|\d[\d.,]*\s*(?:{_UNIT})){_FEE}")
_GLUED = re.compile(rf"{_CHANNEL}(?P<glued>\d[\d.,]* (?:Việt Nam Đồng|VNĐ|USD|EUR))")

# "1 bản chính", "0 bản chính,1 bản sao". Inside a name people write "01 bản chính", in brackets or followed by more words.
_COUNT = re.compile(
    r"(?<![^\d]0)(?<!^0)(?P<originals>\d) bản chính"
    rf"(?:,\s?(?P<copies>\d+) bản sao|(?!\s*[).;,\]])(?!\s+[{LOWER}]))"
)
_ENUMERATION = re.compile(r"\(\w{1,4}\)")  # "(1) Trường hợp …" begins a description
_WORD = re.compile(r"\w")
_NO_CASE = re.compile(r"^--+|--+$")


def split_methods(text: str) -> list[Method]:
    """The rows of "cách thức thực hiện"; empty where no row can be recognised."""
    body = text.strip().removeprefix(METHODS_HEAD)
    for pattern in (_METHOD, _TOLD_METHOD):
        rows = sorted([*_GLUED.finditer(body), *pattern.finditer(body)], key=lambda row: (row.start(), -row.end()))
        if rows and rows[0].start() == 0:
            return list(_methods(body, rows))
    return []


def _methods(body: str, rows: list["re.Match[str]"]) -> Iterator[Method]:
    rows = [row for number, row in enumerate(rows) if number == 0 or row.start() >= rows[number - 1].end()]
    ends = [*(row.start() for row in rows[1:]), len(body)]
    for row, end in zip(rows, ends, strict=True):
        cells = row.groupdict()
        fee_note, note = split_note(body[row.end() : end])
        glued = cells.get("glued")
        # "120 VNĐ" is a time that lost its unit and a fee, run together: which digits are whose is not known.
        time, unit = (canonical(glued), None) if glued else read_time(cells["time"])
        fee = None if glued else known(cells["fee"])
        yield Method(channel=CHANNELS[cells["channel"]], time=time, time_unit=unit, fee_label=fee, fee_note=fee_note, note=note)


def read_time(cell: str) -> tuple[str | None, TimeUnit | None]:
    """(text, unit) of a time; the unit is None where the portal lost it."""
    text = known(cell)
    if text is None:
        return None, None
    number = re.fullmatch(r"[\d.,]+\s*(.*)", text)
    return text, UNITS.get(number[1].lower()) if number else "told"


def split_note(text: str) -> tuple[str | None, str | None]:
    """(fee note, description): the note stands in brackets behind the fee; to the end if its bracket is never closed."""
    text = text.strip()
    if not text.startswith("(") or _ENUMERATION.match(text):
        return None, known(text)
    depth = 0
    for place, letter in enumerate(text):
        depth += (letter == "(") - (letter == ")")
        if depth == 0:
            return known(text[1:place]), known(text[place + 1 :])
    return known(text[1:]), None


def split_papers(text: str) -> list[PaperCase]:
    """The tables of "thành phần hồ sơ", one for each case; empty where the text holds no table."""
    *tables, last = text.split(PAPERS_HEAD)
    if not tables:
        return []
    cases, when = [], tables[0]
    for table in [*tables[1:], last]:
        papers, rest = _papers(table)
        is_last = table is last
        if is_last and _WORD.search(rest):
            papers.append(_paper(rest))
        cases.append(PaperCase(when=_case_name(when), papers=tuple(papers)))
        when = rest
    return [case for case in cases if case.papers or case.when]


def _papers(table: str) -> tuple[list[CataloguePaper], str]:
    """(papers, what follows the last of them: the name of the next case)."""
    papers, start = [], 0
    for count in _COUNT.finditer(table):
        if _WORD.search(table, start, count.start()):
            papers.append(_paper(table[start : count.start()], count))
        start = count.end()
    return papers, table[start:]


def _paper(text: str, count: "re.Match[str] | None" = None) -> CataloguePaper:
    name, forms = split_forms(canonical(text))
    if count is None:
        return CataloguePaper(name=name, forms=forms)
    return CataloguePaper(name=name, originals=int(count["originals"]), copies=int(count["copies"] or 0), forms=forms)


def _case_name(text: str) -> str | None:
    return canonical(_NO_CASE.sub("", text.strip())) or None


def known(text: str) -> str | None:
    """The canonical text, or None where the portal says that it has none."""
    text = canonical(text)
    return None if text in ("", NOTHING) else text
