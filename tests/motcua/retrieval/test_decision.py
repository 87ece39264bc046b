from dataclasses import replace

import pytest

from motcua.retrieval.decision import (
    MAX_CHOICES,
    MAX_NEAR,
    MAX_NONE,
    MAX_NONE_NEAR,
    MAX_NONE_TO_ASK,
    MIN_LEAD,
    MIN_TO_ANSWER,
    MIN_TO_ANSWER_UNREVIEWED,
    MIN_TO_OFFER,
    Candidate,
    Decision,
    decide,
    merged,
    none_of,
)


def candidates(*chances: float) -> list[Candidate]:
    return [Candidate(f"9.{place:06}", chance) for place, chance in enumerate(chances, start=1)]


@pytest.mark.parametrize(
    ("chances", "kind"),
    [
        ((), "decline"),
        ((0.0,), "decline"),
        ((1 - MAX_NONE - 0.01,), "decline"),
        ((0.15, 0.1, 0.05), "decline"),
        ((0.5, 0.5 - MAX_NONE_TO_ASK + 0.01), "ask_which"),
        ((MIN_TO_ANSWER - 0.01, 0.3), "ask_which"),
        ((0.48, 0.48), "ask_which"),
        ((MIN_TO_ANSWER + 0.01, MIN_TO_ANSWER), "ask_which"),
        ((0.4, 0.35, 0.22), "ask_which"),
        ((MIN_TO_ANSWER + 0.01, 0.1), "answer"),
        ((0.9, 0.05), "answer"),
        ((MIN_TO_ANSWER, MIN_TO_ANSWER - MIN_LEAD - 0.001), "answer"),
        ((1.0,), "answer"),
    ],
)
def test_one_clear_winner_is_answered_and_close_ones_are_asked_back(chances: tuple[float, ...], kind: str) -> None:
    assert decide(candidates(*chances)).kind == kind


@pytest.mark.parametrize(
    ("chances", "kind"),
    [
        ((MIN_TO_OFFER - 0.01,), "decline"),
        ((MIN_TO_OFFER,), "ask_which"),
        ((MIN_TO_ANSWER - 0.01,), "ask_which"),
        ((MIN_TO_ANSWER,), "answer"),
        ((MIN_TO_ANSWER, 0.0), "answer"),
    ],
)
def test_where_others_have_been_left_out_the_limits_stay(chances: tuple[float, ...], kind: str) -> None:
    assert decide(candidates(*chances), none=MAX_NONE_TO_ASK).kind == kind


@pytest.mark.parametrize(
    ("chance", "kind"),
    [(MIN_TO_ANSWER, "ask_which"), (MIN_TO_ANSWER_UNREVIEWED, "answer"), (MIN_TO_ANSWER - 0.01, "ask_which")],
)
def test_what_nobody_has_reviewed_must_be_surer(chance: float, kind: str) -> None:
    assert decide([Candidate("9.000001", chance, reviewed=False)], none=MAX_NONE_TO_ASK).kind == kind


@pytest.mark.parametrize(("none", "kind"), [(MAX_NONE + 0.01, "decline"), (MAX_NONE, "answer"), (0.0, "answer")])
def test_what_probably_none_answers_is_declined_however_far_the_best_leads(none: float, kind: str) -> None:
    assert decide(candidates(MIN_TO_ANSWER, 0.01), none=none).kind == kind


@pytest.mark.parametrize(
    ("chances", "reviewed", "none", "kind"),
    [
        ((0.5, 0.3), True, MAX_NONE_TO_ASK, "ask_which"),
        ((0.5, 0.3), True, MAX_NONE_TO_ASK + 0.01, "decline"),  # a bit of it in several
        ((MIN_TO_ANSWER - 0.01, 0.01), True, MAX_NONE, "ask_which"),  # one guide, or none
        ((MIN_TO_ANSWER, 0.01), False, MAX_NONE_TO_ASK, "ask_which"),
        ((MIN_TO_ANSWER, 0.01), False, MAX_NONE_TO_ASK + 0.01, "decline"),
    ],
)
def test_where_none_may_be_meant_only_a_guide_that_stands_out_is_asked_about(
    chances: tuple[float, ...], reviewed: bool, none: float, kind: str
) -> None:
    found = decide([replace(candidate, reviewed=reviewed) for candidate in candidates(*chances)], none=none)
    assert (found.kind, bool(found.codes)) == (kind, True)


def test_what_is_missing_to_one_is_the_chance_of_none() -> None:
    assert none_of(candidates(0.5, 0.2)) == pytest.approx(0.3)
    assert none_of([]) == 1


def test_what_is_declined_names_what_comes_near_and_nothing_that_does_not() -> None:
    assert decide(candidates(0.3, 0.1, 0.1, 0.01)) == Decision("decline", tuple(candidates(0.3, 0.1))[:MAX_NEAR])
    assert decide(candidates(0.3, 0.01)).codes == ["9.000001"]
    assert decide(candidates(1 - MAX_NONE_NEAR - 0.01)).codes == []
    assert decide(candidates(0.01)).codes == []


def test_no_more_is_offered_than_fits_a_screen() -> None:
    assert decide(candidates(0.2, 0.2, 0.2, 0.2, 0.2)).codes == ["9.000001", "9.000002", "9.000003", "9.000004"][:MAX_CHOICES]


def test_what_is_next_to_impossible_is_not_offered() -> None:
    assert decide(candidates(0.3, 0.25, MIN_TO_OFFER - 0.01)).codes == ["9.000001", "9.000002"]


def test_whoever_is_asked_has_a_choice() -> None:
    assert decide(candidates(MIN_TO_ANSWER - 0.01, MIN_TO_OFFER - 0.01), none=MAX_NONE_TO_ASK).codes == ["9.000001", "9.000002"]


def test_an_answer_leads_and_its_runners_up_follow() -> None:
    assert decide(candidates(0.9, 0.05)).codes == ["9.000001", "9.000002"]


def test_what_stands_for_one_procedure_is_one_candidate_with_all_its_chance() -> None:
    ranked = [Candidate("bee", 0.4), Candidate("ministry", 0.3), Candidate("commune", 0.25)]
    found = merged(ranked, lambda code: "commune" if code == "ministry" else code)
    assert [(candidate.code, round(candidate.chance, 2)) for candidate in found] == [("commune", 0.55), ("bee", 0.4)]


def test_what_is_far_behind_the_best_is_not_offered() -> None:
    assert len(decide(candidates(0.5, 0.3, 0.12, 0.07)).candidates) == 3
