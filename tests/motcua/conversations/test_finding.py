"""What a supervisor asks for is what is found, on both databases."""

from dataclasses import replace
from datetime import timedelta

import pytest

from motcua.conversations.filters import Filters, chosen_filters
from motcua.conversations.finding import count_turns, find_conversations, find_turns, sample_turns
from motcua.conversations.moments import begin_of
from motcua.conversations.reviewing import mark_read
from motcua.conversations.store import ConversationStore
from tests.motcua.conversations.conftest import DAY, MORNING, Keep


def _said(store: ConversationStore, filters: Filters) -> list[str]:
    with store.reading() as connection:
        return [turn["said"] for turn in find_turns(connection, filters).turns]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("khai sinh", ["khai sinh cho con", "Đăng ký khai sinh", "sinh viên khai tạm trú"]),
        ('"khai sinh"', ["khai sinh cho con", "Đăng ký khai sinh"]),
        ("ĐĂNG KÝ", ["Đăng ký khai sinh"]),
        ("dang ki", ["Đăng ký khai sinh"]),
        ("tam tru", ["sinh viên khai tạm trú"]),
        ("khai tử", []),
        ('"cho con" khai', ["khai sinh cho con"]),
        ("!!! ()", ["khai sinh cho con", "Đăng ký khai sinh", "sinh viên khai tạm trú"]),
        ("' OR 1=1 --", []),
        ('"', ["khai sinh cho con", "Đăng ký khai sinh", "sinh viên khai tạm trú"]),
    ],
)
def test_words_are_found_with_and_without_diacritics_newest_first(
    store: ConversationStore, keep: Keep, text: str, found: list[str]
) -> None:
    for said in ("sinh viên khai tạm trú", "Đăng ký khai sinh", "khai sinh cho con"):
        keep(said)
    assert _said(store, Filters(text=text)) == found


FACTS = {
    "a": {"status": "answered_from_guide", "intent": "ask_fee", "procedure": "1.001193", "channel": "web", "confidence": 0.97},
    "b": {"status": "declined_no_guide", "intent": "ask_fee", "channel": "zalo_oa", "confidence": 0.31, "place": "09127"},
    "c": {"status": "failed_actions", "channel": "zalo_oa", "field": "ho-tich", "handed_over": True, "confidence": 1.0},
    "d": {"status": "answered_place", "helpful": False, "feedback_reason": "unclear", "section": "place", "model": "m1"},
}


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (chosen_filters(status="answered"), "da"),
        (chosen_filters(status=["answered_place", "failed"]), "dc"),
        (chosen_filters(intent="ask_fee", channel="web"), "a"),
        (replace(chosen_filters(intent="ask_fee", channel="zalo_oa"), match="any"), "cba"),
        (chosen_filters(intent="ask_fee", status="failed"), ""),
        (chosen_filters(procedure="1.001193"), "a"),
        (chosen_filters(field="ho-tich"), "c"),
        (chosen_filters(place="09127"), "b"),
        (chosen_filters(section="place", model="m1"), "d"),
        (chosen_filters(handed_over="yes"), "c"),
        (chosen_filters(feedback="unhelpful"), "d"),
        (chosen_filters(feedback=["unclear", "helpful"]), "d"),
        (chosen_filters(confidence=(0, 40)), "b"),
        (chosen_filters(confidence=(31, 31)), "b"),
        (chosen_filters(confidence=(32, 97)), "a"),
        (chosen_filters(confidence=(98, 100)), "c"),
        (chosen_filters(confidence=(0, 100)), "cba"),
        (replace(chosen_filters(feedback="unclear", confidence=(0, 40)), match="any"), "db"),
        (chosen_filters(length="3-5"), "dcba"),
        (chosen_filters(length="1"), ""),
        (chosen_filters(state="unreviewed", length=["3-5", "21+"], status="declined"), "b"),
    ],
)
def test_filters_join_as_asked(store: ConversationStore, keep: Keep, filters: Filters, found: str) -> None:
    for said, facts in FACTS.items():
        keep(said, **facts)
    assert _said(store, filters) == list(found)


def test_days_are_days_in_vietnam_and_both_count(store: ConversationStore, keep: Keep) -> None:
    begin = begin_of(DAY)
    keep("hôm trước", at=begin - 1), keep("sáng", at=begin), keep("đêm", at=begin_of(DAY + timedelta(days=1)) - 1)
    assert _said(store, Filters(since=DAY, until=DAY)) == ["đêm", "sáng"]
    assert _said(store, Filters(until=DAY - timedelta(days=1))) == ["hôm trước"]
    assert _said(store, replace(chosen_filters(text="sáng"), since=DAY)) == ["sáng"]


def test_pages_follow_one_another_without_gap_or_double(store: ConversationStore, keep: Keep) -> None:
    for number in range(7):
        keep(f"câu {number}", status="smalltalk")
    with store.reading() as connection:
        said, before = [], None
        while True:
            page = find_turns(connection, chosen_filters(status="smalltalk"), before=before, limit=3)
            said += [turn["said"] for turn in page.turns]
            if (before := page.next) is None:
                break
    assert said == [f"câu {number}" for number in reversed(range(7))]


def test_a_conversation_is_listed_once_at_its_newest_matching_turn(store: ConversationStore, keep: Keep) -> None:
    for said, conversation in (("một", "x"), ("hai", "y"), ("ba", "x"), ("bốn", "z"), ("năm", "y"), ("sáu", "y")):
        keep(said, conversation=conversation, status="smalltalk" if said != "sáu" else "failed_actions")
    with store.reading() as connection:
        listed, before = [], None
        while True:
            page = find_conversations(connection, chosen_filters(status="smalltalk"), before=before, limit=1)
            listed += [(turn["conversation"], turn["said"]) for turn in page.turns]
            if (before := page.next) is None:
                break
    assert listed == [("y", "năm"), ("z", "bốn"), ("x", "ba")]


def test_unread_is_what_this_reviewer_has_not_read(store: ConversationStore, keep: Keep) -> None:
    first = keep("một", status="smalltalk")
    keep("hai")
    with store.writing() as connection:
        mark_read(connection, [first], "lan")
        mark_read(connection, [first], "lan")
    assert _said(store, Filters(unread_by="lan")) == ["hai"]
    assert _said(store, Filters(unread_by="minh")) == ["hai", "một"]
    assert _said(store, replace(chosen_filters(status="smalltalk"), unread_by="lan")) == []


def test_counting_ends_at_its_limit(store: ConversationStore, keep: Keep) -> None:
    for _ in range(5):
        keep()
    with store.reading() as connection:
        assert count_turns(connection, chosen_filters(text="khai")) == 5
        assert count_turns(connection, Filters(), up_to=3) == 3


def test_a_sample_is_the_same_for_the_same_seed(store: ConversationStore, keep: Keep) -> None:
    for number in range(40):
        keep(status="smalltalk" if number % 2 else "handed_over", at=MORNING + number * 997)
    filters = chosen_filters(status="smalltalk")
    with store.reading() as connection:
        drawn = {seed: sample_turns(connection, filters, seed=seed, size=5) for seed in (1, 2, 3)}
        assert sample_turns(connection, filters, seed=1, size=5) == drawn[1]
        assert len(sample_turns(connection, filters, seed=1, size=99)) == 20
    assert {turn["status"] for turns in drawn.values() for turn in turns} == {"smalltalk"}
    assert len({tuple(turn["id"] for turn in turns) for turns in drawn.values()}) == 3
