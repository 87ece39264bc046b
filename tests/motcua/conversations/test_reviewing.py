"""What reviewers do with a turn, what it is called afterwards, and whether they agree."""

import pytest

from motcua.conversations.agreement import Agreement, agreement, measure, reviewers_of_the_same
from motcua.conversations.filters import Filters, chosen_filters
from motcua.conversations.finding import find_turns, rows_of
from motcua.conversations.reviewing import (
    Review,
    assign,
    flag,
    flags_of,
    mark_read,
    note,
    notes_of,
    resolve,
    review,
    reviews_of,
    tag,
    tags_of,
    unassign,
    untag,
)
from motcua.conversations.store import ConversationStore
from motcua.conversations.views import delete_view, save_view, views_for
from tests.motcua.conversations.conftest import Keep

RIGHT, WRONG = (
    Review("lan", is_right=True),
    Review("minh", is_right=False, procedure="2.000528", entities=[{"entity": "place"}]),
)


def _found(store: ConversationStore, filters: Filters) -> list[int]:
    with store.reading() as connection:
        return [turn["id"] for turn in find_turns(connection, filters).turns]


def _state(store: ConversationStore, turn: int) -> str:
    with store.reading() as connection:
        return str(rows_of(connection, [turn])[0]["state"])


def test_a_review_is_kept_found_and_read(store: ConversationStore, keep: Keep) -> None:
    turn = keep()
    with store.writing() as connection:
        review(connection, turn, WRONG)
        assert reviews_of(connection, turn) == [WRONG]
    assert _state(store, turn) == "reviewed"
    assert _found(store, chosen_filters(reviewer="minh", state="reviewed")) == [turn]
    assert _found(store, Filters(unread_by="minh")) == []


def test_two_who_see_it_differently_are_a_dispute_until_one_changes_their_mind(store: ConversationStore, keep: Keep) -> None:
    turn = keep()
    for given, state in ((RIGHT, "reviewed"), (WRONG, "disputed"), (Review("minh", is_right=True), "reviewed")):
        with store.writing() as connection:
            review(connection, turn, given)
        assert _state(store, turn) == state


def test_a_flag_is_raised_with_a_reason_and_resolved(store: ConversationStore, keep: Keep) -> None:
    turn = keep()
    with store.writing() as connection:
        flag(connection, turn, reason="phí đã đổi", by="lan")
        review(connection, turn, RIGHT)
    assert _state(store, turn) == "flagged"
    with store.writing() as connection:
        resolve(connection, turn, by="minh")
        (raised,) = flags_of(connection, turn)
    assert (raised["reason"], raised["by"], raised["resolved_by"]) == ("phí đã đổi", "lan", "minh")
    assert _found(store, chosen_filters(state="resolved")) == [turn]


def test_tags_come_and_go(store: ConversationStore, keep: Keep) -> None:
    turn = keep()
    with store.writing() as connection:
        for name in ("hay hỏi", "đất đai", "hay hỏi"):
            tag(connection, turn, name)
        assert tags_of(connection, turn) == ["hay hỏi", "đất đai"]
    assert _found(store, chosen_filters(tag="đất đai")) == [turn]
    assert _found(store, chosen_filters(tag="dat dai")) == []
    with store.writing() as connection:
        untag(connection, turn, "đất đai")
    assert _found(store, chosen_filters(tag="đất đai")) == []


def test_notes_stand_in_order(store: ConversationStore, keep: Keep) -> None:
    turn = keep()
    with store.writing() as connection:
        note(connection, turn, text="hỏi lại Sở", by="lan")
        note(connection, turn, text="đã hỏi", by="minh")
        assert [(given["by"], given["text"]) for given in notes_of(connection, turn)] == [
            ("lan", "hỏi lại Sở"), ("minh", "đã hỏi"),
        ]  # fmt: skip


def test_an_assigned_conversation_is_found_whole(store: ConversationStore, keep: Keep) -> None:
    first, second = keep(), keep()
    keep(conversation="cuoc-2")
    with store.writing() as connection:
        assign(connection, "cuoc-1", "lan", by="minh")
        assign(connection, "cuoc-1", "lan", by="minh")
    assert _found(store, chosen_filters(assigned="lan")) == [second, first]
    with store.writing() as connection:
        unassign(connection, "cuoc-1", "lan")
    assert _found(store, chosen_filters(assigned="lan")) == []


def test_what_is_written_about_a_turn_outlives_what_is_told_of_it_later(store: ConversationStore, keep: Keep) -> None:
    turn = keep()
    with store.writing() as connection:
        tag(connection, turn, "xem lại")
        mark_read(connection, [turn], "lan")
    keep("thêm một câu")  # the conversation is longer now, so its turns are indexed anew
    assert _found(store, chosen_filters(tag="xem lại", length="2")) == [turn]
    assert turn not in _found(store, Filters(unread_by="lan"))


@pytest.mark.parametrize(
    ("labels", "kappa"),
    [
        ([("yes", "yes")] * 20 + [("yes", "no")] * 5 + [("no", "yes")] * 10 + [("no", "no")] * 15, 0.4),  # a textbook's example
        ([("a", "a"), ("b", "b"), ("c", "c")], 1.0),
        ([("a", "b"), ("b", "a")], -1.0),
        ([("a", "a")], None),
        ([], None),
    ],
)
def test_kappa(labels: list[tuple[str, str]], kappa: float | None) -> None:
    assert measure(labels).kappa == (kappa if kappa is None else pytest.approx(kappa))


def test_two_reviewers_are_compared_on_what_both_have_seen(store: ConversationStore, keep: Keep) -> None:
    turns = [keep(procedure="1.001193") for _ in range(3)]
    given = [(RIGHT, Review("minh", is_right=True)), (RIGHT, WRONG), (RIGHT, None)]
    with store.writing() as connection:
        for turn, pair in zip(turns, given, strict=True):
            for one in filter(None, pair):
                review(connection, turn, one)
        assert reviewers_of_the_same(connection) == [("lan", "minh", 2)]
        assert agreement(connection, "lan", "minh") == Agreement(2, 1, 0.0)
        assert agreement(connection, "lan", "minh", aspect="procedure") == Agreement(2, 1, 0.0)
        assert agreement(connection, "lan", "nobody") == Agreement(0, 0, None)


def test_a_view_is_ones_own_unless_it_is_shared(store: ConversationStore) -> None:
    failed, asked = chosen_filters(status="failed"), chosen_filters(status="asked")
    with store.writing() as connection:
        save_view(connection, owner="lan", name="Lỗi", filters=asked)
        save_view(connection, owner="lan", name="Lỗi", filters=failed, is_shared=True)
        save_view(connection, owner="lan", name="Riêng", filters=asked)
        assert [(view.name, view.filters) for view in views_for(connection, "lan")] == [("Lỗi", failed), ("Riêng", asked)]
        (shared,) = views_for(connection, "minh")
        assert not delete_view(connection, shared.id, owner="minh")
        assert delete_view(connection, shared.id, owner="lan")
        assert views_for(connection, "minh") == []
