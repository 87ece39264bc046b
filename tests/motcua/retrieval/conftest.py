"""A knowledge base of a few real guides, a life event and three small records, so that an index is built in seconds."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import torch
import yaml

from motcua.procedures.catalogue.store import write_catalogue
from motcua.procedures.life_events import load_life_events
from motcua.procedures.loader import Guides, guide_paths
from motcua.retrieval.index import Index
from motcua.retrieval.passages import Passage, event_passages, passages_of, record_passages
from motcua.settings import ROOT, Settings, load_settings
from tests.fakes import WordEmbedder
from tests.motcua.catalogue_samples import record

KNOWLEDGE = ROOT / "knowledge_base"
BIRTH, MARRIAGE, DEATH, TEMPORARY, PERMANENT = "1.001193", "1.000894", "1.000656", "1.004194", "1.004222"
CODES = (BIRTH, MARRIAGE, DEATH, TEMPORARY, PERMANENT, "1.116410", "1.001612", "1.001456")
WEDDING = "ket-hon"
BEES, HONEY, BOATS = "1.900001", "1.900002", "1.900003"
RECORDS = {BEES: "Cấp giấy phép nuôi ong", HONEY: "Kiểm nghiệm mật ong", BOATS: "Đăng kiểm bè nứa"}
PHRASES = {BEES: ["xin nuôi ong lấy mật"], HONEY: ["đem mật đi thử"], BOATS: ["khám bè nứa"]}
OUTSIDE = 120  # matters of data/retrieval/elsewhere


@pytest.fixture(scope="package", autouse=True)
def one_thread() -> Iterator[None]:
    """Networks this small lose minutes by their threads' waiting for one another on a busy machine."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


@pytest.fixture
def embedder() -> WordEmbedder:
    return WordEmbedder()


@pytest.fixture
def few(guides: Guides) -> Guides:
    return Guides([guides[code] for code in CODES])


@pytest.fixture
def passages(few: Guides) -> list[Passage]:
    """As the build orders them: guides, life events, records."""
    event = load_life_events(KNOWLEDGE / "life_events")[WEDDING]
    told = [record_passages(record(code=code, name=name), PHRASES[code]) for code, name in RECORDS.items()]
    return [passage for source in (*map(passages_of, few.values()), event_passages(event), *told) for passage in source]


@pytest.fixture
def index(passages: list[Passage], embedder: WordEmbedder) -> Index:
    return Index.build(passages, embedder)


@pytest.fixture(scope="package")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    folder = tmp_path_factory.mktemp("knowledge")
    for name in ("vocabulary.yml", "regional.yml", f"life_events/{WEDDING}.yml"):
        _copy(KNOWLEDGE / name, folder)
    for path in guide_paths(KNOWLEDGE / "procedures"):
        if path.name.startswith(CODES):
            _copy(path, folder)
    (folder / "catalogue_phrases").mkdir()
    (folder / "catalogue_phrases" / "ong.yml").write_text(yaml.safe_dump(PHRASES, allow_unicode=True), "utf-8")
    found = load_settings({"MOTCUA_KNOWLEDGE_BASE": str(folder), "MOTCUA_VAR": str(folder / "var"), "EMBEDDER": "words"})
    records = [record(code=code, name=name) for code, name in RECORDS.items()]
    write_catalogue(found.catalogue_dir, records, {"records": len(records)}, "")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("motcua.retrieval.artefact.ELSEWHERE", _a_few_matters(folder / "elsewhere"))
        patch.setattr("motcua.retrieval.lessons.SMALL_TALK", (_little_talk(folder / "talk.yml"),))
        yield found


def _copy(path: Path, folder: Path) -> None:
    copy = folder / path.relative_to(KNOWLEDGE)
    copy.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(path, copy)


def _a_few_matters(folder: Path) -> Path:
    matters = yaml.safe_load((ROOT / "data" / "retrieval" / "elsewhere" / "everyday.yml").read_text("utf-8"))["matters"]
    folder.mkdir()
    few = matters[:: max(1, len(matters) // OUTSIDE)]
    (folder / "everyday.yml").write_text(yaml.safe_dump({"matters": few}, allow_unicode=True), "utf-8")
    return folder


def _little_talk(path: Path) -> Path:
    said = "- thời tiết mai thế nào\n- đội nào vô địch\n- ạ\n"  # the last says nothing at all
    path.write_text(yaml.safe_dump({"nlu": [{"intent": "ask_out_of_scope", "examples": said}]}, allow_unicode=True), "utf-8")
    return path
