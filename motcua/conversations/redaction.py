"""Personal data out of a message: numbers before anything understands or logs it, names and addresses before it is kept."""

import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Literal

from motcua.conversations.addresses import find_addresses
from motcua.conversations.names import find_names
from motcua.conversations.two_spellings import Spelled
from motcua.dossiers.codes import DOSSIER_CODE
from motcua.dossiers.second_factor import SPOKEN_DIGITS

Kind = Literal["identity_number", "phone", "bank_card", "email", "last_digits", "name", "address"]

PLACEHOLDERS: dict[Kind, str] = {
    "identity_number": "[số định danh]",
    "phone": "[số điện thoại]",
    "bank_card": "[số thẻ]",
    "email": "[thư điện tử]",
    "last_digits": "[số cuối]",
    "name": "[họ tên]",
    "address": "[địa chỉ]",
}

_SEP = r"[\s.\-–—‑_\u200b-\u200d\u2060\ufeff]{0,2}"
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_CARD = re.compile(rf"(?<!\d)\d(?:{_SEP}\d){{14,18}}(?!\d)")
# 12 digits: province 001-096, gender and century 0-9, year of birth, six more (Luật Căn cước 26/2023/QH15).
_IDENTITY = re.compile(rf"(?<!\d)0(?:{_SEP}\d){{11}}(?!\d)")
_OLD_IDENTITY = re.compile(r"(?<![\d.])\d{9}(?!\d)(?!\s*(?:đồng|đ\b|vnđ|vnd|tr\b))", re.IGNORECASE)
_COUNTRY = rf"(?:\(?(?:\+|00)?84\)?{_SEP}(?:\(?0\)?)?|\(?0{_SEP})"
_PHONE = re.compile(rf"(?<!\d){_COUNTRY}[235789](?:[)]?{_SEP}\d){{8}}(?!\d)")
_LANDLINE = re.compile(rf"(?<!\d){_COUNTRY}2(?:[)]?{_SEP}\d){{9}}(?!\d)")
# The last digits of a number in a dossier: named as such, or all there is in the message.
_LAST_DIGITS = re.compile(r"\b(?:s[ốo]\s+(?:cu[ốo]i|duoi)|đuôi)(?:(?!\bn[ăa]m\b)\D){1,40}?(\d{4,6})(?!\d)", re.IGNORECASE)
_ALONE = re.compile(r"^\W*(\d{4,6}|\d(?: \d){3,5})\W*$")
_ANY_DIGITS = re.compile(rf"(?<!\d)\d(?:{_SEP}\d){{3,14}}(?!\d)")
_DATE = re.compile(r"(?<!\d)\d{1,2}([./-])\d{1,2}\1(?:19|20)\d{2}(?!\d)")


@dataclass(frozen=True)
class Masked:
    """A message without personal data, and what was taken out, in order."""

    text: str
    found: tuple[tuple[Kind, str], ...]


def mask(text: str, *, keep: Collection[Kind] = (), expects_digits: bool = False) -> Masked:
    """Replaces identity numbers, phones, bank cards and e-mail addresses by placeholders; dossier codes and dates stay.

    What is of a kind to keep stays, and is not found. Where the citizen was asked for the last digits of a number
    (`expects_digits`), whatever has four or more is taken for them.
    """
    found: list[tuple[int, int, Kind]] = []
    # What stays is blanked before matching, else a match could begin in it and swallow the number behind it.
    left = _DATE.sub(_blank, DOSSIER_CODE.sub(_blank, text))
    for kind, pattern in (*_PATTERNS, *(_WHEN_ASKED if expects_digits else ())):
        for match in pattern.finditer(left):
            start, end = match.span(match.re.groups)  # the number alone, where words around it tell what it is
            if _is_plausible(kind, text[start:end]):
                found += [(start, end, kind)] if kind not in keep else []
                left = left[:start] + "#" * (end - start) + left[end:]
    return _without(text, found)


def redact(text: str) -> Masked:
    """As `mask`, and without names and addresses: for what is kept, since an answer may hang on a place or a name."""
    masked = mask(unicodedata.normalize("NFC", text))
    spelled = Spelled(masked.text)
    addresses: list[tuple[int, int, Kind]] = [(*span, "address") for span in find_addresses(spelled)]
    names: list[tuple[int, int, Kind]] = [(*span, "name") for span in find_names(spelled)]
    further = _without(masked.text, _apart([*addresses, *names]))
    return Masked(further.text, masked.found + further.found)


def hide_known(text: str, found: Iterable[str]) -> str:
    """A text that may repeat what was said, without what was taken out of it."""
    for known in sorted(found, key=len, reverse=True):
        text = text.replace(known, "[…]") if len(known) > 2 else text
    return text


def _apart(found: list[tuple[int, int, Kind]]) -> list[tuple[int, int, Kind]]:
    """Of what overlaps, the first."""
    kept: list[tuple[int, int, Kind]] = []
    for span in sorted(found):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept


def _without(text: str, found: list[tuple[int, int, Kind]]) -> Masked:
    found.sort()
    parts, at = [], 0
    for start, end, kind in found:
        parts += [text[at:start], PLACEHOLDERS[kind]]
        at = end
    return Masked("".join(parts) + text[at:], tuple((kind, text[start:end]) for start, end, kind in found))


def _blank(match: re.Match[str]) -> str:
    return "#" * len(match[0])


_PATTERNS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("email", _EMAIL),
    ("bank_card", _CARD),
    ("identity_number", _IDENTITY),
    ("phone", _LANDLINE),
    ("phone", _PHONE),
    ("identity_number", _OLD_IDENTITY),
    ("last_digits", _LAST_DIGITS),
    ("last_digits", _ALONE),
)
_WHEN_ASKED: tuple[tuple[Kind, re.Pattern[str]], ...] = (("last_digits", _ANY_DIGITS), ("last_digits", SPOKEN_DIGITS))


def _is_plausible(kind: Kind, number: str) -> bool:
    digits = re.sub(r"\D", "", number)
    if kind == "bank_card":
        return _passes_luhn(digits)
    if kind == "identity_number" and len(digits) == 12:
        return 1 <= int(digits[:3]) <= 96
    return True


def _passes_luhn(digits: str) -> bool:
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits)))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0
