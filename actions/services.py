"""The only place that builds what actions work with."""

from dataclasses import dataclass, field, replace
from functools import cache, cached_property

from actions.tracing import TracedRetriever
from motcua.dossiers.opening import DossierDesk, open_desk
from motcua.places.offices import CALENDAR, OFFICES, Calendar, Offices, load_calendar, load_offices
from motcua.places.questions import PlaceQuestions, load_place_questions
from motcua.places.resolver import Resolver
from motcua.places.units import Places, load_places
from motcua.procedures.answers import Answers, bare_name
from motcua.procedures.catalogue.store import Catalogue, load_catalogue
from motcua.procedures.digital_skills import SKILLS, DigitalSkills, load_digital_skills
from motcua.procedures.distinctions import Distinctions, load_distinctions
from motcua.procedures.facts import Facts, load_facts
from motcua.procedures.levels import Levels, names_a_level
from motcua.procedures.life_events import LifeEvents, load_life_events
from motcua.procedures.loader import Guides, load_guides
from motcua.procedures.moves import Moves, load_moves
from motcua.procedures.procedures import Procedures
from motcua.retrieval.artefact import index_digest
from motcua.retrieval.build import load_retriever
from motcua.retrieval.decision import Candidate, merged
from motcua.retrieval.embedder import SentenceTransformerEmbedder
from motcua.retrieval.retriever import Retriever
from motcua.settings import load_settings
from motcua.sound_index import keep_copy, sound_index
from motcua.vietnamese.reading import Reader
from motcua.vietnamese.vocabulary import Vocabulary, load_vocabulary

MAX_CHOICE_NAME = 60  # letters; what a button on a phone shows in two lines


@dataclass(frozen=True)
class Services:
    """Collaborators of the actions; tests pass their own."""

    guides: Guides
    answers: Answers
    vocabulary: Vocabulary
    retriever: Retriever | TracedRetriever  # traced in a running process
    places: Places
    place_questions: PlaceQuestions
    calendar: Calendar
    offices: Offices
    dossiers: DossierDesk
    facts: Facts
    moves: Moves
    distinctions: Distinctions
    life_events: LifeEvents
    digital_skills: DigitalSkills
    reader: Reader
    catalogue: Catalogue = field(default_factory=Catalogue)
    index_digest: str = ""

    @cached_property
    def procedures(self) -> Procedures:
        """Guides over catalogue: where a code is looked up to be answered."""
        return Procedures(self.guides, self.catalogue)

    @cached_property
    def levels(self) -> Levels:
        """What is one procedure at several levels."""
        return Levels(self.guides, self.catalogue)

    def rank(self, text: str) -> list[Candidate]:
        """What the retriever finds, best first; of one procedure at several levels the nearest, unless a level is asked for."""
        ranked = self.retriever.rank(text)
        return ranked if names_a_level(text) else merged(ranked, self.levels.nearest)

    @cached_property
    def resolver(self) -> Resolver:
        """Reads the names of places."""
        return Resolver(self.places)

    def knows(self, code: str | None) -> bool:
        """Whether a code is a procedure we can answer or a life event."""
        return code in self.procedures or code in self.life_events

    def name_of(self, code: str) -> str:
        """The name of a procedure or life event."""
        return self.life_events[code].name if code in self.life_events else self.procedures[code].name

    def short_name_of(self, code: str) -> str:
        """A name short enough for a list of choices: an official one too long gives way to what people call it."""
        name = bare_name(self.name_of(code))
        if len(name) <= MAX_CHOICE_NAME or code not in self.guides:
            return name
        called = self.guides[code].also_called[0]
        return called[0].upper() + called[1:]


@cache
def services() -> Services:
    """The services of this process, built once. Raises IndexMismatch, IndexDamaged, GuideFault or SettingFault."""
    built = load_settings()
    settings = replace(built, index_dir=sound_index(built.index_dir))
    knowledge = settings.knowledge_base
    retriever = load_retriever(settings, SentenceTransformerEmbedder(settings.embedder))
    if settings == built:
        keep_copy(built.index_dir)
    found = Services(
        guides=load_guides(knowledge / "procedures"),
        answers=Answers(knowledge),
        vocabulary=load_vocabulary(knowledge / "vocabulary.yml"),
        retriever=TracedRetriever(retriever),
        places=load_places(knowledge / "places.yml"),
        place_questions=load_place_questions(knowledge / "place_questions.yml"),
        calendar=load_calendar(knowledge / CALENDAR),
        offices=load_offices(knowledge / OFFICES),
        dossiers=open_desk(settings),
        facts=load_facts(knowledge / "facts.yml"),
        moves=load_moves(knowledge / "dialogue.yml"),
        distinctions=load_distinctions(knowledge / "distinctions.yml"),
        life_events=load_life_events(knowledge / "life_events"),
        digital_skills=load_digital_skills(knowledge / SKILLS),
        reader=retriever.reader,
        catalogue=load_catalogue(settings.catalogue_dir),
        index_digest=index_digest(settings.index_dir),
    )
    # What is made at its first use is made now, and not in a citizen's first question.
    _ = found.levels, found.facts.told(""), found.digital_skills.named("")
    return found
