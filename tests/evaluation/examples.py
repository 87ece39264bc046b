"""A few messages with what came of them, for readers of the page. Never shown to whoever writes guides or training examples."""

import random
from collections.abc import Mapping
from typing import Any

from tests.evaluation.end_to_end import Results
from tests.evaluation.findings import Cases, answerable_of, scopes_in
from tests.evaluation.measures import kind_of, outcome
from tests.evaluation.questions import Declined
from tests.evaluation.variants import SEED, TYPED, VARIANTS

_EACH = 10
Example = dict[str, Any]


def examples(cases: Cases, results: Results, names: Mapping[str, str]) -> dict[str, list[Example]]:
    """Kind of outcome → some examples, drawn by chance, in every spelling."""
    kinds: dict[str, list[Example]] = {}
    for variant in VARIANTS:
        for case, asked in answerable_of(cases, scopes_in(cases)[-1], variant):
            result, found = results[case.text], outcome(asked, results[case.text])
            told = _told(case.text, variant, result, names)
            told["wanted"] = f"{asked.code} {names.get(asked.code, '')}: {' + '.join(asked.sections)}"
            kinds.setdefault(_kind(found.kind, first=found.first, section=found.section), []).append(told)
    for case in cases:
        if isinstance(case.asked, Declined) and case.variant == TYPED:
            kind = kind_of(results[case.text]["status"])
            told = _told(case.text, TYPED, results[case.text], names) | {"wanted": f"declined ({case.asked.reason})"}
            kinds.setdefault(f"To be declined: {kind}", []).append(told)
    chance = random.Random(SEED)
    return {kind: chance.sample(found, min(_EACH, len(found))) for kind, found in sorted(kinds.items())}


def _kind(kind: str, *, first: bool, section: bool) -> str:
    if kind != "answered":
        return f"With an answer: {kind}"
    if first and section:
        return "With an answer: answered rightly"
    return f"With an answer: {'other section' if first else 'other procedure'} answered"


def _told(text: str, variant: str, result: Mapping[str, Any], names: Mapping[str, str]) -> Example:
    procedures = [f"{code} {names.get(code, '')}" for code in result["procedures"][:3]]
    return {
        "said": text,
        "variant": variant,
        "status": result["status"],
        "procedures": procedures,
        "sections": result["sections"],
    }
