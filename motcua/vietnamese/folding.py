"""The folded form: lower case without diacritics, for comparing what people type in different ways."""

import unicodedata
from functools import lru_cache

_STROKE = str.maketrans({"đ": "d", "Đ": "d"})  # NFD leaves đ whole


def fold(text: str) -> str:
    """Lower case without diacritics: "Đăng ký" and "dang ky" become equal. As long as its NFC input, letter by letter."""
    return "".join(_fold_letter(letter) for letter in unicodedata.normalize("NFC", text))


@lru_cache(maxsize=4096)
def _fold_letter(letter: str) -> str:
    bare = unicodedata.normalize("NFD", letter)[0].translate(_STROKE).lower()
    return bare if len(bare) == 1 else letter


def has_diacritics(text: str) -> bool:
    """Whether any letter of the text carries a Vietnamese mark."""
    return fold(text) != unicodedata.normalize("NFC", text).lower()
