"""Turns that never were: what citizens ask, in the shares and over the days that a busy assistant might see."""

import itertools
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from motcua.conversations.indexing import terms_of
from motcua.conversations.moments import DAY_MS, first_id
from motcua.places.units import load_places
from motcua.procedures.loader import load_guides
from motcua.settings import ROOT

DAYS = 365
# Status, intent and channel, each with its share.
_STATUSES = {
    "answered_from_guide": 52, "answered_from_catalogue": 9, "answered_place": 5, "answered_dossier": 4,
    "asked_which_procedure": 8, "asked_which_case": 4, "asked_for_detail": 5, "declined_no_guide": 4,
    "declined_out_of_scope": 3, "handed_over": 2, "smalltalk": 3, "referred_emergency": 0.1, "failed_registry": 0.2,
    "failed_actions": 0.3, "failed_internal": 0.4,
}  # fmt: skip
_INTENTS = {
    "ask_papers": 30, "ask_procedure": 20, "ask_fee": 12, "ask_time": 8, "ask_place": 8, "ask_steps": 5, "ask_online": 4,
    "greet": 4, "ask_conditions": 3, "ask_forms": 2, "dossier_status": 4,
}  # fmt: skip
_CHANNELS = {"zalo_oa": 60, "web": 35, "zalo_bot": 5}
_TAILS = (
    *("",) * 3, " ạ", " vậy", " cho con", " ở đâu", " mất bao lâu", " cần giấy tờ gì", " bao nhiêu tiền",
    " hôm nay", " được không",
)  # fmt: skip


@dataclass(frozen=True)
class Made:
    """One turn as the rows of three tables, and the conversation it opens, if it does."""

    turn: dict[str, Any]
    terms: str
    trace: str
    conversation: dict[str, Any] | None


class World:
    """What made-up turns are about, the same for the same seed."""

    def __init__(self, seed: int = 1) -> None:
        self.random = random.Random(seed)
        guides = load_guides(ROOT / "knowledge_base" / "procedures")
        self.guides = list(guides.values())
        self.places = list(load_places(ROOT / "knowledge_base" / "places.yml").units)
        self._popular = list(itertools.accumulate(1 / (rank + 3) for rank in range(len(self.guides))))
        self._words: dict[str, str] = {}

    def turns(self, count: int, *, now: int) -> Iterator[Made]:
        """So many turns, oldest first, in conversations of one to twelve; more of them toward today."""
        moments = sorted(now - int(DAYS * DAY_MS * self.random.random() ** 1.5) for _ in range(count))
        made = 0
        for number in itertools.count():
            length = min(1 + int(self.random.expovariate(0.45)), 12, count - made)
            conversation = f"made-{number}"
            opened = {"channel": _drawn(self.random, _CHANNELS), "place": self.random.choice(self.places), "turns": length}
            for place in range(length):
                turn_id = first_id(moments[made]) + made % 1024
                yield self._turn(turn_id, conversation, place + 1, opened, moments[made : made + length - place])
                made += 1
            if made == count:
                return

    def _turn(self, turn_id: int, conversation: str, number: int, opened: dict[str, Any], moments: Sequence[int]) -> Made:
        drawn = self.random
        (guide,) = drawn.choices(self.guides, cum_weights=self._popular)
        said = drawn.choice(guide.also_called) + drawn.choice(_TAILS)
        status, helpful = _drawn(drawn, _STATUSES), drawn.random()
        has_procedure = status.startswith(("answered", "asked_which"))
        turn = {
            "id": turn_id, "conversation": conversation, "message": str(turn_id), "number": number,
            "channel": opened["channel"], "place": opened["place"], "said": said, "status": status,
            "intent": _drawn(drawn, _INTENTS), "runner_up": "ask_procedure", "confidence": round(1 - drawn.random() ** 3, 3),
            "procedure": guide.code if has_procedure else None, "section": "papers" if has_procedure else None,
            "field": guide.field if has_procedure else None, "ms": int(60 + drawn.expovariate(1 / 300)),
            "model": "17286a166c6514f2", "index_digest": "5be2f6e1c7d4",
            "helpful": helpful < 0.1 if helpful < 0.14 else None,
            "feedback_reason": "incomplete" if 0.1 < helpful < 0.12 else None,
            "handed_over": status == "handed_over", "state": "reviewed" if helpful > 0.98 else "unreviewed",
        }  # fmt: skip
        opening = {"id": conversation, **opened, "began_at": moments[0], "last_at": moments[-1]} if number == 1 else None
        return Made(turn, terms_of(turn, opened["turns"]), self._trace(guide, said), opening)

    def _trace(self, guide: Any, said: str) -> str:
        others = self.random.sample(self.guides, 4)
        ranked = [{"code": other.code, "chance": 0.1, "passage": other.name, "features": {"phrase": 0.4}} for other in others]
        steps = {"nlu": 8.1, "retrieval": 41.0, "action": 55.2, "dialogue": 90.4}
        return json.dumps({"heard": said, "replies": [guide.name * 3], "rankings": [{"candidates": ranked}], "ms": steps})


def _drawn(drawn: random.Random, weights: dict[str, float]) -> str:
    return drawn.choices(list(weights), list(weights.values()))[0]
