from pathlib import Path

import pytest

from motcua.procedures.loader import GuideFault, GuideNotFound, Guides, load_guide, load_guides
from tests.motcua.samples import guide, write_guide


@pytest.fixture
def two() -> Guides:
    return Guides([guide(), guide(code="9.000002", name="Đăng ký nuôi chó", replaces=["9.000003", "9.000004"])])


def test_a_guide_is_found_by_its_code(two: Guides) -> None:
    assert two["9.000002"].name == "Đăng ký nuôi chó"


@pytest.mark.parametrize("old", ["9.000003", "9.000004"])
def test_a_replaced_code_finds_the_guide_of_today(two: Guides, old: str) -> None:
    assert old in two
    assert two[old].code == "9.000002"


def test_only_codes_of_today_are_listed(two: Guides) -> None:
    assert list(two) == ["9.000001", "9.000002"]
    assert len(two) == 2


@pytest.mark.parametrize("code", ["9.999999", "", "khai sinh"])
def test_an_unknown_code_is_named(two: Guides, code: str) -> None:
    assert code not in two
    with pytest.raises(GuideNotFound, match=f"'{code}' among 2"):
        two[code]


def test_no_code_is_no_guide(two: Guides) -> None:
    assert None not in two


def test_guides_are_read_from_their_folders(tmp_path: Path) -> None:
    write_guide(tmp_path)
    write_guide(tmp_path, "ca-canh/9.000002-nuoi-ca.yml", code="9.000002", field="ca-canh")
    assert sorted(load_guides(tmp_path)) == ["9.000001", "9.000002"]


def test_a_folder_without_guides_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=tmp_path.name):
        load_guides(tmp_path)


def test_a_broken_model_tells_file_field_and_found(tmp_path: Path) -> None:
    path = write_guide(tmp_path, where={"office": "huyện"})
    with pytest.raises(GuideFault, match=r"^9\.000001-nuoi-meo\.yml: where\.office: found 'huyện', Input should be") as caught:
        load_guide(path)
    assert (caught.value.path, caught.value.field) == (path, "where.office")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("code: [", "broken.yml: file: found .*expected YAML"),
        ("", "broken.yml: guide: found None"),
        ("chỉ là một câu", "broken.yml: guide: found 'chỉ là một câu'"),
        ("- code: x", "broken.yml: guide: found"),
        ("code: 1.001193", "broken.yml: code: found 1.001193"),
    ],
)
def test_what_is_no_guide_is_told_with_its_file(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "broken.yml"
    path.write_text(text, "utf-8")
    with pytest.raises(GuideFault, match=told):
        load_guide(path)


def test_a_long_text_is_told_in_short(tmp_path: Path) -> None:
    path = write_guide(tmp_path, summary="Hoà " * 300)
    with pytest.raises(GuideFault) as caught:
        load_guide(path)
    assert "..." in str(caught.value).split(", ")[0]
