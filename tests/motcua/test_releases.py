"""Releases: kept whole, promoted and rolled back at once, and refused when they are damaged."""

import gzip
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from motcua.releases import POINTER, Release, ReleaseFault, Releases, Standing

FIRST, SECOND, THIRD = "1" * 16, "2" * 16, "3" * 16
Damage = Callable[[Path], object]
DAMAGES: dict[str, Damage] = {
    "cut off": lambda model: model.write_bytes(model.read_bytes()[:-20]),
    "altered": lambda model: model.write_bytes(model.read_bytes().replace(b"0", b"1", 1) + b"1"),
    "empty": lambda model: model.write_bytes(b""),
    "gone": lambda model: model.unlink(),
}


@pytest.fixture
def releases(tmp_path: Path) -> Releases:
    """Three of the same content; the first one answers, the second did before."""
    releases = Releases(tmp_path / "releases")
    for number, release in enumerate((FIRST, SECOND, THIRD)):
        _add(releases, tmp_path, release, made_at=float(number))
    releases.promote(SECOND)
    releases.promote(FIRST)
    return releases


def _add(releases: Releases, folder: Path, release: str, *, inputs: str = "content", made_at: float = 0.0) -> Release:
    model = folder / f"{release}.tar.gz"
    model.write_bytes(gzip.compress(f"the model {release}".encode() * 100))
    return releases.add(model, Release(release, inputs=inputs, made_at=made_at, by="lan", examples=3, figures={"right": 9}))


def test_a_release_is_found_as_it_was_added_newest_first(releases: Releases, tmp_path: Path) -> None:
    assert [release.id for release in releases.all()] == [THIRD, SECOND, FIRST]
    found = releases.find(SECOND)
    assert found
    assert (found.by, found.examples, found.figures, found.made_at) == ("lan", 3, {"right": 9}, 1.0)
    assert releases.model_of(SECOND).read_bytes() == (tmp_path / f"{SECOND}.tar.gz").read_bytes()


def test_what_was_released_stays_whatever_is_added_under_its_name(releases: Releases, tmp_path: Path) -> None:
    before = releases.find(FIRST)
    (tmp_path / "other.tar.gz").write_bytes(gzip.compress(b"another"))
    assert releases.add(tmp_path / "other.tar.gz", Release(FIRST, inputs="content", made_at=9.0)) == before
    assert releases.find(FIRST) == before


def test_promoting_and_rolling_back(releases: Releases) -> None:
    releases.promote(THIRD)
    assert releases.standing() == Standing(THIRD, (SECOND, FIRST))
    assert releases.roll_back() == FIRST
    assert releases.standing() == Standing(FIRST, (SECOND,))
    assert releases.roll_back() == SECOND
    with pytest.raises(ReleaseFault, match="no earlier one"):
        releases.roll_back()
    assert releases.standing().current == SECOND


def test_promoting_what_answers_leaves_the_way_back(releases: Releases) -> None:
    releases.promote(FIRST)
    assert releases.standing() == Standing(FIRST, (SECOND,))


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_release_is_refused_and_the_last_one_goes_on(releases: Releases, damage: str) -> None:
    DAMAGES[damage](releases.model_of(THIRD))
    with pytest.raises(ReleaseFault, match=f"Release {THIRD}: it"):
        releases.promote(THIRD)
    assert releases.standing() == Standing(FIRST, (SECOND,))


def test_rolling_back_passes_over_what_is_damaged(releases: Releases) -> None:
    releases.promote(THIRD)
    DAMAGES["cut off"](releases.model_of(FIRST))
    assert releases.roll_back() == SECOND


@pytest.mark.parametrize("damage", ["cut off", "altered", "empty", "gone"])
def test_a_damaged_model_does_not_become_a_release(tmp_path: Path, releases: Releases, damage: str) -> None:
    model = tmp_path / "model.tar.gz"
    model.write_bytes(gzip.compress(b"0" * 1000))
    DAMAGES[damage](model)
    with pytest.raises(ReleaseFault, match="is not whole"):
        releases.add(model, Release("4" * 16, inputs="content", made_at=0.0))
    assert releases.find("4" * 16) is None
    assert len(releases.all()) == 3


def test_a_release_of_other_content_cannot_be_promoted_or_gone_back_to(releases: Releases, tmp_path: Path) -> None:
    _add(releases, tmp_path, "4" * 16, inputs="new content")
    with pytest.raises(ReleaseFault, match="train it again"):
        releases.promote("4" * 16)
    releases.begin_with("4" * 16)
    assert releases.standing().current == "4" * 16
    with pytest.raises(ReleaseFault, match="no earlier one"):
        releases.roll_back()


def test_a_start_leaves_what_was_promoted_for_the_same_content(releases: Releases) -> None:
    releases.begin_with(THIRD)
    assert releases.standing().current == FIRST


def test_those_of_the_content_come_first_then_the_current_one_then_those_before(releases: Releases, tmp_path: Path) -> None:
    _add(releases, tmp_path, "4" * 16, inputs="new content")
    assert releases.in_order("content") == [FIRST, SECOND, THIRD, "4" * 16]
    assert releases.in_order("new content") == ["4" * 16, FIRST, SECOND, THIRD]


@pytest.mark.parametrize("name", ["", ".", "..", "../releases", "1" * 15, "../" + FIRST, FIRST + "/", "g" * 16])
def test_only_ids_are_looked_up(releases: Releases, name: str) -> None:
    assert releases.find(name) is None
    with pytest.raises(ReleaseFault, match="missing"):
        releases.promote(name)


@pytest.mark.parametrize("content", ["", "{", "[]", '{"current": 1}', "\x00" * 50])
def test_a_pointer_that_cannot_be_read_points_at_nothing(releases: Releases, tmp_path: Path, content: str) -> None:
    (tmp_path / "releases" / POINTER).write_text(content)
    assert releases.standing() == Standing()
    releases.begin_with(FIRST)
    assert releases.standing() == Standing(FIRST)


def test_two_who_promote_at_once_leave_one_of_them_and_the_way_back_to_the_other(releases: Releases) -> None:
    with ThreadPoolExecutor(8) as people:
        list(people.map(releases.promote, (SECOND, THIRD) * 20))
    standing = releases.standing()
    assert standing.current in (SECOND, THIRD)
    assert {*standing.before, standing.current} == {FIRST, SECOND, THIRD}
