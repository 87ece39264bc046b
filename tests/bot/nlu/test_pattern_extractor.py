import pytest
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.pattern_extractor import PatternExtractor


def _entities(text: str, found_before: list[dict] | None = None) -> list[dict]:
    (message,) = PatternExtractor.create({}).process([Message({TEXT: text, ENTITIES: found_before or []})])
    return message.get(ENTITIES)


@pytest.mark.parametrize(
    "text, kind, value",
    [
        ("hồ sơ 000.00.12.H05-261101-0001 xong chưa", "dossier_code", "000.00.12.H05-261101-0001"),
        ("hs h05 261101 0001 toi dau r", "dossier_code", "H05-261101-0001"),
        ("000.00.12.H05.261101.0001", "dossier_code", "000.00.12.H05-261101-0001"),
        ("thủ tục 1.001193 lệ phí", "procedure_code", "1.001193"),
        ("mã 3.000722.", "procedure_code", "3.000722"),
        ("nộp hôm 20/11", "date", "hôm 20/11"),
        ("hẹn ngày 5-12-2026 ạ", "date", "ngày 5-12-2026"),
        ("bố em mất hôm kia ở quê", "date", "hôm kia"),
        ("bé sinh mùng 3 tháng 2 âm", "date", "mùng 3 tháng 2 âm"),
        ("cccd [số định danh]", "identity_number", "[số định danh]"),
        ("gọi [số điện thoại] giúp em", "phone", "[số điện thoại]"),
        ("thẻ [số thẻ]", "bank_card", "[số thẻ]"),
        ("thư [thư điện tử]", "email", "[thư điện tử]"),
        ("4 số cuối là [số cuối]", "last_digits", "[số cuối]"),
    ],
)
def test_what_has_a_shape_of_its_own_is_found(text: str, kind: str, value: str) -> None:
    found = {entity["entity"]: entity["value"] for entity in _entities(text)}
    assert found.get(kind) == value


@pytest.mark.parametrize(
    "text",
    [
        "con mới sinh cần làm gì",
        "phí 1.500.000 đồng",
        "nghị định 123/2015/NĐ-CP",
        "luật 60/2014/QH13",
        "nhà 123456 ngõ 7",
        "em 25 tuổi, 2 con",
        "11.001193",
        "",
    ],
)
def test_other_numbers_are_no_entities(text: str) -> None:
    assert _entities(text) == []


@pytest.mark.parametrize("text", ["mã 000.00.12.H05-261101-0001", "h05.261101.0001 nộp 1/11", "1.001193 ngày 20/11/2026"])
def test_an_entity_stands_where_it_says(text: str) -> None:
    for entity in _entities(text):
        piece = text[entity["start"] : entity["end"]]
        assert piece.strip() == piece != ""
        assert entity["entity"] == "dossier_code" or piece == entity["value"]


def test_a_dossier_code_is_read_whole_and_not_as_a_date_too() -> None:
    assert [entity["entity"] for entity in _entities("000.00.12.H05-261101-0001")] == ["dossier_code"]


def test_several_entities_are_all_found() -> None:
    found = _entities("1.001193 và 1.000894 nộp 20/11")
    assert [entity["value"] for entity in found] == ["1.001193", "1.000894", "20/11"]


def test_what_others_found_is_kept() -> None:
    before = {"entity": "place", "start": 0, "end": 8, "value": "Võ Cường"}
    assert before in _entities("Võ Cường 20/11", [before])


def test_a_longer_number_is_no_code() -> None:
    assert _entities("1.0011931") == []


@pytest.mark.parametrize(
    ("text", "understood", "intent"),
    [
        ("[số cuối]", "pick_choice", "check_dossier_status"),
        ("dạ [số định danh] ạ", "thank", "check_dossier_status"),
        ("bố em [số định danh] muốn đổi thẻ căn cước thì cần gì", "ask_papers", "ask_papers"),
        ("báo cho tôi khi H05-261101-0001 xong", "follow_dossier", "follow_dossier"),
        ("H05-261101-0001", "pick_choice", "check_dossier_status"),
    ],
)
def test_a_number_means_a_dossier_unless_more_is_said(text: str, understood: str, intent: str) -> None:
    heard = Message({TEXT: text, ENTITIES: [], INTENT: {"name": understood, "confidence": 0.6}})
    (message,) = PatternExtractor.create({}).process([heard])
    assert message.get(INTENT)["name"] == intent
