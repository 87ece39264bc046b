"""What several test folders share: the repository's content, read once."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from deploy.mock_one_stop.app import MockOneStop, create_app, mock_of
from motcua.dossiers.demo import demo_dossiers
from motcua.dossiers.working_days import today_in_vietnam
from motcua.procedures.loader import Guides, load_guides
from motcua.vietnamese.vocabulary import Vocabulary, load_vocabulary
from tests.fake_zalo.connected import ConnectedZalo, connected_zalo
from tests.fake_zalo.server import serving
from tests.stack import Stack, running_stack

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True)
class ConnectedOneStop:
    """A mock one-stop system that is served."""

    mock: MockOneStop
    environment: dict[str, str]


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
def one_stop() -> Iterator[ConnectedOneStop]:
    """A one-stop system with the demo dossiers, and what connects an assistant to it."""
    mock = mock_of(demo_dossiers(today_in_vietnam()))
    with serving(create_app(mock)) as url:
        credentials = {"MOTCUA_REGISTRY_CLIENT_ID": mock.client_id, "MOTCUA_REGISTRY_CLIENT_SECRET": mock.client_secret}
        yield ConnectedOneStop(mock, {"MOTCUA_REGISTRY_URL": url, **credentials})


@pytest.fixture(scope="session")
def stack(zalo: ConnectedZalo, one_stop: ConnectedOneStop) -> Iterator[Stack]:
    """One running assistant for all tests that talk to it, on the web and in Zalo, connected to a one-stop system."""
    with running_stack(zalo.folder, **zalo.environment, **one_stop.environment) as running:
        zalo.account.app.webhook = f"{running.url}/zalo/oa"
        yield running
