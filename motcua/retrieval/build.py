"""Guides → index, diacritics and ranker."""

import logging
from collections.abc import Iterator, Sequence
from pathlib import Path

import yaml

from motcua.procedures.linter import all_texts
from motcua.procedures.loader import load_guides
from motcua.retrieval.artefact import SMALL_TALK, Layout, Manifest, content_digest
from motcua.retrieval.embedder import Embedder, SentenceTransformerEmbedder
from motcua.retrieval.features import Evidence
from motcua.retrieval.index import Index
from motcua.retrieval.passages import passages_of
from motcua.retrieval.ranker import Example, Ranker, train
from motcua.retrieval.retriever import Retriever
from motcua.settings import Settings
from motcua.vietnamese.diacritics import Restorer
from motcua.vietnamese.folding import fold
from motcua.vietnamese.vocabulary import Vocabulary, load_vocabulary

logger = logging.getLogger(__name__)

_BARE_EVERY = 4  # one question in four is also learned without diacritics; each costs 20 ms of embedding
_SMALL_TALK_EVERY = 2


def build(settings: Settings, embedder: Embedder | None = None) -> Retriever:
    """Builds and saves the artefact; returns the retriever on it."""
    embedder = embedder or SentenceTransformerEmbedder(settings.embedder)
    guides = load_guides(settings.knowledge_base / "procedures")
    vocabulary = load_vocabulary(settings.knowledge_base / "vocabulary.yml")
    passages = [passage for guide in guides.values() for passage in passages_of(guide)]
    restorer = Restorer.train(text for guide in guides.values() for text in all_texts(guide))
    index = Index.build(passages, embedder)
    evidence = Evidence(index)
    ranker = train([*_answerable(evidence, index, embedder, vocabulary, restorer), *_small_talk(evidence, embedder, vocabulary)])
    layout = Layout(settings.index_dir)
    layout.folder.mkdir(parents=True, exist_ok=True)
    restorer.save(layout.restorer)
    ranker.save(layout.ranker)
    index.save(layout.folder, Manifest(embedder.name, embedder.dim, content_digest(settings.knowledge_base), len(passages)))
    logger.info("Indexed %d passages of %d guides in %s", len(passages), len(guides), layout.folder)
    return Retriever(index, embedder, ranker, restorer)


def load_retriever(settings: Settings, embedder: Embedder) -> Retriever:
    """The retriever on the artefact of `build`. Raises IndexMismatch."""
    layout = Layout(settings.index_dir)
    index = Index.load(layout.folder, embedder, content_digest(settings.knowledge_base))
    return Retriever(index, embedder, Ranker.load(layout.ranker), Restorer.load(layout.restorer))


def _answerable(
    evidence: Evidence, index: Index, embedder: Embedder, vocabulary: Vocabulary, restorer: Restorer
) -> Iterator[Example]:
    """Each question of a guide asks for its guide, with and without diacritics, while its own passage is left out."""
    for place, passage in enumerate(index.passages):
        if passage.section == "question":
            asked, right = vocabulary.content(passage.text), int(index.procedure_of[place])
            yield evidence.features(asked, index.vector_of(place), without=place), right
            if place % _BARE_EVERY == 0:
                vector = embedder.embed([restorer.restore(fold(passage.text))])[0]
                yield evidence.features(asked, vector, without=place), right


def _small_talk(evidence: Evidence, embedder: Embedder, vocabulary: Vocabulary) -> Iterator[Example]:
    """What is about no procedure at all."""
    for text in _small_talk_texts(SMALL_TALK)[::_SMALL_TALK_EVERY]:
        if asked := vocabulary.content(text):
            yield evidence.features(asked, embedder.embed([text])[0]), None


def _small_talk_texts(paths: Sequence[Path]) -> list[str]:
    intents = [intent for path in paths for intent in yaml.safe_load(path.read_text("utf-8"))["nlu"]]
    return [line.removeprefix("- ") for intent in intents for line in intent["examples"].splitlines()]
