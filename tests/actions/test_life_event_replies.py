"""A life event is told in order, and each of its steps can be opened."""

import pytest

from actions.procedure_actions import ActionAnswerProcedure, ActionPickChoice
from tests.actions.conftest import IN_DETAIL, WEDDING


@pytest.fixture
def answer(wedding_services):
    return ActionAnswerProcedure(wedding_services)


@pytest.fixture
def pick(wedding_services):
    return ActionPickChoice(wedding_services)


def test_the_steps_are_told_in_order_with_their_sources(talk, answer, wedding_services):
    reply = talk.turn(answer, "sắp cưới phải làm gì")
    steps = wedding_services.life_events[WEDDING].procedures
    assert (reply.status, reply.sections, reply.procedures, reply.offered) == (
        "answered_from_guide",
        ["life_event"],
        steps,
        steps,
    )
    assert len(reply.sources) == len(steps)


@pytest.mark.parametrize("text, place", [("1", 0), ("việc đầu tiên", 0), ("cái thứ hai", 1), ("so 3", 2), ("cái cuối", -1)])
def test_a_step_is_opened_by_its_number(talk, answer, pick, wedding_services, text, place):
    talk.turn(answer, "sắp cưới phải làm gì")
    steps = wedding_services.life_events[WEDDING].procedures
    assert talk.turn(pick, text, "pick_choice").procedures[0] == steps[place]
    talk.turn(answer, "sắp cưới phải làm gì")
    assert talk.turn(answer, text, "nlu_fallback").procedures[0] == steps[place]


def test_a_follow_up_is_about_the_first_step(talk, answer, wedding_services):
    talk.turn(answer, "sắp cưới phải làm gì")
    assert talk.turn(answer, "bao nhiêu tiền", "ask_fee").procedures[0] == wedding_services.life_events[WEDDING].procedures[0]


def test_a_step_opened_leads_back_to_the_event(talk, answer, pick):
    talk.turn(answer, "sắp cưới phải làm gì")
    talk.turn(pick, "2", "pick_choice")
    assert talk.turn(answer, "quay lại việc lúc nãy").sections == ["life_event"]


def test_a_fee_belongs_to_a_procedure_and_not_to_an_event(talk, answer):
    assert talk.turn(answer, "sắp cưới hết bao nhiêu tiền", "ask_fee").procedures[0] == IN_DETAIL
