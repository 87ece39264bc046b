"""What citizens call catalogue procedures: each phrase is clean and belongs to one procedure that has no guide."""

import re
from pathlib import Path

import pytest

from motcua.procedures.catalogue_phrases import load_catalogue_phrases
from motcua.procedures.loader import load_guides
from motcua.settings import ROOT
from motcua.vietnamese.canonical import canonical
from motcua.vietnamese.folding import fold
from tests.content.repository import read_yaml

FOLDER = ROOT / "knowledge_base" / "catalogue_phrases"
FILES = sorted(FOLDER.glob("*.yml"))
PHRASES = load_catalogue_phrases(FOLDER)
_CODE_LINE = re.compile(r'^"(\d\.\d{6})":$', re.MULTILINE)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_is_short_explains_itself_and_is_sorted_by_code(path: Path) -> None:
    text = path.read_text("utf-8")
    codes = _CODE_LINE.findall(text)
    assert text.startswith("# ")
    assert len(text.splitlines()) <= 450
    assert codes == sorted(set(codes))
    assert codes == list(read_yaml(path))


def test_every_code_has_two_to_twenty_phrases_of_three_words_or_more() -> None:
    assert {code: held for code, held in PHRASES.items() if not 2 <= len(held) <= 20} == {}
    assert [phrase for held in PHRASES.values() for phrase in held if not 3 <= len(phrase.split()) <= 28] == []


def test_no_code_has_a_guide() -> None:
    guides = load_guides(ROOT / "knowledge_base" / "procedures")
    assert [code for code in PHRASES if code in guides] == []


def test_phrases_are_in_canonical_form() -> None:
    assert [phrase for held in PHRASES.values() for phrase in held if canonical(phrase) != phrase] == []


def test_no_phrase_stands_twice() -> None:
    owners: dict[str, list[str]] = {}
    for code, held in PHRASES.items():
        for phrase in held:
            owners.setdefault(" ".join(re.findall(r"\w+", fold(phrase))), []).append(code)
    assert {phrase: codes for phrase, codes in owners.items() if len(codes) > 1} == {}
