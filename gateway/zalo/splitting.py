"""Long answers → parts that Zalo takes: 2,000 characters each, counted in NFC."""

import re
import unicodedata

LIMIT = 2000
# Where to cut, best first; the separator itself goes.
_BREAKS = (re.compile(r"\n\s*\n"), re.compile(r"\n"), re.compile(r"\s"))


def split(text: str, limit: int = LIMIT) -> list[str]:
    """The parts of a text, in order: cut between paragraphs, else lines, else words, else where it must be."""
    rest = unicodedata.normalize("NFC", text).strip()
    parts = []
    while len(rest) > limit:
        end, start = _cut(rest, limit)
        parts.append(rest[:end].rstrip())
        rest = rest[start:].lstrip()
    return [*parts, rest] if rest else parts


def _cut(text: str, limit: int) -> tuple[int, int]:
    """Where the first part ends and the next begins."""
    for pattern in _BREAKS:
        # One more letter is looked at, for a break just behind the last that fits; a part of a few words is no part.
        found = [match for match in pattern.finditer(text, 0, limit + 1) if limit // 4 < match.start() <= limit]
        if found:
            return found[-1].start(), found[-1].end()
    return limit, limit
