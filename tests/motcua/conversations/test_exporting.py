"""Rows for files: all that match, page after page, and nothing that was not kept."""

from typing import Any

import pytest

from motcua.conversations import exporting
from motcua.conversations.exporting import CONVERSATION_COLUMNS, TURN_COLUMNS, export_conversations, export_turns
from motcua.conversations.filters import Filters, chosen_filters
from motcua.conversations.store import ConversationStore
from tests.motcua.conversations.conftest import Keep


def _told(columns: tuple[str, ...], rows: Any) -> list[dict[str, Any]]:
    return [dict(zip(columns, row, strict=True)) for row in rows]


def test_every_matching_turn_is_told_once_newest_first(
    store: ConversationStore, keep: Keep, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "_AT_ONCE", 2)
    for number in range(5):
        keep(f"câu {number}", channel="web", status="smalltalk")
    keep("của tôi 0912345678", channel="zalo_oa")
    told = _told(TURN_COLUMNS, export_turns(store, chosen_filters(channel="web")))
    assert [turn["said"] for turn in told] == [f"câu {number}" for number in range(4, -1, -1)]
    assert told[-1] | {"conversation": "cuoc-1", "number": 1, "status": "smalltalk"} == told[-1]
    assert told[-1]["at"].endswith(" 09:00:00")
    assert "0912345678" not in str(list(export_turns(store, Filters())))


def test_every_conversation_with_a_matching_turn_is_told_once(
    store: ConversationStore, keep: Keep, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "_AT_ONCE", 2)
    for number in range(6):
        keep(conversation=f"cuoc-{number % 3}", channel="web", place="09187")
    keep(conversation="cuoc-9", channel="zalo_oa")
    told = _told(CONVERSATION_COLUMNS, export_conversations(store, chosen_filters(channel="web")))
    assert [(one["conversation"], one["turns"]) for one in told] == [("cuoc-2", 2), ("cuoc-1", 2), ("cuoc-0", 2)]
    assert (told[0]["began_at"][-8:], told[0]["last_at"][-8:]) == ("09:00:02", "09:00:05")
