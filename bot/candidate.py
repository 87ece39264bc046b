"""`python -m bot.candidate FOLDER --by LOGIN`: a release from the repository's examples and those reviewers proposed.

The folder holds examples.yml (Rasa's format), and reviewed.json: [{"turn", "text", "intent"}], messages whose
intent is known. It ends with a line {"release", "figures", "differences"}. Nothing is promoted.
"""

import argparse
import json
import os
import time
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from bot import lean_rasa
from bot.model import model_path
from bot.release import base_id, choose_release
from bot.telling import Tell, telling
from bot.train import train
from motcua.digest import digest_of
from motcua.releases import Release, Releases
from motcua.settings import Settings, load_settings

Reviewed = Sequence[Mapping[str, Any]]


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--by", default="")
    given = parser.parse_args()
    os.nice(10)  # citizens' answers come first
    with telling() as tell:
        make_candidate(load_settings(), given.folder, by=given.by, tell=tell)


def make_candidate(settings: Settings, folder: Path, *, by: str, tell: Tell) -> None:
    """Trains, compares with the release that answers, and takes the model in as a release. Raises ReleaseFault."""
    releases, examples = Releases(settings.releases_dir), folder / "examples.yml"
    current, current_model = choose_release(settings)
    inputs = base_id(model_path(settings))
    release = digest_of([examples], inputs)[:16]
    tell(step="training")
    lean_rasa.install()
    model = folder / f"{release}.tar.gz"
    train(model, work=folder, more=(examples,))
    tell(step="comparing")
    reviewed = json.loads((folder / "reviewed.json").read_text("utf-8"))
    figures, differences = _compare(settings, current_model, model, reviewed, tell=tell)
    facts = Release(release, inputs=inputs, made_at=time.time(), by=by, examples=_count(examples), figures=figures)
    tell(release=releases.add(model, facts).id, against=current, figures=figures, differences=differences)


def _compare(
    settings: Settings, current: Path, candidate: Path, reviewed: Reviewed, *, tell: Tell
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """How many of each set the current and the new model have right, and where they differ."""
    from bot import fast_rasa
    from bot.comparing import intents_of, kept_golden, load_golden

    fast_rasa.install()
    texts = [one["text"] for one in reviewed]
    old, new = intents_of(current, texts), intents_of(candidate, texts)
    differences = [
        {"turn": one["turn"], "expected": one["intent"], "current": before, "candidate": after}
        for one, before, after in zip(reviewed, old, new, strict=True)
        if before != after
    ]
    figures: dict[str, Any] = {"reviewed": _figures(reviewed, old, new)}
    golden = load_golden()
    before = kept_golden(current, golden, settings, tell=partial(tell, step="conversing_as_now"))
    after = kept_golden(candidate, golden, settings, tell=partial(tell, step="conversing"))
    if golden and before is not None and after is not None:
        figures["golden"] = {
            "of": len(golden),
            "current": len(before),
            "candidate": len(after),
            "lost": sorted(set(before) - set(after)),
            "won": sorted(set(after) - set(before)),
        }
    return figures, differences


def _figures(reviewed: Reviewed, old: Sequence[str], new: Sequence[str]) -> dict[str, int]:
    expected = [one["intent"] for one in reviewed]
    right = {name: sum(map(str.__eq__, expected, found)) for name, found in (("current", old), ("candidate", new))}
    return {"of": len(expected), **right}


def _count(examples: Path) -> int:
    return sum(line.lstrip().startswith("- ") and "intent:" not in line for line in examples.read_text("utf-8").splitlines())


if __name__ == "__main__":
    main()
