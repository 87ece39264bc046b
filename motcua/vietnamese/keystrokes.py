"""Telex and VNI keystrokes that stayed in the text because no input method was on: "ddawng", "d9a8ng" → "đăng"."""

import re
from functools import lru_cache

from motcua.vietnamese.folding import fold
from motcua.vietnamese.syllables import is_syllable, split_tone, with_tone

_TELEX_TONES = {"f": "\u0300", "s": "\u0301", "x": "\u0303", "r": "\u0309", "j": "\u0323"}
_VNI_TONES = {"2": "\u0300", "1": "\u0301", "4": "\u0303", "3": "\u0309", "5": "\u0323"}
_TELEX_SHAPES = {"a": {"a": "â"}, "e": {"e": "ê"}, "o": {"o": "ô"}, "d": {"d": "đ"}, "w": {"a": "ă", "o": "ơ", "u": "ư"}}
_VNI_SHAPES = {"6": {"a": "â", "e": "ê", "o": "ô"}, "7": {"o": "ơ", "u": "ư"}, "8": {"a": "ă"}, "9": {"d": "đ"}}
_VNI = re.compile(r"[^\W\d_]{2,7}\d|[^\W\d_]+\d[^\W_]*")


@lru_cache(maxsize=8192)
def telex(typed: str) -> str | None:
    """The syllable that lower-case Telex keystrokes stand for, or None."""
    return _read(typed, _TELEX_TONES, _TELEX_SHAPES)


@lru_cache(maxsize=8192)
def vni(typed: str) -> str | None:
    """The syllable that lower-case VNI keystrokes stand for, or None."""
    return _read(typed, _VNI_TONES, _VNI_SHAPES) if _VNI.fullmatch(typed) else None


def is_surely_vni(typed: str) -> bool:
    """Whether the digits can hardly be a number: "d9a8ng" and "giay61", but not "ky1", "a4", "quan1"."""
    digits = re.findall(r"\d", typed)
    return vni(typed) is not None and len(typed) > 2 and (len(digits) > 1 or digits[0] in "6789")


def _read(typed: str, tones: dict[str, str], shapes: dict[str, dict[str, str]]) -> str | None:
    if len(typed) < 2 or len(typed) > 10:
        return None
    bare, tone = split_tone(typed)
    letters = ""
    for key in bare:
        if key in tones and any(fold(letter) in "aeiouy" for letter in letters):
            if tone:
                return None
            tone = tones[key]
        elif key in shapes and (shaped := _shape(letters, shapes[key])):
            letters = shaped
        else:
            letters += "ư" if key == "w" else key
    decoded = with_tone(letters, tone)
    return decoded if decoded != typed and is_syllable(decoded) else None


def _shape(letters: str, shapes: dict[str, str]) -> str | None:
    """The letters with the last one that can take the shape changed; "uo" takes the horn on both."""
    for at in range(len(letters) - 1, -1, -1):
        if new := shapes.get(letters[at]):
            before = letters[:at]
            if new == "ơ" and before.endswith("u") and not before.endswith("qu"):
                before = before[:-1] + "ư"
            elif new == "ư" and before.endswith("u"):
                continue
            return before + new + letters[at + 1 :]
    return None
