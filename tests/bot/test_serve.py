import os
import subprocess
import sys
from pathlib import Path

from motcua.settings import ROOT


def test_without_a_model_the_bot_stops_and_says_how_to_make_one(tmp_path: Path) -> None:
    environment = {**os.environ, "MOTCUA_MODELS_DIR": str(tmp_path), "MOTCUA_VAR": str(tmp_path)}
    ran = subprocess.run(
        [sys.executable, "-m", "bot.serve"], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 1
    assert str(tmp_path) in ran.stderr
    assert "make train" in ran.stderr
