"""Releases of the model: each in a folder of its own, never changed, with what it was made from; and which one answers.

Promoting and rolling back replace one small file at once. The bots follow it (bot/hot_swap.py).
"""

import fcntl
import gzip
import json
import re
import shutil
import tempfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from motcua.digest import file_digest

ID = re.compile(r"[0-9a-f]{16}")
MODEL, FACTS, POINTER = "model.tar.gz", "release.json", "current.json"
WAYS_BACK = 20
_CHUNK = 2**20


class ReleaseFault(RuntimeError):
    """A release that cannot be used: which, and why. What answers now goes on answering."""

    def __init__(self, release: str, reason: str) -> None:
        super().__init__(f"Release {release}: {reason}.")


class NoWayBack(ReleaseFault):
    """There is no earlier release that could answer."""

    def __init__(self, current: str) -> None:
        super().__init__(current, "there is no earlier one to go back to")


@dataclass(frozen=True)
class Release:
    """A model and how it came about; `inputs` names the content it was made from, `made_at` is in seconds since 1970."""

    id: str
    inputs: str
    made_at: float
    by: str = ""  # a login; empty for the one that `make train` makes
    examples: int = 0  # from reviewers, beside the repository's own
    figures: Mapping[str, Any] = field(default_factory=dict)
    digest: str = ""  # SHA-256 of the model


@dataclass(frozen=True)
class Standing:
    """Which release answers, and those that did before it, the last one last."""

    current: str | None = None
    before: tuple[str, ...] = ()


class Releases:
    """The releases in a folder. Several processes may use it at once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def add(self, model: Path, facts: Release) -> Release:
        """Takes a copy of a model in, unless it is there. Raises ReleaseFault for one that is not whole."""
        if known := self.find(facts.id):
            return known
        _require_whole(facts.id, model)
        self._folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=self._folder, prefix=".new-") as unfinished:
            place = Path(unfinished) / facts.id
            place.mkdir()
            shutil.copyfile(model, place / MODEL)
            release = replace(facts, digest=file_digest(place / MODEL))
            (place / FACTS).write_text(json.dumps(asdict(release), ensure_ascii=False, indent=1), "utf-8")
            with self._turn():
                if known := self.find(facts.id):
                    return known
                shutil.rmtree(self._folder / facts.id, ignore_errors=True)
                place.rename(self._folder / facts.id)
        return release

    def find(self, release: str) -> Release | None:
        """A release by its id; None where there is none whose facts can be read."""
        if not ID.fullmatch(release):
            return None
        try:
            return Release(**json.loads((self._folder / release / FACTS).read_text("utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    def all(self) -> list[Release]:
        """Every release, newest first."""
        names = (path.name for path in self._folder.glob("*") if path.is_dir())
        return sorted(filter(None, map(self.find, names)), key=lambda release: release.made_at, reverse=True)

    def model_of(self, release: str) -> Path:
        """The model, once it is found to be what it was. Raises ReleaseFault."""
        known, path = self.find(release), self._folder / release / MODEL
        if known is None or not path.exists():
            raise ReleaseFault(release, "it is missing")
        if file_digest(path) != known.digest:
            raise ReleaseFault(release, "its model was changed or cut off since it was made")
        return path

    def standing(self) -> Standing:
        """Which release answers. A pointer that cannot be read points at nothing."""
        try:
            found = json.loads((self._folder / POINTER).read_text("utf-8"))
            return Standing(found["current"], tuple(found["before"]))
        except (OSError, ValueError, KeyError, TypeError):
            return Standing()

    def promote(self, release: str) -> None:
        """Lets a release answer from now on. Raises ReleaseFault for one that is not whole or not of today's content."""
        with self._turn():
            self.model_of(release)
            standing = self.standing()
            if standing.current == release:
                return
            self._require_same_content(release, standing)
            self._point(release, _behind(standing))

    def roll_back(self) -> str:
        """Lets the last one before answer that is whole and of the same content; its id. Raises NoWayBack."""
        with self._turn():
            standing = self.standing()
            for number, release in reversed(list(enumerate(standing.before))):
                if self._is_usable(release, standing):
                    self._point(release, standing.before[:number])
                    return release
            raise NoWayBack(standing.current or "none")

    def begin_with(self, release: str) -> None:
        """At a start: lets the model of today's content answer, unless a release of the same content does."""
        with self._turn():
            standing = self.standing()
            if self.inputs_of(standing.current) != self.inputs_of(release):
                self._point(release, _behind(standing))

    def in_order(self, inputs: str) -> list[str]:
        """What may answer, best first: of this content before others, then the current one, those before it and the rest.

        Nobody has looked whether they are whole.
        """
        standing = self.standing()
        named = filter(None, [standing.current, *reversed(standing.before), *(release.id for release in self.all())])
        return sorted(dict.fromkeys(named), key=lambda release: self.inputs_of(release) != inputs)

    def inputs_of(self, release: str | None) -> str | None:
        """The content a release was made from; None where there is none."""
        known = self.find(release) if release else None
        return known.inputs if known else None

    def _is_usable(self, release: str, standing: Standing) -> bool:
        try:
            self.model_of(release)
            self._require_same_content(release, standing)
        except ReleaseFault:
            return False
        return release != standing.current

    def _require_same_content(self, release: str, standing: Standing) -> None:
        current = self.inputs_of(standing.current)
        if current is not None and self.inputs_of(release) != current:
            raise ReleaseFault(release, "it was made from other guides, rules or code than those of today; train it again")

    def _point(self, current: str, before: tuple[str, ...]) -> None:
        unfinished = self._folder / f"{POINTER}.new"
        others = [release for release in before if release != current][-WAYS_BACK:]
        unfinished.write_text(json.dumps({"current": current, "before": others}), "utf-8")
        unfinished.replace(self._folder / POINTER)

    @contextmanager
    def _turn(self) -> Iterator[None]:
        self._folder.mkdir(parents=True, exist_ok=True)
        with (self._folder / ".lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield


def _behind(standing: Standing) -> tuple[str, ...]:
    """What comes before the next one: the current one last."""
    others = tuple(release for release in standing.before if release != standing.current)
    return (*others, standing.current) if standing.current else others


def _require_whole(release: str, model: Path) -> None:
    """A gzip knows its own length and checksum."""
    try:
        with gzip.open(model) as file:
            is_empty = not file.read(_CHUNK)
            while file.read(_CHUNK):
                pass
    except (OSError, EOFError, zlib.error) as error:
        raise ReleaseFault(release, f"its model {model} is not whole ({type(error).__name__})") from error
    if is_empty:
        raise ReleaseFault(release, f"its model {model} is not whole (empty)")
