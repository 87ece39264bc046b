"""How an answer came about, for the conversation store: it travels with the reply as `trace`, and ends at the gateway."""

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Protocol

from rasa_sdk.executor import CollectingDispatcher

from motcua.retrieval.decision import MAX_CHOICES, Candidate, none_of
from motcua.retrieval.retriever import Retriever
from motcua.spans import span

_RANKINGS: ContextVar[list[dict[str, Any]] | None] = ContextVar("rankings", default=None)


class Fielded(Protocol):
    """A guide or a record."""

    field: Any


class TracedRetriever:
    """A retriever whose rankings are noted while an action is traced."""

    def __init__(self, retriever: Retriever) -> None:
        self._retriever, self.reader = retriever, retriever.reader

    def rank(self, text: str) -> list[Candidate]:
        """As the retriever ranks."""
        began = time.perf_counter()
        with span("retrieve"):
            ranked = self._retriever.rank(text)
        if (rankings := _RANKINGS.get()) is not None:
            rankings.append(
                {"ms": _since(began), "none": round(none_of(ranked), 3), "candidates": list(map(_told, _best(ranked)))}
            )
        return ranked


@contextmanager
def traced(dispatcher: CollectingDispatcher, procedures: Mapping[str, Fielded], index_digest: str) -> Iterator[None]:
    """Notes what an action ranks and how long it takes, in the first of its messages that carries a status."""
    began, rankings = time.perf_counter(), list[dict[str, Any]]()
    token = _RANKINGS.set(rankings)
    try:
        yield
    finally:
        _RANKINGS.reset(token)
    for message in dispatcher.messages:
        if message.get("status"):
            code = next(iter(message.get("procedures") or ()), None)
            field = procedures[code].field if code in procedures else None
            message["trace"] = {"ms": _since(began), "rankings": rankings, "field": field, "index": index_digest}
            return


def _best(ranked: Sequence[Candidate]) -> Sequence[Candidate]:
    return ranked[:MAX_CHOICES]


def _told(candidate: Candidate) -> dict[str, Any]:
    facts = {"passage": candidate.passage, "features": dict(candidate.features)}
    return {"code": candidate.code, "chance": round(candidate.chance, 3), **facts}


def _since(began: float) -> float:
    return round((time.perf_counter() - began) * 1000, 1)
