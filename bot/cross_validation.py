"""`python -m bot.cross_validation FOLDER`: how the pipeline understands examples that it was not trained on.

The folder may hold examples.yml, what the current release learned beside the repository's. Each example is left out once, in
FOLDS parts of the same mixture; the result is {"figures": {"right", "of", "intents", "confusions"}}.
"""

import argparse
import asyncio
import logging
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import yaml

from bot import lean_rasa
from bot.telling import Tell, telling
from bot.train import examples_of_today
from motcua.settings import ROOT

FOLDS = 5
MOST_CONFUSIONS = 12
Example = tuple[str, str]  # text, intent


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    os.nice(10)  # citizens' answers come first
    with telling() as tell:
        lean_rasa.install()
        _make_fast_and_quiet()
        paths = [*examples_of_today(folder), *folder.glob("examples.yml")]
        tell(figures=cross_validate(folder, paths, tell=tell))


def _make_fast_and_quiet() -> None:
    """Without it each message copies the weights of the classifier, and is written into the log."""
    from rasa.utils.log_utils import configure_structlog

    from bot import fast_rasa

    fast_rasa.install()
    configure_structlog(logging.WARNING)


def cross_validate(folder: Path, paths: Sequence[Path], *, tell: Tell) -> dict[str, Any]:
    """Trains without each part in turn and understands it; `folder` is for what is made meanwhile."""
    from rasa.core.agent import Agent
    from rasa.model_training import train_nlu
    from sklearn.model_selection import StratifiedKFold

    examples = list(_examples(paths))
    pairs: list[tuple[str, str]] = []
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=1).split(examples, [intent for _, intent in examples])
    for number, (learned, left_out) in enumerate(folds, start=1):
        tell(step="cross_validating", part=number, of=FOLDS)
        data = folder / "part.yml"
        _write(data, [examples[place] for place in learned])
        model = train_nlu(str(ROOT / "config.yml"), str(data), str(folder), fixed_model_name="part")
        agent = Agent.load(model)
        pairs += asyncio.run(_understand(agent, [examples[place] for place in left_out]))
    return _figures(pairs)


async def _understand(agent: Any, examples: Sequence[Example]) -> list[tuple[str, str]]:
    return [(intent, str((await agent.parse_message(text))["intent"]["name"])) for text, intent in examples]


def _figures(pairs: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """`pairs`: the intent of an example, and the one found."""
    of, right = Counter(intent for intent, _ in pairs), Counter(intent for intent, found in pairs if intent == found)
    confused = Counter(pair for pair in pairs if pair[0] != pair[1]).most_common(MOST_CONFUSIONS)
    return {
        "right": right.total(),
        "of": of.total(),
        "intents": [{"intent": intent, "right": right[intent], "of": of[intent]} for intent in sorted(of)],
        "confusions": [{"intent": intent, "found": found, "times": times} for (intent, found), times in confused],
    }


def _examples(paths: Sequence[Path]) -> Iterator[Example]:
    files = [file for path in paths for file in (sorted(path.glob("*.yml")) if path.is_dir() else [path])]
    for file in files:
        for block in yaml.safe_load(file.read_text("utf-8"))["nlu"]:
            examples = block["examples"]  # what asks for several sections comes as a list: no one intent is right
            for line in examples.splitlines() if "intent" in block and isinstance(examples, str) else ():
                yield line.removeprefix("- "), block["intent"]


def _write(path: Path, examples: Sequence[Example]) -> None:
    by_intent: dict[str, list[str]] = {}
    for text, intent in examples:
        by_intent.setdefault(intent, []).append(f"- {text}\n")
    nlu = [{"intent": intent, "examples": "".join(lines)} for intent, lines in by_intent.items()]
    path.write_text(yaml.safe_dump({"version": "3.1", "nlu": nlu}, allow_unicode=True), "utf-8")


if __name__ == "__main__":
    main()
