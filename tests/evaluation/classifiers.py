"""Intent classifiers: trained once for a pipeline and its examples, asked in a process of their own."""

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import yaml

from actions.turn import MIN_TO_MEAN
from bot.elsewhere import write_elsewhere
from bot.guide_questions import write_examples
from motcua.digest import digest_of
from motcua.settings import ROOT, Settings
from motcua.vietnamese.canonical import canonical
from tests.evaluation.one_core import ENVIRONMENT

Pipeline = list[dict[str, Any]]

# What Rasa suggests for a language without a model of its own; the classifier's seed is ours, so that it can be repeated.
RASA_DEFAULT: Pipeline = [
    {"name": "WhitespaceTokenizer"},
    {"name": "RegexFeaturizer"},
    {"name": "LexicalSyntacticFeaturizer"},
    {"name": "CountVectorsFeaturizer"},
    {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
    {"name": "DIETClassifier", "epochs": 100, "constrain_similarities": True, "random_seed": 20261125},
]


def is_lean(pipeline: Pipeline) -> bool:
    """Whether the pipeline does without TensorFlow."""
    return pipeline[-1]["name"] == "LogisticRegressionClassifier"


def section_of(intent: str) -> str:
    """The section an intent asks for; empty for one that asks for none."""
    return "overview" if intent == "ask_procedure" else intent.removeprefix("ask_") if intent.startswith("ask_") else ""


def section_heard(intent: str, asked: Mapping[str, float]) -> str:
    """The likeliest section of the recognizer, or overview where none is likely; without a recognizer that of the intent."""
    best = max(asked, key=asked.__getitem__, default="")
    return (best if asked[best] >= MIN_TO_MEAN else "overview") if asked else section_of(intent)


def model_of(pipeline: Pipeline, settings: Settings) -> Path:
    """The model of a pipeline on today's examples, trained if it is not there; `facts_of` tells what that cost."""
    with _inputs(pipeline, settings) as (config, examples):
        code = [*(ROOT / "bot" / "nlu").glob("*.py"), *(ROOT / "motcua" / "vietnamese").glob("*.py")]
        digest = digest_of([config, *examples.glob("*.yml"), *([] if pipeline[0]["name"] == "WhitespaceTokenizer" else code)])
        model = settings.var / "evaluation" / "models" / f"{digest[:16]}.tar.gz"
        if not _facts_path(model).exists():
            model.parent.mkdir(parents=True, exist_ok=True)
            job = {"config": str(config), "examples": str(examples), "model": str(model), "lean": is_lean(pipeline)}
            _facts_path(model).write_text(json.dumps(in_rasa(job)), "utf-8")
    return model


def facts_of(model: Path) -> dict[str, float]:
    """Seconds and memory of the training."""
    facts: dict[str, float] = json.loads(_facts_path(model).read_text("utf-8"))
    return facts


def understood(model: Path, texts: Sequence[str], *, lean: bool) -> dict[str, Any]:
    """`intents`, `sections_asked` and `ms` of the texts, as the gateway would hand them on, and `load_s` and `memory_mb`."""
    return in_rasa({"model": str(model), "texts": [canonical(text) for text in texts], "lean": lean})


def in_rasa(job: dict[str, Any]) -> dict[str, Any]:
    """The result of a job in a Rasa process of its own."""
    command = [sys.executable, "-W", "ignore", "-m", "tests.evaluation.rasa_process"]
    environment = ENVIRONMENT if "texts" in job else None
    done = subprocess.run(
        command, input=json.dumps(job), capture_output=True, text=True, cwd=ROOT, env=environment, check=False
    )
    if done.returncode:
        raise RuntimeError(f"The Rasa process ended with {done.returncode}:\n{done.stderr[-3000:]}")
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


@contextmanager
def _inputs(pipeline: Pipeline, settings: Settings) -> Iterator[tuple[Path, Path]]:
    """Configuration, and the examples that our own model learns from too."""
    with tempfile.TemporaryDirectory() as folder:
        config, examples = Path(folder, "config.yml"), Path(folder, "examples")
        config.write_text(yaml.safe_dump({"recipe": "default.v1", "language": "vi", "pipeline": pipeline}), "utf-8")
        shutil.copytree(ROOT / "data" / "nlu", examples)
        write_examples(settings.knowledge_base, examples / "guide_questions.yml")
        write_elsewhere(examples / "elsewhere.yml")
        yield config, examples


def _facts_path(model: Path) -> Path:
    return model.with_name(model.name.removesuffix(".tar.gz") + ".json")
