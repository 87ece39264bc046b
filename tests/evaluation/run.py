"""One run of the report: what is asked, what is read once, and how it introduces itself."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from motcua.procedures.catalogue.store import load_catalogue
from motcua.procedures.loader import load_guides
from motcua.procedures.procedures import Procedures
from motcua.retrieval.embedder import SentenceTransformerEmbedder
from motcua.settings import Settings
from tests.evaluation.end_to_end import Results
from tests.evaluation.questions import Answerable
from tests.evaluation.variants import TYPED, Posed, messages, posed


@dataclass(frozen=True)
class Options:
    """What is left out of a run for haste, or put into it."""

    every: int = 1
    build: bool = False
    diet: bool = True


@dataclass
class Run:
    """One run: what is asked, and what is read or computed once."""

    settings: Settings
    options: Options
    results: Results = field(default_factory=dict)

    @cached_property
    def cases(self) -> list[Posed]:
        """Every message in every spelling; those about records only where there are records."""
        found = messages(every=self.options.every)
        return list(posed((group, asked) for group, asked in found if group != "catalogue" or self.has_catalogue))

    @property
    def has_catalogue(self) -> bool:
        """Whether records of the national portal were imported."""
        return (self.settings.catalogue_dir / "manifest.json").exists()

    @cached_property
    def texts(self) -> list[str]:
        """Every distinct text."""
        return list(dict.fromkeys(case.text for case in self.cases))

    @cached_property
    def typed(self) -> list[Posed]:
        """The messages as they were typed."""
        return [case for case in self.cases if case.variant == TYPED]

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Code → name of every procedure that can be answered."""
        guides = load_guides(self.settings.knowledge_base / "procedures")
        procedures = Procedures(guides, load_catalogue(self.settings.catalogue_dir))
        return {code: procedures[code].name for code in procedures}

    @cached_property
    def embedder(self) -> SentenceTransformerEmbedder:
        """The one that is set."""
        return SentenceTransformerEmbedder(self.settings.embedder)


def head_of(run: Run) -> list[str]:
    """What was measured, when and on what."""
    groups = {group: [case for case in run.typed if case.group == group] for group in ("guides", "catalogue", "declined")}
    procedures = {case.asked.code for case in run.typed if isinstance(case.asked, Answerable)}
    counts = f"{len(groups['guides'])} questions with a guide, {len(groups['catalogue'])} that the catalogue alone answers"
    lines = [
        f"Measured {date.today().isoformat()} on {os.cpu_count()} cores: {counts} ({len(procedures)} procedures), "
        f"and {len(groups['declined'])} messages to be declined. Nothing was trained or tuned on them."
    ]
    if not run.has_catalogue:
        lines.append("No catalogue was imported (make catalogue), so what only it answers was left out.")
    if run.options.every > 1:
        lines.append(f"A trial: only every {run.options.every}th message was asked.")
    times = sorted(result["latency_ms"] for result in run.results.values())
    lines.append(
        f"Answer time end to end, four conversations at a time: {times[len(times) // 2]:.0f} ms (p50), "
        f"{times[int(len(times) * 0.95)]:.0f} ms (p95) over {len(times)} messages."
    )
    return lines
