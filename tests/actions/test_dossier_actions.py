from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import get_args

import pytest

from actions.dossier_actions import ActionCheckDossier, ActionFollowDossier, ActionUnfollowDossier
from actions.services import Services
from actions.talk_actions import ActionForgetTopic, ActionSay
from motcua.dossiers.enquiries import Enquiries
from motcua.dossiers.registry import Dossier, Event, Stage
from motcua.dossiers.sql_registry import SqlRegistry
from motcua.dossiers.working_days import VIETNAM
from motcua.vault import Kept
from tests.actions.conftest import BIRTH, Reply, Talk

CODE, SHORT = "000.00.12.H05-261101-0001", "H05-261101-0001"
PERSON = "cuoc-1"  # the conversation of every `Talk`
IDENTITY_ENDS, PHONE_ENDS = "0012", "0678"
TODAY = datetime.now(VIETNAM).date()
TOLD = {
    "received": "tiếp nhận",
    "in_review": "đang được giải quyết",
    "supplement_needed": "bổ sung",
    "ready": "đã có kết quả",
    "returned": "đã trả kết quả",
    "refused": "không được giải quyết",
}


def _dossier(stage: Stage = "in_review", procedure: str = BIRTH, **more: object) -> Dossier:
    received_on = TODAY - timedelta(days=20)
    facts = {"identity_ends": IDENTITY_ENDS, "phone_ends": PHONE_ENDS, "office": "phường Võ Cường", **more}
    return Dossier(CODE, procedure, stage, received_on, TODAY + timedelta(days=10), **facts)


@pytest.fixture
def registry(tmp_path: Path) -> SqlRegistry:
    """The one that `services` ask."""
    made = SqlRegistry(f"sqlite:///{tmp_path / 'dossiers.db'}")
    made.add(_dossier())
    return made


@pytest.fixture
def check(services: Services, registry: SqlRegistry) -> ActionCheckDossier:
    return ActionCheckDossier(services)


def ask(talk: Talk, check: ActionCheckDossier, text: str = CODE, code: str = CODE) -> Reply:
    return talk.turn(check, text, "check_dossier_status", dossier_code=code)


def type_digits(talk: Talk, check: ActionCheckDossier, services: Services, digits: str) -> Reply:
    """What the gateway makes of four digits: they lie in the vault, and a placeholder reaches the bot."""
    services.dossiers.vault.put(PERSON, [Kept("last_digits", digits)])
    return talk.turn(check, "[số cuối]", "check_dossier_status", last_digits="[số cuối]")


def read(services: Services, reply: Reply) -> str:
    """What the citizen reads of a private answer."""
    return services.dossiers.vault.get(PERSON, reply.private) or ""


@pytest.mark.parametrize("stage", get_args(Stage))
def test_a_code_alone_tells_the_stage_and_nothing_else(
    talk: Talk, check: ActionCheckDossier, registry: SqlRegistry, stage: Stage
) -> None:
    registry.add(_dossier(stage, missing=("Giấy chứng sinh",)))
    reply = ask(talk, check, f"hồ sơ {CODE} xong chưa")
    assert (reply.status, reply.procedures, reply.expects) == ("answered_dossier", [], "last_digits")
    assert CODE in reply.text
    assert TOLD[stage] in reply.text
    for secret in ("khai sinh", "Võ Cường", "Giấy chứng sinh", f"{TODAY + timedelta(days=10):%d/%m/%Y}"):
        assert secret not in reply.text


@pytest.mark.parametrize("typed", [IDENTITY_ENDS, PHONE_ENDS, "không không một hai", "0 0 1 2", "027090000012"])
def test_the_end_of_a_number_in_the_dossier_opens_the_rest(
    talk: Talk, check: ActionCheckDossier, services: Services, typed: str
) -> None:
    ask(talk, check)
    details = read(services, type_digits(talk, check, services, typed))
    assert "Đăng ký khai sinh" in details
    assert "còn" in details
    assert "ngày làm việc" in details


def test_rasa_gets_a_note_in_place_of_details(talk: Talk, check: ActionCheckDossier, services: Services) -> None:
    ask(talk, check)
    reply = type_digits(talk, check, services, IDENTITY_ENDS)
    assert "hết hạn" in reply.text
    assert "khai sinh" not in reply.text.lower()
    assert "khai sinh" not in str(talk.slots).lower()


def test_a_number_told_with_the_code_opens_it_in_one_turn(talk: Talk, check: ActionCheckDossier, services: Services) -> None:
    services.dossiers.vault.put(PERSON, [Kept("last_digits", PHONE_ENDS)])
    reply = talk.turn(check, f"{CODE} số cuối [số cuối]", "check_dossier_status", dossier_code=CODE, last_digits="[số cuối]")
    assert "Đăng ký khai sinh" in read(services, reply)


