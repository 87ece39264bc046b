"""One large installation for all tests of this folder: two of each process."""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.crowd import SETTINGS
from tests.push import Phones
from tests.scale.cluster import Cluster, running_cluster


@dataclass(frozen=True)
class Installation:
    """The cluster, and the phones that its push channel delivers to."""

    cluster: Cluster
    phones: Phones


@pytest.fixture(scope="session")
def installation() -> Iterator[Installation]:
    phones = Phones()
    # Not pytest's folder: the user `postgres` may not enter that.
    with (
        tempfile.TemporaryDirectory(prefix="scale-") as folder,
        phones.listening() as push_to,
        running_cluster(Path(folder), each=2, **SETTINGS, MOTCUA_PUSH_TO=push_to) as cluster,
    ):
        yield Installation(cluster, phones)


@pytest.fixture(scope="session")
def cluster(installation: Installation) -> Cluster:
    return installation.cluster
