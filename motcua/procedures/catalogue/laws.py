"""The portal's table of "căn cứ pháp lý", taken apart: names and numbers of laws, glued together."""

import re

from motcua.procedures.catalogue.forms import LOWER, UPPER
from motcua.procedures.catalogue.record import Law
from motcua.procedures.catalogue.tables import known
from motcua.vietnamese.canonical import canonical

LAWS_HEAD = "Tên văn bản pháp lýMã văn bản"

# Named, because the next name is glued to them: "…/TT-BTC" + "Sửa đổi", "…/TT-NHNN" + "số".
_AGENCIES = (
    "BGDĐT", "BGTVT", "BHXH", "BKHCN", "BKHĐT", "BLĐTBXH", "BNNMT", "BNNPTNT", "BTNMT", "BTTTT", "BVHTTDL", "BCA", "BCT",
    "BNG", "BNV", "BQP", "BTC", "BTP", "BXD", "BYT", "CP", "HĐND", "NHNN", "TANDTC", "TTg", "UBND", "VKSNDTC", "VPCP",
)  # fmt: skip
_AGENCY = "|".join(_AGENCIES)
_NUMBER = re.compile(
    # "ngày 25/01/2026" + "40/2026/NĐ-CP": the year belongs to the name.
    r"(?P<year>(?<=[/ ])(?:19|20)\d\d(?=\d{1,4}/))?"
    rf"(?P<number>\d{{1,4}}[a-z]?/(?:\d{{4}}/)?(?:QH(?:1\d|\d)|UBTVQH1\d|[A-ZĐ]+-(?:{_AGENCY})(?:-(?:{_AGENCY}))*"
    rf"|[A-ZĐ]+(?:-[A-ZĐ]+)+(?![{LOWER}])))"
)
# "Luật Các tổ chức tín dụng" + "Luật số 32/2024/QH15": the second column repeats the kind of text.
_KIND = re.compile(r"(?<=\S)(?:Luật|Nghị định|Nghị quyết|Thông tư|Quyết định)(?: số)?:?\s*$")
_GLUED = f"{UPPER}{LOWER}0123456789-+"


def split_laws(text: str) -> list[Law]:
    """The rows of the table: a number ends a row where the next word is glued to it."""
    body = text.strip().removeprefix(LAWS_HEAD)
    laws: list[Law] = []
    start = 0
    for found in _NUMBER.finditer(body):
        if body[found.end() : found.end() + 1] not in _GLUED:  # at the end of the text "" is in it too
            continue
        name = body[start : found.start("number")]
        kind = _KIND.search(name)
        name = name[: kind.start()] if kind else name
        _add(laws, canonical(name), canonical(f"{kind[0] if kind else ''}{found['number']}"))
        start = found.end()
    if rest := known(body[start:]):
        laws.append(Law(name=rest))
    return laws


def _add(laws: list[Law], name: str, number: str) -> None:
    # "Nghị định 126/2020/NĐ-CP" + "126/2020/NĐ-CP": the first number belongs to the name.
    if not name and laws and laws[-1].number == number:
        laws[-1] = Law(name=f"{laws[-1].name or ''} {number}".strip(), number=number)
    else:
        laws.append(Law(name=name or None, number=number))