def test_what_is_missing_is_told_with_how_to_hand_it_in(
    talk: Talk, check: ActionCheckDossier, services: Services, registry: SqlRegistry
) -> None:
    missing = _dossier("supplement_needed", missing=("Giấy chứng sinh", "Tờ khai"), supplement_by=TODAY + timedelta(days=7))
    registry.add(missing)
    ask(talk, check)
    details = read(services, type_digits(talk, check, services, IDENTITY_ENDS))
    for fact in ("1. Giấy chứng sinh", "2. Tờ khai", "Cách bổ sung", "phường Võ Cường", "Hạn bổ sung"):
        assert fact in details


def test_a_late_dossier_gets_an_apology_and_whom_to_ask(
    talk: Talk, check: ActionCheckDossier, services: Services, registry: SqlRegistry
) -> None:
    registry.add(replace(_dossier(), due_on=TODAY - timedelta(days=14)))
    ask(talk, check)
    details = read(services, type_digits(talk, check, services, IDENTITY_ENDS))
    for fact in ("đã quá hẹn", "Xin lỗi Anh/Chị", "Anh/Chị hỏi phường Võ Cường", "Số điện thoại: chưa xác nhận"):
        assert fact in details


def test_the_course_is_told_in_order(talk: Talk, check: ActionCheckDossier, services: Services, registry: SqlRegistry) -> None:
    days = [TODAY - timedelta(days=ago) for ago in (3, 9)]
    registry.add(_dossier(events=(Event(days[0], "in_review"), Event(days[1], "received"))))
    ask(talk, check)
    details = read(services, type_digits(talk, check, services, IDENTITY_ENDS))
    assert details.index(f"{days[1]:%d/%m/%Y}: nơi nhận đã tiếp nhận") < details.index(f"{days[0]:%d/%m/%Y}: hồ sơ đang")


def test_unknown_and_not_verified_look_alike(talk: Talk, check: ActionCheckDossier, services: Services) -> None:
    other = "000.00.12.H05-261101-7777"
    replies = []
    for code in (CODE, other):
        services.dossiers.vault.put(PERSON, [Kept("last_digits", "9999")])
        text = f"{code} số cuối [số cuối]"
        replies.append(talk.turn(check, text, "check_dossier_status", dossier_code=code, last_digits="[số cuối]"))
    assert replies[0] == replies[1]
    assert "chưa khớp" in replies[0].text


def test_a_number_told_for_something_else_does_not_hide_the_stage(
    talk: Talk, check: ActionCheckDossier, services: Services
) -> None:
    services.dossiers.vault.put(PERSON, [Kept("phone", "0912345999")])
    assert TOLD["in_review"] in ask(talk, check).text


def test_five_wrong_tries_bring_a_pause(talk: Talk, check: ActionCheckDossier, services: Services) -> None:
    ask(talk, check)
    for _ in range(5):
        assert type_digits(talk, check, services, "9999").status == "asked_for_detail"
    paused = type_digits(talk, check, services, IDENTITY_ENDS)
    assert (paused.status, paused.private) == ("declined_too_many", "")
    assert "15 phút" in paused.text


def test_a_number_that_has_expired_is_asked_for_again(talk: Talk, check: ActionCheckDossier, services: Services) -> None:
    ask(talk, check)
    reply = talk.turn(check, "[số cuối]", "check_dossier_status", last_digits="[số cuối]")
    assert (reply.status, reply.expects, "nhắn lại 4 số cuối" in reply.text) == ("asked_for_detail", "last_digits", True)


def test_a_code_without_its_prefix_is_found(talk: Talk, check: ActionCheckDossier) -> None:
    assert CODE in ask(talk, check, SHORT, SHORT).text


def test_a_dossier_of_a_procedure_without_a_guide_is_told_all_the_same(
    talk: Talk, check: ActionCheckDossier, services: Services, registry: SqlRegistry
) -> None:
    registry.add(_dossier(procedure="3.999999"))
    ask(talk, check)
    assert "3.999999" in read(services, type_digits(talk, check, services, IDENTITY_ENDS))


def test_an_unknown_code_is_said_back_so_that_it_can_be_checked(talk: Talk, check: ActionCheckDossier) -> None:
    other = "000.00.12.H05-261101-0002"
    reply = ask(talk, check, other, other)
    assert reply.status == "answered_dossier"
    assert f"Chưa tìm thấy hồ sơ mã {other}" in reply.text


def test_without_a_code_the_code_is_asked_for(talk: Talk, check: ActionCheckDossier) -> None:
    reply = talk.turn(check, "hồ sơ của tôi tới đâu rồi", "check_dossier_status")
    assert (reply.status, "mã hồ sơ" in reply.text) == ("asked_for_detail", True)


def test_the_dossier_in_hand_is_told_again_without_its_code(talk: Talk, check: ActionCheckDossier) -> None:
    ask(talk, check)
    assert CODE in talk.turn(check, "hồ sơ của tôi tới đâu rồi", "check_dossier_status").text


