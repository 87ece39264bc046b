import shutil
from pathlib import Path

import pytest

from bot.model import model_path
from motcua.settings import ROOT, load_settings

GUIDE = "knowledge_base/procedures/ho-tich/1.001193-dang-ky-khai-sinh.yml"


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small copy of what a model is made from."""
    for name in ("bot/domain", "bot/nlu", "data", "motcua/vietnamese"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in (
        "config.yml",
        GUIDE,
        "knowledge_base/places.yml",
        "knowledge_base/regional.yml",
        "knowledge_base/vocabulary.yml",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    monkeypatch.setattr("bot.model.ROOT", tmp_path)
    return tmp_path


def _model(tree: Path) -> str:
    return model_path(load_settings({"MOTCUA_KNOWLEDGE_BASE": str(tree / "knowledge_base")})).name


def test_the_same_inputs_have_the_same_model(tree: Path) -> None:
    assert _model(tree) == _model(tree)


def test_a_model_lies_in_the_folder_of_models(tree: Path, tmp_path: Path) -> None:
    assert model_path(load_settings({"MOTCUA_MODELS_DIR": str(tmp_path / "models")})).parent == tmp_path / "models"


@pytest.mark.parametrize(
    "changed",
    [
        "config.yml",
        "data/nlu/talk.yml",
        "data/rules/talk.yml",
        "bot/domain/talk.yml",
        "bot/nlu/pattern_extractor.py",
        "motcua/vietnamese/chat.py",
        "knowledge_base/places.yml",
        "knowledge_base/regional.yml",
        "knowledge_base/vocabulary.yml",
        GUIDE,
    ],
)
def test_whatever_it_is_made_from_changes_the_model(tree: Path, changed: str) -> None:
    before = _model(tree)
    with (tree / changed).open("a") as file:
        file.write("\n# changed\n")
    assert _model(tree) != before


@pytest.mark.parametrize(
    "added",
    [
        "knowledge_base/offices.yml",
        "knowledge_base/answers/fee.j2",
        "bot/README.md",
        "bot/conversation_broker.py",
        "var/log/bot.log",
    ],
)
def test_what_it_is_not_made_from_leaves_the_model(tree: Path, added: str) -> None:
    before = _model(tree)
    (tree / added).parent.mkdir(parents=True, exist_ok=True)
    (tree / added).write_text("mới")
    assert _model(tree) == before


def test_compiled_files_leave_the_model(tree: Path) -> None:
    before = _model(tree)
    compiled = tree / "bot" / "nlu" / "__pycache__" / "pattern_extractor.cpython-311.pyc"
    compiled.parent.mkdir(parents=True, exist_ok=True)
    compiled.write_text("mới")
    assert _model(tree) == before
