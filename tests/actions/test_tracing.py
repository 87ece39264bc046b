"""An answer carries how it came about, whichever action gave it."""

from dataclasses import replace
from typing import Any

from rasa_sdk import Action
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.utils import call_potential_coroutine

from actions.dossier_actions import ActionCheckDossier
from actions.procedure_actions import ActionAnswerProcedure
from actions.services import Services
from actions.talk_actions import ActionSay
from actions.tracing import TracedRetriever
from motcua.retrieval.decision import Candidate
from tests.actions.conftest import BIRTH, KNOWN, tracker
from tests.fakes import PhraseRetriever


class Explaining(PhraseRetriever):
    """Says of its first candidate why it is the first."""

    reader: Any = None

    def rank(self, text: str) -> list[Candidate]:
        first, *others = super().rank(text) or [Candidate("0", 0.0)]
        return [replace(first, passage="làm khai sinh", features={"phrase": 1.2}), *others]


async def _trace(action: Action, text: str, intent: str) -> dict[str, Any]:
    dispatcher = CollectingDispatcher()
    await call_potential_coroutine(action.run(dispatcher, tracker(text, intent, {}), {}))  # as the executor calls it
    (trace,) = [message["trace"] for message in dispatcher.messages if "trace" in message]
    return trace


async def test_candidates_come_with_their_chances_passages_and_features(services: Services) -> None:
    traced = replace(services, retriever=TracedRetriever(Explaining(KNOWN)), index_digest="5be2f6e1")
    trace = await _trace(ActionAnswerProcedure(traced), "làm khai sinh cần giấy tờ gì", "ask_papers")
    (ranking,) = trace["rankings"]
    first, second = ranking["candidates"]
    assert first == {"code": BIRTH, "chance": 0.9, "passage": "làm khai sinh", "features": {"phrase": 1.2}}
    assert second["chance"] == 0.05
    assert (ranking["none"], trace["field"], trace["index"]) == (0.05, "ho-tich", "5be2f6e1")
    assert 0 <= ranking["ms"] <= trace["ms"]


async def test_a_kind_word_before_the_answer_carries_none(services: Services) -> None:
    dispatcher, asked = CollectingDispatcher(), tracker("bố tôi mới mất, làm khai sinh cần gì", "ask_papers", {})
    await ActionAnswerProcedure(services).run(dispatcher, asked, {})
    assert ["trace" in message for message in dispatcher.messages] == [False, True]


async def test_other_actions_are_traced_too(services: Services) -> None:
    assert (await _trace(ActionSay(services), "chào", "greet"))["field"] is None
    assert (await _trace(ActionCheckDossier(services), "hồ sơ tới đâu", "check_dossier_status"))["rankings"] == []
