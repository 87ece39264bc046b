from dataclasses import dataclass

import pytest

from motcua.procedures.answers import Answers
from motcua.procedures.blocks import paper_key
from motcua.procedures.guide import SECTIONS
from motcua.procedures.loader import Guides
from motcua.settings import ROOT

BIRTH = "1.001193"


@pytest.fixture(scope="module")
def answers() -> Answers:
    return Answers(ROOT / "knowledge_base")


@dataclass(frozen=True)
class Ward:
    full_name: str = "Phường Kinh Bắc"


def _only(answers: Answers, guides: Guides, section: str, **given: object) -> dict:
    (block,) = answers.blocks([section], guides[BIRTH], **given)
    return block


def test_papers_carry_every_fact_the_guide_has_and_no_other(answers: Answers, guides: Guides) -> None:
    block = _only(answers, guides, "papers")
    first, second = block["papers"][:2]
    assert first["name"] == "Giấy chứng sinh"
    assert first["copies"] == "1 bản chính"
    assert "copies" not in second
    assert block["cases"][1]["when"] == "Nhờ người khác đi làm thay"
    assert block["cases"][1]["papers"][0]["name"] == "Văn bản ủy quyền có chứng thực"


def test_a_fee_label_never_stands_without_its_note(answers: Answers, guides: Guides) -> None:
    for guide in guides.values():
        rows = answers.blocks(["fee"], guide)[0]["rows"]
        told = {(row.get("label"), row.get("note")) for row in rows}
        assert told == {(way.fee_label, way.fee_note) for way in guide.channels}


def test_ways_of_which_the_same_is_told_share_a_row(answers: Answers, guides: Guides) -> None:
    assert [row["ways"] for row in _only(answers, guides, "fee")["rows"]] == ["Trực tuyến, trực tiếp", "Qua bưu điện"]


def test_steps_are_listed_for_each_way(answers: Answers, guides: Guides) -> None:
    ways = _only(answers, guides, "steps")["ways"]
    assert [way["way"] for way in ways] == ["Trực tuyến", "Trực tiếp", "Qua bưu điện"]
    assert ways[1]["steps"] == list(guides[BIRTH].channels[1].steps)


def test_a_place_names_the_citizen_s_ward_or_asks_for_it(answers: Answers, guides: Guides) -> None:
    assert _only(answers, guides, "place", unit=Ward())["unit"] == "Phường Kinh Bắc"
    assert _only(answers, guides, "place")["asks_unit"]


def test_an_overview_says_how_many_cases_have_more_papers(answers: Answers, guides: Guides) -> None:
    papers = next(block for block in answers.blocks(["overview"], guides[BIRTH]) if block["kind"] == "papers")
    assert papers["cases"] == []
    assert papers["other_cases"] == 4


@pytest.mark.parametrize("section", SECTIONS)
def test_every_section_of_every_guide_has_a_block(answers: Answers, guides: Guides, section: str) -> None:
    for guide in guides.values():
        blocks = answers.blocks([section], guide)
        assert blocks
        assert {block["section"] for block in blocks} == {section}


def test_the_facts_of_the_blocks_are_those_of_the_text(answers: Answers, guides: Guides) -> None:
    for guide in guides.values():
        text = answers.render("papers", guide)
        assert all(paper["name"] in text for paper in answers.blocks(["papers"], guide)[0]["papers"])


def test_a_paper_keeps_its_key_while_its_name_stays(guides: Guides) -> None:
    paper, other = guides[BIRTH].papers[:2]
    assert paper_key(paper) == paper_key(paper.model_copy(update={"copies": "2 bản"}))
    assert paper_key(paper) != paper_key(other)
