"""Tiny real stand-ins for what a unit test must not start: a model, a server."""

import asyncio
import json
import zlib
from collections.abc import Mapping, Sequence
from typing import Any

import httpx
import numpy as np

from motcua.retrieval.decision import Candidate
from motcua.retrieval.embedder import Vectors
from motcua.vietnamese.terms import terms


class PhraseRetriever:
    """Ranks by a table: phrase → {code: chance}. The first phrase that a question holds counts; no phrase, no candidate."""

    def __init__(self, known: Mapping[str, Mapping[str, float]]) -> None:
        self._known = {" ".join(terms(phrase)): chances for phrase, chances in known.items()}

    def rank(self, text: str) -> list[Candidate]:
        chances = next((found for phrase, found in self._known.items() if phrase in " ".join(terms(text))), {})
        ranked = [Candidate(code, chance) for code, chance in chances.items()]
        return sorted(ranked, key=lambda candidate: -candidate.chance)


class FakeBot:
    """The bot's internal channel over httpx: keeps what it hears and answers with `replies`, after its `failures`."""

    def __init__(
        self, *replies: dict[str, Any], failures: Sequence[int | Exception] = (), gate: asyncio.Event | None = None
    ) -> None:
        self.heard: list[dict[str, Any]] = []
        self._replies, self._failures, self._gate = list(replies), list(failures), gate

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.method == "GET":
            return httpx.Response(200)
        turn = json.loads(request.content)
        self.heard.append(turn)
        if self._gate:
            await self._gate.wait()
        failure = self._failures.pop(0) if self._failures else 200
        if isinstance(failure, Exception):
            raise failure
        echo = {"text": f"Đã nhận: {turn['signal'] if 'signal' in turn else turn['text']}", "status": "smalltalk"}
        return httpx.Response(failure, json={"replies": self._replies or [echo]})

    def client(self) -> httpx.AsyncClient:
        return httpx.AsyncClient(transport=httpx.MockTransport(self), base_url="http://bot")


class WordEmbedder:
    """An embedder without a model: texts of the same folded words point the same way."""

    def __init__(self, name: str = "words", dim: int = 64) -> None:
        self.name, self.dim = name, dim

    def embed(self, texts: Sequence[str]) -> Vectors:
        vectors = np.full((len(texts), self.dim), 1e-3, dtype=np.float32)
        for vector, text in zip(vectors, texts, strict=True):
            for term in terms(text):
                vector[zlib.crc32(term.encode()) % self.dim] += 1
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
