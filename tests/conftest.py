"""What several test folders share: the repository's content, read once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from motcua.procedures.loader import Guides, load_guides
from motcua.vietnamese.vocabulary import Vocabulary, load_vocabulary
from tests.stack import Stack, running_stack

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def guides() -> Guides:
    return load_guides(ROOT / "knowledge_base" / "procedures")


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    return load_vocabulary(ROOT / "knowledge_base" / "vocabulary.yml")


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """One running assistant for all tests that talk to it."""
    with running_stack(tmp_path_factory.mktemp("stack")) as running:
        yield running
