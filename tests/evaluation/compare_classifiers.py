"""`python -m tests.evaluation.compare_classifiers`: intent classifiers beside each other, written into the ADR that chose one.

Each runs in a process of its own: trains on data/nlu, loads, and understands the held-out questions, whose section
says the intent.
"""

import asyncio
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import yaml

from motcua.settings import ROOT
from tests.evaluation.questions import answerable
from tests.evaluation.report import write_between

ADR = ROOT / "docs" / "adr" / "0003-intent-classifier.md"
START, END = "<!-- table written by python -m tests.evaluation.compare_classifiers -->", "<!-- end of table -->"
_WORDS = {"name": "CountVectorsFeaturizer", "max_ngram": 2}
_LETTERS = {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4}
_DIET = {"name": "DIETClassifier", "epochs": 40, "entity_recognition": False}


def pipelines() -> dict[str, list[dict[str, Any]]]:
    """Name → pipeline. Ours is the one of config.yml, without what has no say in the intent."""
    ours = [
        part for part in yaml.safe_load((ROOT / "config.yml").read_text("utf-8"))["pipeline"] if "extractor" not in part["name"]
    ]
    ours = [part for part in ours if part["name"] != "FallbackClassifier"]
    features, classifier = ours[:-1], ours[-1]
    sentence = {"name": "tests.evaluation.sentence_featurizer.SentenceFeaturizer"}
    whitespace = {"name": "WhitespaceTokenizer"}
    letters = {**features[-1], "analyzer": "char_wb", "min_ngram": 2, "max_ngram": 4}
    return {
        "ours: logistic regression, accented words + folded syllables": ours,
        "the same + folded letters": [*features, letters, classifier],
        "the same + sentence vector": [*features, sentence, classifier],
        "logistic regression, accented words only": [ours[0], _WORDS, classifier],
        "DIET on our features": [*features, _DIET],
        "Rasa's default: WhitespaceTokenizer, words and letters, DIET": [
            whitespace,
            {**_WORDS, "max_ngram": 1},
            _LETTERS,
            _DIET,
        ],
    }


def measure(pipeline: list[dict[str, Any]], *, lean: bool) -> dict[str, float]:
    """Trains, loads and evaluates in this process."""
    if lean:
        from bot import lean_rasa

        lean_rasa.install()
    from rasa.core.agent import Agent
    from rasa.model_training import train_nlu

    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder, "config.yml")
        config.write_text(yaml.safe_dump({"recipe": "default.v1", "language": "vi", "pipeline": pipeline}), "utf-8")
        began = time.perf_counter()
        model = train_nlu(str(config), str(ROOT / "data" / "nlu"), folder)
        trained = time.perf_counter()
        agent = Agent.load(model)
        loaded = time.perf_counter()
        right = asyncio.run(_share_right(agent))
    questions = len(answerable("guides"))
    return {
        "right": 100 * right / questions,
        "train_s": trained - began,
        "load_s": loaded - trained,
        "parse_ms": (time.perf_counter() - loaded) * 1000 / questions,
        "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000,
    }


async def _share_right(agent: Any) -> int:
    right = 0
    for asked in answerable("guides"):
        understood = await agent.parse_message(asked.question)
        wanted = {"ask_procedure" if section == "overview" else f"ask_{section}" for section in asked.right_sections}
        right += understood["intent"]["name"] in wanted
    return right


def main() -> None:
    """Measures every pipeline and writes the table."""
    rows = []
    for name, pipeline in pipelines().items():
        lean = "DIET" not in name
        command = [sys.executable, "-W", "ignore", "-m", "tests.evaluation.compare_classifiers", json.dumps([pipeline, lean])]
        found = json.loads(
            subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT).stdout.splitlines()[-1]
        )
        rows.append(
            f"| {name} | {found['right']:.1f} % | {found['parse_ms']:.1f} ms | {found['train_s']:.0f} s "
            f"| {found['load_s']:.1f} s | {found['memory_mb']:.0f} MB |"
        )
        sys.stdout.write(rows[-1] + "\n")
    head = [
        "| classifier | right section | a message | training | loading | memory, training included |",
        "|---|---|---|---|---|---|",
    ]
    write_between(ADR, START, END, "\n".join([*head, *rows]))


if __name__ == "__main__":
    if len(sys.argv) > 1:
        given, is_lean = json.loads(sys.argv[1])
        sys.stdout.write(json.dumps(measure(given, lean=is_lean)) + "\n")
    else:
        main()
