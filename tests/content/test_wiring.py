"""A misspelt class in Rasa's YAML is a warning in a log and a store in memory: so every name is looked up here."""

import subprocess
import sys

import pytest

from motcua.settings import ROOT
from tests.content.repository import read_yaml

CONFIG = read_yaml(ROOT / "config.yml")
COMPONENTS = [part["name"] for key in ("pipeline", "policies") for part in CONFIG[key]]
CHANNELS = list(read_yaml(ROOT / "credentials.yml"))
ENDPOINTS = [read_yaml(ROOT / "endpoints.yml"), read_yaml(ROOT / "deploy" / "endpoints.scale.yml")]
TYPES = [endpoint["type"] for file in ENDPOINTS for endpoint in file.values() if "type" in endpoint]
DOTTED = [name for name in (*COMPONENTS, *CHANNELS, *TYPES) if "." in name]
# The names Rasa itself knows; any other becomes an in-memory store, or no broker at all.
RASAS_TYPES = {"SQL", "redis", "mongod", "dynamo", "in_memory", "pika", "kafka", "sql", "concurrent_redis"}
LOOK_UP = """
import sys, warnings
warnings.simplefilter("ignore")
from bot import lean_rasa
lean_rasa.install()
from rasa.shared.utils.common import class_from_module_path
for name in sys.argv[1:]:
    class_from_module_path(name)
"""


def test_our_components_and_channel_are_named() -> None:
    assert "bot.nlu.reading_featurizer.ReadingFeaturizer" in DOTTED
    assert "bot.channels.gateway.GatewayInput" in DOTTED


def test_every_dotted_path_imports() -> None:
    command = [sys.executable, "-W", "ignore", "-c", LOOK_UP, *DOTTED]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert ran.returncode == 0, ran.stderr


def test_every_other_name_is_one_of_rasas() -> None:
    assert [name for name in TYPES if "." not in name and name not in RASAS_TYPES] == []
    assert [name for name in CHANNELS if "." not in name] == []  # Rasa's own channels trust any sender


@pytest.mark.parametrize("name", [name for name in COMPONENTS if "." not in name])
def test_rasas_own_components_are_those_of_the_lean_process(name: str) -> None:
    assert f" import {name}\n" in (ROOT / "bot" / "lean_rasa.py").read_text("utf-8")


def test_the_policies_are_rules_only() -> None:
    assert [part["name"] for part in CONFIG["policies"]] == ["RulePolicy"]


def test_the_fallback_action_is_one_of_ours() -> None:
    (policy,) = CONFIG["policies"]
    actions = (ROOT / "bot" / "domain" / "procedures.yml").read_text("utf-8")
    assert policy["core_fallback_action_name"] in actions
