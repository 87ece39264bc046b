"""What citizens call the procedures of the catalogue that have no guide, as editors wrote it down."""

from collections.abc import Mapping
from pathlib import Path

import yaml


class PhrasesFault(ValueError):
    """A file of phrases that is not a mapping from codes to lists of texts, or repeats a code of another file."""

    def __init__(self, path: Path, code: object, expected: str) -> None:
        super().__init__(f"{path.name}: {code!r}: expected {expected}")


def load_catalogue_phrases(folder: Path) -> Mapping[str, tuple[str, ...]]:
    """Code → phrases, from every file of the folder in a fixed order. Raises PhrasesFault."""
    found: dict[str, tuple[str, ...]] = {}
    for path in sorted(folder.glob("*.yml")):
        for code, phrases in _phrases_of(path).items():
            if code in found:
                raise PhrasesFault(path, code, "a code that no other file holds")
            found[code] = phrases
    return found


def _phrases_of(path: Path) -> dict[str, tuple[str, ...]]:
    held = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
    if not isinstance(held, dict):
        raise PhrasesFault(path, held, "a mapping from codes to lists of phrases")
    for code, phrases in held.items():
        if not (isinstance(code, str) and isinstance(phrases, list) and all(isinstance(phrase, str) for phrase in phrases)):
            raise PhrasesFault(path, code, "a code in quotes and a list of texts")
    return {code: tuple(phrases) for code, phrases in held.items()}
