"""A citizen asks to be told about a dossier, the office moves it on, and the news come by themselves."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import pytest

from motcua.dossiers.registry import Dossier
from tests.conftest import ConnectedOneStop
from tests.conversations.chat import Chat, attempts
from tests.stack import Stack

CODE = "000.00.12.H05-261101-0010"


@pytest.fixture
def dossier(one_stop: ConnectedOneStop) -> Iterator[Dossier]:
    """A dossier that is being looked at."""
    dossiers = one_stop.mock.dossiers
    dossiers[CODE] = replace(dossiers["000.00.12.H05-261101-0004"], code=CODE, stage="in_review")
    yield dossiers[CODE]
    del dossiers[CODE]


def _let_time_pass(stack: Stack) -> int:
    """What is followed is due to be looked at, as it is every quarter of an hour; returns how much that is."""
    with closing(sqlite3.connect(f"{stack.environment['MOTCUA_VAR']}/private.db", timeout=30)) as database, database:
        return database.execute("UPDATE dossier_subscriptions SET next_look_at = 0 WHERE code = ?", (CODE,)).rowcount


def _follow(chat: Chat) -> None:
    assert chat.say(CODE)[0]["status"] == "answered_dossier"
    chat.say("báo cho tôi khi có kết quả")
    assert "Đã ghi" in chat.say("có")[0]["text"]


def test_news_come_once_by_themselves_to_who_agreed(
    chat: Chat, stack: Stack, one_stop: ConnectedOneStop, dossier: Dossier
) -> None:
    _follow(chat)
    one_stop.mock.dossiers[CODE] = replace(dossier, stage="ready")
    for _ in attempts():  # what was looked up is kept for a minute
        _let_time_pass(stack)
        if f"Hồ sơ {CODE}" in (told := chat.notices()):
            break
    assert "Trợ lý báo tin như Anh/Chị đã dặn" in told
    assert told.count("data-notice") == 1
    assert "Tin về hồ sơ này dừng ở đây" in told
    assert _let_time_pass(stack) == 0  # nothing is followed any more


def test_who_does_not_want_to_be_told_any_more_is_not(chat: Chat, stack: Stack, dossier: Dossier) -> None:
    _follow(chat)
    assert _let_time_pass(stack) == 1
    assert "không nhắn về hồ sơ nữa" in chat.say("thôi đừng báo nữa")[0]["text"]
    assert _let_time_pass(stack) == 0
    assert chat.notices().strip() == ""
