"""Turns for pages that show some: three of a conversation, the last of which was misread."""

import uuid

from motcua.conversations.moments import now_ms
from motcua.conversations.turns import Trace, Turn
from tests.browser.console.site import Console

BIRTH, MARRIAGE = "1.001193", "1.000894"
_TRACE: Trace = {
    "heard": "làm giấy cho cháu",
    "replies": ["Đăng ký kết hôn\n\nCần mang theo:\n- Tờ khai"],
    "intents": [{"name": "ask_papers", "confidence": 0.62}, {"name": "ask_fee", "confidence": 0.3}],
    "entities": [{"entity": "place", "value": "Võ Cường"}],
    "rankings": [
        {
            "ms": 41.0,
            "none": 0.1,
            "candidates": [
                {"code": MARRIAGE, "chance": 0.5, "passage": "làm giấy kết hôn", "features": {"phrase": 0.61, "text": 0.3}},
                {"code": BIRTH, "chance": 0.4, "passage": "làm giấy khai sinh", "features": {"phrase": 0.6, "text": 0.4}},
            ],
        }
    ],
    "actions": ["action_answer_procedure"],
    "ms": {"nlu": 8.1, "retrieval": 41.0, "action": 55.2, "dialogue": 90.4},
}


def keep_turns(console: Console) -> str:
    """Puts them into the store; returns a word that they alone hold, and the conversation's name begins with."""
    word, now = f"z{uuid.uuid4().hex[:8]}", now_ms()
    for number, said in enumerate(("một xin chào", "hai lệ phí bao nhiêu", "ba làm giấy cho cháu")):
        answered = {
            "status": "answered_from_guide", "intent": "ask_papers", "runner_up": "ask_fee", "confidence": 0.62,
            "procedure": MARRIAGE, "section": "papers", "field": "ho-tich", "ms": 310, "model": "17286a166c6514f2",
            "index_digest": "5be2f6e1c7d4", "place": "09169", "helpful": False, "feedback_reason": "wrong_procedure",
        }  # fmt: skip
        console.app.state.conversations.keep(
            Turn(word, f"{word}-{number}", now + number, channel="web", said=f"{said} {word}", trace=_TRACE, **answered)
        )
    return word
