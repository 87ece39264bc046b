"""A Rasa process of its own: trains a pipeline or understands texts, with TensorFlow or without.

`python -m tests.evaluation.rasa_process` reads one JSON job and writes one JSON result as its last line. Used through
`classifiers.py`.
"""

import asyncio
import json
import resource
import sys
import time
from pathlib import Path
from typing import Any

from tests.evaluation.one_core import keep_to_one_core, resident_mb


def train(job: dict[str, Any]) -> dict[str, float]:
    """Trains the configuration on the examples and keeps the model."""
    from rasa.model_training import train_nlu

    began, model = time.perf_counter(), Path(job["model"])
    train_nlu(job["config"], job["examples"], str(model.parent), fixed_model_name=model.name.removesuffix(".tar.gz"))
    return {"train_s": time.perf_counter() - began, "train_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def understand(job: dict[str, Any]) -> dict[str, Any]:
    """The likeliest intent of each text, the chances of its sections, and the ms it took, on one core."""
    from rasa.core.agent import Agent

    began = time.perf_counter()
    agent = Agent.load(job["model"])
    loaded = time.perf_counter() - began
    intents, asked, times = asyncio.run(_understand(agent, job["texts"]))
    return {"intents": intents, "sections_asked": asked, "ms": times, "load_s": loaded, "memory_mb": resident_mb()}


async def _understand(agent: Any, texts: list[str]) -> tuple[list[str], list[dict[str, float]], list[float]]:
    intents, asked, times = [], [], []
    for text in texts:
        began = time.perf_counter()
        understood = await agent.parse_message(text)
        times.append((time.perf_counter() - began) * 1000)
        ranked = [found["name"] for found in understood["intent_ranking"] if found["name"] != "nlu_fallback"]
        intents.append(ranked[0] if ranked else "")
        asked.append(understood.get("sections_asked") or {})
    return intents, asked, times


def main() -> None:
    """Does the job of standard input."""
    job = json.loads(sys.stdin.read())
    if job["lean"]:
        from bot import lean_rasa

        lean_rasa.install()
    if "texts" in job:
        keep_to_one_core()
    result = understand(job) if "texts" in job else train(job)
    sys.stdout.write("\n" + json.dumps(result) + "\n")


if __name__ == "__main__":
    main()
