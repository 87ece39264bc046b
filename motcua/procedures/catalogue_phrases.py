"""How people say the procedures that no guide holds: our own words for records of the catalogue."""

from collections.abc import Mapping
from pathlib import Path

import yaml


def load_catalogue_phrases(folder: Path) -> Mapping[str, tuple[str, ...]]:
    """Code → phrases, from every file of the folder; empty where there is none."""
    files = (yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader) for path in sorted(folder.glob("*.yml")))
    return {code: tuple(phrases) for found in files for code, phrases in found.items()}
