"""The only place that builds what actions work with."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property

from motcua.dossiers.registry import DossierRegistry
from motcua.dossiers.sql_registry import SqlRegistry
from motcua.places.units import Places, load_places
from motcua.procedures.answers import Answers
from motcua.procedures.catalogue.record import Record
from motcua.procedures.catalogue.store import load_catalogue
from motcua.procedures.loader import Guides, load_guides
from motcua.procedures.procedures import Procedures
from motcua.retrieval.build import load_retriever
from motcua.retrieval.embedder import SentenceTransformerEmbedder
from motcua.retrieval.retriever import Retriever
from motcua.settings import load_settings
from motcua.vietnamese.vocabulary import Vocabulary, load_vocabulary


@dataclass(frozen=True)
class Services:
    """Collaborators of the actions; tests pass their own."""

    guides: Guides
    answers: Answers
    vocabulary: Vocabulary
    retriever: Retriever
    places: Places
    registry: DossierRegistry
    catalogue: Mapping[str, Record] = field(default_factory=dict)

    @cached_property
    def procedures(self) -> Procedures:
        """Guides over catalogue: where a code is looked up to be answered."""
        return Procedures(self.guides, self.catalogue)


@cache
def services() -> Services:
    """The services of this process, built once. Raises IndexMismatch, GuideFault or SettingFault when one can't be."""
    settings = load_settings()
    knowledge = settings.knowledge_base
    return Services(
        guides=load_guides(knowledge / "procedures"),
        answers=Answers(knowledge),
        vocabulary=load_vocabulary(knowledge / "vocabulary.yml"),
        retriever=load_retriever(settings, SentenceTransformerEmbedder(settings.embedder)),
        places=load_places(knowledge / "places.yml"),
        registry=SqlRegistry(settings.dossiers_url),
        catalogue=load_catalogue(settings.catalogue_dir),
    )
