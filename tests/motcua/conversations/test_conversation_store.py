"""A turn is kept once, whoever tells of it and how often; a person's turns can be erased for good."""

import json
from typing import Any

from sqlalchemy import inspect, select, text

from motcua.conversations.counting import refresh_figures
from motcua.conversations.figures import figures_by_day
from motcua.conversations.filters import Filters, chosen_filters
from motcua.conversations.finding import find_turns, turns_of
from motcua.conversations.moments import at_of, now_ms
from motcua.conversations.reviewing import Review, assign, flag, note, review, tag
from motcua.conversations.schema import METADATA, TRACES
from motcua.conversations.store import ConversationStore
from motcua.conversations.turns import Turn
from tests.motcua.conversations.conftest import DAY, MORNING, Keep

FROM_GATEWAY = Turn(
    "cuoc-1",
    "tin-1",
    MORNING,
    channel="web",
    said="Làm khai sinh",
    status="answered_from_guide",
    ms=320,
    trace={"replies": ["Đây"]},
)
FROM_BOT = Turn(
    "cuoc-1", "tin-1", MORNING, intent="ask_papers", confidence=0.8, trace={"heard": "làm khai sinh", "actions": ["a"]}
)


def _turns(store: ConversationStore, conversation: str = "cuoc-1") -> list[dict[str, Any]]:
    with store.reading() as connection:
        return [dict(row) for row in turns_of(connection, conversation)]


def _trace(store: ConversationStore, turn: int) -> dict[str, Any]:
    with store.reading() as connection:
        return json.loads(connection.execute(select(TRACES.c.trace).where(TRACES.c.turn == turn)).scalar_one())


def test_gateway_and_bot_tell_of_one_turn_in_any_order_and_any_number_of_times(store: ConversationStore) -> None:
    for turn in (FROM_BOT, FROM_GATEWAY, FROM_GATEWAY, FROM_BOT):
        store.keep(turn)
    (kept,) = _turns(store)
    told = {name: kept[name] for name in ("said", "status", "intent", "confidence", "channel", "ms", "number")}
    assert told == {
        "said": "Làm khai sinh", "status": "answered_from_guide", "intent": "ask_papers", "confidence": 0.8, "channel": "web",
        "ms": 320, "number": 1,
    }  # fmt: skip
    assert _trace(store, kept["id"]) == {"heard": "làm khai sinh", "actions": ["a"], "replies": ["Đây"]}


def test_what_only_the_bot_told_is_shown_as_it_heard_it(store: ConversationStore) -> None:
    store.keep(FROM_BOT)
    assert [turn["said"] for turn in _turns(store)] == ["làm khai sinh"]


def test_turns_are_numbered_and_their_ids_tell_when_they_came(store: ConversationStore, keep: Keep) -> None:
    keep("một"), keep("hai"), keep("ba", conversation="cuoc-2")
    assert [(turn["number"], turn["said"], at_of(turn["id"])) for turn in _turns(store)] == [
        (1, "một", MORNING), (2, "hai", MORNING + 1000),
    ]  # fmt: skip


def test_an_opinion_belongs_to_its_turn(store: ConversationStore) -> None:
    store.keep(FROM_GATEWAY)
    store.keep(Turn("cuoc-1", "tin-1", now_ms(), helpful=False, feedback_reason="unclear"))
    store.keep(Turn("cuoc-1", "tin-1", now_ms(), helpful=True, feedback_reason=""))
    (kept,) = _turns(store)
    assert (kept["helpful"], kept["feedback_reason"]) == (True, "")


def test_personal_data_is_nowhere_in_the_database(store: ConversationStore) -> None:
    said = "Tôi là Nguyễn Văn An ở thôn Đông Yên, xã Yên Phong, cccd 027090001234, gọi 0912345678, thẻ 9704361234567895"
    secrets = ("Nguyễn Văn An", "nguyen van an", "Đông Yên", "dong yen", "027090001234", "0912345678", "9704361234567895")
    trace = {"heard": said, "replies": [f"Chưa rõ “Nguyễn Văn An”: {said}"], "entities": [{"entity": "place", "value": said}]}
    store.keep(Turn("cuoc-1", "tin-1", MORNING, said=said, trace=trace))
    (kept,) = _turns(store)
    with store.writing() as connection:
        flag(connection, kept["id"], reason="gọi 0912345678", by="lan")
        note(connection, kept["id"], text="Tên tôi là Nguyễn Văn An", by="lan")
    with store.reading() as connection:
        rows = [row for table in METADATA.sorted_tables for row in connection.execute(select(table))]
    assert [secret for secret in secrets if secret in str(rows)] == []
    assert "xã Yên Phong" in kept["said"]


def test_an_erased_conversation_is_gone_with_all_that_was_said_about_it(store: ConversationStore, keep: Keep) -> None:
    turn, other = keep(), keep(conversation="cuoc-2")
    with store.writing() as connection:
        review(connection, turn, Review("lan", is_right=False))
        flag(connection, turn, reason="sai phí", by="lan")
        tag(connection, turn, "lệ phí")
        note(connection, turn, text="xem lại", by="lan")
        assign(connection, "cuoc-1", "minh", by="lan")
    store.erase("cuoc-1")
    with store.reading() as connection:
        left = {table.name: connection.execute(select(table)).all() for table in METADATA.sorted_tables}
        found = find_turns(connection, chosen_filters(text="khai sinh")).turns
    assert [row["id"] for row in found] == [other]
    assert {name for name, rows in left.items() if rows and "cuoc-1" in str(rows)} == {"erasures"}
    assert not any(left[name] for name in ("reviews", "flags", "tags", "notes", "assignments", "reads"))


def test_a_turn_that_is_told_of_after_the_erasure_is_not_kept(store: ConversationStore) -> None:
    store.keep(FROM_GATEWAY)
    store.erase("cuoc-1")
    store.keep(FROM_BOT)
    assert _turns(store) == []


def test_who_comes_back_after_an_erasure_is_heard_again(store: ConversationStore) -> None:
    store.erase("cuoc-1")
    store.keep(Turn("cuoc-1", "tin-2", now_ms() + 1, said="lại là tôi"))
    assert [turn["said"] for turn in _turns(store)] == ["lại là tôi"]


def test_figures_outlive_the_turns_they_were_counted_from(store: ConversationStore) -> None:
    store.keep(FROM_GATEWAY)
    store.erase("cuoc-1")
    with store.writing() as connection:
        refresh_figures(connection)
        assert figures_by_day(connection, since=DAY, until=DAY)[DAY].turns == 1


def test_two_processes_write_side_by_side(url: str, store: ConversationStore) -> None:
    other = ConversationStore(url)
    for number in range(20):
        (store, other)[number % 2].keep(Turn("cuoc-1", f"tin-{number}", MORNING + number, said=str(number)))
    other.close()
    assert [turn["said"] for turn in _turns(store)] == [str(number) for number in range(20)]


def test_nothing_is_found_in_an_empty_store(store: ConversationStore) -> None:
    with store.reading() as connection:
        assert find_turns(connection, Filters()).turns == ()


def test_the_tables_are_those_of_the_schema(store: ConversationStore) -> None:
    with store.reading() as connection:
        found = {name for name in inspect(connection).get_table_names() if not name.startswith("turn_index")}
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalars().all() == ["runs"]
    assert found == {*METADATA.tables, "alembic_version"}