def test_starting_over_forgets_the_dossier(talk: Talk, check: ActionCheckDossier, services: Services) -> None:
    ask(talk, check)
    talk.turn(ActionForgetTopic(services), "bắt đầu lại từ đầu", "start_over")
    assert talk.turn(check, "hồ sơ của tôi tới đâu rồi", "check_dossier_status").status == "asked_for_detail"


def test_a_clear_question_taken_for_one_about_a_dossier_is_answered(talk: Talk, check: ActionCheckDossier) -> None:
    reply = talk.turn(check, "hồ sơ khai sinh gồm những gì", "check_dossier_status")
    assert (reply.status, reply.procedures[0]) == ("answered_from_guide", BIRTH)


@pytest.fixture
def cut_off(services: Services, tmp_path: Path) -> Services:
    """Services whose registry is down."""
    desk = services.dossiers
    nowhere = SqlRegistry(f"sqlite:///{tmp_path / 'nowhere' / 'dossiers.db'}")
    enquiries = Enquiries(nowhere, desk.enquiries._brake, desk.audit)
    return replace(services, dossiers=replace(desk, enquiries=enquiries))


def test_a_registry_that_is_down_is_told_from_a_dossier_that_is_not_there(talk: Talk, cut_off: Services) -> None:
    reply = ask(talk, ActionCheckDossier(cut_off))
    assert reply.status == "failed_registry"
    assert "Chưa tìm thấy" not in reply.text


def test_a_registry_that_is_down_costs_no_try(talk: Talk, cut_off: Services, services: Services) -> None:
    for _ in range(8):
        assert type_digits(talk, ActionCheckDossier(cut_off), services, IDENTITY_ENDS).status != "declined_too_many"
        ask(talk, ActionCheckDossier(cut_off))
    assert ask(talk, ActionCheckDossier(cut_off)).status == "failed_registry"


@pytest.mark.parametrize("said", ["có", "vâng ạ", "co", "đồng ý"])
def test_the_answer_comes_by_itself_if_wanted(talk: Talk, cut_off: Services, said: str) -> None:
    ask(talk, ActionCheckDossier(cut_off))
    assert CODE in talk.turn(ActionSay(cut_off), said, "affirm").text
    (wish,) = cut_off.dossiers.subscriptions.take_due()
    assert (wish.conversation, wish.code, wish.wish) == (PERSON, CODE, "answer")


@pytest.mark.parametrize(("said", "intent"), [("không", "deny"), ("thôi khỏi", "deny"), ("ko can", "nlu_fallback")])
def test_nothing_is_written_down_without_a_yes(talk: Talk, cut_off: Services, said: str, intent: str) -> None:
    ask(talk, ActionCheckDossier(cut_off))
    talk.turn(ActionSay(cut_off), said, intent)
    assert cut_off.dossiers.subscriptions.take_due() == []


def test_a_dossier_is_followed_with_consent_and_until_a_word(talk: Talk, check: ActionCheckDossier, services: Services) -> None:
    ask(talk, check)
    asked = talk.turn(ActionFollowDossier(services), "báo cho tôi khi có kết quả", "follow_dossier")
    assert (asked.status, "đồng ý không" in asked.text) == ("asked_for_detail", True)
    assert services.dossiers.subscriptions.take_due() == []
    assert "sẽ nhắn khi hồ sơ" in talk.turn(ActionSay(services), "đồng ý", "affirm").text
    (wish,) = services.dossiers.subscriptions.take_due()
    assert (wish.code, wish.wish, wish.last_stage) == (CODE, "changes", "in_review")
    stopped = talk.turn(ActionUnfollowDossier(services), "thôi đừng báo nữa", "unfollow_dossier")
    assert "không nhắn về hồ sơ nữa" in stopped.text
    assert "không có hồ sơ nào" in talk.turn(ActionUnfollowDossier(services), "đừng báo nữa", "unfollow_dossier").text


def test_a_yes_to_something_else_is_no_consent(talk: Talk, check: ActionCheckDossier, services: Services) -> None:
    ask(talk, check)
    talk.turn(ActionFollowDossier(services), "báo cho tôi", "follow_dossier")
    talk.turn(ActionSay(services), "chào em", "greet")
    talk.turn(ActionSay(services), "vâng", "affirm")
    assert services.dossiers.subscriptions.take_due() == []


def test_the_code_to_follow_is_asked_for(talk: Talk, check: ActionCheckDossier, services: Services) -> None:
    assert "mã hồ sơ" in talk.turn(ActionFollowDossier(services), "có kết quả thì báo tôi", "follow_dossier").text
    assert "đồng ý không" in ask(talk, check).text


def test_a_dossier_that_is_done_needs_no_following(
    talk: Talk, check: ActionCheckDossier, services: Services, registry: SqlRegistry
) -> None:
    registry.add(_dossier("ready"))
    reply = talk.turn(ActionFollowDossier(services), f"báo tôi {CODE}", "follow_dossier", dossier_code=CODE)
    assert TOLD["ready"] in reply.text
