"""Which of the choices before a citizen a message takes: by number, by place in the list, or two at once."""

import re

from motcua.vietnamese.numbers import choice_number
from motcua.vietnamese.terms import terms

MAX_CHOSEN = 2
_BETWEEN = re.compile(r"\s+(?:va|voi|cung|lan)\s+|\s*[,;&+]\s*")
_FIRST_TWO = re.compile(r"(?<!\S)(?:hai|2) (?:cai|viec|so|muc) (?:dau|tren)(?!\S)")
_ON_TOP = re.compile(r"(?<!\S)(?:ben tren|tren cung|o tren)(?!\S)")
_MIDDLE = re.compile(r"(?<!\S)(?:o )?giua(?!\S)")
# What may stand around a number without saying anything else.
_AROUND = frozenset(
    terms(
        "số cái việc mục thứ ý dòng chọn lấy xem mở kể nói rõ kỹ hơn thế nhé nha đi thì là câu phương án lựa trường hợp này đó "
        "đầu tiên cuối cùng nhất nhì một hai ba bốn tư năm sáu bảy tám trên dưới giữa ở bên luôn giúp cho em tôi cháu bác ừ "
        "dạ vâng ok uh u ạ cả và với con"
    )
)


def chosen(text: str, count: int) -> list[int]:
    """The numbers of the choices taken, two at most, the first is 1: "2", "cái cuối", "1 và 3", "hai cái đầu"."""
    said = " ".join(terms(text))
    if count >= MAX_CHOSEN and _FIRST_TWO.search(said):
        return [1, 2]
    if _ON_TOP.search(said):
        return [1]
    if count % 2 and _MIDDLE.search(said):
        return [count // 2 + 1]
    parts = [choice_number(part, count) for part in _BETWEEN.split(said)]
    named = [number for number in parts if number]
    both = list(dict.fromkeys(named))[:MAX_CHOSEN]
    if len(both) == MAX_CHOSEN:
        return both
    number = choice_number(text, count)
    return [number] if number else []


def is_only_a_choice(text: str) -> bool:
    """Whether a message says nothing besides which choice is meant."""
    said = terms(text)
    return bool(said) and all(term in _AROUND or re.fullmatch(r"\d{1,2}", term) for term in said)
