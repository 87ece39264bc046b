"""Guides, life events and catalogue → index, diacritics, projection, classifier and scope."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from motcua.procedures.catalogue.record import Record
from motcua.procedures.catalogue.store import load_catalogue
from motcua.procedures.catalogue_phrases import load_catalogue_phrases
from motcua.procedures.guide import Guide
from motcua.procedures.life_events import LifeEvent, load_life_events
from motcua.procedures.linter import all_texts
from motcua.procedures.loader import load_guides
from motcua.procedures.procedures import Procedures
from motcua.retrieval.artefact import RANKERS, Layout, Manifest, content_digest
from motcua.retrieval.elsewhere import Elsewhere
from motcua.retrieval.embedder import Embedder, SentenceTransformerEmbedder
from motcua.retrieval.index import Index
from motcua.retrieval.lessons import Lessons
from motcua.retrieval.linear import Linear
from motcua.retrieval.on_all_cores import in_processes
from motcua.retrieval.passages import Passage, event_passages, passages_of, record_passages
from motcua.retrieval.projection import Projection
from motcua.retrieval.ranker import Ranker
from motcua.retrieval.retriever import Retriever
from motcua.retrieval.vector_cache import CachedEmbedder
from motcua.settings import Settings
from motcua.vietnamese.lexicon import dictionary_words
from motcua.vietnamese.reading import Reader
from motcua.vietnamese.regional import Regional, load_regional
from motcua.vietnamese.vocabulary import load_vocabulary

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Content:
    """What is indexed, read once."""

    guides: list[Guide]
    events: list[LifeEvent]
    records: list[Record]
    phrases: dict[str, tuple[str, ...]]
    regional: Regional

    def passages(self) -> Iterator[Passage]:
        """What was reviewed first: the classifier knows nothing else."""
        for guide in self.guides:
            yield from passages_of(guide)
        for event in self.events:
            yield from event_passages(event)
        for record in self.records:
            yield from record_passages(record, self.phrases.get(record.code, ()))

    def reader(self) -> Reader:
        """Diacritics as guides, records and the dictionary write them."""
        own = [text for guide in self.guides for text in all_texts(guide)]
        own += [phrase for phrases in self.phrases.values() for phrase in phrases]
        formal = [text for record in self.records for text in (record.name, *record.steps, *record.conditions)]
        return Reader.train(self.regional, own, formal=formal, words=dictionary_words())


def read_content(settings: Settings) -> Content:
    """Everything that is indexed."""
    guides = load_guides(settings.knowledge_base / "procedures")
    records = Procedures(guides, load_catalogue(settings.catalogue_dir)).records()
    phrases = load_catalogue_phrases(settings.knowledge_base / "catalogue_phrases")
    events = load_life_events(settings.knowledge_base / "life_events")
    return Content(
        list(guides.values()),
        list(events.values()),
        list(records),
        dict(phrases),
        load_regional(settings.knowledge_base / "regional.yml"),
    )


def read_lessons(content: Content, settings: Settings, embedder: Embedder | None = None) -> Lessons:
    """An index of the content, and what is learned from it."""
    cache = CachedEmbedder(embedder or SentenceTransformerEmbedder(settings.embedder), Layout(settings.index_dir).vector_cache)
    reader = content.reader()
    index = Index.build(list(content.passages()), cache, partial(in_processes, reader.restore))
    return Lessons(index, cache, load_vocabulary(settings.knowledge_base / "vocabulary.yml"), reader)


def build(settings: Settings, embedder: Embedder | None = None) -> None:
    """Builds and saves the artefact."""
    digest = content_digest(settings)  # of what is read now, whatever an editor saves meanwhile
    layout, content = Layout(settings.index_dir), read_content(settings)
    lessons = read_lessons(content, settings, embedder)
    projection, elsewhere, classifier, scope = lessons.trained()
    index, cache = lessons.index.under(projection, lessons.said), lessons.embedder
    layout.folder.mkdir(parents=True, exist_ok=True)
    for part, path in (
        (lessons.reader, layout.reader),
        (projection, layout.projection),
        (classifier, layout.classifier),
        (scope, layout.scope),
        (elsewhere, layout.elsewhere),
        (Ranker.load(RANKERS[bool(content.records)]), layout.ranker),
    ):
        part.save(path)
    cache.save(*lessons.texts)
    index.save(layout.folder, Manifest(cache.name, cache.dim, digest, len(index.passages)))
    logger.info("Indexed %d passages of %d procedures in %s", len(index.passages), len(index.codes), layout.folder)


def load_retriever(settings: Settings, embedder: Embedder) -> Retriever:
    """The retriever on the artefact of `build`. Raises IndexMismatch."""
    layout = Layout(settings.index_dir)
    return Retriever(
        Index.load(layout.folder, embedder, content_digest(settings)),
        embedder,
        load_vocabulary(settings.knowledge_base / "vocabulary.yml"),
        projection=Projection.load(layout.projection),
        classifier=Linear.load(layout.classifier),
        scope=Linear.load(layout.scope),
        elsewhere=Elsewhere.load(layout.elsewhere),
        ranker=Ranker.load(layout.ranker),
        reader=Reader.load(layout.reader, load_regional(settings.knowledge_base / "regional.yml")),
    )
