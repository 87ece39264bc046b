"""`python -m tests.bench.stock.train [EPOCHS]`: stock Rasa's model of today's data, kept in var/bench with its training time.

DIET and TED take an hour on two cores, so that a model is trained once for a set of data. With fewer epochs than Rasa's own
100 it understands worse and is as fast: enough to try the benchmark.
"""

import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from bot.elsewhere import write_elsewhere
from bot.guide_questions import write_examples
from motcua.digest import digest_of
from motcua.procedures.loader import guide_paths
from motcua.settings import ROOT, load_settings

HERE = Path(__file__).parent
EPOCHS = 100  # Rasa's default


def stock_model(epochs: int = EPOCHS) -> Path:
    """Where the model of today's data is, or will be."""
    settings = load_settings()
    inputs = [HERE / "config.yml", *(ROOT / "data").rglob("*.yml"), *(ROOT / "bot" / "domain").glob("*.yml")]
    inputs += guide_paths(settings.knowledge_base / "procedures")
    return settings.var / "bench" / f"stock-{digest_of(inputs)[:16]}-{epochs}.tar.gz"


def training_seconds(model: Path) -> float:
    """How long a model's training took, in seconds."""
    return float(json.loads(model.with_suffix(".json").read_text())["seconds"])


def train(epochs: int = EPOCHS) -> Path:
    """The model, trained unless it is there. Needs all cores."""
    model = stock_model(epochs)
    if not model.exists():
        began = time.perf_counter()
        _train(model, epochs)
        model.with_suffix(".json").write_text(json.dumps({"seconds": time.perf_counter() - began}))
    return model


def _train(model: Path, epochs: int) -> None:
    import rasa.model_training

    made, settings = model.parent / "training", load_settings()
    write_examples(settings.knowledge_base, made / "guide_questions.yml")
    write_elsewhere(made / "elsewhere.yml")
    config = made.with_name("stock.yml")
    config.write_text((HERE / "config.yml").read_text("utf-8").replace(f"epochs: {EPOCHS}", f"epochs: {epochs}"), "utf-8")
    (made / "stories.yml").write_text(yaml.safe_dump({"version": "3.1", "stories": [*_stories()]}, allow_unicode=True), "utf-8")
    result = rasa.model_training.train(
        domain=str(ROOT / "bot" / "domain"),
        config=str(config),
        training_files=[str(ROOT / "data" / "nlu"), str(ROOT / "data" / "rules"), str(made)],
        output=str(model.parent),
        fixed_model_name=model.name.removesuffix(".tar.gz"),
        force_training=True,
    )
    if result.code != 0 or not model.exists():
        raise SystemExit("Training stock Rasa failed: see the lines above.")


def _stories() -> Iterator[dict[str, Any]]:
    """Each rule once more as a story: TED learns from nothing else."""
    for path in sorted((ROOT / "data" / "rules").glob("*.yml")):
        for rule in yaml.safe_load(path.read_text("utf-8"))["rules"]:
            yield {"story": rule["rule"], "steps": rule["steps"]}


if __name__ == "__main__":
    train(*(int(epochs) for epochs in sys.argv[1:]))
