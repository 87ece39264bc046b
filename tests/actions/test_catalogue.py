"""A procedure that is only in the catalogue: named by its code, offered, picked, kept in hand, never taken for a guide."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from actions.dossier_answers import details_text
from actions.procedure_actions import ActionAnswerProcedure, ActionCorrectProcedure, ActionPickChoice
from actions.services import Services
from motcua.dossiers.registry import Dossier
from motcua.procedures.catalogue.portal import read_portal
from tests.actions.conftest import BIRTH, IDENTITY_CARD, Reply, Talk
from tests.fakes import PhraseRetriever
from tests.motcua.catalogue_samples import catalogue_of, portal_facts, record

BEES = read_portal(portal_facts(), "2026-07-20")
DOSSIER = "000.00.12.H05-261101-0001"
WASPS = record(code="1.900009", name="Nuôi ong vò vẽ")


@pytest.fixture
def with_catalogue(services: Services, tmp_path: Path) -> Services:
    shadowed = record(code=BIRTH, name="Bản ghi cũ về khai sinh")
    retriever = PhraseRetriever({"nuôi ong": {BEES.code: 0.5, WASPS.code: 0.45}, "đếm tổ": {BEES.code: 0.9}})
    return replace(services, catalogue=catalogue_of(tmp_path, BEES, WASPS, shadowed), retriever=retriever)


@pytest.fixture
def answer(with_catalogue: Services) -> ActionAnswerProcedure:
    return ActionAnswerProcedure(with_catalogue)


def is_from_the_record(reply: Reply, section: str) -> bool:
    assert reply.sources == [{"url": BEES.url, "decision": BEES.decision, "as_of": "2026-07-20"}]
    assert "chưa được cán bộ Bắc Ninh kiểm tra" in reply.text
    return (reply.status, reply.procedures[0], reply.sections) == ("answered_from_catalogue", BEES.code, [section])


def test_a_record_is_answered_by_its_code(talk: Talk, answer: ActionAnswerProcedure) -> None:
    reply = talk.turn(answer, f"{BEES.code} cần giấy tờ gì", "ask_papers", procedure_code=BEES.code)
    assert is_from_the_record(reply, "papers")
    assert "Đơn xin nuôi ong theo mẫu" in reply.text


def test_a_follow_up_keeps_to_the_record_in_hand(talk: Talk, answer: ActionAnswerProcedure) -> None:
    talk.turn(answer, "đếm tổ", "ask_procedure")
    assert is_from_the_record(talk.turn(answer, "mất bao nhiêu tiền", "ask_fee"), "fee")


def test_records_are_offered_and_picked_by_number(talk: Talk, answer: ActionAnswerProcedure, with_catalogue: Services) -> None:
    asked = talk.turn(answer, "nuôi ong mấy ngày", "ask_time")
    assert (asked.status, asked.offered) == ("asked_which_procedure", [BEES.code, WASPS.code])
    assert WASPS.name in asked.text
    assert is_from_the_record(talk.turn(ActionPickChoice(with_catalogue), "1", "choose"), "time")


def test_a_correction_may_name_a_record_by_its_code(talk: Talk, with_catalogue: Services) -> None:
    talk.slots["procedure"] = BIRTH
    reply = talk.turn(ActionCorrectProcedure(with_catalogue), f"không, {BEES.code}", "correct", procedure_code=BEES.code)
    assert is_from_the_record(reply, "overview")


@pytest.mark.parametrize("code", [BIRTH, IDENTITY_CARD])
def test_a_guide_is_answered_before_a_record(talk: Talk, answer: ActionAnswerProcedure, code: str) -> None:
    reply = talk.turn(answer, f"{code} là gì", "ask_procedure", procedure_code=code)
    assert reply.status == "answered_from_guide"
    assert "Bản ghi cũ" not in reply.text


def test_without_a_catalogue_its_codes_are_unknown(talk: Talk, services: Services) -> None:
    reply = talk.turn(ActionAnswerProcedure(services), f"{BEES.code} là gì", "ask_procedure", procedure_code=BEES.code)
    assert reply.status == "declined_no_guide"


def test_a_dossier_of_a_record_is_told_by_its_name(with_catalogue: Services) -> None:
    dossier = Dossier(DOSSIER, BEES.code, "ready", date(2026, 11, 1), date(2026, 11, 4))
    assert BEES.name in details_text(dossier, with_catalogue)
