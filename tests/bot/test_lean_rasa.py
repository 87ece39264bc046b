"""Each case in a process of its own, since an import can't be taken back."""

import importlib.metadata
import json
import subprocess
import sys
from typing import Any

import pytest
import yaml

from bot import lean_rasa
from motcua.settings import ROOT


def _run(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-W", "ignore", "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def started() -> dict[str, Any]:
    """The bot process after its imports: what is loaded, and which components the graph of config.yml has."""
    ran = _run(
        "from bot import lean_rasa; lean_rasa.install()\n"
        "import json, sys, rasa.core.run, yaml\n"
        "from rasa.engine.recipes.default_recipe import DefaultV1Recipe\n"
        "config = yaml.safe_load(open('config.yml', encoding='utf-8'))\n"
        "graph = DefaultV1Recipe().graph_config_for_recipe(config, {}).predict_schema\n"
        "loaded = [name for name, module in sys.modules.items() if getattr(module, '__file__', None)]\n"
        "print(json.dumps({'loaded': loaded, 'graph': [node.uses.__name__ for node in graph.nodes.values()]}))"
    )
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


def test_the_server_runs_without_tensorflow_and_torch(started: dict[str, Any]) -> None:
    assert {"tensorflow", "keras", "torch", "matplotlib"} & set(started["loaded"]) == set()


def test_every_component_of_the_pipeline_is_found(started: dict[str, Any]) -> None:
    config = yaml.safe_load((ROOT / "config.yml").read_text("utf-8"))
    wanted = {part["name"].split(".")[-1] for part in config["pipeline"] + config["policies"]}
    assert wanted <= set(started["graph"])


@pytest.mark.parametrize("use", ["tf.keras.Model()", "tf.zeros((1, 2))", "type('Ours', (tf.keras.layers.Layer,), {})(units=3)"])
def test_using_what_is_left_out_is_refused(use: str) -> None:
    ran = _run(f"from bot import lean_rasa; lean_rasa.install()\nimport tensorflow as tf\n{use}")
    assert "left out of this process" in ran.stderr
    assert "config.yml" in ran.stderr


@pytest.mark.parametrize(
    "use",
    ["x: tf.Tensor | None = None", "tf.function(len)", "from tensorflow.keras import layers", "except_ = tf.errors.OpError"],
)
def test_naming_what_is_left_out_is_harmless(use: str) -> None:
    ran = _run(f"from bot import lean_rasa; lean_rasa.install()\nimport tensorflow as tf\n{use}")
    assert ran.returncode == 0, ran.stderr


def test_another_version_of_rasa_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.metadata, "version", lambda _: "3.7.0")
    with pytest.raises(RuntimeError, match=r"3\.6\.21, found 3\.7\.0"):
        lean_rasa.install()


def test_coming_after_rasa_is_refused() -> None:
    with pytest.raises(RuntimeError, match=r"call bot\.lean_rasa\.install\(\) first"):
        lean_rasa.install()


def test_what_is_left_out_is_refused_by_its_name() -> None:
    ran = _run("from bot import lean_rasa; lean_rasa.install()\nimport tensorflow as tf\ntf.keras.Model()")
    assert "tensorflow" in ran.stderr.splitlines()[-1]
