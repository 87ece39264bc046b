"""The held-out questions: never training examples, never phrases of a guide, never tuned on."""

import json
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Answerable:
    """A question, the procedure an officer would name, and the section asked."""

    question: str
    code: str
    section: str


def answerable() -> list[Answerable]:
    """All held-out questions that a guide answers."""
    lines = [line for path in sorted(HERE.glob("procedures_*.jsonl")) for line in path.read_text("utf-8").splitlines()]
    return [Answerable(**json.loads(line)) for line in lines]


def unanswerable() -> list[str]:
    """Messages that are to be declined: out of scope, or a matter no guide holds."""
    lines = (HERE / "unanswerable.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line)["question"] for line in lines]
