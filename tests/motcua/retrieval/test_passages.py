from motcua.procedures.life_events import load_life_events
from motcua.procedures.loader import Guides
from motcua.retrieval.passages import PHRASE_SECTIONS, Passage, event_passages, passages_of, record_passages
from motcua.settings import ROOT
from tests.motcua.catalogue_samples import record
from tests.motcua.samples import guide


def test_names_and_questions_stand_one_by_one() -> None:
    passages = list(passages_of(guide()))
    assert [passage.text for passage in passages if passage.section == "also_called"] == ["khai mèo", "giấy cho mèo", "sổ mèo"]
    assert len([passage for passage in passages if passage.section == "question"]) == 5


def test_a_case_is_found_by_its_condition_and_its_papers() -> None:
    case = {"id": "mat-so", "when": "Mất sổ", "papers": [{"name": "Đơn báo mất"}]}
    passages = passages_of(guide(cases=[case]))
    assert [passage.text for passage in passages if passage.section == "cases"] == ["Mất sổ. Đơn báo mất"]


def test_empty_sections_make_no_passage() -> None:
    assert not {"conditions", "cases"} & {passage.section for passage in passages_of(guide())}


def test_every_guide_can_be_found_by_its_name(guides: Guides) -> None:
    for told in guides.values():
        passages = list(passages_of(told))
        assert [passage.text for passage in passages if passage.section == "name"] == [told.name]
        assert {passage.code for passage in passages} == {told.code}
        assert all(passage.text for passage in passages)


def test_fees_and_times_are_not_searched() -> None:
    text = " ".join(passage.text for passage in passages_of(guide()))
    assert "3 ngày làm việc" not in text


def test_phrases_are_what_people_say() -> None:
    assert {"name", "also_called", "question", "summary"} == set(PHRASE_SECTIONS)


def test_a_record_is_found_by_its_name_and_by_how_people_say_it() -> None:
    told = record(name="Thủ tục cấp phép nuôi ong (ở rừng) (cấp xã)", steps=["Nộp hồ sơ."])
    assert list(record_passages(told, ["xin nuôi ong"])) == [
        Passage(told.code, "name", "cấp phép nuôi ong (ở rừng)", reviewed=False),
        Passage(told.code, "also_called", "cấp phép nuôi ong", reviewed=False),
        Passage(told.code, "question", "xin nuôi ong", reviewed=False),
    ]


def test_a_life_event_is_found_as_a_guide_is() -> None:
    for event in load_life_events(ROOT / "knowledge_base" / "life_events").values():
        passages = list(event_passages(event))
        assert {(passage.code, passage.reviewed) for passage in passages} == {(event.code, True)}
        assert [passage.text for passage in passages if passage.section == "name"] == [event.name]
        said = [passage.text for passage in passages if passage.section in ("also_called", "question")]
        assert said == [*event.also_called, *event.questions]
        assert [passage.text for passage in passages if passage.section == "summary"] == [event.intro]


def test_what_a_guide_tells_is_reviewed() -> None:
    assert all(passage.reviewed for passage in passages_of(guide()))
