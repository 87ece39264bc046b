"""What reviewers propose: kept, decided on, redacted, gone with its turn, and written as files of the project."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
import yaml
from sqlalchemy import inspect

from motcua.conversations.finding import turns_of
from motcua.conversations.proposal_files import EXAMPLES, GOLDEN, files_of, zipped
from motcua.conversations.proposals import Kind, Proposal, decide_proposal, find_proposal, find_proposals, propose
from motcua.conversations.proposing import proposable
from motcua.conversations.reviewing import Review
from motcua.conversations.store import ConversationStore
from motcua.procedures.loader import load_guide, load_guides
from motcua.settings import ROOT
from tests.conversations.golden import Golden
from tests.motcua.conversations.conftest import Keep

PROCEDURES = ROOT / "knowledge_base" / "procedures"
BIRTH, MARRIAGE = "1.001193", "1.000894"


def _proposal(kind: Kind, content: dict, number: int = 1) -> Proposal:
    return Proposal(number, 1, kind, content, "lan", 0, "open", None)


def test_a_proposal_is_kept_found_and_decided_on(store: ConversationStore, keep: Keep) -> None:
    turn = keep()
    with store.writing() as connection:
        propose(connection, turn, "example", {"intent": "ask_fee", "text": "mất bao nhiêu"}, by="lan")
        (found,) = find_proposals(connection, state="open")
        decide_proposal(connection, found.id, "taken", by="minh")
        assert find_proposals(connection, state="open") == []
        assert find_proposals(connection, turn=turn, kind="golden") == []
        taken = find_proposal(connection, found.id)
    assert taken is not None
    assert (taken.content, taken.state, taken.decided_by) == ({"intent": "ask_fee", "text": "mất bao nhiêu"}, "taken", "minh")


def test_a_second_of_the_same_kind_takes_the_place_of_the_first(store: ConversationStore, keep: Keep) -> None:
    turn = keep()
    with store.writing() as connection:
        for intent in ("ask_fee", "ask_time"):
            propose(connection, turn, "example", {"intent": intent, "text": "bao nhiêu"}, by="lan")
        assert [found.content["intent"] for found in find_proposals(connection)] == ["ask_time"]


def test_what_it_quotes_is_redacted_and_goes_with_the_conversation(store: ConversationStore, keep: Keep) -> None:
    turn = keep()
    content = {"name": "Rà soát", "turns": [{"say": "số tôi là 0912345678", "then": {"status": "smalltalk"}}]}
    with store.writing() as connection:
        propose(connection, turn, "golden", content, by="lan")
        (found,) = find_proposals(connection)
    assert found.content["turns"][0]["say"] == "số tôi là [số điện thoại]"
    store.erase("cuoc-1")
    with store.reading() as connection:
        assert find_proposals(connection) == []


def test_the_migration_goes_back_and_forth(store: ConversationStore) -> None:
    store.migrate("months")
    store.migrate()
    with store.reading() as connection:
        assert "proposals" in inspect(connection).get_table_names()


def test_a_corrected_procedure_can_become_all_three(store: ConversationStore, keep: Keep) -> None:
    keep(said="xin chào", status="smalltalk", intent="greet")
    keep(said="làm giấy  cho cháu", status="answered_from_guide", intent="ask_papers", procedure=MARRIAGE, section="papers")
    with store.reading() as connection:
        turns = turns_of(connection, "cuoc-1")
    found = proposable(turns, Review("lan", is_right=False, procedure=BIRTH), load_guides(PROCEDURES))
    assert found["example"] == {"intent": "ask_papers", "text": "làm giấy cho cháu"}
    assert found["guide_change"] == {"procedure": BIRTH, "section": "papers", "question": "làm giấy cho cháu"}
    assert found["golden"]["turns"] == [
        {"say": "xin chào", "then": {"status": "smalltalk"}},
        {"say": "làm giấy cho cháu", "then": {"status": "answered_from_guide", "procedure": BIRTH, "sections": ["papers"]}},
    ]


FEE = {"status": "answered_from_guide", "procedure": MARRIAGE, "sections": ["fee"]}


@pytest.mark.parametrize(
    ("judged", "then"),
    [
        (Review("lan", is_right=False, intent="out_of_scope"), {"status": "declined_out_of_scope"}),
        (Review("lan", is_right=False, intent="ask_fee"), FEE),
        (Review("lan", is_right=False, procedure="9.999999"), {"status": "answered_from_catalogue", "procedure": "9.999999"}),
        (Review("lan", is_right=True), {"status": "asked_which_case", "procedure": MARRIAGE}),
    ],
)
def test_a_golden_conversation_ends_as_the_reviewer_says(
    store: ConversationStore, keep: Keep, judged: Review, then: dict
) -> None:
    keep(said="kết hôn", status="asked_which_case", procedure=MARRIAGE)
    with store.reading() as connection:
        golden = proposable(turns_of(connection, "cuoc-1"), judged, load_guides(PROCEDURES))["golden"]
    assert golden["turns"][-1]["then"] == then


def test_nothing_is_proposed_from_a_turn_without_words(store: ConversationStore, keep: Keep) -> None:
    keep(said="", intent="send_attachment")
    with store.reading() as connection:
        assert proposable(turns_of(connection, "cuoc-1"), Review("lan", is_right=True), load_guides(PROCEDURES)) == {}


def test_examples_are_written_as_data_for_training_is() -> None:
    told = (("ask_fee", "mất bao nhiêu: có hóa đơn không?"), ("ask_time", "bao lâu # thì có"), ("ask_fee", "phí?"))
    proposals = [_proposal("example", {"intent": intent, "text": text}, n) for n, (intent, text) in enumerate(told)]
    written = files_of(proposals, PROCEDURES)[EXAMPLES]
    assert "    examples: |\n      - mất bao nhiêu: có hóa đơn không?\n      - phí?\n" in written
    assert yaml.safe_load(written) == {
        "version": "3.1",
        "nlu": [
            {"intent": "ask_fee", "examples": "- mất bao nhiêu: có hóa đơn không?\n- phí?\n"},
            {"intent": "ask_time", "examples": "- bao lâu # thì có\n"},
        ],
    }


def test_conversations_are_written_as_golden_ones_are() -> None:
    content = {"name": "Rà soát", "turns": [{"say": "phí", "then": {"status": "answered_from_guide", "procedure": BIRTH}}]}
    (read,) = yaml.safe_load(files_of([_proposal("golden", content)], PROCEDURES)[GOLDEN])
    assert Golden.model_validate(read).turns[0].then.procedure == BIRTH


def test_a_guide_changes_by_its_new_questions_alone(tmp_path: Path) -> None:
    changes = [("fee", "phí lấy giấy cho cháu"), ("legal_basis", "luật nào quy định"), ("fee", "phí lấy giấy cho cháu")]
    proposals = [
        _proposal("guide_change", {"procedure": BIRTH, "section": section, "question": question}, number)
        for number, (section, question) in enumerate(changes)
    ]
    ((path, content),) = files_of(proposals, PROCEDURES).items()
    before, after = (ROOT / path).read_text("utf-8").splitlines(), content.splitlines()
    assert [line for line in before if line not in after] == []
    assert len(after) - len(before) == sum(
        "luật nào" in line or "phí lấy" in line or line == "  legal_basis:" for line in after
    )
    (tmp_path / "guide.yml").write_text(content, "utf-8")
    asked = list(load_guide(tmp_path / "guide.yml").questions.by_section())
    assert asked.count((("fee",), "phí lấy giấy cho cháu")) == 1
    assert (("legal_basis",), "luật nào quy định") in asked


def test_a_zip_holds_each_file_where_it_stands_in_the_project() -> None:
    with zipfile.ZipFile(BytesIO(zipped({EXAMPLES: "một", GOLDEN: "hai"}))) as archive:
        assert {name: archive.read(name).decode() for name in archive.namelist()} == {EXAMPLES: "một", GOLDEN: "hai"}


def test_without_a_file_to_change_there_is_none() -> None:
    change = {"procedure": "9.999999", "section": "fee", "question": "phí bao nhiêu"}
    assert files_of([_proposal("guide_change", change)], PROCEDURES) == {}
