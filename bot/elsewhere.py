"""Matters that no procedure answers as training examples: what sounds like a question to an office and is none."""

from collections.abc import Sequence
from pathlib import Path

import yaml

from motcua.settings import ROOT

EVERY = 4  # all would drown the questions: more cost the sections a point, and take what can be answered for one of them
FOLDER = ROOT / "data" / "retrieval" / "elsewhere"


def write_elsewhere(path: Path, folder: Path = FOLDER) -> None:
    """Writes Rasa NLU data: every fourth matter is out of scope."""
    matters = [matter for file in sorted(folder.glob("*.yml")) for matter in _matters(file)][::EVERY]
    nlu = [{"intent": "out_of_scope", "examples": "".join(f"- {matter}\n" for matter in matters)}]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump({"version": "3.1", "nlu": nlu}, allow_unicode=True), "utf-8")


def _matters(path: Path) -> Sequence[str]:
    return list(yaml.safe_load(path.read_text("utf-8"))["matters"])
