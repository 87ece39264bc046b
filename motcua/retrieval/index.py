"""The index: passages, their vectors in FAISS and their folded terms in BM25, in one folder that remembers how it was made."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, replace
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from motcua.retrieval.artefact import FORMAT, IndexMismatch, Layout, Manifest, read_manifest
from motcua.retrieval.embedder import Embedder, Vectors
from motcua.retrieval.lexical import LexicalIndex
from motcua.retrieval.passages import PHRASE_SECTIONS, Passage
from motcua.retrieval.projection import Projection, Units
from motcua.vietnamese.terms import terms

_NEAREST = 400  # phrases; those of the twenty nearest procedures and more


class Index:
    """Scores of every procedure against a question, from each of its passages the best."""

    def __init__(self, passages: Sequence[Passage], vectors: faiss.Index, lexical: LexicalIndex) -> None:
        self.passages, self.vectors, self.lexical = passages, vectors, lexical
        self.codes = list(dict.fromkeys(passage.code for passage in passages))
        order = {code: place for place, code in enumerate(self.codes)}
        self.procedure_of = np.array([order[passage.code] for passage in passages])
        self.is_phrase = np.array([passage.section in PHRASE_SECTIONS for passage in passages])
        self._starts = np.searchsorted(self.procedure_of, np.arange(len(self.codes)))
        self._phrases = np.flatnonzero(self.is_phrase)

    @classmethod
    def build(
        cls, passages: Sequence[Passage], embedder: Embedder, read: Callable[[list[str]], Iterable[str]] = list
    ) -> "Index":
        """Counts all passages and embeds the phrases among them, as `read` spells them; one procedure's stand together."""
        texts = read([passage.text for passage in passages])
        passages = [replace(passage, text=text) for passage, text in zip(passages, texts, strict=True)]
        phrases = [passage.text for passage in passages if passage.section in PHRASE_SECTIONS]
        vectors = faiss.IndexFlatIP(embedder.dim)
        vectors.add(embedder.embed(phrases))
        return cls(passages, vectors, LexicalIndex.build([terms(passage.text) for passage in passages]))

    def under(self, projection: Projection, said: Sequence[Units]) -> "Index":
        """The same index with its phrases projected; `said` are the units of each."""
        vectors = faiss.IndexFlatIP(self.vectors.d)
        vectors.add(projection(self.all_vectors(), said))
        return Index(self.passages, vectors, self.lexical)

    def save(self, folder: Path, manifest: Manifest) -> None:
        """Writes the artefact; the manifest comes last, so that a broken-off build is not taken for an index."""
        layout = Layout(folder)
        layout.manifest.unlink(missing_ok=True)
        folder.mkdir(parents=True, exist_ok=True)
        faiss.write_index(at_16_bits(self.all_vectors()), str(layout.vectors))
        self.lexical.save(layout.lexical)
        lines = (json.dumps(passage.as_dict(), ensure_ascii=False) + "\n" for passage in self.passages)
        layout.passages.write_text("".join(lines), "utf-8")
        layout.manifest.write_text(json.dumps(asdict(manifest), indent=1), "utf-8")

    @classmethod
    def load(cls, folder: Path, embedder: Embedder, digest: str) -> "Index":
        """Reads the artefact. Raises IndexMismatch if it is missing or made from other content or by another embedder."""
        layout, manifest = Layout(folder), read_manifest(folder)
        if manifest is None:
            raise IndexMismatch(folder, "manifest.json", "missing", "written by the last build")
        for what, found, expected in (
            ("format", manifest.format, FORMAT),
            ("embedder", manifest.embedder, embedder.name),
            ("dimension", manifest.dim, embedder.dim),
            ("digest of the content", manifest.digest, digest),
        ):
            if found != expected:
                raise IndexMismatch(folder, what, found, expected)
        with layout.passages.open(encoding="utf-8") as lines:
            passages = [Passage(**json.loads(line)) for line in lines]
        return cls(passages, faiss.read_index(str(layout.vectors)), LexicalIndex.load(layout.lexical))

    def names(self) -> list[str]:
        """The name of each procedure."""
        names = {passage.code: passage.text for passage in self.passages if passage.section == "name"}
        return [names[code] for code in self.codes]

    def reviewed(self) -> list[bool]:
        """Of each procedure, whether it has a guide of ours; these come first."""
        return [bool(self.passages[start].reviewed) for start in self._starts]

    def cosines(self, vector: Vectors, floor: float = 0.0) -> Vectors:
        """(passages,) the cosine of each of the nearest phrases to a vector; `floor` for what is farther, or no phrase."""
        found, places = self.nearest(vector[None])
        return self.spread(found[0], places[0], floor)

    def nearest(self, vectors: Vectors) -> tuple[Vectors, NDArray[np.int64]]:
        """(n, nearest) twice: cosines of the nearest phrases to each vector, and the places of these among the phrases."""
        found, places = self.vectors.search(vectors, min(_NEAREST, self.vectors.ntotal))
        return found, places

    def spread(self, found: Vectors, places: NDArray[np.int64], floor: float = 0.0) -> Vectors:
        """(passages,) what `nearest` found for one vector, at each passage's place; `floor` elsewhere."""
        scores = np.full(len(self.passages), floor, dtype=np.float32)
        scores[self._phrases[places]] = np.maximum(found, floor)
        return scores

    def all_vectors(self) -> Vectors:
        """(phrases, dim) in the order of the passages."""
        return np.asarray(self.vectors.reconstruct_n(0, self.vectors.ntotal), dtype=np.float32)

    def procedures_of_phrases(self) -> NDArray[np.int64]:
        """(phrases,) the place of each phrase's procedure."""
        return np.asarray(self.procedure_of[self._phrases])

    def vector_of(self, passage: int) -> Vectors:
        """(dim,) the vector of a phrase, by the place of its passage."""
        return np.asarray(self.vectors.reconstruct(self.phrase_at(passage)), dtype=np.float32)

    def phrase_at(self, passage: int) -> int:
        """The place among the phrases of the phrase that is this passage."""
        return int(np.searchsorted(self._phrases, passage))

    def nearest_phrase(self, procedure: int, vector: Vectors) -> str:
        """The phrase of a procedure, given by its place among the codes, that is nearest to a vector."""
        begin = int(self._starts[procedure])
        end = int(self._starts[procedure + 1]) if procedure + 1 < len(self._starts) else len(self.passages)
        first, last = self.phrase_at(begin), self.phrase_at(end)  # the phrases of one procedure stand together
        nearest = int(np.argmax(self.vectors.reconstruct_n(first, last - first) @ vector))
        return self.passages[int(self._phrases[first + nearest])].text

    def best_of_each(self, scores: Vectors) -> Vectors:
        """(procedures,) the best score among each procedure's passages, from (passages,) scores."""
        return np.asarray(np.maximum.reduceat(scores, self._starts), dtype=np.float32)

    def sum_of_each(self, scores: Vectors) -> Vectors:
        """(procedures,) the sum over each procedure's passages, from (passages,) scores."""
        return np.asarray(np.add.reduceat(scores, self._starts), dtype=np.float32)


def at_16_bits(vectors: Vectors) -> faiss.Index:
    """Compares every vector too, and a third faster; only many questions at once are slower: docs/adr/0004-retrieval.md."""
    index = faiss.IndexScalarQuantizer(vectors.shape[1], faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT)
    index.add(vectors)
    return index
