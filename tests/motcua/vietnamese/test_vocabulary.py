from pathlib import Path

import pytest

from motcua.settings import ROOT
from motcua.vietnamese.folding import fold
from motcua.vietnamese.terms import terms
from motcua.vietnamese.vocabulary import Vocabulary, load_vocabulary, without

WORDS = """
sections:
  papers: [giấy tờ gì, cần giấy tờ gì]
  fee: [lệ phí, phí, bao nhiêu tiền]
  time: [bao lâu]
fillers: [cho em hỏi, ạ, làm, là, tôi]
corrections: [không phải cái đó, không phải, không, ý tôi là]
rejections: [chứ không phải]
relatives: [bố, mẹ]
"""

ACTIONS = """
emergencies: [cháy nhà, đuối nước]
harmless: [phòng cháy, cứu người đuối nước]
actions:
  new: [cấp mới, lần đầu]
  again: [cấp lại, bị mất, mất]
  change: [đổi, sửa]
"""


@pytest.fixture
def small(tmp_path: Path) -> Vocabulary:
    path = tmp_path / "vocabulary.yml"
    path.write_text(WORDS, "utf-8")
    return load_vocabulary(path)


@pytest.mark.parametrize(
    ("asked", "sections"),
    [
        ("làm khai sinh cần giấy tờ gì", ["papers"]),
        ("lam khai sinh can giay to gi", ["papers"]),
        ("kết hôn mất bao lâu, lệ phí thế nào", ["time", "fee"]),
        ("het bao nhieu tien", ["fee"]),
        ("mất bn tiền", ["fee"]),
        ("PHÍ?", ["fee"]),
        ("đăng ký kết hôn", []),
        ("phía sau nhà", []),
        ("", []),
    ],
)
def test_sections_are_heard_by_name(small: Vocabulary, asked: str, sections: list[str]) -> None:
    assert small.sections_in(asked) == sections


@pytest.mark.parametrize(
    ("asked", "about"),
    [
        ("cho em hỏi làm khai sinh cần giấy tờ gì ạ", "khai sinh"),
        ("Cho em hoi lam khai sinh can giay to gi a", "khai sinh"),
        ("đk kết hôn bao lâu", "dang ki ket hon"),
        ("cho em hỏi ạ", ""),
    ],
)
def test_what_a_question_is_about_is_left(small: Vocabulary, asked: str, about: str) -> None:
    assert " ".join(small.content(asked)) == about


@pytest.mark.parametrize(
    ("asked", "about"),
    [
        ("đăng ký chó mèo", "dang ki cho meo"),
        ("xây nhà cho con", "xay nha con"),
        ("dạy thêm", "day them"),
        ("mai táng phí", "mai tang phi"),
        ("cần giấy gì và bao lâu", ""),
    ],
)
def test_words_with_their_marks_are_not_taken_for_fillers(vocabulary: Vocabulary, asked: str, about: str) -> None:
    assert " ".join(map(fold, vocabulary.about(asked, with_marks=True))) == about


@pytest.mark.parametrize(
    ("asked", "sections"),
    [("mai táng phí", []), ("mai tang phi het bao nhieu tien", ["fee"]), ("cần giấy gì và bao lâu", ["papers", "time"])],
)
def test_a_word_of_a_name_asks_for_no_section(vocabulary: Vocabulary, asked: str, sections: list[str]) -> None:
    assert vocabulary.sections_in(asked) == sections


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("không, ý tôi là tạm trú", "tam tru"),
        ("không phải cái đó", ""),
        ("ý tôi là tạm trú chứ không phải thường trú", "tam tru"),
        ("y toi la tam tru chu khong phai thuong tru", "tam tru"),
        ("ko, khai tử", "khai tu"),
    ],
)
def test_a_correction_says_what_is_wanted_instead(small: Vocabulary, said: str, wanted: str) -> None:
    assert " ".join(small.corrected(said)) == wanted


@pytest.fixture
def full(tmp_path: Path) -> Vocabulary:
    path = tmp_path / "vocabulary.yml"
    path.write_text(WORDS + ACTIONS, "utf-8")
    return load_vocabulary(path)


@pytest.mark.parametrize(
    ("said", "actions"),
    [
        ("cấp lại thẻ", {"again"}),
        ("cap lai the", {"again"}),
        ("thẻ bị mất, muốn đổi", {"again", "change"}),
        ("xin lần đầu", {"new"}),
        ("xin thẻ", set()),
        ("cấp thẻ lại", set()),
        ("", set()),
    ],
)
def test_what_is_to_be_done_with_a_paper_is_heard(full: Vocabulary, said: str, actions: set[str]) -> None:
    assert full.actions_in(terms(said)) == actions


