from datetime import date
from pathlib import Path
from typing import get_args

import pytest

from actions.dossier_actions import ActionCheckDossier
from actions.services import Services
from motcua.dossiers.registry import Dossier, Stage
from motcua.dossiers.sql_registry import SqlRegistry
from tests.actions.conftest import BIRTH, Talk

CODE = "000.00.12.H05-261101-0001"
TOLD = {
    "received": "tiếp nhận",
    "in_review": "đang được giải quyết",
    "supplement_needed": "bổ sung",
    "ready": "đã có kết quả",
    "returned": "đã trả kết quả",
    "refused": "không được giải quyết",
}


def _dossier(stage: Stage, procedure: str = BIRTH) -> Dossier:
    return Dossier(CODE, procedure, stage, date(2026, 11, 1), date(2026, 11, 4))


@pytest.mark.parametrize("stage", get_args(Stage))
def test_a_dossier_is_told_by_its_stage(talk: Talk, services: Services, stage: Stage) -> None:
    services.registry.add(_dossier(stage))
    reply = talk.turn(ActionCheckDossier(services), f"hồ sơ {CODE} xong chưa", "check_dossier_status", dossier_code=CODE)
    assert (reply.status, reply.procedures) == ("answered_dossier", [BIRTH])
    assert CODE in reply.text
    assert "Đăng ký khai sinh" in reply.text
    assert TOLD[stage] in reply.text


def test_a_dossier_on_its_way_tells_both_dates(talk: Talk, services: Services) -> None:
    services.registry.add(_dossier("in_review"))
    reply = talk.turn(ActionCheckDossier(services), CODE, "check_dossier_status", dossier_code=CODE)
    assert "01/11/2026" in reply.text
    assert "04/11/2026" in reply.text


def test_a_code_without_its_prefix_is_found(talk: Talk, services: Services) -> None:
    services.registry.add(_dossier("ready"))
    short = "H05-261101-0001"
    reply = talk.turn(ActionCheckDossier(services), short, "check_dossier_status", dossier_code=short)
    assert TOLD["ready"] in reply.text


def test_a_dossier_of_a_procedure_without_a_guide_is_told_all_the_same(talk: Talk, services: Services) -> None:
    services.registry.add(_dossier("ready", procedure="3.999999"))
    reply = talk.turn(ActionCheckDossier(services), CODE, "check_dossier_status", dossier_code=CODE)
    assert (reply.status, "3.999999" in reply.text) == ("answered_dossier", True)


def test_an_unknown_code_is_said_back_so_that_it_can_be_checked(talk: Talk, services: Services) -> None:
    services.registry.add(_dossier("ready"))
    other = "000.00.12.H05-261101-0002"
    reply = talk.turn(ActionCheckDossier(services), other, "check_dossier_status", dossier_code=other)
    assert reply.status == "answered_dossier"
    assert f"Chưa tìm thấy hồ sơ mã {other}" in reply.text


def test_without_a_code_the_code_is_asked_for(talk: Talk, services: Services) -> None:
    reply = talk.turn(ActionCheckDossier(services), "hồ sơ của tôi tới đâu rồi", "check_dossier_status")
    assert (reply.status, "mã hồ sơ" in reply.text) == ("asked_for_detail", True)


def test_a_clear_question_taken_for_one_about_a_dossier_is_answered(talk: Talk, services: Services) -> None:
    reply = talk.turn(ActionCheckDossier(services), "hồ sơ khai sinh gồm những gì", "check_dossier_status")
    assert (reply.status, reply.procedures[0]) == ("answered_from_guide", BIRTH)


def test_a_registry_that_is_down_is_told_from_a_dossier_that_is_not_there(
    talk: Talk, services: Services, tmp_path: Path
) -> None:
    down = Services(**{**vars(services), "registry": SqlRegistry(f"sqlite:///{tmp_path / 'nowhere' / 'dossiers.db'}")})
    reply = talk.turn(ActionCheckDossier(down), CODE, "check_dossier_status", dossier_code=CODE)
    assert reply.status == "failed_registry"
    assert "Chưa tìm thấy" not in reply.text
