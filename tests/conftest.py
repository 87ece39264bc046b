"""What several test folders share: the repository's content, read once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from motcua.procedures.loader import Guides, load_guides
from motcua.vietnamese.vocabulary import Vocabulary, load_vocabulary
from tests.fake_zalo.connected import ConnectedZalo, connected_zalo
from tests.stack import Stack, running_stack

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def guides() -> Guides:
    return load_guides(ROOT / "knowledge_base" / "procedures")


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    return load_vocabulary(ROOT / "knowledge_base" / "vocabulary.yml")


@pytest.fixture(scope="session")
def zalo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ConnectedZalo]:
    """A fake Zalo, and in its folder what connects an assistant to it."""
    with connected_zalo(tmp_path_factory.mktemp("stack")) as connected:
        yield connected


@pytest.fixture(scope="session")
def stack(zalo: ConnectedZalo) -> Iterator[Stack]:
    """One running assistant for all tests that talk to it, on the web and in Zalo."""
    with running_stack(zalo.folder, **zalo.environment) as running:
        zalo.account.app.webhook = f"{running.url}/zalo/oa"
        yield running
