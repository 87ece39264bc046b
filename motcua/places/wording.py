"""How people write a place, taken apart: "x. Đồng Tiến cũ, H. Hiệp Hoà" → xã đồng tiến · huyện hiệp hòa."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from motcua.vietnamese.canonical import canonical
from motcua.vietnamese.folding import fold
from motcua.vietnamese.terms import with_i

_WORD = re.compile(r"[^\W_]+")
COMMUNE_TYPES = ("xã", "phường", "thị trấn")
DISTRICT_TYPES = ("huyện", "thị xã", "thành phố")
PROVINCE_TYPES = ("tỉnh", "thành phố")
_SHORT = {
    "x": "xã",
    "p": "phường",
    "f": "phường",
    "tt": "thị trấn",
    "h": "huyện",
    "tx": "thị xã",
    "tp": "thành phố",
    "t": "tỉnh",
}
_TYPES = {**{kind: kind for kind in (*COMMUNE_TYPES, *DISTRICT_TYPES, *PROVINCE_TYPES)}, **_SHORT}
_AT = ("ở", "tại")
_ASIDE = (
    *_AT,
    *(
        "thuộc",
        "của",
        "cũ",
        "trước",
        "đây",
        "nay",
        "giờ",
        "ngày",
        "hồi",
        "xưa",
        "bây",
        "đang",
        "sống",
        "nhà",
        "quê",
        "bên",
        "gia",
        "đình",
    ),
    *("thì", "tôi", "em", "cháu", "e", "tui", "mk", "mình", "con", "bác", "cô", "chú", "anh", "chị", "ông", "bà", "cụ"),
    *("dạ", "vâng", "ạ", "ấy", "đấy", "nhé", "nha"),
)
MAX_WORDS = 16
MAX_PARTS = 3  # commune, district, province


@dataclass(frozen=True)
class Part:
    """One name of a wording, with the type written before it."""

    kind: str | None
    words: tuple[str, ...]


def words_of(text: str) -> tuple[str, ...]:
    """The syllables of a name or wording: lower case, one style of tones, "mĩ" for "mỹ"."""
    words = _WORD.findall(canonical(text).lower())
    return tuple(map(with_i, words))


def is_meant_by(typed: tuple[str, ...], name: tuple[str, ...]) -> bool:
    """Whether a name may have been typed so, with marks left out but none other put: "đong tien" is no "đông tiến" denied."""
    return len(typed) == len(name) and all(map(_is_word_meant, typed, name))


def _is_word_meant(typed: str, word: str) -> bool:
    return len(typed) == len(word) and all(one in (other, fold(other)) for one, other in zip(typed, word, strict=True))


def parts_of(words: tuple[str, ...], names: Collection[tuple[str, ...]]) -> Iterator[tuple[Part, ...]]:
    """Every way to read the words as one to three of these folded names, with their types and words that say nothing."""
    if len(words) <= MAX_WORDS:
        yield from (parts for parts in _read(words, names) if parts and not _is_everyday_word(parts, words))


def without_types(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words without those that only say what kind of place it is."""
    text = " ".join(words)
    return tuple(_TYPE_WORDS.sub(" ", text).split())


def _read(words: tuple[str, ...], names: Collection[tuple[str, ...]], room: int = MAX_PARTS) -> Iterator[tuple[Part, ...]]:
    if not words:
        yield ()
        return
    if any(_is_word_meant(words[0], aside) for aside in _ASIDE):
        yield from _read(words[1:], names, room)
    if not room:
        return
    for kind, size in ((None, 0), *_types_at(words)):
        for end in range(size + 1, len(words) + 1):
            if tuple(map(fold, words[size:end])) in names:
                yield from ((Part(kind, words[size:end]), *rest) for rest in _read(words[end:], names, room - 1))


def _types_at(words: tuple[str, ...]) -> Iterator[tuple[str, int]]:
    for written, kind in _TYPES.items():
        size = len(written.split())
        if is_meant_by(words[:size], tuple(written.split())):
            yield kind, size


def _is_everyday_word(parts: tuple[Part, ...], words: tuple[str, ...]) -> bool:
    """Whether a name of one syllable stands among other words without a sign that it is one: "em chờ" is no Chờ."""
    (first, *others) = parts
    is_bare = len(first.words) == 1 and first.kind is None and not others and len(words) > 1
    return is_bare and not any(_is_word_meant(word, at) for word in words for at in _AT)


_TYPE_WORDS = re.compile(rf"(?<!\S)(?:{'|'.join(sorted({*_TYPES, *map(fold, _TYPES)}, key=len, reverse=True))})(?!\S)")
