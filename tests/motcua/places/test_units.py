from pathlib import Path

import pytest

from motcua.places.units import OldDistrict, OldName, Places, load_places

PATH = Path(__file__).parents[3] / "knowledge_base" / "places.yml"


@pytest.fixture(scope="module")
def places() -> Places:
    return load_places(PATH)


def test_all_units_and_everything_of_before_is_there(places: Places) -> None:
    assert [len(found) for found in (places.units, places.old_names, places.districts, places.provinces)] == [99, 314, 18, 2]
    kinds = [unit.type for unit in places.units.values()]
    assert (kinds.count("phường"), kinds.count("xã")) == (45, 54)


def test_every_old_name_lies_in_a_known_district_and_unit(places: Places) -> None:
    districts = {(district.full_name, district.province) for district in places.districts}
    assert {(old.district, old.province) for old in places.old_names} == districts
    assert {old.unit for old in places.old_names} == set(places.units)


def test_a_district_fell_to_units_of_which_the_one_of_its_name_comes_first(places: Places) -> None:
    district = next(district for district in places.districts if district.name == "Hiệp Hòa")
    names = [unit.full_name for unit in places.of_district(district)]
    assert names[0] == "phường Hiệp Hòa"
    assert sorted(names) == ["phường Hiệp Hòa", "xã Hoàng Vân", "xã Hợp Thịnh", "xã Xuân Cẩm"]
    assert places.of_district(OldDistrict("huyện", "Yên Dũng", "Bắc Giang")) == []


def test_a_unit_knows_what_it_was_made_of(places: Places) -> None:
    taken = {old.full_name for old in places.taken_in_by(places.units["07246"])}
    assert taken == {"xã Canh Nậu", "xã Xuân Lương", "xã Đồng Tiến"}


def test_a_code_finds_its_unit(places: Places) -> None:
    assert [places.unit(code) for code in (None, "", "99999", "Võ Cường")] == [None] * 4
    assert places.units["09190"] == places.unit("09190")


def test_a_place_without_a_type_is_named_by_itself() -> None:
    assert OldName("khác", "Trung Tâm X", "huyện Y", "Z", "1").full_name == "Trung Tâm X"


def test_all_names_are_listed_once(places: Places) -> None:
    names = places.names()
    assert len(names) == len(set(names))
    assert {"Võ Cường", "Suối Hoa", "Thắng"} <= set(names)