@pytest.mark.parametrize(
    ("said", "urgent"),
    [
        ("cháy nhà rồi", True),
        ("chay nha roi", True),
        ("nghiem thu phong chay nha xuong", False),
        ("chết vì cứu người đuối nước thì gia đình được hưởng gì", False),
        ("cháu đuối nước", True),
        ("nhà bị cháy hồi năm ngoái", False),
        ("", False),
    ],
)
def test_danger_is_heard_in_the_words_for_it(full: Vocabulary, said: str, urgent: bool) -> None:
    assert full.is_urgent(said) == urgent


@pytest.mark.parametrize(
    ("said", "urgent"),
    [
        ("nó tự tử", True),
        ("chồng em đang đánh em", True),
        ("toi muon tu tu", True),
        ("nha hang xom dang chay", True),
        ("từ từ đã em", False),
        ("tu tu da em", False),
        ("em đang chạy thủ tục khai sinh", False),
        ("em dang chay thu tuc khai sinh", False),
        ("đang dành tiền làm sổ đỏ", False),
        ("dang danh tien lam so do", False),
        ("nhà chạy giấy tờ", False),
        ("cựu tôi", False),
        ("chay to khai giup em", False),
    ],
)
def test_danger_is_told_from_what_sounds_like_it(said: str, urgent: bool) -> None:
    assert load_vocabulary(ROOT / "knowledge_base" / "vocabulary.yml").is_urgent(said) == urgent


def test_without_a_list_nothing_is_danger_and_nothing_to_be_done(small: Vocabulary) -> None:
    assert not small.is_urgent("cháy nhà")
    assert small.actions_in(terms("cấp lại")) == frozenset()


@pytest.mark.parametrize(
    ("said", "action"),
    [
        ("Cấp lại thẻ", "again"),
        ("làm mất thẻ", "again"),
        ("Gia hạn giấy phép", "extend"),
        ("cấp đổi sổ", "change"),
        ("xin cấp lần đầu", "new"),
        ("chấm dứt hoạt động", "end"),
        ("tạm ngừng kinh doanh", "pause"),
        ("chuyển nhượng đất", "transfer"),
    ],
)
def test_actions_in_use_are_heard(vocabulary: Vocabulary, said: str, action: str) -> None:
    assert action in vocabulary.actions_in(terms(said))


def test_a_longer_phrase_takes_its_words_first(small: Vocabulary) -> None:
    assert small.content("bao nhiêu tiền lệ phí làm hộ chiếu") == ["ho", "chieu"]


def test_phrases_that_overlap_leave_nothing_between_them() -> None:
    assert without(["le", "phi", "bao", "nhieu", "nha"], [("le", "phi"), ("phi", "bao", "nhieu")]) == ["nha"]


@pytest.mark.parametrize(
    ("asked", "section"),
    [
        ("cần giấy tờ gì", "papers"),
        ("mất bao nhiêu tiền", "fee"),
        ("mấy ngày thì có", "time"),
        ("nộp ở đâu", "place"),
        ("các bước làm thế nào", "steps"),
        ("có làm qua mạng được không", "online"),
        ("điều kiện là gì", "conditions"),
        ("kết quả là gì", "result"),
        ("căn cứ pháp lý", "legal_basis"),
        ("tờ khai mẫu nào", "forms"),
    ],
)
def test_every_section_can_be_asked_for(vocabulary: Vocabulary, asked: str, section: str) -> None:
    assert section in vocabulary.sections_in(asked)


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("không, ý tôi là tạm trú", "tam tru"),
        ("nhầm rồi, ý em là đăng ký kết hôn", "dang ki ket hon"),
        ("khong phai, tam tru chu khong phai thuong tru", "tam tru"),
        ("không phải cái đó", ""),
        ("sai rồi", ""),
    ],
)
def test_corrections_in_use_are_understood(vocabulary: Vocabulary, said: str, wanted: str) -> None:
    assert " ".join(vocabulary.corrected(said)) == wanted


def test_relatives_are_written_as_people_say_them(vocabulary: Vocabulary) -> None:
    assert {"bố", "mẹ", "u", "bầm", "con gái"} <= set(vocabulary.relatives)


@pytest.mark.parametrize(
    ("text", "official"),
    [
        ("đăng ký bản quyền bài hát ở đâu", True),
        ("xin giay phep tha dieu", True),
        ("xin giấy phép thả diều", True),
        ("mai có mưa không", False),
        ("giá vàng hôm nay", False),
    ],
)
def test_what_asks_an_office_for_something_sounds_official(vocabulary: Vocabulary, text: str, official: bool) -> None:
    assert vocabulary.sounds_official(text) == official


def test_names_of_one_kind_are_learned_as_one(vocabulary: Vocabulary) -> None:
    osaka, seoul = (vocabulary.kinds_in([["bên", *city.split()]]) for city in ("osaka", "seoul"))
    assert osaka == seoul == ["#city", "ben_#city"]
    assert vocabulary.kinds_in([["thẻ", "tín", "dụng"], ["khai", "sinh"]]) == ["#bank"]


def test_what_is_no_name_has_no_kind(vocabulary: Vocabulary) -> None:
    assert vocabulary.kinds_in([["khai", "sinh", "cho", "con"]]) == []
