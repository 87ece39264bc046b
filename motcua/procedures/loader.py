"""Guides from their folder, each file read once and checked against the model."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from motcua.procedures.guide import Guide


class GuideFault(ValueError):
    """A guide file that breaks the model: says the file, the field, what was found and what is expected."""

    def __init__(self, path: Path, field: str, found: object, expected: str) -> None:
        super().__init__(f"{path.name}: {field}: found {_short(found)}, {expected}")
        self.path, self.field = path, field


class GuideNotFound(LookupError):
    """No guide carries this code, neither today nor as a replaced code."""

    def __init__(self, code: str, known: int) -> None:
        super().__init__(f"No guide for procedure {code!r} among {known}. Was it retired, or is the code misspelt?")
        self.code = code


class Guides(Mapping[str, Guide]):
    """All guides by today's code; a replaced code finds the guide that took its place."""

    def __init__(self, guides: list[Guide]) -> None:
        self._guides = {guide.code: guide for guide in guides}
        self._today = {old: guide.code for guide in guides for old in guide.replaces}

    def __getitem__(self, code: str) -> Guide:
        guide = self._guides.get(self._today.get(code, code))
        if guide is None:
            raise GuideNotFound(code, len(self))
        return guide

    def __contains__(self, code: object) -> bool:
        return code in self._guides or code in self._today

    def __iter__(self) -> Iterator[str]:
        return iter(self._guides)

    def __len__(self) -> int:
        return len(self._guides)


def guide_paths(folder: Path) -> list[Path]:
    """Every guide file below the folder, in a fixed order."""
    return sorted(folder.glob("*/*.yml"))


def load_guide(path: Path) -> Guide:
    """The guide of one file. Raises GuideFault for the first field that breaks the model."""
    try:
        facts: Any = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise GuideFault(path, "file", str(error), "expected YAML in UTF-8") from error
    try:
        return Guide.model_validate(facts)
    except ValidationError as error:
        fault = error.errors()[0]
        field = ".".join(str(part) for part in fault["loc"]) or "guide"
        raise GuideFault(path, field, fault["input"], fault["msg"]) from error


def load_guides(folder: Path) -> Guides:
    """All guides below the folder. Raises GuideFault; FileNotFoundError when there is none."""
    paths = guide_paths(folder)
    if not paths:
        raise FileNotFoundError(f"No guide in {folder}: expected <field>/<code>-<slug>.yml files.")
    return Guides([load_guide(path) for path in paths])


def _short(found: object) -> str:
    text = repr(found)
    return text if len(text) <= 120 else text[:117] + "..."
