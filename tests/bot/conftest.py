"""Rasa as the bot process has it: lean, imported once. What the import leaves behind for other tests is taken back."""

import asyncio
import sys
import warnings
from pathlib import Path

import pytest
import yaml

from bot import lean_rasa
from motcua.settings import ROOT

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # what Rasa's own imports deprecate is not ours to mend
    torch, finders, policy = sys.modules.get("torch"), list(sys.meta_path), asyncio.get_event_loop_policy()
    lean_rasa.install()
    from rasa.engine.storage.local_model_storage import LocalModelStorage

    import bot.channels.gateway
    import bot.nlu.gazetteer_extractor
    import bot.nlu.pattern_extractor
    import bot.nlu.reading_featurizer  # noqa: F401

    asyncio.set_event_loop_policy(policy)  # aiogram, behind Rasa's Telegram channel, puts uvloop in its place
    sys.meta_path[:] = finders
    sys.modules.pop("torch", None)
    if torch:
        sys.modules["torch"] = torch


@pytest.fixture(scope="module")
def model_storage(tmp_path_factory: pytest.TempPathFactory) -> LocalModelStorage:
    """Where a component keeps what it has learned."""
    return LocalModelStorage.create(Path(tmp_path_factory.mktemp("model")))


@pytest.fixture(scope="session")
def nlu_examples() -> list[str]:
    """Every training example, as it is written."""
    topics = [yaml.safe_load(path.read_text("utf-8"))["nlu"] for path in (ROOT / "data" / "nlu").glob("*.yml")]
    lines = [line for topic in topics for intent in topic for line in intent["examples"].splitlines()]
    return [line.removeprefix("- ") for line in lines]
