"""The report's own arithmetic, on a handful of made-up messages."""

from typing import Any

import numpy as np
import pytest

from tests.evaluation.benchmarks import write_between
from tests.evaluation.classifiers import section_heard, section_of
from tests.evaluation.comparison import compare
from tests.evaluation.findings import answers_table, confusion_tables, declined_table, finding_table, sections_table
from tests.evaluation.growth import flat, near, sentences
from tests.evaluation.html import page
from tests.evaluation.measures import is_section_right, kind_of, outcome, share
from tests.evaluation.questions import Answerable, Declined
from tests.evaluation.reliability import bins, calibration_error, curve
from tests.evaluation.tables import Column, Table, table
from tests.evaluation.variants import ACCENTED, NOISY, STRIPPED, TYPED, Posed, posed

BIRTH = Answerable("Khai sinh cần giấy gì", "1.001193", ("papers",), "accented", also=("overview",), codes_also=("2.000986",))
MARRIAGE = Answerable("ket hon o dau het bao nhieu", "1.000894", ("place", "fee"), "plain")
WEATHER = Declined("mai co mua khong", "out_of_scope")


def result(status: str, *procedures: str, sections: tuple[str, ...] = (), choices: tuple[str, ...] = ()) -> dict[str, Any]:
    return {"status": status, "procedures": [*procedures], "sections": [*sections], "choices": [*choices], "latency_ms": 1.0}


CASES = [
    Posed(BIRTH, "guides", TYPED, BIRTH.question),
    Posed(MARRIAGE, "guides", TYPED, MARRIAGE.question),
    Posed(WEATHER, "declined", TYPED, WEATHER.question),
]
RESULTS = {
    BIRTH.question: result("answered_from_guide", "2.000986", "1.000894", sections=("papers",)),
    MARRIAGE.question: result("answered_from_guide", "1.001193", "1.000894", sections=("fee",)),
    WEATHER.question: result("smalltalk"),
}


@pytest.mark.parametrize(
    "status, kind",
    [
        ("answered_from_catalogue", "answered"),
        ("asked_which_procedure", "asked back"),
        ("asked_for_detail", "asked back"),
        ("declined_no_guide", "declined"),
        ("handed_over", "declined"),
        ("referred_emergency", "declined"),
        ("failed_internal", "failed"),
    ],
)
def test_a_status_is_of_one_kind(status: str, kind: str) -> None:
    assert kind_of(status) == kind


def test_every_code_and_section_an_officer_would_name_is_right() -> None:
    found = outcome(BIRTH, result("answered_from_guide", "2.000986", sections=("overview",)))
    assert (found.first, found.section) == (True, True)


def test_a_procedure_offered_is_among_three_but_not_first() -> None:
    found = outcome(
        BIRTH, result("asked_which_procedure", "1.000894", choices=("1.000894", "1.004222", "1.004194", "1.001193"))
    )
    assert (found.kind, found.first, found.among_three) == ("asked back", False, True)


@pytest.mark.parametrize(
    "answered, is_right", [(("fee",), False), (("fee", "place"), True), (("fee", "papers", "place"), True), ((), False)]
)
def test_of_two_sections_asked_both_must_be_answered(answered: tuple[str, ...], is_right: bool) -> None:
    assert is_section_right(MARRIAGE, answered) is is_right


def test_shares_are_of_all_questions_but_wrong_answers_of_the_answers() -> None:
    measured = answers_table(CASES, RESULTS)
    names = [column.name for column in measured.columns]
    row = dict(zip(names, measured.rows[f"guides, {TYPED}"], strict=True))
    assert row == {
        "messages": 2,
        "right procedure first": 50,
        "among three": 100,
        "right section": 50,
        "right answer": 50,
        "wrong of answers given": 50,
        "asked back": 0,
        "wrongly declined": 0,
        "failed": 0,
    }
    assert share([]) is None


def test_small_talk_declines_what_is_to_be_declined() -> None:
    assert declined_table(CASES, RESULTS).rows[f"out_of_scope, {TYPED}"] == (1, 100, 0, 0, 0)


def test_confusions_name_what_was_asked_and_what_was_answered() -> None:
    procedures, sections = confusion_tables(CASES, RESULTS, {"1.000894": "Kết hôn", "1.001193": "Khai sinh"})
    assert procedures.rows == {"1.000894 Kết hôn → 1.001193 Khai sinh": (1,)}
    assert sections.rows == {"place + fee → fee": (1,)}


def test_baselines_stand_beside_the_assistant() -> None:
    ranks = {BIRTH.question: ["1.000894", "1.001193"], MARRIAGE.question: ["1.000894"]}
    rows = finding_table(CASES, {"words": ranks}, RESULTS).rows
    assert (rows["guides: words"][:2], rows["guides: **ours**"][:2]) == ((50, 100), (50, 100))
    sections = {BIRTH.question: "papers", MARRIAGE.question: "fee"}
    rows = sections_table(CASES, {"intent": sections}, RESULTS).rows
    assert (rows["guides: intent"][0], rows["guides: **ours, end to end**"][0]) == (100, 50)


