"""Numbers as people write and say them: in a list to choose from, and anywhere in a text."""

import re

from motcua.vietnamese.folding import has_diacritics
from motcua.vietnamese.number_words import FIGURES, HALF, part, value
from motcua.vietnamese.spans import Found, Plain, plain
from motcua.vietnamese.terms import terms

_WORDS = {
    "mot": 1, "nhat": 1, "dau": 1, "hai": 2, "nhi": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5,
}  # fmt: skip
_LAST = {"cuoi", "cung", "chot"}

# One word alone is a number only before what is counted: "ba" is also a father, "năm" a year, "nghìn" part of a proverb.
_COUNTED = re.compile(
    "ngay|thang|nam|tuan|gio|phut|tuoi|nguoi|con|ban|cai|dua|to|dong|lan|bo|chau|chiec|thua|met|ha|dem|buoi|hom|vo|tang"
)
_NUMBERS_ALONE = ("mười", "chục")
_NEVER_ALONE = ("không", "mốt", "tư", "lăm", "nhăm")
_SCALES = {"k": 10**3, "tr": 10**6, "trieu": 10**6, "ty": 10**9}
_WITH_SCALE = re.compile(r"(\d+(?:[.,]\d)?)(k|trieu|tr|ty)(\d?)")
# A date, a code, a decree: figures with something else on either side.
_PART_OF_MORE = re.compile(r"[\w./-]*\w[/-]\w[\w./-]*|\d+(?:\.\d+)+")


def choice_number(text: str, count: int) -> int | None:
    """Which of `count` choices a text picks (1 is the first), or None: "2", "số 2", "cái thứ ba", "cái cuối"."""
    said = terms(text)
    digits = [int(term) for term in said if re.fullmatch(r"\d{1,2}", term)]
    words = [_WORDS[term] for term in said if term in _WORDS]
    picked = digits or words
    if not picked and _LAST & set(said):
        return count
    return picked[0] if picked and 1 <= picked[0] <= count else None


def find_numbers(text: str) -> list[Found]:
    """The numbers of a text, in figures or words: "2,5", "500k", "hai triệu rưỡi", "một năm rưỡi" (1.5)."""
    given = plain(text)
    bare_text = not has_diacritics(given.composed)
    words = given.words()
    parts = [
        None if bare_text and word == "sau" else part(word, bare_text=bare_text) for word, _, _, _ in words
    ]  # sáu, or after
    found, at = [], 0
    while at < len(words):
        size, number = _longest(given, words, parts, at)
        if number is not None:
            found.append(Found(number, *given.span(words[at][2], words[at + size - 1][3])))
        at += size
    return found


Words = list[tuple[str, str, int, int]]


def _longest(given: Plain, words: Words, parts: list[str | None], at: int) -> tuple[int, float | None]:
    """(how many words are read, the number they say or None), from one word on."""
    if scaled := _WITH_SCALE.fullmatch(words[at][1]):
        scale = _SCALES[scaled[2]]
        return 1, float(scaled[1].replace(",", ".")) * scale + int(scaled[3] or 0) * scale / 10
    run = _run(given, words, parts, at)
    for size in range(len(run), 0, -1):
        number = value(run[:size])
        if number is None or _is_part_of_more(given.composed, words[at][2], words[at + size - 1][3]):
            continue
        after = words[at + size][1] if at + size < len(words) else ""
        if (
            size > 1
            or FIGURES.fullmatch(run[0])
            or run[0] in _NUMBERS_ALONE
            or (_COUNTED.fullmatch(after) and run[0] not in _NEVER_ALONE)
        ):
            half = _COUNTED.fullmatch(after) and at + size + 1 < len(words) and parts[at + size + 1] in HALF
            return size, number + 0.5 if half else number
    return 1, None


def _run(given: Plain, words: Words, parts: list[str | None], at: int) -> list[str]:
    run: list[str] = []
    for place in range(at, len(words)):
        word = parts[place]
        if word is None or (run and not given.composed[words[place - 1][3] : words[place][2]].isspace()):
            break
        run.append(word)
    return run


def _is_part_of_more(text: str, start: int, end: int) -> bool:
    return any(
        found.start() <= start < found.end() and not FIGURES.fullmatch(found[0].rstrip("./-"))
        for found in _PART_OF_MORE.finditer(text)
    )
