import re
import unicodedata
from pathlib import Path

import pytest

from motcua.procedures.linter import lint
from motcua.procedures.loader import Guides
from motcua.settings import ROOT
from motcua.vietnamese.canonical import canonical, tone_style
from tests.content.repository import examples, read_yaml, texts

FILES = [
    *sorted((ROOT / "knowledge_base").rglob("*.yml")),
    *sorted((ROOT / "bot" / "domain").glob("*.yml")),
    ROOT / "gateway" / "texts.vi.yml",
    ROOT / "gateway" / "staff" / "texts.vi.yml",
]
TEMPLATES = [*sorted((ROOT / "knowledge_base").rglob("*.j2")), *sorted((ROOT / "gateway" / "page").glob("*.html"))]
CITIZENS_OWN_WORDS = re.compile(
    r"^(also_called|questions|said|alone|unless|sections|kinds|fillers|corrections|rejections|relatives|moves|lead_ins|groups|facts\.\d+\.said|\d\.\d{6}"
    r"|\d+\.(?:said|means|(?:not_)?(?:after|before)))\b"
)  # also a code of catalogue_phrases, an entry of regional.yml
IMPOLITE = re.compile(r"\b(bạn|mình)\b(?! bè)", re.IGNORECASE)


def name(path: Path) -> str:
    return path.name


def test_there_is_something_to_check() -> None:
    assert len(FILES) > 200
    assert TEMPLATES


def test_every_guide_passes_the_linter() -> None:
    assert lint(ROOT / "knowledge_base" / "procedures") == []


@pytest.mark.parametrize("path", FILES, ids=name)
def test_texts_are_canonical(path: Path) -> None:
    lines = [(place, line) for place, text in texts(read_yaml(path)) for line in text.splitlines()]
    assert [(place, line) for place, line in lines if canonical(line) != line] == []


@pytest.mark.parametrize("path", FILES, ids=name)
def test_citizens_are_addressed_politely(path: Path) -> None:
    told = [(place, text) for place, text in texts(read_yaml(path)) if not CITIZENS_OWN_WORDS.match(place)]
    assert [(place, text) for place, text in told if IMPOLITE.search(text)] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_templates_are_worded_as_texts_are(path: Path) -> None:
    text = path.read_text("utf-8")
    assert tone_style(unicodedata.normalize("NFC", text)) == text
    assert not IMPOLITE.search(text)


@pytest.mark.parametrize(("intent", "said"), examples().items(), ids=lambda value: value if isinstance(value, str) else "")
def test_examples_are_what_reaches_rasa(intent: str, said: list[str]) -> None:
    assert [text for text in said if canonical(text) != text] == []


def test_related_procedures_have_guides(guides: Guides) -> None:
    assert [(told.code, code) for told in guides.values() for code in told.related if code not in guides] == []
