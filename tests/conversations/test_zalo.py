"""A citizen asks in Zalo and reads the answer there, from the whole running assistant."""

from typing import Any

from tests.fake_zalo.connected import ConnectedZalo
from tests.stack import Stack

QUESTION = "Đăng ký kết hôn cần giấy tờ gì?"


def read(zalo: ConnectedZalo) -> dict[str, Any]:
    """The next message in the citizen's Zalo; a busy machine needs a while for the first."""
    return zalo.world.next_message(90)


def test_a_question_is_answered_once_and_the_next_one_keeps_to_its_topic(stack: Stack, zalo: ConnectedZalo) -> None:
    person = "81000000000000001"
    event = zalo.citizens.event(zalo.account, person, "user_send_text", text=QUESTION)
    zalo.world.person(person).last_interaction[zalo.account.oa_id] = zalo.world.clock()
    for _ in range(2):  # Zalo may deliver an event again
        assert zalo.citizens.post(zalo.account, event).status_code == 200
    answer = read(zalo)
    assert (answer["oa_id"], answer["user_id"]) == (zalo.account.oa_id, person)
    assert "Đăng ký kết hôn" in answer["text"]
    assert "Nguồn:" in answer["text"]
    zalo.citizens.echoes(zalo.account, answer)
    zalo.citizens.says(zalo.account, person, "Mất bao nhiêu tiền?")
    fee = read(zalo)["text"]
    assert "Đăng ký kết hôn" in fee
    assert "lệ phí" in fee


def test_a_number_chooses_among_what_was_offered(stack: Stack, zalo: ConnectedZalo) -> None:
    person = "81000000000000002"
    zalo.citizens.says(zalo.account, person, "bảo hiểm xã hội")
    offered = read(zalo)["text"]
    third = next(line for line in offered.splitlines() if line.startswith("3. ")).removeprefix("3. ")
    zalo.citizens.says(zalo.account, person, "3")
    assert read(zalo)["text"].startswith(third)


def test_a_photo_is_answered_too(stack: Stack, zalo: ConnectedZalo) -> None:
    attachments = [{"type": "image", "payload": {"url": "u"}}]
    zalo.citizens.sends(zalo.account, "81000000000000003", "image", attachments=attachments)
    assert "chưa đọc được ảnh" in read(zalo)["text"]


def test_a_long_answer_comes_whole_in_parts_zalo_takes(stack: Stack, zalo: ConnectedZalo) -> None:
    zalo.citizens.says(zalo.account, "81000000000000004", "cấp giấy chứng nhận quyền sử dụng đất lần đầu cần giấy tờ gì")
    parts = [read(zalo)["text"]]
    while "Nguồn:" not in parts[-1]:
        parts.append(read(zalo)["text"])
    assert len(parts) > 1
    assert all(len(part) <= 2000 for part in parts)
