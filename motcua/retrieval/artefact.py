"""The artefact on disk: which files it has, and what it was made from. Light to import, so that a check costs nothing."""

import json
from dataclasses import dataclass
from pathlib import Path

import motcua
from motcua.digest import digest_of
from motcua.procedures.loader import guide_paths
from motcua.settings import ROOT, Settings

FORMAT = 6
# What people say that is about no procedure: from it the ranker learns to decline.
SMALL_TALK = (ROOT / "data" / "nlu" / "talk.yml", ROOT / "data" / "nlu" / "people.yml")
ELSEWHERE = ROOT / "data" / "retrieval" / "elsewhere"
# What `make ranker` learned: among 200 guides words weigh otherwise than among them and 2,500 records.
RANKERS = {
    True: ROOT / "data" / "retrieval" / "rankers" / "with_catalogue.json",
    False: ROOT / "data" / "retrieval" / "rankers" / "guides_alone.json",
}
_ASKED_ONLY = ("decision", "retriever")  # modules that no artefact depends on: only what is made of it does


class IndexMismatch(RuntimeError):
    """The index on disk was made from something else than what is asked of it."""

    def __init__(self, folder: Path, what: str, found: object, expected: object) -> None:
        super().__init__(f"Index {folder}: {what} is {found!r}, expected {expected!r}. Build it again: make index")


@dataclass(frozen=True)
class Manifest:
    """How an index was made."""

    embedder: str
    dim: int
    digest: str
    passages: int
    format: int = FORMAT


@dataclass(frozen=True)
class Layout:
    """The files of an index folder."""

    folder: Path

    @property
    def manifest(self) -> Path:
        """Written last: a folder without it is unfinished."""
        return self.folder / "manifest.json"

    @property
    def passages(self) -> Path:
        """One JSON object a line."""
        return self.folder / "passages.jsonl"

    @property
    def vectors(self) -> Path:
        """FAISS, phrases in the order of the passages."""
        return self.folder / "vectors.faiss"

    @property
    def projection(self) -> Path:
        """What vectors are projected by, those of the phrases already are."""
        return self.folder / "projection.npz"

    @property
    def lexical(self) -> Path:
        """bm25s."""
        return self.folder / "bm25"

    @property
    def scope(self) -> Path:
        """Inside or outside of public procedures."""
        return self.folder / "scope.npz"

    @property
    def elsewhere(self) -> Path:
        """FAISS, projected: what no procedure answers."""
        return self.folder / "elsewhere.faiss"

    @property
    def classifier(self) -> Path:
        """The margins of the procedures."""
        return self.folder / "classifier.npz"

    @property
    def ranker(self) -> Path:
        """The weights of the ranker, as they were when the index was built."""
        return self.folder / "ranker.json"

    @property
    def vector_cache(self) -> Path:
        """Vectors by text, beside the index: it outlives a build."""
        return self.folder.parent / "vectors.npz"

    @property
    def reader(self) -> Path:
        """Pairs of syllables, for mending what was typed and putting diacritics back."""
        return self.folder / "reader"


def read_manifest(folder: Path) -> Manifest | None:
    """The manifest of an artefact, or None where there is no finished one."""
    path = Layout(folder).manifest
    return Manifest(**json.loads(path.read_text("utf-8"))) if path.exists() else None


def index_digest(folder: Path) -> str:
    """What tells one index from another, short enough to be kept with each turn; "" where there is none."""
    manifest = read_manifest(folder)
    return manifest.digest[:16] if manifest else ""


def elsewhere_paths() -> list[Path]:
    """The files of what no guide answers, in a fixed order."""
    return sorted(ELSEWHERE.glob("*.yml"))


def content_digest(settings: Settings) -> str:
    """The digest an artefact must carry: all that is indexed or learned from, and the code that does it."""
    code, knowledge = Path(motcua.__file__).parent, settings.knowledge_base
    paths = [*guide_paths(knowledge / "procedures"), *(knowledge / "catalogue_phrases").glob("*.yml")]
    paths += (knowledge / "life_events").glob("*.yml")
    paths += [
        knowledge / "vocabulary.yml",
        knowledge / "regional.yml",
        *RANKERS.values(),
        *SMALL_TALK,
        *elsewhere_paths(),
        *settings.catalogue_dir.glob("manifest.json"),
    ]
    learning = [path for path in (code / "retrieval").glob("*.py") if path.stem not in _ASKED_ONLY]
    return digest_of([*paths, *learning, *(code / "vietnamese").glob("*.py")])


def is_current(settings: Settings) -> bool:
    """Whether the artefact was made from today's content by the embedder that is set."""
    manifest = read_manifest(settings.index_dir)
    if manifest is None:
        return False
    return (manifest.digest, manifest.embedder) == (content_digest(settings), settings.embedder)
