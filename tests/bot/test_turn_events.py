"""Rasa's events of a turn, as a turn of the conversation store."""

from typing import Any

from bot.turn_events import turn_of
from motcua.conversations.turns import Turn

MESSAGE = {
    "event": "user",
    "timestamp": 1_700_000_000.5,
    "text": "làm khai sinh ở Võ Cường",
    "message_id": "tin-1",
    "metadata": {"channel": "web", "at": 1_700_000_000_123, "ms": {"nlu": 8.5, "dialogue": 60.1}, "model_id": "abc"},
    "parse_data": {
        "intent": {"name": "ask_papers", "confidence": 0.91},
        "intent_ranking": [
            {"name": name, "confidence": confidence}
            for name, confidence in (("ask_papers", 0.91), ("ask_fee", 0.05), ("greet", 0.02), ("thank", 0.01))
        ],
        "entities": [{"entity": "place", "value": "Võ Cường", "start": 16, "end": 24, "extractor": "Gazetteer"}],
    },
}
KIND = {"event": "bot", "text": "Xin chia buồn cùng gia đình.", "metadata": {"utter_action": "utter_condolence"}}
RANKING = {"ms": 30.04, "none": 0.02, "candidates": [{"code": "1.001193", "chance": 0.9}]}
ANSWER = {
    "event": "bot",
    "text": "Đăng ký khai sinh: …",
    "metadata": {
        "status": "answered_from_guide",
        "procedures": ["1.001193", "2.000528"],
        "sections": ["papers"],
        "trace": {"ms": 41.2, "rankings": [RANKING], "field": "ho-tich", "index": "5be2f6e1"},
    },
}


def _action(name: str) -> dict[str, Any]:
    return {"event": "action", "name": name}


PLACE = {"event": "slot", "name": "place", "value": "09127"}
EVENTS = [MESSAGE, _action("action_answer_procedure"), KIND, ANSWER, PLACE, _action("action_listen")]


def test_a_turn_is_what_was_understood_and_how_it_was_answered() -> None:
    assert turn_of("cuoc-1", EVENTS) == Turn(
        "cuoc-1",
        "tin-1",
        1_700_000_000_123,
        channel="web",
        place="09127",
        status="answered_from_guide",
        intent="ask_papers",
        runner_up="ask_fee",
        confidence=0.91,
        procedure="1.001193",
        section="papers",
        field="ho-tich",
        model="abc",
        index_digest="5be2f6e1",
        handed_over=False,
        trace={
            "heard": "làm khai sinh ở Võ Cường",
            "replies": ["Xin chia buồn cùng gia đình.", "Đăng ký khai sinh: …"],
            "procedures": ["1.001193", "2.000528"],
            "sections": ["papers"],
            "intents": MESSAGE["parse_data"]["intent_ranking"][:3],
            "entities": [{"entity": "place", "value": "Võ Cường"}],
            "rankings": [RANKING],
            "actions": ["action_answer_procedure"],
            "ms": {"nlu": 8.5, "dialogue": 60.1, "action": 41.2, "retrieval": 30.0},
        },
    )


def test_a_message_that_nothing_answered_is_a_turn_too() -> None:
    bare = {"event": "user", "timestamp": 1_700_000_000.5, "text": "/send_nothing", "message_id": "tin-2"}
    turn = turn_of("cuoc-1", [bare, _action("action_listen")])
    assert (turn.at, turn.status, turn.intent, turn.trace["heard"]) == (1_700_000_000_500, None, None, "/send_nothing")


def test_a_person_who_was_asked_for_is_a_hand_over() -> None:
    person = {"event": "bot", "text": "Anh/Chị gặp cán bộ tại …", "metadata": {"status": "handed_over"}}
    assert turn_of("cuoc-1", [MESSAGE, person]).handed_over
