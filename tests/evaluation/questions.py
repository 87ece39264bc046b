"""The held-out questions, and those to develop with: never training examples, never phrases of a guide. See README.md."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
DEVELOPMENT = HERE / "development"


@dataclass(frozen=True)
class Answerable:
    """A question, the procedure an officer would name, and the sections asked."""

    question: str
    code: str
    sections: tuple[str, ...]
    style: str
    also: tuple[str, ...] = ()
    codes_also: tuple[str, ...] = ()

    @property
    def right_codes(self) -> tuple[str, ...]:
        """Every procedure that answers the question as it is asked."""
        return (self.code, *self.codes_also)

    @property
    def right_sections(self) -> tuple[str, ...]:
        """Every section that an officer would find right as the first or only one."""
        return (*self.sections, *self.also)


@dataclass(frozen=True)
class Declined:
    """A message that no procedure answers, and why."""

    question: str
    reason: str


def answerable(prefix: str = "", *, root: Path = HERE) -> list[Answerable]:
    """All questions that a procedure answers; prefix `guides` or `catalogue` for those of one kind."""
    return [
        Answerable(**{key: tuple(value) if isinstance(value, list) else value for key, value in line.items()})
        for line in _lines(root / "answerable", prefix)
    ]


def declined(*, root: Path = HERE) -> list[Declined]:
    """All messages that are to be declined."""
    return [Declined(**line) for line in _lines(root / "declined")]


def unanswerable() -> list[str]:
    """The texts of all messages that are to be declined."""
    return [message.question for message in declined()]


def _lines(folder: Path, prefix: str = "") -> Iterator[dict[str, Any]]:
    for path in sorted(folder.glob(f"{prefix}*.jsonl")):
        yield from map(json.loads, path.read_text("utf-8").splitlines())
