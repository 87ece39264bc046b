"""What the repository holds, as the content tests read it."""

import ast
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import yaml

from motcua.settings import ROOT


def read_yaml(path: Path) -> Any:
    return yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)


def texts(value: object, place: str = "") -> Iterator[tuple[str, str]]:
    """(place, text) of every text in what YAML holds."""
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, dict):
        for name, part in value.items():
            yield from texts(part, f"{place}.{name}".strip("."))
    elif isinstance(value, list):
        for number, part in enumerate(value):
            yield from texts(part, f"{place}.{number}")


def committed_files() -> Iterator[Path]:
    """Every file that .gitignore lets be committed."""
    ignored = [".git", *(line.rstrip("/") for line in (ROOT / ".gitignore").read_text("utf-8").splitlines())]

    def walk(folder: Path) -> Iterator[Path]:
        for path in sorted(folder.iterdir()):
            if any(fnmatch(path.name, pattern) for pattern in ignored):
                continue
            if path.is_dir():
                yield from walk(path)
            else:
                yield path

    yield from walk(ROOT)


def domain(key: str) -> list[str]:
    """The names under one key of all files in bot/domain."""
    found = [part for path in sorted((ROOT / "bot" / "domain").glob("*.yml")) for part in read_yaml(path).get(key, [])]
    return [next(iter(name)) if isinstance(name, dict) else name for name in found]


def examples() -> dict[str, list[str]]:
    """Intent → its examples, from all files in data/nlu."""
    found: dict[str, list[str]] = {}
    for path in sorted((ROOT / "data" / "nlu").glob("*.yml")):
        for intent in read_yaml(path)["nlu"]:
            written = intent["examples"]  # those with metadata come one by one
            texts = [written] if isinstance(written, str) else [example["text"] for example in written]
            lines = [line.removeprefix("- ") for text in texts for line in text.splitlines()]
            found.setdefault(intent["intent"], []).extend(lines)
    return found


def rules() -> list[dict[str, Any]]:
    """The rules of all files in data/rules."""
    return [rule for path in sorted((ROOT / "data" / "rules").glob("*.yml")) for rule in read_yaml(path)["rules"]]


def nodes(folder: str) -> Iterator[ast.AST]:
    """Every syntax node of the Python files in one folder."""
    for path in sorted((ROOT / folder).glob("*.py")):
        yield from ast.walk(ast.parse(path.read_text("utf-8")))


def constant(node: ast.AST | None) -> str | None:
    """The text of a node that is a text."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None
