"""Cross-validation with the project's own pipeline, on a few examples."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from bot.cross_validation import FOLDS
from motcua.settings import ROOT

EXAMPLES = {
    "ask_fee": ("lệ phí bao nhiêu", "mất lệ phí bao nhiêu", "le phi bao nhieu tien", "nộp lệ phí bao nhiêu", "xin hỏi lệ phí"),
    "ask_time": ("bao lâu thì xong", "mấy ngày thì xong", "bao lau moi xong", "chờ bao lâu thì xong", "khi nào xong"),
}
PROGRAM = """
import sys
from pathlib import Path
from bot import lean_rasa
from bot.cross_validation import cross_validate
from bot.telling import telling
folder = Path(sys.argv[1])
with telling() as tell:
    lean_rasa.install()
    tell(figures=cross_validate(folder, [folder / "nlu"], tell=tell))
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Examples as Rasa reads them, with a block that is no intent."""
    nlu: list[dict[str, str]] = [{"lookup": "place", "examples": "- Võ Cường\n"}]
    nlu += [{"intent": intent, "examples": "".join(f"- {text}\n" for text in texts)} for intent, texts in EXAMPLES.items()]
    (tmp_path / "nlu").mkdir()
    (tmp_path / "nlu" / "few.yml").write_text(yaml.safe_dump({"version": "3.1", "nlu": nlu}, allow_unicode=True), "utf-8")
    return tmp_path


def test_each_example_is_understood_once_by_a_model_that_did_not_learn_it(folder: Path) -> None:
    command = [sys.executable, "-W", "ignore", "-c", PROGRAM, str(folder)]  # Rasa imported leanly can't be taken back
    ran = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True, text=True)
    *told, result = map(json.loads, ran.stdout.splitlines())
    assert told == [{"step": "cross_validating", "part": part, "of": FOLDS} for part in range(1, FOLDS + 1)]
    figures = result["figures"]
    assert figures["of"] == 10
    assert [(found["intent"], found["of"]) for found in figures["intents"]] == [("ask_fee", 5), ("ask_time", 5)]
    assert figures["right"] == sum(found["right"] for found in figures["intents"]) >= 8
    assert sum(found["times"] for found in figures["confusions"]) == figures["of"] - figures["right"]
