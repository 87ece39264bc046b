"""One procedure at several levels: who names none is sent to the nearest office, not asked which of three equal titles."""

import re
from collections import defaultdict
from collections.abc import Mapping

from motcua.procedures.catalogue.record import Record, search_name
from motcua.procedures.guide import Guide
from motcua.vietnamese.folding import fold

_GUIDE, _FARTHEST = -1, 3
_LEVELS = ("cấp xã", "cấp tỉnh", "cấp bộ")  # nearest first; embassies and the like come after them
_NAMED = re.compile(r"\b(?:trung uong|cap (?:bo|tinh)|cuc|len tinh|tren tinh|o tinh|dai su quan|lanh su|so tai)\b")


class Levels:
    """Which procedures are one at several levels: same title, and one of them nearer than all others."""

    def __init__(self, guides: Mapping[str, Guide], catalogue: Mapping[str, Record]) -> None:
        titled: dict[str, dict[str, int]] = defaultdict(dict)
        for record in map(catalogue.__getitem__, catalogue):
            code, distance = (guides[record.code].code, _GUIDE) if record.code in guides else (record.code, _distance(record))
            titled[search_name(record.name).lower()][code] = distance
        for guide in map(guides.__getitem__, guides):
            titled[search_name(guide.name).lower()][guide.code] = _GUIDE
        self._nearest = {code: nearest for found in titled.values() for code, nearest in _nearest_of(found)}

    def nearest(self, code: str) -> str:
        """The code of the same procedure at the nearest level; often the code itself."""
        return self._nearest.get(code, code)


def names_a_level(text: str) -> bool:
    """Whether a text asks for a level: "trình báo ở cấp tỉnh", "nộp ở đại sứ quán"."""
    return _NAMED.search(fold(text)) is not None


def _distance(record: Record) -> int:
    told = (record.level or "").lower()
    return next((distance for distance, level in enumerate(_LEVELS) if level in told), _FARTHEST)


def _nearest_of(found: Mapping[str, int]) -> list[tuple[str, str]]:
    nearest, *others = sorted(found, key=found.__getitem__)
    if not others or found[others[0]] == found[nearest]:
        return []
    return [(code, nearest) for code in others]
