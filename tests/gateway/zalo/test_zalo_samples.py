"""Zalo's own payloads and vectors: only where SHARED_DATA names a folder beside which they lie."""

import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from gateway.zalo.settings import Application
from gateway.zalo.signature import read_signed, sign
from tests.fake_zalo.world import Account, World
from tests.fakes import FakeBot
from tests.gateway.zalo.bench import Clock
from tests.gateway.zalo.running import Running, running

SAMPLES = Path(os.environ["SHARED_DATA"]).parent / "zalo"
VECTORS = json.loads((SAMPLES / "signature" / "vectors.json").read_text("utf-8"))
EVENTS = sorted((SAMPLES / "oa_webhook").glob("*.json"))
UPDATES = sorted((SAMPLES / "bot").glob("webhook_*.json"))
SECRET = "khoa-oa"
BOT = {"name": "b", "token": "t", "webhook_secret": "mat-khau-goi-vao"}
IGNORED = (
    "add_user_to_tag",
    "unfollow",
    "user_click_chatnow",
    "user_received_message",
    "user_seen_message",
    "user_submit_info",
)


def kind_of(path: Path) -> str:
    """What an event of that file name must be taken for."""
    named = {"follow.json": "followed", "user_withdraw.composed.json": "withdrew"}
    if path.name in named:
        return named[path.name]
    if path.name.startswith("oa_send_"):
        return "staff_replied" if "staff" in path.name else "echoed"
    return "ignored" if path.name.startswith(IGNORED) else "said"


@pytest.mark.parametrize("vector", VECTORS, ids=str)
def test_our_signatures_are_zalos(vector: dict[str, Any]) -> None:
    body, secret = vector["raw_body"].encode(), vector["oa_secret_key"]
    assert sign(vector["app_id"], body, timestamp=vector["timestamp"], secret=secret) == vector["sha256_hex"]
    if body.startswith(b"{"):
        ours = (Application(app_id=vector["app_id"], oa_secret=secret),)
        assert read_signed(body, vector["header_value"], ours)[0] == "signed"


@pytest.fixture
def zalo(tmp_path: Path, account: Account, world: World, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Iterator[Running]:
    events = [json.loads(path.read_bytes()) for path in EVENTS]
    ids = {value["id"] for event in events for value in event.values() if isinstance(value, dict) and "id" in value}
    accounts = sorted(ids | {event["oa_id"] for event in events if "oa_id" in event})
    app_ids = sorted({event["app_id"] for event in events})
    apps = [{"app_id": app_id, "oa_secret": SECRET, "accounts": accounts} for app_id in app_ids]
    with running(tmp_path, FakeBot(), account, world, clock, monkeypatch, applications=apps, bots=[BOT]) as opened:
        yield opened


def test_every_official_account_event_is_taken(zalo: Running) -> None:
    expected: dict[str, int] = {}
    for path in EVENTS:
        raw = path.read_bytes()
        event = json.loads(raw)
        signature = hashlib.sha256(f"{event['app_id']}{raw.decode()}{event['timestamp']}{SECRET}".encode()).hexdigest()
        answer = httpx.post(f"{zalo.url}/zalo/oa", content=raw, headers={"X-ZEvent-Signature": f"mac={signature}"})
        assert answer.status_code == 200, path.name
        expected[kind_of(path)] = expected.get(kind_of(path), 0) + 1
    counted = {kind: zalo.metric("motcua_zalo_events_total", channel="zalo_oa", kind=kind) for kind in expected}
    assert counted == expected


@pytest.mark.parametrize("path", UPDATES, ids=lambda path: path.name)
def test_every_bot_update_is_taken(zalo: Running, path: Path) -> None:
    headers = {"X-Bot-Api-Secret-Token": BOT["webhook_secret"]}
    assert httpx.post(f"{zalo.url}/zalo/bot", content=path.read_bytes(), headers=headers).status_code == 200
    assert [message.text for message in zalo.transcript()] == ["Xin chào"]
