"""What a model cannot see in a guide: names of files, doubled codes, wording, words an old person would not know.

`python -m motcua.procedures.linter knowledge_base/procedures` prints one line a fault: file, field, found, expected.
"""

import re
import sys
from collections.abc import Callable, Iterator
from itertools import combinations
from pathlib import Path

from motcua.procedures.guide import UNCONFIRMED, Guide
from motcua.procedures.loader import GuideFault, guide_paths, load_guide
from motcua.vietnamese.folding import fold

Fault = tuple[str, str, str]  # field, found, expected
Rule = Callable[[Path, Guide], Iterator[Fault]]

MAX_SENTENCE_WORDS = 45
_TIME_UNIT = re.compile(rf"ngày|giờ|phút|tháng|năm|tuần|ngay|{UNCONFIRMED}", re.IGNORECASE)
_ADDRESS = re.compile(r"\b(bạn|mình|quý khách)\b(?! \w*bè)", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.;:!?\n]\s*")


def file_is_named_for_guide(path: Path, guide: Guide) -> Iterator[Fault]:
    """`<field>/<code>-<slug>.yml`, so that a code is found by its file name."""
    if not path.name.startswith(f"{guide.code}-"):
        yield "code", path.name, f"a file name that begins with {guide.code}-"
    if path.parent.name != guide.field:
        yield "field", guide.field, f"the folder's name, {path.parent.name}"


def time_has_unit(path: Path, guide: Guide) -> Iterator[Fault]:
    """The portal lost the unit of some times; a bare number may not reach a citizen."""
    for way in guide.channels:
        if not _TIME_UNIT.search(way.time):
            yield f"channels.{way.way}.time", way.time, f"a unit (ngày, giờ, …) or {UNCONFIRMED!r}"


def free_is_never_alone(path: Path, guide: Guide) -> Iterator[Fault]:
    """The label "Miễn phí" contradicts its note in at least 46 official records, so it is never enough."""
    for way in guide.channels:
        if way.fee_label and not way.fee_note:
            yield f"channels.{way.way}.fee_note", "nothing", f"what the fee is for, or {UNCONFIRMED!r}"


def citizen_is_addressed_politely(path: Path, guide: Guide) -> Iterator[Fault]:
    """Old people are spoken to as "Anh/Chị" or not at all."""
    for field, text in guide_texts(guide):
        if found := _ADDRESS.search(text):
            yield field, found[0], "Anh/Chị, or a sentence without a pronoun"


def sentences_are_short(path: Path, guide: Guide) -> Iterator[Fault]:
    """A sentence a volunteer can read aloud."""
    for field, text in guide_texts(guide):
        longest = max(_SENTENCE_END.split(text), key=lambda sentence: len(sentence.split()))
        if len(longest.split()) > MAX_SENTENCE_WORDS:
            yield field, f"{len(longest.split())} words", f"at most {MAX_SENTENCE_WORDS} words a sentence"


def ways_differ(path: Path, guide: Guide) -> Iterator[Fault]:
    """One entry for each way of handing in."""
    names = [way.way for way in guide.channels]
    if len(set(names)) < len(names):
        yield "channels", ", ".join(names), "each way once"


def examples_differ(path: Path, guide: Guide) -> Iterator[Fault]:
    """A phrase repeated with and without diacritics teaches the index nothing."""
    phrases = [fold(text) for text in (*guide.also_called, *guide.questions.all())]
    for one, other in combinations(phrases, 2):
        if one == other:
            yield "also_called/questions", one, "phrases that differ once folded"


RULES: tuple[Rule, ...] = (
    file_is_named_for_guide,
    time_has_unit,
    free_is_never_alone,
    citizen_is_addressed_politely,
    sentences_are_short,
    ways_differ,
    examples_differ,
)


def guide_texts(guide: Guide) -> Iterator[tuple[str, str]]:
    """(field, text) for every text a citizen may be shown; phrases of citizens themselves are not among them."""
    shown = guide.model_dump(exclude={"also_called", "questions", "overrides", "legal_basis", "source", "code", "field"})
    yield from _texts("", shown)


def all_texts(guide: Guide) -> Iterator[str]:
    """Every text of a guide, the phrases of citizens included."""
    yield from (text for _, text in _texts("", guide.model_dump(exclude={"questions", "source", "code", "field"})))
    yield from guide.questions.all()


def _texts(field: str, value: object) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield field, value
    elif isinstance(value, dict):
        for name, part in value.items():
            yield from _texts(f"{field}.{name}".strip("."), part)
    elif isinstance(value, (list, tuple)):
        for number, part in enumerate(value):
            yield from _texts(f"{field}.{number}", part)


def lint(folder: Path) -> list[str]:
    """One line a fault, over all guides below the folder; empty when all is well."""
    faults: list[str] = []
    codes: dict[str, str] = {}
    for path in guide_paths(folder):
        try:
            guide = load_guide(path)
        except GuideFault as fault:
            faults.append(str(fault))
            continue
        for rule in RULES:
            faults += [f"{path.name}: {field}: found {found!r}, expected {want}" for field, found, want in rule(path, guide)]
        for code in (guide.code, *guide.replaces):
            if codes.setdefault(code, path.name) != path.name:
                faults.append(f"{path.name}: code: found {code}, which {codes[code]} already answers for")
    return faults


if __name__ == "__main__":
    found = lint(Path(sys.argv[1]))
    sys.stdout.write("\n".join(found or ["No fault."]) + "\n")
    sys.exit(bool(found))
