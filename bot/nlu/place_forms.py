"""How places are written in the middle of a message, for the gazetteer's list."""

import re
from collections.abc import Iterator

from motcua.places.units import Places
from motcua.vietnamese.folding import fold

_TYPES = (
    "phường", "xã", "thị trấn", "thị xã", "huyện", "thành phố", "tp", "tx", "ở phường", "ở xã", "ở thị trấn", "ở thị xã",
    "ở huyện", "ở thành phố",
)  # fmt: skip
_MARKERS = (*_TYPES, "ở", "tại")
_AREA = r"(?:thuộc|thuoc|của|cua|cũ|cu|huyện|huyen|thị xã|thi xa|thành phố|thanh pho|tp|tx|tỉnh|tinh|h|t|phường|phuong|xã|xa)"
# What may stand between a name and the area it lies in; "ở Từ Sơn, làm ở Quế Võ" are two places.
JOINS = re.compile(rf"[\s,.()–-]*(?:{_AREA}[\s.]+)*", re.IGNORECASE)
# A name with its district is the longer match and leaves its own type out.
TYPE_BEFORE = re.compile(rf"(?<!\w)(?:{'|'.join((*_TYPES, *map(fold, _TYPES)))})\s+$", re.IGNORECASE)
LEADS_IN = re.compile(r"^(?:ở|o|tại|tai)\s+", re.IGNORECASE)


def place_forms(places: Places) -> Iterator[str]:
    """Every place as people write it, alone and with its old district."""
    for name in {*places.names(), *(district.name for district in places.districts)}:
        yield from _forms(name, is_city=name == "Bắc Ninh")
    for old in places.old_names:
        district = next(district for district in places.districts if district.full_name == old.district)
        for between in ("", ",", " -", " huyện", f" {district.type}"):
            written = f"{old.name}{between} {district.name}".lower()
            yield from (written, fold(written))


def _forms(name: str, *, is_city: bool) -> Iterator[str]:
    """A name alone. Without its marks, or of one syllable, it may be an ordinary word ("Hồ", "bien dong", "huong mai"), so
    then it counts only behind a word that says a place is coming. "Bắc Ninh" is where everybody lives: never alone."""
    if " " in name and not is_city:
        yield name.lower()
    for marker in _TYPES if is_city or " " not in name else _MARKERS:
        yield f"{marker} {name.lower()}"
        yield f"{fold(marker)} {fold(name)}"
