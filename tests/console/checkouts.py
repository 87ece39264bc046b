"""A git checkout with one guide in it, and what git tells of it."""

import subprocess
from pathlib import Path

from motcua.settings import ROOT

PATH = "knowledge_base/procedures/ho-tich/1.001193-dang-ky-khai-sinh.yml"


def git(folder: Path, *asked: str) -> str:
    return subprocess.run(["git", "-C", str(folder), *asked], capture_output=True, check=True, text=True).stdout


def make_checkout(folder: Path) -> Path:
    (folder / PATH).parent.mkdir(parents=True)
    (folder / PATH).write_text((ROOT / PATH).read_text("utf-8"), "utf-8")
    subprocess.run(["git", "init", "-q", "-b", "main", str(folder)], check=True)
    git(folder, "add", ".")
    git(folder, "-c", "user.name=Test", "-c", "user.email=test", "commit", "-q", "-m", "Hướng dẫn đầu tiên")
    return folder
