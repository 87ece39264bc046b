"""A damaged index is refused, and the last good one answers."""

from collections.abc import Callable
from pathlib import Path

import pytest

from motcua.sound_index import MANIFEST, IndexDamaged, good_copy, keep_copy, sound_index

DAMAGES: dict[str, Callable[[Path], object]] = {
    "cut off": lambda file: file.write_bytes(file.read_bytes()[:-3]),
    "altered": lambda file: file.write_bytes(b"x" + file.read_bytes()[1:]),
    "gone": lambda file: file.unlink(),
}


@pytest.fixture
def index(tmp_path: Path) -> Path:
    """An index that has loaded once."""
    folder = tmp_path / "index"
    _build(folder, "first")
    keep_copy(folder)
    return folder


def _build(folder: Path, content: str) -> None:
    (folder / "bm25").mkdir(parents=True, exist_ok=True)
    (folder / "bm25" / "data.npy").write_text(f"{content} words")
    (folder / "vectors.faiss").write_text(f"{content} vectors")
    (folder / MANIFEST).unlink(missing_ok=True)
    (folder / MANIFEST).write_text(f"{content} manifest")


def test_a_whole_index_answers_itself(index: Path) -> None:
    assert sound_index(index) == index


def test_one_that_never_loaded_is_tried_as_it_is(tmp_path: Path) -> None:
    _build(tmp_path / "index", "first")
    assert sound_index(tmp_path / "index") == tmp_path / "index"


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("name", ["vectors.faiss", "bm25/data.npy"])
def test_damage_is_told_and_the_copy_answers(index: Path, caplog: pytest.LogCaptureFixture, name: str, damage: str) -> None:
    DAMAGES[damage](index / name)
    good = sound_index(index)
    assert (good / "vectors.faiss").read_text() == "first vectors"
    assert (good / "bm25" / "data.npy").read_text() == "first words"
    assert f"its last good copy answers: {name} changed or cut off" in caplog.text


def test_a_build_that_broke_off_leaves_the_last_good_one(index: Path) -> None:
    (index / MANIFEST).unlink()
    assert sound_index(index) == good_copy(index)


def test_a_new_build_takes_over(index: Path) -> None:
    _build(index, "second")
    assert sound_index(index) == index
    keep_copy(index)
    DAMAGES["cut off"](index / "vectors.faiss")
    assert (sound_index(index) / "vectors.faiss").read_text() == "second vectors"


def test_where_both_are_damaged_it_stops_and_says_what_to_do(index: Path) -> None:
    for folder in (index, good_copy(index)):
        DAMAGES["altered"](folder / "vectors.faiss")
    with pytest.raises(IndexDamaged, match=r"vectors\.faiss .* make index"):
        sound_index(index)


def test_without_room_for_a_copy_the_index_answers_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    _build(tmp_path / "index", "first")
    monkeypatch.setattr("motcua.sound_index.shutil.copytree", full)
    keep_copy(tmp_path / "index")
    assert "No space left on device" in caplog.text
    assert [path.name for path in tmp_path.iterdir() if path.is_dir()] == ["index"]
