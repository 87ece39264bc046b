"""A knowledge base of a few real guides, so that an index is built in a second."""

import shutil
from pathlib import Path

import pytest

from motcua.procedures.loader import Guides, guide_paths
from motcua.settings import Settings, load_settings
from tests.fakes import WordEmbedder

KNOWLEDGE = Path(__file__).parents[3] / "knowledge_base"
BIRTH, MARRIAGE, DEATH, TEMPORARY, PERMANENT = "1.001193", "1.000894", "1.000656", "1.004194", "1.004222"
CODES = (BIRTH, MARRIAGE, DEATH, TEMPORARY, PERMANENT, "1.116410", "1.001612", "1.001456")


@pytest.fixture
def embedder() -> WordEmbedder:
    return WordEmbedder()


@pytest.fixture
def few(guides: Guides) -> Guides:
    return Guides([guides[code] for code in CODES])


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("knowledge")
    shutil.copy(KNOWLEDGE / "vocabulary.yml", folder)
    for path in guide_paths(KNOWLEDGE / "procedures"):
        if path.name.startswith(CODES):
            (folder / "procedures" / path.parent.name).mkdir(parents=True, exist_ok=True)
            shutil.copy(path, folder / "procedures" / path.parent.name)
    return load_settings({"MOTCUA_KNOWLEDGE_BASE": str(folder), "MOTCUA_VAR": str(folder / "var"), "EMBEDDER": "words"})
