import pytest

from motcua.procedures.moves import Moves, load_moves
from motcua.settings import ROOT


@pytest.fixture(scope="module")
def moves() -> Moves:
    return load_moves(ROOT / "knowledge_base" / "dialogue.yml")


@pytest.mark.parametrize(
    "text, move",
    [
        ("quay lại việc khai sinh lúc nãy", "back"),
        ("quay lai viec luc nay", "back"),
        ("không có cái nào đúng", "none_fits"),
        ("ko cái nào đúng cả", "none_fits"),
        ("cả hai", "both"),
        ("ca 2 luon", "both"),
        ("không rõ", "unsure"),
        ("trường hợp khác", "unsure"),
        ("không có giấy đó thì sao", "missing_paper"),
        ("thieu giay thi sao", "missing_paper"),
        ("tóm lại cần mang gì", "checklist"),
        ("in ra giup toi", "checklist"),
        ("bực mình quá", "angry"),
    ],
)
def test_a_move_is_made_in_many_ways(moves: Moves, text: str, move: str) -> None:
    assert move in moves.of(text)


@pytest.mark.parametrize("text", ["đăng ký khai sinh cần giấy tờ gì", "cái thứ hai", "mất bao nhiêu tiền", "con tôi 3 tuổi"])
def test_a_plain_question_makes_no_move(moves: Moves, text: str) -> None:
    assert moves.of(text) == frozenset()


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("có cần bố mẹ ký không", True),
        ("phai len xa bao truoc ko", True),
        ("hết hạn nộp khi nào", True),
        ("em ly hôn năm 2021 rồi", False),
        ("nhà đứng tên bố vợ ạ", False),
        ("ong mat o nha, khong co giay cua benh vien", False),
    ],
)
def test_a_question_is_told_from_what_is_only_told(moves: Moves, text: str, asks: bool) -> None:
    assert moves.asks(text) is asks


def test_a_word_with_marks_leads_in_only_as_itself(moves: Moves) -> None:
    assert moves.only_lead_in(["viết", "ra"]) and moves.only_lead_in(["viet"])
    assert not moves.only_lead_in(["việt", "nam"])


def test_the_words_of_a_move_are_cut_and_the_rest_stays_in_place(moves: Moves) -> None:
    text = "quay lại việc khai sinh lúc nãy"
    cut = moves.cut(text, "back")
    assert cut.split() == ["khai", "sinh"]
    assert cut.index("khai") == text.index("khai")
