import re

import pytest

from motcua.procedures.answers import Answers
from motcua.procedures.content_file import ContentFault
from motcua.procedures.life_events import LifeEvents, lint, load_life_events
from motcua.procedures.loader import Guides
from motcua.procedures.proof import numbers
from motcua.settings import ROOT
from motcua.vietnamese.folding import has_diacritics

KNOWLEDGE = ROOT / "knowledge_base"
_NUMBERING = re.compile(r"^\s*\d+\. ", re.MULTILINE)


@pytest.fixture(scope="module")
def life_events() -> LifeEvents:
    return load_life_events(KNOWLEDGE / "life_events")


def test_the_events_pass_the_linter() -> None:
    assert list(lint(KNOWLEDGE)) == []


def test_there_are_events_and_none_is_taken_for_a_procedure(life_events: LifeEvents, guides: Guides) -> None:
    assert len(life_events) >= 10
    assert not set(life_events) & set(guides)


def test_every_event_is_asked_for_with_and_without_diacritics(life_events: LifeEvents) -> None:
    bare = {code: [text for text in event.questions if not has_diacritics(text)] for code, event in life_events.items()}
    assert [code for code, questions in bare.items() if len(questions) < 3] == []


def test_an_event_tells_its_steps_in_order_with_codes(life_events: LifeEvents, guides: Guides) -> None:
    answers = Answers(KNOWLEDGE)
    for event in life_events.values():
        text = answers.life_event(event, guides)
        places = [text.find(f"(mã {code})") for code in event.procedures]
        assert places == sorted(places), event.code
        assert min(places) > 0, event.code


def test_an_event_holds_no_number_that_its_guides_do_not(life_events: LifeEvents, guides: Guides) -> None:
    answers = Answers(KNOWLEDGE)
    for event in life_events.values():
        steps = [guides[code] for code in event.procedures]
        known = set().union(*(numbers(guide.model_dump_json()) | {str(len(guide.papers))} for guide in steps))
        told = numbers(_NUMBERING.sub("", answers.life_event(event, guides)))
        checked = set().union(*(numbers(f"{guide.checked_on:%d/%m/%Y}") for guide in steps))
        assert told - known - checked == set(), event.code


def test_a_file_that_breaks_the_model_says_where(tmp_path) -> None:
    (tmp_path / "cuoi.yml").write_text("id: cuoi\nname: Cưới\n", "utf-8")
    with pytest.raises(ContentFault, match=r"cuoi\.yml: intro"):
        load_life_events(tmp_path)


def test_no_folder_is_no_event(tmp_path) -> None:
    assert load_life_events(tmp_path / "none") == {}
