from pathlib import Path

import pytest
import yaml

from motcua.settings import ROOT
from motcua.vietnamese.canonical import canonical
from motcua.vietnamese.regional import Regional, load_regional

CONTENT = ROOT / "knowledge_base" / "regional.yml"


@pytest.fixture(scope="module")
def regional() -> Regional:
    return load_regional(CONTENT)


@pytest.mark.parametrize(
    ("said", "common"),
    [
        ("mần răng để làm giấy khai sanh", "làm sao để làm giấy khai sinh"),
        ("u tôi năm nay 80 tuổi", "mẹ tôi năm nay 80 tuổi"),
        ("u toi bi om", "mẹ toi bi om"),
        ("nộp ở mô rứa", "nộp ở đâu thế"),
        ("cần giấy chi", "cần giấy gì"),
        ("thầy bu em cưới năm 1980", "bố mẹ em cưới năm 1980"),
        ("con giai tôi", "con trai tôi"),
        ("bà xã tôi sắp sinh", "vợ tôi sắp sinh"),
        ("được hông?", "được không?"),
        ("tui hổng biết", "tôi không biết"),
    ],
)
def test_regional_words_are_read(regional: Regional, said: str, common: str) -> None:
    assert regional.standard(said) == common


@pytest.mark.parametrize(
    "said",
    [
        "khối u của tôi", "trồng răng", "làm răng giả", "mô hình", "chi nhánh ở đâu", "cần chi phí gì", "chi trả lương hưu",
        "trẻ mồ côi", "chau toi mo coi", "van ban giai trinh", "ba xa toi sap nhap", "đau hông", "bả chuột", "Đặng Văn An",
        "tui xach", "ai chi tra", "", "🙂",
    ],
)  # fmt: skip
def test_the_same_letters_with_another_meaning_stay(regional: Regional, said: str) -> None:
    assert regional.standard(said) == said


def test_what_is_read_is_common_already(regional: Regional) -> None:
    entries = yaml.safe_load(CONTENT.read_text("utf-8"))
    assert [entry for entry in entries if regional.standard(entry["means"]) != entry["means"]] == []
    assert [text for entry in entries for text in (entry["said"], entry["means"]) if canonical(text) != text] == []


def test_a_misspelt_guard_is_refused(tmp_path: Path) -> None:
    (tmp_path / "regional.yml").write_text("- {said: mần, means: làm, bfore: [giấy]}\n", "utf-8")
    with pytest.raises(ValueError, match="bfore"):
        load_regional(tmp_path / "regional.yml")
