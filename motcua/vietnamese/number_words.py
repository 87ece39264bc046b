"""Numbers in words, as they are said: "hai triệu rưỡi", "trăm ba", "mười lăm", "hai chục"."""

import re
from collections.abc import Sequence

from motcua.vietnamese.folding import fold

ONES = {
    "không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "nhăm": 5, "sáu": 6, "bảy": 7,
    "bẩy": 7, "tám": 8, "chín": 9,
}  # fmt: skip
_BIG = {"nghìn": 10**3, "ngàn": 10**3, "vạn": 10**4, "triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9}
_OTHERS = ("trăm", "mươi", "mười", "hăm", "chục", "rưỡi", "rưởi", "linh", "lẻ")
PARTS = frozenset((*ONES, *_BIG, *_OTHERS))
_OF_BARE = {fold(word): word for word in reversed((*ONES, *_BIG, *_OTHERS))}
HALF, _ZERO = ("rưỡi", "rưởi"), ("linh", "lẻ")
FIGURES = re.compile(r"\d{1,3}(?:[.,]\d{3})+|\d+(?:[.,]\d{1,2})?")


def part(word: str, *, bare_text: bool) -> str | None:
    """The part of a number that a lower-case word is; in a text without marks "muoi" is mười."""
    if word in PARTS or FIGURES.fullmatch(word):
        return word
    return _OF_BARE.get(word) if bare_text else None


def figures(written: str) -> float:
    """The number that figures write the Vietnamese way: "1.500.000", "2,5"."""
    if re.fullmatch(r"\d{1,3}([.,]\d{3})+", written):
        return float(re.sub(r"\D", "", written))
    return float(written.replace(",", "."))


def value(parts: Sequence[str]) -> float | None:
    """What parts say together, or None if they are not one number."""
    total, biggest, rest = 0.0, 10.0**12, list(parts)
    while rest:
        amount, rest = _below_thousand(rest)
        if not rest or rest[0] not in _BIG:
            return None if rest or amount is None else total + amount
        scale = _BIG[rest.pop(0)]
        if scale >= biggest:
            return None
        total, biggest = total + (1.0 if amount is None else amount) * scale, scale
        if (short := _shortened(rest, scale)) is not None:
            return total + short
    return total if parts else None


def _shortened(rest: Sequence[str], scale: float) -> float | None:
    """What one last word adds: "hai triệu rưỡi", "hai triệu tám"."""
    if len(rest) != 1:
        return None
    return scale / 2 if rest[0] in HALF else scale / 10 * ONES[rest[0]] if rest[0] in ONES else None


def _below_thousand(rest: list[str]) -> tuple[float | None, list[str]]:
    head, rest = _below_hundred(rest)
    if not rest or rest[0] != "trăm":
        return head, rest
    hundreds, rest = (1.0 if head is None else head) * 100, rest[1:]
    if (short := _shortened(rest, 100)) is not None:
        return hundreds + short, []
    if rest and rest[0] in _ZERO:
        rest = rest[1:]
    tail, rest = _below_hundred(rest)
    return hundreds + (tail or 0.0), rest


def _below_hundred(rest: list[str]) -> tuple[float | None, list[str]]:
    if not rest:
        return None, rest
    first, others = rest[0], rest[1:]
    if FIGURES.fullmatch(first):
        return (figures(first) * 10, others[1:]) if others[:1] == ["chục"] else (figures(first), others)
    if first in ("mười", "mươi", "hăm"):
        return _with_ones(20.0 if first == "hăm" else 10.0, others)
    if first == "chục":
        return _with_half(10.0, others)
    if first not in ONES:
        return None, rest
    if others[:1] in (["mươi"], ["mười"]):
        return _with_ones(ONES[first] * 10.0, others[1:])
    if others[:1] == ["chục"]:
        return _with_half(ONES[first] * 10.0, others[1:])
    if others and others[0] in ONES and ONES[first] >= 2 and others[0] in ("mốt", "tư", "lăm", "nhăm"):
        return ONES[first] * 10.0 + ONES[others[0]], others[1:]  # "ba lăm"
    return float(ONES[first]), others


def _with_ones(tens: float, rest: list[str]) -> tuple[float, list[str]]:
    return (tens + ONES[rest[0]], rest[1:]) if rest and rest[0] in ONES else (tens, rest)


def _with_half(tens: float, rest: list[str]) -> tuple[float, list[str]]:
    return (tens + 5, rest[1:]) if rest and rest[0] in HALF else (tens, rest)
