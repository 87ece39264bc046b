"""Vectors kept by text, so that a changed guide costs the embedding of its own phrases and not of all."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from motcua.retrieval.embedder import Embedder, Vectors


class CachedEmbedder:
    """An embedder that remembers, in one file, what it has embedded before."""

    def __init__(self, embedder: Embedder, path: Path) -> None:
        self._embedder, self._path = embedder, path
        self.name, self.dim = embedder.name, embedder.dim
        self._known: dict[str, Vectors] = {}
        if path.exists():
            with np.load(path) as kept:
                self._known = dict(zip(kept["keys"].tolist(), kept["vectors"], strict=True))

    def embed(self, texts: Sequence[str]) -> Vectors:
        """(n, dim), rows of length one."""
        keys = [self._key(text) for text in texts]
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._known}
        if new:
            self._known |= dict(zip(new, self._embedder.embed(list(new.values())), strict=True))
        return np.stack([self._known[key] for key in keys])

    def save(self, *texts: str) -> None:
        """Keeps the vectors of these texts and forgets all others."""
        keys = [key for key in dict.fromkeys(map(self._key, texts)) if key in self._known]
        self._path.parent.mkdir(parents=True, exist_ok=True)
        np.savez(self._path, keys=np.array(keys), vectors=np.stack([self._known[key] for key in keys]))

    def _key(self, text: str) -> str:
        return hashlib.sha256(f"{self.name}\0{text}".encode()).hexdigest()[:32]
