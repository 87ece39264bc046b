import pytest

from actions.citizen_place import unit_of
from actions.procedure_actions import ActionAnswerProcedure, ActionPickChoice
from actions.services import Services
from actions.talk_actions import ActionSay
from actions.turn import Turn, read_turn
from actions.turn_action import hear
from tests.actions.conftest import BIRTH, MARRIAGE, RESIDENCE, RESIDENCE_LONGER, Talk, tracker


@pytest.fixture
def answer(services: Services) -> ActionAnswerProcedure:
    return ActionAnswerProcedure(services)


def heard(services: Services, text: str, **entities: str) -> Turn:
    return hear(read_turn(tracker(text, "ask_procedure", {}, **entities)), services)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("làm giấy khai sin cho con", BIRTH),
        ("lamgiaykhaisinh", BIRTH),
        ("giấy khai sihn", BIRTH),
        ("ddawng kys kết hôn", MARRIAGE),
        ("d9a8ng ky1 ket61 hon6", MARRIAGE),
        ("dang ky ket hno", MARRIAGE),
    ],
)
def test_a_procedure_is_understood_whatever_the_slip(talk: Talk, answer: ActionAnswerProcedure, typed: str, code: str) -> None:
    reply = talk.turn(answer, typed)
    assert (reply.status, reply.procedures[0]) == ("answered_from_guide", code)


@pytest.mark.parametrize(
    "typed",
    [
        "nhà hàng xóm đang cháy",
        "nha hang xom dang chay",
        "cứu với, cháy nhà, khai sinh cháy hết rồi",
        "chồng em đang đánh em, muốn đăng ký kết hôn lại",
        "em muốn chết, khai sinh làm mãi không xong",
        "con em bị đuối nước",
    ],
)
def test_danger_gets_the_numbers_at_once_and_no_procedure(talk: Talk, answer: ActionAnswerProcedure, typed: str) -> None:
    (reply,) = talk.replies(answer, typed)
    assert (reply.status, reply.procedures, reply.offered) == ("referred_emergency", [], [])
    assert all(number in reply.text for number in ("113", "114", "115", "111"))


@pytest.mark.parametrize(
    "typed", ["đăng ký kết hôn rồi bị chồng đánh đập, đã báo công an, giờ đăng ký khai sinh cho con cần giấy tờ gì"]
)
def test_danger_that_was_reported_gets_the_numbers_and_then_the_answer(
    talk: Talk, answer: ActionAnswerProcedure, typed: str
) -> None:
    numbers, *answered = talk.replies(answer, typed)
    assert "113" in numbers.text
    assert answered[0].status == "answered_from_guide"


def test_danger_is_heard_whatever_the_action(talk: Talk, services: Services) -> None:
    assert talk.turn(ActionPickChoice(services), "cháy nhà", "pick_choice").status == "referred_emergency"
    assert talk.turn(ActionSay(services), "cháy nhà", "greet").status == "referred_emergency"


def test_in_danger_nobody_is_condoled_or_calmed(talk: Talk, answer: ActionAnswerProcedure) -> None:
    replies = talk.replies(answer, "bực quá, mẹ em mới mất, cháy nhà")
    assert [reply.status for reply in replies] == ["referred_emergency"]


@pytest.mark.parametrize("typed", ["khai sinh", "giấy khai sinh bị cháy", "ông em chết, khai sinh của cháu thì sao"])
def test_what_was_lost_or_is_over_is_no_emergency(talk: Talk, answer: ActionAnswerProcedure, typed: str) -> None:
    assert talk.turn(answer, typed).status == "answered_from_guide"


def test_after_danger_the_procedure_in_hand_is_still_known(talk: Talk, answer: ActionAnswerProcedure) -> None:
    talk.turn(answer, "khai sinh")
    talk.turn(answer, "cháy nhà")
    assert talk.turn(answer, "bao nhiêu tiền", "ask_fee").procedures[0] == BIRTH


@pytest.mark.parametrize("typed", ["mẹ em mới mất", "u em mới mất", "bầm em mới mất"])
def test_a_fact_is_heard_in_the_words_of_the_region(services: Services, typed: str) -> None:
    assert "deceased" in heard(services, typed).told


@pytest.mark.parametrize("typed", ["u tôi mất rồi", "lamgiaykhaisinh", "ddawng kys kết hôn"])
def test_what_was_typed_is_kept_beside_what_it_reads_as(services: Services, typed: str) -> None:
    turn = heard(services, typed)
    assert turn.said == typed
    assert turn.text != typed


@pytest.mark.parametrize("typed", ["2", "1 và 2", "cái cuối", "so 2", "cả hai", "cái thứ nhất", "ko", "uh", "có"])
def test_choices_are_left_as_they_are(services: Services, typed: str) -> None:
    turn = heard(services, typed)
    assert (turn.said, turn.text, turn.about) == (typed, typed, typed)


@pytest.mark.parametrize(("typed", "code"), [("1", RESIDENCE), ("cái thứ 2", RESIDENCE_LONGER), ("cai cuoi", RESIDENCE_LONGER)])
def test_a_choice_is_taken_after_mending(
    talk: Talk, answer: ActionAnswerProcedure, services: Services, typed: str, code: str
) -> None:
    assert talk.turn(answer, "tạm trus").offered == [RESIDENCE, RESIDENCE_LONGER]
    assert talk.turn(ActionPickChoice(services), typed, "choose").procedures[0] == code


@pytest.mark.parametrize(
    ("typed", "kind", "value"),
    [
        ("hồ sơ 000.00.12.H05-261101-0001 xong chưa", "dossier_code", "000.00.12.H05-261101-0001"),
        ("thủ tục 1.001193 hết bao nhiêu tiền", "procedure_code", "1.001193"),
        ("số [số định danh] của em", "identity_number", "[số định danh]"),
        ("nộp hôm 20/11", "date", "20/11"),
    ],
)
def test_codes_dates_and_masked_numbers_are_untouched(services: Services, typed: str, kind: str, value: str) -> None:
    turn = heard(services, typed, **{kind: value})
    assert turn.first(kind) == value
    assert value in turn.text


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("khai sin ở phường Võ Cường", "Võ Cường"),
        ("khai sin o phuong vo cuong", "vo cuong"),
        ("em ở Mão Điền", "Mão Điền"),
    ],
)
def test_places_are_untouched_and_found(services: Services, typed: str, place: str) -> None:
    turn = heard(services, typed, place=place)
    assert turn.first("place") == place
    assert turn.said == typed
    assert unit_of(turn, services) is not None


@pytest.mark.parametrize("name", ["Võ Cường", "vo cuong", "Mão Điền", "Danh Thắng"])
def test_a_place_alone_is_found_by_what_was_typed(services: Services, name: str) -> None:
    turn, typed = heard(services, name), read_turn(tracker(name, "nlu_fallback", {}))
    assert unit_of(turn, services) == unit_of(typed, services) is not None
