"""From what the assistant and the baselines made of the messages to tables."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

from tests.evaluation.baselines import Ranks
from tests.evaluation.end_to_end import Results
from tests.evaluation.measures import is_among, is_section_right, kind_of, outcome, share, shares, shares_of_kinds
from tests.evaluation.questions import Answerable, Declined
from tests.evaluation.tables import ANSWERABLE, DECLINED, Column, Table
from tests.evaluation.variants import TYPED, VARIANTS, Posed

SCOPES = {"guides": ("guides",), "catalogue only": ("catalogue",), "all": ("guides", "catalogue")}
_LENGTHS = {"up to 6 words": 6, "7 to 12": 12, "13 to 20": 20, "more than 20": 1000}
_PAIRS = 25
Cases = Sequence[Posed]
Label = Callable[[Posed], str]


def answerable_of(cases: Cases, scope: str, variant: str = TYPED) -> list[tuple[Posed, Answerable]]:
    """The questions of a scope in one spelling."""
    return [
        (case, case.asked)
        for case in cases
        if case.variant == variant and case.group in SCOPES[scope] and isinstance(case.asked, Answerable)
    ]


def scopes_in(cases: Cases) -> list[str]:
    """The scopes there are questions for; "all" only where it is more than one."""
    groups = {case.group for case in cases}
    return [scope for scope, wanted in SCOPES.items() if groups.issuperset(wanted)]


def answers_table(cases: Cases, results: Results) -> Table:
    """Every measure by scope and spelling."""
    rows = {
        f"{scope}, {variant}": shares([outcome(asked, results[case.text]) for case, asked in found])
        for scope in scopes_in(cases)
        for variant in VARIANTS
        if (found := answerable_of(cases, scope, variant))
    }
    note = (
        "Through the running assistant. A right answer tells the right section of the right procedure. "
        "Of two sections asked, both must be there. Other questions of the same kind might move a share by one to three points."
    )
    return Table("Questions with an answer", ANSWERABLE, rows, note, short=True)


def cuts_table(cases: Cases, results: Results) -> Table:
    """The same as typed, by style and by length."""
    rows, found = {}, answerable_of(cases, scopes_in(cases)[-1])
    for label in (lambda case: f"style: {case.asked.style}", lambda case: f"length: {_length(case.text)}"):  # type: ignore[union-attr]
        for name, part in _by(found, label):
            rows[name] = shares([outcome(asked, results[case.text]) for case, asked in part])
    return Table("By style and length, as typed", ANSWERABLE, rows)


def _by(found: Sequence[tuple[Posed, Answerable]], label: Label) -> Iterator[tuple[str, list[tuple[Posed, Answerable]]]]:
    order = [f"length: {name}" for name in _LENGTHS]
    labels = dict.fromkeys(label(case) for case, _ in found)
    for name in sorted(labels, key=lambda name: (order.index(name) if name in order else 0, name)):
        yield name, [(case, asked) for case, asked in found if label(case) == name]


def _length(text: str) -> str:
    return next(name for name, most in _LENGTHS.items() if len(text.split()) <= most)


def declined_table(cases: Cases, results: Results) -> Table:
    """What became of messages that are to be declined, by reason and spelling."""
    asked = [(case, case.asked.reason) for case in cases if isinstance(case.asked, Declined)]
    reasons = sorted({reason for _, reason in asked})
    rows = {}
    for name, wanted in {**{reason: [reason] for reason in reasons}, "all": reasons}.items():
        for variant in VARIANTS:
            if found := [case for case, reason in asked if case.variant == variant and reason in wanted]:
                rows[f"{name}, {variant}"] = shares_of_kinds([kind_of(results[case.text]["status"]) for case in found])
    note = "Small talk, a word about whom to turn to and the emergency numbers count as declined."
    return Table("Messages to be declined", DECLINED, rows, note, short=True)


def finding_table(cases: Cases, methods: Mapping[str, Ranks], results: Results) -> Table:
    """The right procedure first, and among three: baselines beside the assistant."""
    ranks = {**methods, "**ours**": {text: result["procedures"] for text, result in results.items()}}
    columns = tuple(Column(f"{variant}: {what}", "%", "more") for variant in VARIANTS for what in ("first", "among three"))
    rows = {}
    for scope in scopes_in(cases):
        for name, ranked in ranks.items():
            cells: list[float | None] = []
            for variant in VARIANTS:
                found = answerable_of(cases, scope, variant)
                cells += [
                    share([is_among(ranked[case.text][:most], asked.right_codes) for case, asked in found]) for most in (1, 3)
                ]
            rows[f"{scope}: {name}"] = tuple(cells)
    return Table("Finding the procedure", columns, rows, short=True)


def sections_table(cases: Cases, methods: Mapping[str, Mapping[str, str]], results: Results) -> Table:
    """The right section: by the intent alone, and by the assistant."""
    rows = {}
    for scope in scopes_in(cases):
        parts = {variant: answerable_of(cases, scope, variant) for variant in VARIANTS}
        for name, sections in methods.items():
            rows[f"{scope}: {name}"] = tuple(
                share([sections[case.text] in asked.right_sections for case, asked in found]) for found in parts.values()
            )
        rows[f"{scope}: **ours, end to end**"] = tuple(
            share([is_section_right(asked, results[case.text]["sections"]) for case, asked in found])
            for found in parts.values()
        )
    columns = tuple(Column(variant, "%", "more") for variant in VARIANTS)
    note = "By NLU alone one section asked is enough; end to end, both where two are asked. Declining has no section."
    return Table("Recognising the section", columns, rows, note, short=True)


def confusion_tables(cases: Cases, results: Results, names: Mapping[str, str]) -> list[Table]:
    """Procedures and sections most often answered in place of another, as typed."""
    procedures, sections = Counter[str](), Counter[str]()
    for case, asked in answerable_of(cases, scopes_in(cases)[-1]):
        result = results[case.text]
        if kind_of(result["status"]) != "answered":
            continue
        found = result["procedures"][:1]
        if found and not is_among(found, asked.right_codes):
            procedures[f"{_named(asked.code, names)} → {_named(found[0], names)}"] += 1
        if not is_section_right(asked, result["sections"]):
            sections[f"{' + '.join(asked.sections)} → {' + '.join(result['sections'])}"] += 1
    return [
        Table(f"{what}: asked → answered", (Column("times"),), {pair: (times,) for pair, times in pairs.most_common(_PAIRS)})
        for what, pairs in (("Procedures taken for another", procedures), ("Sections taken for another", sections))
    ]


def _named(code: str, names: Mapping[str, str]) -> str:
    return f"{code} {names.get(code, '')[:90]}".strip()
