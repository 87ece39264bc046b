from pathlib import Path

import pytest

from motcua.settings import ROOT
from motcua.vietnamese.bigrams import Bigrams
from motcua.vietnamese.reading import Reader
from motcua.vietnamese.regional import Regional, load_regional
from motcua.vietnamese.repair import Repairer

REGIONAL = ROOT / "knowledge_base" / "regional.yml"


@pytest.fixture(scope="module")
def reader(repairer: Repairer, tmp_path_factory: pytest.TempPathFactory) -> Reader:
    """On the pairs the repairer of these tests has learned."""
    path = tmp_path_factory.mktemp("reader") / "pairs"
    repairer.bigrams.save(path)
    return Reader.load(path, load_regional(REGIONAL))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("giáy khai sin", "giấy khai sinh"),
        ("u tôi mất rồi", "mẹ tôi mất rồi"),
        ("mần răng để đổi căn cước", "làm sao để đổi căn cước"),
        ("lamgiaykhaisinh mần răng", "lam giay khai sinh làm sao"),
        ("khai tu cho thay bu", "khai tu cho bố mẹ"),
    ],
)
def test_slips_and_regional_words_are_read_together(reader: Reader, typed: str, meant: str) -> None:
    assert reader.mend(typed) == meant


@pytest.mark.parametrize("typed", ["làm giấy khai sinh cho con", "Mã hồ sơ 000.00.12.H05-261103-0042", "2", "cả hai", "", "🙂"])
def test_what_is_right_stays(reader: Reader, typed: str) -> None:
    assert reader.mend(typed) == typed


@pytest.mark.parametrize("typed", ["ddawng kys tạm trú", "u tôi mất rồi", "lamgiaykhaisinh mần răng", "bầm tôi mất"])
def test_what_is_mended_stays_as_it_is(reader: Reader, typed: str) -> None:
    once = reader.mend(typed)
    assert reader.mend(once) == once


@pytest.mark.parametrize(
    ("typed", "read"), [("lam giay khai sinh", "làm giấy khai sinh"), ("DANG KY KET HON", "đăng ký kết hôn")]
)
def test_diacritics_are_put_back(reader: Reader, typed: str, read: str) -> None:
    assert reader.restore(typed) == read


def test_what_is_mended_can_be_restored(reader: Reader) -> None:
    assert reader.restore(reader.mend("lamgiaykhaisinh")) == "làm giấy khai sinh"


def test_texts_formal_texts_and_words_teach_it() -> None:
    reader = Reader.train(Regional([]), ["làm giấy khai sinh"], formal=["cơ quan kiểm ngư"], words=["gươm giáo"])
    assert reader.restore("kiem ngu guom giao khai sinh") == "kiểm ngư gươm giáo khai sinh"


def test_saved_and_loaded_it_reads_the_same_with_the_regional_words_of_today(tmp_path: Path) -> None:
    reader = Reader.train(load_regional(REGIONAL), ["làm giấy khai sinh", "bố tôi mất"])
    reader.save(tmp_path / "reader")
    same = Reader.load(tmp_path / "reader", load_regional(REGIONAL))
    assert same.restore("bo toi lam giay") == reader.restore("bo toi lam giay") == "bố tôi làm giấy"
    assert same.mend("u tôi mất") == "mẹ tôi mất"
    assert Reader.load(tmp_path / "reader", Regional([])).mend("u tôi mất") == "u tôi mất"


def test_on_nothing_it_changes_nothing() -> None:
    assert Reader(Bigrams.train([]), Regional([])).mend("lam giáy khai sin") == "lam giáy khai sin"


def test_texts_without_marks_teach_nothing() -> None:
    reader = Reader.train(load_regional(REGIONAL), ["cần giấy tờ gì", *["can giay to gi"] * 20])
    assert reader.restore("can giay to gi") == "cần giấy tờ gì"
