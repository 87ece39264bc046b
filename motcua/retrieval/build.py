"""Guides → index, diacritics and ranker."""

import logging
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray

from motcua.procedures.linter import all_texts
from motcua.procedures.loader import load_guides
from motcua.retrieval.artefact import SMALL_TALK, Layout, Manifest, content_digest, elsewhere_paths
from motcua.retrieval.classifier import ProcedureClassifier, Sample, scores_left_out
from motcua.retrieval.embedder import Embedder, SentenceTransformerEmbedder
from motcua.retrieval.features import Evidence
from motcua.retrieval.index import Index
from motcua.retrieval.passages import PHRASE_SECTIONS, passages_of
from motcua.retrieval.ranker import Example, Ranker, train
from motcua.retrieval.retriever import Retriever
from motcua.settings import Settings
from motcua.vietnamese.diacritics import Restorer
from motcua.vietnamese.terms import terms
from motcua.vietnamese.vocabulary import Vocabulary, load_vocabulary

logger = logging.getLogger(__name__)


def build(settings: Settings, embedder: Embedder | None = None) -> Retriever:
    """Builds and saves the artefact; returns the retriever on it."""
    digest = content_digest(settings.knowledge_base)  # of what is read now, whatever an editor saves meanwhile
    embedder = embedder or SentenceTransformerEmbedder(settings.embedder)
    guides = load_guides(settings.knowledge_base / "procedures")
    vocabulary = load_vocabulary(settings.knowledge_base / "vocabulary.yml")
    passages = [passage for guide in guides.values() for passage in passages_of(guide)]
    restorer = Restorer.train(text for guide in guides.values() for text in all_texts(guide))
    index = Index.build(passages, embedder)
    questions, others = _samples(index, vocabulary)
    classifier = ProcedureClassifier.train([*questions.values(), *others])
    evidence = Evidence(index)
    answerable = _answerable(evidence, questions, scores_left_out(list(questions.values()), others))
    ranker = train([*answerable, *_unanswerable(evidence, classifier, embedder, vocabulary)])
    layout = Layout(settings.index_dir)
    layout.folder.mkdir(parents=True, exist_ok=True)
    restorer.save(layout.restorer)
    classifier.save(layout.classifier)
    ranker.save(layout.ranker)
    index.save(layout.folder, Manifest(embedder.name, embedder.dim, digest, len(passages)))
    logger.info("Indexed %d passages of %d guides in %s", len(passages), len(guides), layout.folder)
    return Retriever(index, embedder, classifier=classifier, ranker=ranker, restorer=restorer)


def load_retriever(settings: Settings, embedder: Embedder) -> Retriever:
    """The retriever on the artefact of `build`. Raises IndexMismatch."""
    layout = Layout(settings.index_dir)
    return Retriever(
        Index.load(layout.folder, embedder, content_digest(settings.knowledge_base)),
        embedder,
        classifier=ProcedureClassifier.load(layout.classifier),
        ranker=Ranker.load(layout.ranker),
        restorer=Restorer.load(layout.restorer),
    )


def _samples(index: Index, vocabulary: Vocabulary) -> tuple[dict[int, Sample], list[Sample]]:
    """The questions by the place of their passage, and what else is told of the procedures."""
    questions, others = {}, []
    for place, passage in enumerate(index.passages):
        procedure = int(index.procedure_of[place])
        if passage.section in PHRASE_SECTIONS:
            sample = Sample(tuple(vocabulary.content(passage.text)), index.vector_of(place), procedure)
        else:
            sample = Sample(tuple(terms(passage.text)), np.zeros(index.vectors.d, dtype=np.float32), procedure)
        if passage.section == "question":
            questions[place] = sample
        else:
            others.append(sample)
    return questions, others


def _answerable(evidence: Evidence, questions: dict[int, Sample], margins: NDArray[np.float32]) -> Iterator[Example]:
    """Each question of a guide asks for its guide, while index and classifier do without it."""
    for (place, question), scores in zip(questions.items(), margins, strict=True):
        yield evidence.features(question.terms, question.vector, scores, without=place), question.procedure


def _unanswerable(
    evidence: Evidence, classifier: ProcedureClassifier, embedder: Embedder, vocabulary: Vocabulary
) -> Iterator[Example]:
    """What no guide answers."""
    for text in [*_small_talk_texts(SMALL_TALK), *_matters(elsewhere_paths())]:
        if asked := vocabulary.content(text):
            vector = embedder.embed([text])[0]
            yield evidence.features(asked, vector, classifier.scores(asked, vector)), None


def _small_talk_texts(paths: Sequence[Path]) -> list[str]:
    intents = [intent for path in paths for intent in yaml.safe_load(path.read_text("utf-8"))["nlu"]]
    return [line.removeprefix("- ") for intent in intents for line in intent["examples"].splitlines()]


def _matters(paths: Sequence[Path]) -> list[str]:
    return [matter for path in paths for matter in yaml.safe_load(path.read_text("utf-8"))["matters"]]