@pytest.mark.parametrize(
    "intent, asked, section",
    [
        ("ask_fee", {}, "fee"),
        ("out_of_scope", {"fee": 0.7, "time": 0.6}, "fee"),
        ("ask_fee", {"fee": 0.4, "time": 0.1}, "overview"),
    ],
)
def test_the_recognizer_says_the_section_and_without_one_the_intent(intent: str, asked: dict[str, float], section: str) -> None:
    assert section_heard(intent, asked) == section


@pytest.mark.parametrize("intent, section", [("ask_procedure", "overview"), ("ask_fee", "fee"), ("greet", "")])
def test_an_intent_says_the_section(intent: str, section: str) -> None:
    assert section_of(intent) == section


def test_only_what_was_typed_with_diacritics_is_stripped() -> None:
    cases = list(posed([("guides", BIRTH), ("guides", MARRIAGE)]))
    assert [case.variant for case in cases] == [TYPED, ACCENTED, STRIPPED, NOISY, TYPED, NOISY]
    assert cases[2].text == "khai sinh can giay gi"
    assert cases == list(posed([("guides", BIRTH), ("guides", MARRIAGE)]))


def test_bins_hold_how_often_a_chance_was_right() -> None:
    found = bins([0.95, 1.0, 0.9, 0.05, 0.85], [True, True, False, False, True])
    assert [(place.low, place.high, place.count) for place in found] == [(0.0, 0.1, 1), (0.8, 0.9, 1), (0.9, 1.0, 3)]
    assert found[-1].right == pytest.approx(2 / 3)
    assert found[-1].chance == pytest.approx(0.95)


def test_chances_that_come_true_have_no_calibration_error() -> None:
    assert calibration_error(bins([0.5] * 4, [True, True, False, False])) == pytest.approx(0)
    assert calibration_error(bins([1.0, 1.0, 0.25, 0.25], [True, False, False, False])) == pytest.approx(
        (0.5 * 2 + 0.25 * 2) / 4
    )
    assert calibration_error([]) == 0


def test_the_curve_has_a_point_for_each_bin() -> None:
    assert curve(bins([0.1, 0.5, 0.9], [False, True, True])).count("<circle") == 3


def measured(first: float, wrong: float, took: float, count: float = 10) -> Table:
    columns = (Column("messages"), Column("first", "%", "more"), Column("wrong", "%", "less"), Column("took", "ms", "less"))
    return Table("Found", columns, {"guides": (count, first, wrong, took)})


def test_comparison_tells_worse_before_better_and_nothing_small() -> None:
    told = list(compare([measured(90, 5, 100)], [measured(92.5, 6, 105)]))
    assert told == ["WORSE   Found · guides · wrong: 5.0 % → 6.0 %", "better  Found · guides · first: 90.0 % → 92.5 %"]
    assert list(compare([measured(90, 5, 100)], [measured(90.01, 5, 80)])) == ["better  Found · guides · took: 100 ms → 80 ms"]


def test_comparison_warns_where_other_messages_were_asked() -> None:
    assert list(compare([measured(90, 5, 100, 10)], [measured(90, 5, 100, 20)])) == [
        "not the same messages: Found · guides: 10 → 20"
    ]


def test_comparison_passes_over_rows_that_one_run_lacks() -> None:
    assert list(compare([], [measured(90, 5, 100)])) == []


def test_a_table_survives_json_and_reads_as_markdown() -> None:
    one = Table("Found", (Column("first", "%", "more"), Column("took", "ms")), {"guides": (97.25, None)}, note="Why.")
    assert table(one.as_dict()) == one
    assert one.markdown() == "### Found\n\nWhy.\n\n| | first | took |\n|---|---|---|\n| guides | 97.2 % | – |"


def test_the_page_shows_tables_and_escapes_what_citizens_typed() -> None:
    example = {"said": "<b>a</b>", "variant": TYPED, "status": "smalltalk", "procedures": [], "sections": [], "wanted": ""}
    shown = page(
        [measured(90, 5, 100)], head=["Measured."], drawings={"Found": "<svg></svg>"}, spelled={}, examples={"x": [example]}
    )
    assert "90.0 %" in shown
    assert "<svg></svg>" in shown
    assert "&lt;b&gt;" in shown
    assert "http" not in shown


def test_what_stands_round_the_marks_is_kept(tmp_path: Any) -> None:
    page_path = tmp_path / "page.md"
    page_path.write_text("before\n<!-- a -->\nold\n<!-- b -->\nafter\n", "utf-8")
    write_between(page_path, "<!-- a -->", "<!-- b -->", "new")
    assert page_path.read_text("utf-8") == "before\n<!-- a -->\nnew\n<!-- b -->\nafter\n"


def test_made_up_phrases_are_near_real_ones_and_the_same_each_time() -> None:
    real = np.eye(64, dtype=np.float32)
    made = near(real, 50, np.random.default_rng(1))
    assert np.allclose(np.linalg.norm(made, axis=1), 1, atol=1e-5)
    assert flat(real).search(made, 1)[0].min() > 0.8
    first, again = (sentences([["a", "b", "c"], ["d", "e"]], 5, np.random.default_rng(1)) for _ in range(2))
    assert first == again
    assert {pair for said in first for pair in zip(said[::2], said[1::2], strict=True)} <= {("a", "b"), ("b", "c"), ("d", "e")}
