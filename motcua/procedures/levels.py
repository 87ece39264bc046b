"""One procedure in several records: who names no level is sent to the nearest office, not asked which of three equal titles."""

import re
from collections import defaultdict
from collections.abc import Mapping
from itertools import chain

from motcua.procedures.catalogue.record import Record, search_name
from motcua.procedures.catalogue.store import Catalogue
from motcua.procedures.guide import Guide
from motcua.vietnamese.folding import fold

_Origin = tuple[int, str]  # how far away its office is, and the decision that published it
_GUIDE, _FARTHEST = -1, 3
_LEVELS = ("cấp xã", "cấp tỉnh", "cấp bộ")  # nearest first; embassies and the like come after them
_NAMED = re.compile(r"\b(?:trung uong|cap (?:bo|tinh)|cuc|len tinh|tren tinh|o tinh|dai su quan|lanh su|so tai)\b")


class Levels:
    """Which procedures are one: same title, and one of them nearer than all others, or published as near by one decision.

    A procedure also has the titles of those that it replaced: one of them may still be in force at another level.
    """

    def __init__(self, guides: Mapping[str, Guide], catalogue: Catalogue) -> None:
        titled: dict[str, dict[str, _Origin]] = defaultdict(dict)
        for record, known_as in chain(((catalogue[code], code) for code in catalogue), catalogue.replaced()):
            code = guides[known_as].code if known_as in guides else known_as
            today = catalogue[known_as]
            origin = (_GUIDE, code) if code in guides else (_distance(today), today.decision or code)
            titled[search_name(record.name).lower()][code] = origin
        for guide in map(guides.__getitem__, guides):
            titled[search_name(guide.name).lower()][guide.code] = _GUIDE, guide.code
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


def _nearest_of(found: Mapping[str, _Origin]) -> list[tuple[str, str]]:
    nearest, *others = sorted(found, key=lambda code: (found[code][0], code))
    if any(found[code] != found[nearest] for code in others if found[code][0] == found[nearest][0]):
        return []
    return [(code, nearest) for code in others]
