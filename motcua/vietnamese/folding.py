"""The folded form: lower case without diacritics, for comparing what people type in different ways."""

import unicodedata

_STROKE = str.maketrans({"đ": "d", "Đ": "d"})  # NFD leaves đ whole


_REMEMBERED = 4096  # letters; there are a million


class _Bare(dict[int, str]):
    """Letters by their code points, each folded when it is first met."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        bare = unicodedata.normalize("NFD", letter)[0].translate(_STROKE).lower()
        found = bare if len(bare) == 1 else letter
        if len(self) < _REMEMBERED:
            self[code] = found
        return found


_BARE = _Bare()


def fold(text: str) -> str:
    """Lower case without diacritics: "Đăng ký" and "dang ky" become equal. As long as its NFC input, letter by letter."""
    return text.lower() if text.isascii() else unicodedata.normalize("NFC", text).translate(_BARE)


def has_diacritics(text: str) -> bool:
    """Whether any letter of the text carries a Vietnamese mark."""
    return fold(text) != unicodedata.normalize("NFC", text).lower()
