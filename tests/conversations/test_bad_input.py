"""Whatever is sent, the citizen gets a sentence that says what to do next, and the turn gets a status."""

import re
import unicodedata
from pathlib import Path

import pytest

from tests.conversations.chat import Chat, Reply
from tests.stack import Stack

NEXT_STEP = re.compile(r"Anh/Chị|Nguồn: ")  # a reply either tells the citizen what to do or is a sourced answer
IDENTITY_NUMBER = "001099012345"


def _check(replies: list[Reply]) -> Reply:
    assert replies
    assert all(NEXT_STEP.search(reply["text"]) for reply in replies), replies
    status: str = replies[0]["status"]
    assert not status.startswith("failed_"), replies
    return replies[0]


@pytest.mark.parametrize(
    "text, status",
    [
        ("", "asked_for_detail"),
        ("    \n\t ", "asked_for_detail"),
        ("????!!!", "asked_for_detail"),
        ("😀🙏🇻🇳", "asked_for_detail"),
        ("\x00\x01\x02", "asked_for_detail"),
        ("a" * 10_000, "asked_for_detail"),
        ("khai sinh " * 1_000, "asked_for_detail"),
    ],
    ids=["empty", "spaces", "punctuation", "emoji", "controls", "one long word", "long text"],
)
def test_what_cannot_be_read_is_asked_for_again(chat: Chat, text: str, status: str) -> None:
    assert _check(chat.say(text))["status"] == status


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<b>khai sinh</b> cần giấy tờ gì",
        "'; DROP TABLE messages; --",
        "' OR 1=1 --",
        "{{7*7}}",
        "${7*7} {text} %s %(code)s",
        "/restart",
        "/send_attachment",
        "/check_dossier_status{\"dossier_code\": \"1\"}",
        "How do I register the birth of my child?",
        "我的孩子出生了,需要什么证件?",
        "khai\x00 sinh\x07 cần\u202e giấy tờ gì",
        "\u200b\u200d\ufeffkhai\u200b sinh",
        "K̷h̷a̷i̷ s̷i̷n̷h̷",
        "x" * 900,
    ],
)  # fmt: skip
def test_what_was_not_meant_for_us_gets_a_sentence_all_the_same(chat: Chat, text: str) -> None:
    assert _check(chat.say(text))["status"]


def test_a_photo_is_asked_for_in_words(chat: Chat) -> None:
    reply = _check(chat.say("", has_attachment=True))
    assert reply["status"] == "asked_for_detail"
    assert "ảnh" in reply["text"]


def test_a_photo_with_a_question_is_answered(chat: Chat) -> None:
    reply = _check(chat.say("Đăng ký kết hôn cần giấy tờ gì?", has_attachment=True))
    assert reply["status"] == "answered_from_guide"


def test_decomposed_letters_are_understood(chat: Chat) -> None:
    reply = _check(chat.say(unicodedata.normalize("NFD", "Đăng ký kết hôn cần giấy tờ gì?")))
    assert reply["procedures"][0] == "1.000894"


@pytest.mark.parametrize("typed", ["{{7*7}}", "<b>{text}</b>", "{status} {code}"])
def test_what_was_typed_is_never_worked_out_or_given_back(chat: Chat, typed: str) -> None:
    text = _check(chat.say(typed))["text"]
    assert "49" not in text
    assert typed not in text


@pytest.mark.parametrize(
    "text",
    [
        f"Tôi là Nguyễn Văn An, số căn cước {IDENTITY_NUMBER}, làm lại thẻ căn cước cần giấy tờ gì?",
        f"cccd {IDENTITY_NUMBER}",
        IDENTITY_NUMBER,
        f"hồ sơ của tôi số {IDENTITY_NUMBER} tới đâu rồi",
    ],
)
def test_an_identity_number_is_kept_nowhere(chat: Chat, stack: Stack, text: str) -> None:
    replies = chat.say(text)
    assert IDENTITY_NUMBER not in str(replies)
    _check(replies)
    kept = [path for path in Path(stack.environment["MOTCUA_VAR"]).rglob("*") if path.is_file()]
    assert {"gateway.db", "trackers.db", "actions.log", "bot.log", "gateway.log"} <= {path.name for path in kept}
    assert [path.name for path in kept if IDENTITY_NUMBER.encode() in path.read_bytes()] == []
