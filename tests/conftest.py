"""What several test folders share: the repository's content, read once."""

from pathlib import Path

import pytest

from motcua.procedures.loader import Guides, load_guides
from motcua.vietnamese.vocabulary import Vocabulary, load_vocabulary

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def guides() -> Guides:
    return load_guides(ROOT / "knowledge_base" / "procedures")


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    return load_vocabulary(ROOT / "knowledge_base" / "vocabulary.yml")
