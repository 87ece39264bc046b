"""Which case of a guide a citizen is in: decided by what they told or chose, or worth one question."""

from collections.abc import Mapping
from dataclasses import dataclass

from motcua.procedures.facts import Facts
from motcua.procedures.guide import Case, Guide

MAX_CASES = 4


@dataclass(frozen=True)
class Told:
    """A case the citizen is in, and why we think so; no reason where they chose it."""

    case: Case
    because: str | None = None


def cases_told(guide: Guide, facts: Facts, known: Mapping[str, object], *, chosen: str | None = None) -> tuple[Told, ...]:
    """The cases of the guide that hold, a chosen one first."""
    told = [Told(case) for case in guide.cases if case.id == chosen]
    told += [Told(case, fact.label) for case, fact in facts.decided(guide, known) if case.id != chosen]
    return tuple(told)


def cases_to_ask(guide: Guide, facts: Facts) -> tuple[Case, ...]:
    """The cases to choose from, where papers hang on them so much that a question helps; else none.

    It does where everyday cases stand against each other with papers of their own, or where no paper is needed in all cases.
    """
    common = facts.common_cases(guide)
    is_decisive = not guide.papers or sum(bool(case.papers) for case in common) >= 2
    if not common or not is_decisive or len(guide.cases) < 2:
        return ()
    others = [case for case in guide.cases if case not in common and not guide.papers]
    return tuple([*common, *others][:MAX_CASES])
