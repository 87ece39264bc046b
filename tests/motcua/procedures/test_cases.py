import pytest

from motcua.procedures.cases import cases_to_ask, cases_told
from motcua.procedures.facts import Facts, load_facts
from motcua.procedures.loader import Guides
from motcua.settings import ROOT

IDENTITY_CARD, BIRTH, PASSPORT, MARRIAGE = "1.116410", "1.001193", "1.001456", "1.000894"


@pytest.fixture(scope="module")
def facts() -> Facts:
    return load_facts(ROOT / "knowledge_base" / "facts.yml")


@pytest.mark.parametrize(
    "code, known, cases",
    [
        (IDENTITY_CARD, {"lost"}, ["cap-lai-mat-hong"]),
        (IDENTITY_CARD, {"under_6"}, ["tre-duoi-6"]),
        (PASSPORT, {"under_6", "first_time"}, ["lan-dau", "duoi-14-tuoi"]),
        (BIRTH, {"authorised"}, ["uy-quyen"]),
        (BIRTH, {"lost", "expired"}, []),
    ],
)
def test_facts_decide_cases(facts: Facts, guides: Guides, code: str, known: set[str], cases: list[str]) -> None:
    assert [told.case.id for told in cases_told(guides[code], facts, dict.fromkeys(known))] == cases


def test_a_chosen_case_comes_first_and_needs_no_reason(facts: Facts, guides: Guides) -> None:
    told = cases_told(guides[PASSPORT], facts, {"lost": None}, chosen="duoi-14-tuoi")
    assert [(one.case.id, one.because) for one in told] == [("duoi-14-tuoi", None), ("mat-ho-chieu", "bị mất")]


def test_a_question_is_worth_it_only_where_everyday_cases_change_the_papers(facts: Facts, guides: Guides) -> None:
    assert 2 <= len(cases_to_ask(guides[PASSPORT], facts)) <= 4
    assert cases_to_ask(guides[MARRIAGE], facts) == ()
    assert cases_to_ask(guides[BIRTH], facts) == ()


def test_no_question_holds_more_than_four_cases(facts: Facts, guides: Guides) -> None:
    assert [guide.code for guide in guides.values() if len(cases_to_ask(guide, facts)) not in (0, 2, 3, 4)] == []
