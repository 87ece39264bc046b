import unicodedata

import pytest
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from spacy.vocab import Vocab

from bot.nlu.gazetteer_extractor import GazetteerExtractor, SyllableTokenizer
from motcua.places.units import load_places
from motcua.procedures.linter import all_texts
from motcua.procedures.loader import Guides
from motcua.settings import ROOT
from motcua.vietnamese.folding import fold


@pytest.fixture(scope="module")
def gazetteer(model_storage: LocalModelStorage) -> GazetteerExtractor:
    """Trained and loaded again, as the bot has it."""
    config, resource = {"knowledge_base": str(ROOT / "knowledge_base")}, Resource("gazetteer")
    GazetteerExtractor.create(config, model_storage, resource, None).train(TrainingData())
    return GazetteerExtractor.load({"knowledge_base": "gone"}, model_storage, resource, None)


def _found(gazetteer: GazetteerExtractor, text: str, kind: str) -> list[str]:
    (message,) = gazetteer.process([Message({TEXT: text})])
    found = [entity for entity in message.get(ENTITIES) if entity["entity"] == kind]
    assert all(text[entity["start"] : entity["end"]].endswith(entity["value"]) for entity in found)
    return [entity["value"] for entity in found]


@pytest.mark.parametrize(
    "text, places",
    [
        ("tôi ở phường Võ Cường", ["phường Võ Cường"]),
        ("toi o phuong vo cuong", ["phuong vo cuong"]),
        ("TÔI Ở VÕ CƯỜNG", ["VÕ CƯỜNG"]),
        ("xã Danh Thắng cũ nay nộp ở đâu", ["xã Danh Thắng"]),
        ("toi que o que vo", ["que vo"]),
        ("hồ sơ đăng ký kết hôn", []),
        ("dang ky bien dong dat dai", []),
        ("phuong mao dien", ["phuong mao dien"]),
        ("nhà ở Từ Sơn, làm ở Quế Võ.", ["Từ Sơn", "Quế Võ"]),
        ("khai sinh cho con nộp ở đâu", []),
        ("dang ky tam tru", []),
        ("👶", []),
        ("nhà ở xã Đồng Tiến huyện Hiệp Hòa thì nộp ở đâu", ["xã Đồng Tiến huyện Hiệp Hòa"]),
        ("xã Đồng Tiến, huyện Hiệp Hòa, tỉnh Bắc Giang cũ", ["xã Đồng Tiến, huyện Hiệp Hòa, tỉnh Bắc Giang"]),
        ("dong tien hiep hoa nop o dau", ["dong tien hiep hoa"]),
        ("o dong tien, huyen hiep hoa", ["dong tien, huyen hiep hoa"]),
        ("Đồng Tiến – Yên Thế", ["Đồng Tiến – Yên Thế"]),
        ("ở huyện Lục Ngạn cũ", ["huyện Lục Ngạn"]),
        ("phường Võ Cường, thành phố Bắc Ninh", ["phường Võ Cường, thành phố Bắc Ninh"]),
        ("ở Bắc Ninh thì làm sao", []),
    ],
)
def test_places_are_found_with_and_without_diacritics(gazetteer: GazetteerExtractor, text: str, places: list[str]) -> None:
    assert _found(gazetteer, text, "place") == places


def test_every_name_of_a_place_is_found(gazetteer: GazetteerExtractor) -> None:
    names = load_places(ROOT / "knowledge_base" / "places.yml").names()
    assert [name for name in names if _found(gazetteer, f"nhà ở phường {name} thì sao", "place") != [f"phường {name}"]] == []


def test_every_name_of_several_syllables_is_found_without_diacritics(gazetteer: GazetteerExtractor) -> None:
    names = [fold(name) for name in load_places(ROOT / "knowledge_base" / "places.yml").names() if " " in name]
    assert [name for name in names if _found(gazetteer, f"nha o {name} thi sao", "place") != [name]] == []


@pytest.mark.parametrize(
    "text, places", [("ở thị trấn Thắng", ["thị trấn Thắng"]), ("mất một tháng", []), ("mat mot thang", []), ("kep", [])]
)
def test_a_name_of_one_syllable_is_found_only_as_it_is_written(
    gazetteer: GazetteerExtractor, text: str, places: list[str]
) -> None:
    assert _found(gazetteer, text, "place") == places


@pytest.mark.parametrize(
    "text, people",
    [
        ("bố em mới mất", ["bố"]),
        ("khai sinh cho con trai", ["con trai"]),
        ("u nhà cháu 76 tuổi", ["u", "cháu"]),
        ("ong noi mat", ["ong noi"]),
        ("bo ho so", []),
        ("lệ phí bao nhiêu", []),
    ],
)
def test_relatives_are_found(gazetteer: GazetteerExtractor, text: str, people: list[str]) -> None:
    assert _found(gazetteer, text, "person") == people


@pytest.mark.parametrize(
    "text",
    [
        "khai sinh ở phường Võ Cường, tỉnh Bắc Ninh!",
        "mã 000.00.12.H05-261101-0001 (20/11)",
        "ko bit lm gks 👶🏻 ntn ạ???",
        unicodedata.normalize("NFD", "đăng ký tạm trú"),
        "<b>a</b>&b",
    ],
)
def test_the_tokenizer_keeps_the_text(text: str) -> None:
    assert SyllableTokenizer(Vocab())(text).text == text


def test_the_tokenizer_keeps_every_phrase_of_every_guide(guides: Guides) -> None:
    tokenizer = SyllableTokenizer(Vocab())
    assert [text for guide in guides.values() for text in all_texts(guide) if tokenizer(text).text != text] == []


@pytest.mark.parametrize(
    "text",
    [
        "Hồ sơ cần gì",
        "phải chờ lâu không",
        "thắng kiện rồi làm gì",
        "dong tien bao hiem",
        "huong mai tang phi",
        "cong nhan hoa giai vien",
    ],
)
def test_everyday_words_are_no_places(gazetteer: GazetteerExtractor, text: str) -> None:
    assert _found(gazetteer, text, "place") == []
