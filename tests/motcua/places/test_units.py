import unicodedata
from pathlib import Path
from typing import Any

import pytest
import yaml

from motcua.places.units import Places, Unit, load_places
from motcua.vietnamese.folding import fold

PATH = Path(__file__).parents[3] / "knowledge_base" / "places.yml"
FACTS: dict[str, Any] = yaml.safe_load(PATH.read_text("utf-8"))
COMMUNE, WARD = Unit("1", "xã", "Đồng Kỳ"), Unit("2", "phường", "Đồng Kỵ")
SMALL = Places([COMMUNE, WARD], [("Quang Minh", "1"), ("Quang Minh", "2"), ("Tam Sơn", "2"), ("Tam Sơn", "2")])


@pytest.fixture(scope="module")
def places() -> Places:
    return load_places(PATH)


def test_there_are_99_units_of_today_and_314_old_names() -> None:
    assert (len(FACTS["units"]), len(FACTS["old_names"])) == (99, 314)


@pytest.mark.parametrize("unit", FACTS["units"], ids=lambda unit: fold(unit["name"]))
def test_a_unit_of_today_is_found_by_its_name(places: Places, unit: dict[str, str]) -> None:
    assert [found.code for found in places.find(unit["name"])] == [unit["code"]]
    assert unit["code"] in [found.code for found in places.find(fold(unit["name"]))]


@pytest.mark.parametrize("old", FACTS["old_names"], ids=lambda old: fold(f"{old['name']} {old['district']}"))
def test_an_old_name_finds_the_unit_of_today(places: Places, old: dict[str, str]) -> None:
    for typed in (old["name"], old["name"].upper(), fold(old["name"])):
        assert old["unit"] in [found.code for found in places.find(typed)]


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("Đại Phúc", ["phường Võ Cường"]),
        ("dai phuc", ["phường Võ Cường"]),
        ("Suối Hoa", ["phường Kinh Bắc"]),
        ("Hòa Long", ["phường Kinh Bắc"]),
        ("Đồng Tiến", ["xã Hoàng Vân", "xã Xuân Lương"]),
        (unicodedata.normalize("NFD", "Võ Cường"), ["phường Võ Cường"]),
    ],
)
def test_names_people_use_are_found(places: Places, typed: str, names: list[str]) -> None:
    assert sorted(fold(unit.full_name) for unit in places.find(typed)) == sorted(fold(name) for name in names)


def test_a_name_that_two_units_had_gives_both() -> None:
    assert SMALL.find("Quang Minh") == [COMMUNE, WARD]


def test_marks_decide_between_names_alike_without_them() -> None:
    assert SMALL.find("Đồng Kỵ") == [WARD]
    assert SMALL.find("dong ky") == [COMMUNE, WARD]


def test_a_unit_is_given_once() -> None:
    assert SMALL.find("tam son") == [WARD]


@pytest.mark.parametrize("name", ["", "Hà Nội", "Bắc Ninh", "võ", "Võ Cường Bắc Ninh"])
def test_another_name_finds_nothing(places: Places, name: str) -> None:
    assert places.find(name) == []


def test_asking_for_a_name_does_not_make_it_known(places: Places) -> None:
    before = places.names()
    places.find("Hà Nội")
    assert places.names() == before


def test_all_names_are_listed_once(places: Places) -> None:
    names = places.names()
    assert len(names) == len(set(names))
    assert {"Võ Cường", "Suối Hoa", "Thắng"} <= set(names)
