"""The parsers read damaged inputs, a few of which are kept because something once fell over them."""

from pathlib import Path

import pytest

from gateway.conversations import Conversations
from gateway.zalo.signature import read_signed
from motcua.procedures.catalogue.importing import SourceFault, entries
from motcua.procedures.loader import GuideFault, load_guide
from tests.fuzz.__main__ import run
from tests.gateway.zalo.bench import APP, settings_for


def test_no_parser_falls_over_damaged_input(tmp_path: Path) -> None:
    counted = run(3_000, 0, tmp_path)
    assert sum(counted.values()) == 3_000
    assert all(counted.values())


def test_half_an_emoji_in_a_webhooks_timestamp_is_a_forgery() -> None:
    body = f'{{"app_id": "{APP}", "timestamp": "\\ud83d"}}'.encode()
    assert read_signed(body, "mac=x", settings_for().applications)[0] == "forged"


def test_half_an_emoji_is_nobodys_conversation() -> None:
    conversations = Conversations("s" * 32)
    assert conversations.read(conversations.open() + "\ud83d") is None


@pytest.mark.parametrize("content", [b'{"ma_thu_tuc"', b"\x1f\x8b\x08\x00cut off"])
def test_a_catalogue_that_is_not_whole_is_refused_by_its_name(content: bytes) -> None:
    with pytest.raises(SourceFault, match=r"2026-07\.jsonl\.gz"):
        list(entries(Path("2026-07.jsonl.gz"), content))


def test_a_guide_in_another_encoding_is_refused_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "guide.yml"
    path.write_bytes("name: Đăng ký".encode("utf-16"))
    with pytest.raises(GuideFault, match=r"guide\.yml: file: .*UTF-8"):
        load_guide(path)
