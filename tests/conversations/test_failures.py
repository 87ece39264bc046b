"""Parts of the assistant die and come back: the citizen is told, nothing is lost, and it answers again."""

import contextlib
import subprocess
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from tests.conversations.chat import PATIENCE, Chat, attempts
from tests.stack import Stack

QUESTION = "Đăng ký kết hôn cần giấy tờ gì?"
Stop = Callable[[str], None]


@pytest.fixture
def stop(stack: Stack, client: httpx.Client) -> Iterator[Stop]:
    """Stops a process; whatever the test did, all run and answer when it is over."""
    stopped: list[str] = []

    def stopping(process: str) -> None:
        stopped.append(process)
        stack.control("stop", process)

    yield stopping
    for process in stopped:
        with contextlib.suppress(subprocess.CalledProcessError):  # the test has started it already
            stack.control("start", process)
    _wait_for(f"{stack.url}/health")
    Chat(client).ask_until(QUESTION, "answered_from_guide")


def _wait_for(url: str) -> None:
    for _ in attempts():
        with contextlib.suppress(httpx.TransportError):
            if httpx.get(url, timeout=5).status_code == 200:
                return
    raise AssertionError(f"{url} did not answer within {PATIENCE:.0f} s")


def test_a_citizen_is_told_while_the_action_server_is_down_and_answered_once_it_is_back(
    stack: Stack, stop: Stop, chat: Chat
) -> None:
    stop("actions")
    (reply,) = chat.say(QUESTION)
    assert reply["status"] == "failed_actions"
    assert "không phải lỗi của Anh/Chị" in reply["text"]
    assert "nhắn lại" in reply["text"]
    stack.control("start", "actions")
    (reply,) = chat.ask_until(QUESTION, "answered_from_guide")
    assert "Đăng ký kết hôn" in reply["text"]


def test_a_message_sent_while_the_bot_is_down_is_answered_when_it_is_back(stack: Stack, stop: Stop, chat: Chat) -> None:
    stop("bot")
    message_id = uuid.uuid4().hex
    with ThreadPoolExecutor(1) as elsewhere:
        sending = elsewhere.submit(chat.post, {"id": message_id, "text": QUESTION})
        stack.control("start", "bot")
        replies = chat.reply_to(sending.result())
    assert [reply["status"] for reply in replies] == ["answered_from_guide"]


def test_a_message_taken_before_everything_stopped_is_answered_after_the_start(stack: Stack, stop: Stop, chat: Chat) -> None:
    stop("bot")
    message_id = uuid.uuid4().hex
    with pytest.raises(httpx.ReadTimeout):  # the gateway has the message and holds the request open for its reply
        chat.post({"id": message_id, "text": QUESTION}, timeout=1)
    stop("gateway")
    stack.control("start", "bot")
    _wait_for(f"http://127.0.0.1:{stack.environment['MOTCUA_BOT_PORT']}/webhooks/gateway/")
    stack.control("start", "gateway")
    assert [reply["status"] for reply in chat.replies(message_id)] == ["answered_from_guide"]


def test_a_message_sent_twice_is_answered_once(chat: Chat) -> None:
    body = {"id": uuid.uuid4().hex, "text": QUESTION}
    assert chat.reply_to(chat.post(body)) == chat.reply_to(chat.post(body))
