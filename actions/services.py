"""The only place that builds what actions work with."""

from dataclasses import dataclass
from functools import cache

from motcua.dossiers.registry import DossierRegistry
from motcua.dossiers.sql_registry import SqlRegistry
from motcua.places.units import Places, load_places
from motcua.procedures.answers import Answers
from motcua.procedures.distinctions import Distinctions, load_distinctions
from motcua.procedures.facts import Facts, load_facts
from motcua.procedures.life_events import LifeEvents, load_life_events
from motcua.procedures.loader import Guides, load_guides
from motcua.procedures.moves import Moves, load_moves
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
    facts: Facts
    moves: Moves
    distinctions: Distinctions
    life_events: LifeEvents

    def knows(self, code: str | None) -> bool:
        """Whether a code is a procedure with a guide or a life event."""
        return code in self.guides or code in self.life_events

    def name_of(self, code: str) -> str:
        """The name of a procedure or life event."""
        return self.life_events[code].name if code in self.life_events else self.guides[code].name


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
        facts=load_facts(knowledge / "facts.yml"),
        moves=load_moves(knowledge / "dialogue.yml"),
        distinctions=load_distinctions(knowledge / "distinctions.yml"),
        life_events=load_life_events(knowledge / "life_events"),
    )
