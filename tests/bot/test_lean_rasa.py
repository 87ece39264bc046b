"""Each case in a process of its own, since an import can't be taken back."""

import importlib.metadata
import subprocess
import sys

import pytest

from bot import lean_rasa
from motcua.settings import ROOT


def _run(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-W", "ignore", "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)


def test_the_server_runs_without_tensorflow_and_torch() -> None:
    ran = _run(
        "from bot import lean_rasa; lean_rasa.install()\n"
        "import sys, rasa.core.run, bot.channels.gateway, bot.nlu.gazetteer_extractor, bot.nlu.vietnamese_tokenizer\n"
        "print([name for name in ('tensorflow', 'keras', 'torch') if getattr(sys.modules.get(name), '__file__', None)])"
    )
    assert (ran.stdout.strip(), ran.returncode) == ("[]", 0), ran.stderr


def test_every_component_of_the_pipeline_is_known() -> None:
    ran = _run(
        "from bot import lean_rasa; lean_rasa.install()\n"
        "import yaml\n"
        "from rasa.engine.recipes.default_recipe import DefaultV1Recipe\n"
        "config = yaml.safe_load(open('config.yml', encoding='utf-8'))\n"
        "for part in config['pipeline'] + config['policies']: DefaultV1Recipe._from_registry(part['name'])"
    )
    assert ran.returncode == 0, ran.stderr


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
