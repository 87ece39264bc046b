"""Dossiers through the whole running assistant: opened by their owners, on the web and in Zalo, and in no store afterwards."""

import re
import sqlite3
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import httpx

from tests.conftest import ConnectedOneStop
from tests.conversations.chat import Chat, attempts
from tests.fake_zalo.connected import ConnectedZalo
from tests.stack import Stack

CODE, EIGHTH = "000.00.12.H05-261101-0003", "000.00.12.H05-261101-0008"
IDENTITY, PHONE = "027090000012", "0912340678"
MISSING = "Đơn đề nghị có chữ ký"
# What may stand in no file, and what in no text: four digits are too short to be looked for among the bytes of an index.
SECRETS = tuple(secret.encode() for secret in (IDENTITY, PHONE, MISSING))
DIGITS = re.compile(r"(?<![\w.])(?:0012|0678)(?!\w)")


def stores(var: Path) -> list[Path]:
    """Every file the assistant has written: databases with their journals, logs, whatever else."""
    return [path for path in var.rglob("*") if path.is_file()]


def texts(path: Path) -> str:
    """What stands in a database, row by row, or in a log."""
    if path.suffix != ".db":
        return path.read_text("utf-8", "replace") if path.suffix == ".log" else ""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        connection.execute("BEGIN")  # one look at all tables: the assistant goes on writing
        return "\n".join(connection.iterdump())


def test_nothing_of_a_dossier_is_in_any_store_after_the_journeys(
    stack: Stack, zalo: ConnectedZalo, client: httpx.Client
) -> None:
    typed = ("0012", "số cuối căn cước là 0012", f"cccd {IDENTITY}", f"sđt {PHONE} hồ sơ {CODE}", "không không một hai")
    for words in typed:
        chat = Chat(client)
        chat.say(CODE)
        (reply,) = chat.say(words)
        assert MISSING in reply["text"]
        assert "hết hạn" in reply["expires_to"]
    person = "81000000000000077"
    zalo.citizens.says(zalo.account, person, CODE)
    assert "cần bổ sung giấy tờ" in zalo.world.next_message(90)["text"]
    zalo.citizens.says(zalo.account, person, "0678")
    assert MISSING in zalo.world.next_message(90)["text"]
    written = stores(Path(stack.environment["MOTCUA_VAR"]))
    assert {"gateway.db", "trackers.db", "private.db", "conversations.db", "actions.log", "bot.log", "gateway.log"} <= {
        path.name for path in written
    }
    assert [path.name for path in written if any(secret in path.read_bytes() for secret in SECRETS)] == []
    assert [(path.name, found[0]) for path in written if (found := DIGITS.search(texts(path)))] == []


def test_a_registry_that_is_down_is_told_at_once_and_the_answer_comes_by_itself(
    client: httpx.Client, one_stop: ConnectedOneStop
) -> None:
    one_stop.mock.dossiers[EIGHTH] = replace(one_stop.mock.dossiers[CODE], code=EIGHTH)
    chat = Chat(client)
    began = time.monotonic()
    chat.say("chào em")
    usual = time.monotonic() - began
    one_stop.mock.mode = "slow"
    try:
        began = time.monotonic()
        (reply,) = chat.say(EIGHTH)
        waited = time.monotonic() - began - usual
        assert (reply["status"], "không phải lỗi của Anh/Chị" in reply["text"]) == ("failed_registry", True)
        assert waited < 20  # the mock takes longer; ours is 2.5 s, and this machine may be busy
        assert "Đã ghi" in chat.say("có")[0]["text"]
    finally:
        one_stop.mock.mode = "fine"
    for _ in attempts():
        if EIGHTH in (told := chat.notices()):
            break
    assert "đã trả lời lại" in told
    assert "cần bổ sung giấy tờ" in told
