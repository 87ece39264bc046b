from collections.abc import Sequence
from functools import partial
from pathlib import Path

import pytest

from motcua.procedures.life_events import load_life_events
from motcua.retrieval.artefact import IndexMismatch, Layout, is_current
from motcua.retrieval.build import build, load_retriever, read_content
from motcua.retrieval.embedder import Vectors
from motcua.retrieval.index import Index
from motcua.retrieval.retriever import Retriever
from motcua.retrieval.vector_cache import CachedEmbedder
from motcua.settings import Settings, load_settings
from tests.fakes import WordEmbedder
from tests.motcua.retrieval.conftest import BEES, BIRTH, DEATH, MARRIAGE, PERMANENT, TEMPORARY


@pytest.fixture(scope="module")
def retriever(settings: Settings) -> Retriever:
    build(settings, WordEmbedder())
    return load_retriever(settings, WordEmbedder())


def ranked(retriever: Retriever, text: str) -> list[str]:
    return [candidate.code for candidate in retriever.rank(text)]


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ("làm giấy khai sinh cho con cần giấy tờ gì", BIRTH),
        ("lam giay khai sinh cho con", BIRTH),
        ("gks cho be", BIRTH),
        ("Đăng ký kết hôn mất bao nhiêu tiền", MARRIAGE),
        ("dk ket hon", MARRIAGE),
        ("bố tôi mất, khai tử ở đâu", DEATH),
        ("dang ky tam tru cho nguoi thue nha", TEMPORARY),
        ("nhập hộ khẩu, đăng ký thường trú", PERMANENT),
        ("cấp giấy phép nuôi ong", BEES),
        ("xin nuoi ong lay mat", BEES),
    ],
)
def test_the_procedure_that_is_meant_comes_first(retriever: Retriever, asked: str, code: str) -> None:
    assert ranked(retriever, asked)[0] == code


def test_a_life_event_is_ranked_beside_the_procedures(retriever: Retriever, settings: Settings) -> None:
    (event,) = load_life_events(settings.knowledge_base / "life_events").values()
    assert ranked(retriever, event.also_called[0])[0] == event.code


@pytest.mark.parametrize("asked", ["thời tiết mai thế nào", "gia vang hom nay", "đội nào vô địch", "🙂"])
def test_what_is_about_no_procedure_stands_behind_what_is(retriever: Retriever, asked: str) -> None:
    """How far behind is a matter of the real embedder: tests/evaluation."""
    best, clear = (retriever.rank(text)[0].chance for text in (asked, "đăng ký khai sinh cho con"))
    assert best < clear / 2


def test_candidates_come_best_first(retriever: Retriever) -> None:
    chances = [found.chance for found in retriever.rank("khai sinh")]
    assert chances == sorted(chances, reverse=True)


def test_a_second_build_embeds_nothing_again(retriever: Retriever, settings: Settings) -> None:
    cache = CachedEmbedder(NoEmbedder(), Layout(settings.index_dir).vector_cache)
    Index.build(list(read_content(settings).passages()), cache, partial(map, read_content(settings).reader().restore))


class NoEmbedder(WordEmbedder):
    """Has nothing left to do."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        raise AssertionError(f"{len(texts)} texts are embedded again")


def test_after_a_build_the_artefact_is_current(retriever: Retriever, settings: Settings) -> None:
    assert is_current(settings)


@pytest.mark.parametrize(
    "changed",
    [{"EMBEDDER": "another"}, {"MOTCUA_INDEX_DIR": "nowhere"}, {"MOTCUA_KNOWLEDGE_BASE": "knowledge_base"}],
)
def test_another_embedder_index_or_content_is_not_current(
    retriever: Retriever, settings: Settings, tmp_path: Path, changed: dict[str, str]
) -> None:
    facts = {
        "MOTCUA_KNOWLEDGE_BASE": str(settings.knowledge_base),
        "MOTCUA_INDEX_DIR": str(settings.index_dir),
        "EMBEDDER": settings.embedder,
    }
    assert not is_current(load_settings(facts | changed))


@pytest.mark.parametrize(
    "name",
    [
        "procedures/ho-tich/1.001193-dang-ky-khai-sinh.yml",
        "life_events/ket-hon.yml",
        "catalogue_phrases/ong.yml",
        "vocabulary.yml",
        "regional.yml",
        "var/catalogue/manifest.json",
        "elsewhere/everyday.yml",
    ],
)
def test_changed_content_asks_for_a_new_index(retriever: Retriever, settings: Settings, name: str) -> None:
    path = settings.knowledge_base / name
    before = path.read_text("utf-8")
    path.write_text(before + "# đã sửa\n", "utf-8")
    try:
        assert not is_current(settings)
        with pytest.raises(IndexMismatch, match="digest of the content"):
            load_retriever(settings, WordEmbedder())
    finally:
        path.write_text(before, "utf-8")
    assert is_current(settings)


@pytest.mark.parametrize("name", ["life_events/cuoi.yml", "catalogue_phrases/be.yml", "procedures/khac/9.000001-moi.yml"])
def test_an_added_file_asks_for_a_new_index(retriever: Retriever, settings: Settings, name: str) -> None:
    path = settings.knowledge_base / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("", "utf-8")
    try:
        assert not is_current(settings)
    finally:
        path.unlink()


def test_an_unfinished_build_is_not_current(tmp_path: Path, settings: Settings) -> None:
    unfinished = load_settings({"MOTCUA_KNOWLEDGE_BASE": str(settings.knowledge_base), "MOTCUA_INDEX_DIR": str(tmp_path)})
    Layout(tmp_path).ranker.write_text("{}", "utf-8")
    assert not is_current(unfinished)
