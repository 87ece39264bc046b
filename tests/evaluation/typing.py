"""How people type: seeded slips, shortcuts and leftovers, about one in seven syllables.

Written from how phones and keyboards are used, not from what `motcua.vietnamese.repair` can mend; keep the two apart.
"""

import random
import re
import unicodedata
from collections.abc import Callable, Collection

KINDS = ("neighbour", "dropped", "doubled", "swapped", "chat", "telex", "glued")
_RATE = 1 / 7
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_SYLLABLE = re.compile(r"[^\W\d_]+")
_TONES = {"\u0300": "f", "\u0301": "s", "\u0303": "x", "\u0309": "r", "\u0323": "j"}
_SHAPES = {"\u0302": None, "\u0306": "w", "\u031b": "w"}  # a circumflex is typed by doubling the letter
_CHAT = {
    "không": ("k", "ko", "kh", "hok", "khum"), "được": ("đc", "dc"), "gì": ("j", "gi"), "rồi": ("r", "rùi", "òi"),
    "với": ("vs", "zới"), "bao nhiêu": ("bn", "bnhiu", "bao nhiu"), "như thế nào": ("ntn", "nhu tn"), "thế nào": ("tn",),
    "làm": ("lm",), "mình": ("mk", "mih"), "người": ("ng", "ngừi"), "đăng ký": ("đk", "dky", "đki"), "giấy tờ": ("gt",),
    "hồ sơ": ("hs", "hso"), "khai sinh": ("ks",), "giấy khai sinh": ("gks",), "căn cước": ("cc",), "thủ tục": ("tt", "ttuc"),
    "tạm trú": ("tt",), "thường trú": ("tt",), "bảo hiểm": ("bh",), "bảo hiểm y tế": ("bhyt",), "nhân viên": ("nv",),
    "gia đình": ("gđ", "gd"), "trước": ("trc",), "biết": ("bít", "bik"), "vậy": ("zậy", "v"), "giờ": ("h", "jo"),
    "bây giờ": ("bh", "bjo"), "vợ": ("vk", "dzợ"), "chồng": ("ck",), "số điện thoại": ("sđt",), "điện thoại": ("đt",),
    "anh": ("a",), "chị": ("c",), "em": ("e",), "công ty": ("cty",), "cũng": ("cx", "cũg"), "những": ("nhữg",),
    "muốn": ("mún", "mun"), "nhiêu": ("nhiu",), "nhiều": ("nhìu",), "thích": ("thik",), "cảm ơn": ("tks", "cám ơn"),
    "sổ đỏ": ("sđ",), "quyền sử dụng đất": ("qsdđ",), "địa chỉ": ("đc",), "giấy phép": ("gp",), "xe máy": ("xm",),
    "tiền": ("xiền",), "phải": ("fải", "p"), "hộ khẩu": ("hk",), "kết hôn": ("kh",), "ủy ban": ("ub",), "phường": ("p",),
}  # fmt: skip


def noisy(text: str, seed: int, kinds: Collection[str] = KINDS) -> str:
    """The text as a hurried person might have typed it; the same for the same seed."""
    chance = random.Random(f"{seed} {text}")
    if "chat" in kinds:
        text = _chat(text, chance)
    slips = [kind for kind in KINDS if kind in kinds and kind not in ("chat", "glued")]
    if slips:
        text = _SYLLABLE.sub(lambda found: _slip(found[0], chance, slips), text)
    if "glued" in kinds:
        text = re.sub(r"(?<=\w) (?=\w)", lambda _: "" if chance.random() < _RATE / len(kinds) * 2 else " ", text)
    return unicodedata.normalize("NFC", text)


def _chat(text: str, chance: random.Random) -> str:
    for said in sorted(_CHAT, key=len, reverse=True):
        text = re.sub(
            rf"\b{said}\b", lambda found: chance.choice(_CHAT[found[0]]) if chance.random() < 0.25 else found[0], text
        )
    return text


def _slip(syllable: str, chance: random.Random, kinds: list[str]) -> str:
    if len(syllable) < 3 or chance.random() > _RATE:
        return syllable
    return _SLIPS[chance.choice(kinds)](syllable, chance)


def _neighbour(syllable: str, chance: random.Random) -> str:
    at = chance.randrange(len(syllable))
    return syllable[:at] + chance.choice(_around(_bare(syllable[at]))) + syllable[at + 1 :]


def _dropped(syllable: str, chance: random.Random) -> str:
    """A key that was not hit: of a letter, or of one of its marks."""
    keys = unicodedata.normalize("NFD", syllable)
    at = chance.randrange(len(keys))
    end = at + 1
    while not unicodedata.combining(keys[at]) and end < len(keys) and unicodedata.combining(keys[end]):
        end += 1  # a letter that was not hit takes its marks along
    return unicodedata.normalize("NFC", keys[:at] + keys[end:])


def _doubled(syllable: str, chance: random.Random) -> str:
    at = chance.randrange(len(syllable))
    return syllable[:at] + syllable[at] + syllable[at:]


def _swapped(syllable: str, chance: random.Random) -> str:
    at = chance.randrange(len(syllable) - 1)
    return syllable[:at] + syllable[at + 1] + syllable[at] + syllable[at + 2 :]


def _telex(syllable: str, chance: random.Random) -> str:
    """The keys as they were hit, the tone last, as most people do."""
    keys, tone = "", ""
    for letter in unicodedata.normalize("NFD", syllable):
        if letter in _TONES:
            tone = _TONES[letter]
        elif letter in _SHAPES:
            keys += _SHAPES[letter] or keys[-1]
        else:
            keys += "dd" if letter == "đ" else letter
    return keys + tone


_SLIPS: dict[str, Callable[[str, random.Random], str]] = {
    "neighbour": _neighbour, "dropped": _dropped, "doubled": _doubled, "swapped": _swapped, "telex": _telex,
}  # fmt: skip


def _bare(letter: str) -> str:
    return "d" if letter in "đĐ" else unicodedata.normalize("NFD", letter)[0].lower()


def _around(letter: str) -> str:
    row = next((row for row in _ROWS if letter in row), "")
    at, level = row.find(letter), _ROWS.index(row) if row else 0
    near = row[max(0, at - 1) : at] + row[at + 1 : at + 2]
    for other in _ROWS[max(0, level - 1) : level] + _ROWS[level + 1 : level + 2]:
        near += other[max(0, at - 1) : at + 1]
    return near or letter
