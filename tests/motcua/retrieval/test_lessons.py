from collections.abc import Sequence
from functools import partial

import numpy as np
import pytest

from motcua.procedures.loader import Guides
from motcua.ranking.examples import FOLDS, Examples, families_of, folds_of
from motcua.ranking.training import Example
from motcua.retrieval.embedder import Vectors
from motcua.retrieval.features import ASKED_NAMES, NAMES, NO_MARGIN
from motcua.retrieval.index import Index
from motcua.retrieval.lessons import Lessons
from motcua.retrieval.linear import Linear
from motcua.retrieval.passages import Passage
from motcua.settings import Settings
from motcua.vietnamese.reading import Reader
from motcua.vietnamese.regional import Regional
from motcua.vietnamese.terms import terms, with_pairs
from motcua.vietnamese.vocabulary import Vocabulary
from tests.fakes import WordEmbedder
from tests.motcua.retrieval.conftest import BIRTH, CODES, MARRIAGE

QUESTIONS_OF_EACH = 12
RECORDS = {
    "1.900001": (
        "Cấp giấy phép nuôi ong",
        "xin nuôi ong lấy mật",
        "muốn thả ong ngoài rừng",
        "nuôi ong có phải xin phép",
        "để tổ ong trong vườn chùa",
    ),
    "1.900002": ("Kiểm nghiệm mật ong", "đem mật đi thử", "thử xem mật có sạch"),
    "1.900003": ("Đăng kiểm bè nứa",),
}
TOLD = 5  # phrases that are asked: three of the four of the first record, both of the second


class RecordingEmbedder(WordEmbedder):
    """Remembers which texts it embedded."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: set[str] = set()

    def embed(self, texts: Sequence[str]) -> Vectors:
        self.asked |= set(texts)
        return super().embed(texts)


@pytest.fixture(scope="module")
def embedder() -> RecordingEmbedder:
    return RecordingEmbedder()


@pytest.fixture(scope="module")
def lessons(settings: Settings, guides: Guides, vocabulary: Vocabulary, embedder: RecordingEmbedder) -> Lessons:
    """Of a few guides with a few questions each, and a few records."""
    passages = [passage for code in CODES for passage in _few_passages(guides, code)]
    passages += [passage for code in RECORDS for passage in _record_passages(code)]
    reader = Reader.train(Regional([]), [passage.text for passage in passages])
    return Lessons(Index.build(passages, embedder, partial(map, reader.restore)), embedder, vocabulary, reader)


def _few_passages(guides: Guides, code: str) -> list[Passage]:
    told = guides[code]
    names = [Passage(code, "name", told.name), *(Passage(code, "also_called", phrase) for phrase in told.also_called)]
    return [*names, *(Passage(code, "question", text) for text in told.questions.all()[:QUESTIONS_OF_EACH])]


def _record_passages(code: str) -> list[Passage]:
    name, *phrases = RECORDS[code]
    said = [Passage(code, "question", phrase, reviewed=False) for phrase in phrases]
    return [Passage(code, "name", name, reviewed=False), *said]


@pytest.fixture(scope="module")
def classifier(lessons: Lessons) -> Linear:
    return lessons.classifier_from(np.arange(len(lessons.questions)))


@pytest.fixture(scope="module")
def examples(lessons: Lessons) -> list[Example]:
    return Examples(lessons).all()


@pytest.fixture(scope="module")
def asked(guides: Guides) -> int:
    """How many questions and other names the guides have."""
    return sum(len(guides[code].also_called) + QUESTIONS_OF_EACH for code in CODES)


@pytest.fixture(scope="module")
def of_guides(examples: list[Example], asked: int) -> list[Example]:
    """Those of the guides' questions and other names; they come first."""
    return examples[:asked]


@pytest.fixture(scope="module")
def of_records(examples: list[Example], asked: int) -> list[Example]:
    """Those of how people say records."""
    return [found for found in examples[asked:] if found.right is not None]


def right(examples: list[Example], name: str) -> "np.ndarray[tuple[int], np.dtype[np.float32]]":
    """One feature of the right procedure, in each example that has one."""
    return np.array([found.features[found.right, NAMES.index(name)] for found in examples if found.right is not None])


def test_every_question_and_other_name_of_a_guide_is_an_example(of_guides: list[Example], asked: int) -> None:
    assert len(right(of_guides, "dense")) == asked


def test_up_to_three_phrases_of_each_record_are_examples(of_records: list[Example]) -> None:
    """All phrases of three thousand records would drown the guides' questions."""
    assert len(of_records) == TOLD


def test_a_phrase_of_a_record_is_asked_of_what_is_no_guide(of_records: list[Example]) -> None:
    assert right(of_records, "reviewed").tolist() == [0.0] * TOLD
    assert right(of_records, "margin").tolist() == pytest.approx([NO_MARGIN] * TOLD)


def test_beside_a_record_guides_are_seen_as_guides(of_records: list[Example]) -> None:
    for found in of_records:
        assert (found.features[:, NAMES.index("reviewed")] == 1).sum() >= len(CODES) / 2


def test_a_question_is_left_out_of_what_finds_it(examples: list[Example]) -> None:
    """Found by itself, its cosine would be 1, and the ranker would learn to trust nothing else."""
    assert (right(examples, "dense") > 0.999).mean() < 0.05
    assert (right(examples, "coverage") > 0.999).mean() < 0.5


def test_a_phrase_of_a_record_is_left_out_of_what_finds_it(of_records: list[Example]) -> None:
    assert (right(of_records, "dense") < 0.999).all()
    assert (right(of_records, "coverage") < 0.999).all()


def test_half_of_the_questions_are_asked_of_what_is_seen_as_a_record(of_guides: list[Example]) -> None:
    assert right(of_guides, "reviewed").mean() == pytest.approx(0.5, abs=0.05)


def test_being_seen_as_a_record_does_not_tell_which_is_right(of_guides: list[Example]) -> None:
    of_others = [
        reviewed
        for found in of_guides
        for place, reviewed in enumerate(found.features[:, NAMES.index("reviewed")])
        if place != found.right
    ]
    assert 0.3 < np.mean(of_others) < 0.7


def test_a_third_of_what_is_outside_is_an_unanswerable_example(examples: list[Example], lessons: Lessons, asked: int) -> None:
    phrases = len(CODES) + asked + sum(map(len, RECORDS.values()))
    outside = -(-(len(lessons.texts) - phrases) // 3)
    assert [found.right is None for found in examples] == [False] * (asked + TOLD) + [True] * outside
    assert outside > 10


def test_a_text_that_says_nothing_is_no_example(lessons: Lessons) -> None:
    assert "ạ" not in lessons.texts
    assert "thời tiết mai thế nào" in lessons.texts


def test_the_texts_are_those_that_were_embedded(lessons: Lessons, examples: list[Example], embedder: RecordingEmbedder) -> None:
    assert set(lessons.texts) == embedder.asked


def test_the_same_content_gives_the_same_examples(lessons: Lessons, examples: list[Example]) -> None:
    again = Examples(lessons).all()
    assert [found.right for found in again] == [found.right for found in examples]
    assert all(np.array_equal(one.features, other.features) for one, other in zip(again, examples, strict=True))


def test_what_shares_a_rare_word_outside_is_a_family() -> None:
    said = ["nuôi rồng ở xã", "nuôi ong ở xã", "xin nuôi rồng", "thẻ nuôi rồng", "mai có mưa", "giá vàng"]
    one, _, *dragons, rain, gold = families_of([terms(text) for text in said], np.arange(6) < 2)
    assert len(set(dragons)) == 1
    assert len({one, *dragons, rain, gold}) == 4


def test_a_family_is_left_out_as_one_and_each_is_left_out_once() -> None:
    folds = folds_of(np.arange(120) // 2)
    assert folds[::2].tolist() == folds[1::2].tolist()
    assert set(folds.tolist()) == set(range(FOLDS))


def test_a_text_outside_is_judged_by_a_scope_that_knows_neither_it_nor_its_family(
    lessons: Lessons, examples: list[Example]
) -> None:
    """One that learned it by heart says more surely that no procedure answers it."""
    scope = lessons.scope_from(np.arange(len(lessons.stretches)))
    outside = np.flatnonzero(~lessons.is_inside)
    learned = scope.all_scores([lessons.scope_units[place] for place in outside], lessons.vectors[outside])
    told = [found.of_question[2 * len(NAMES) + ASKED_NAMES.index("scope")] for found in examples if found.right is None]
    assert np.mean(told) > learned.mean() + 0.2


def test_what_is_asked_is_judged_by_others_than_what_it_taught(
    lessons: Lessons, classifier: Linear, examples: list[Example]
) -> None:
    """A classifier that learned a question by heart says so by a margin far above what it says of a new one."""
    places = np.arange(len(lessons.questions))
    learned = classifier.all_scores(lessons.paired[: len(places)], lessons.vectors[: len(places)])
    own = learned[places, lessons.index.procedure_of[lessons.questions]]
    asked = right(examples[: len(own)], "margin")[right(examples[: len(own)], "reviewed") == 1]
    assert asked.mean() < own.mean() - 0.2


@pytest.mark.parametrize(("asked", "code"), [("làm giấy khai sinh cho con", BIRTH), ("đăng ký kết hôn", MARRIAGE)])
def test_the_classifier_knows_the_words_of_each_guide(classifier: Linear, asked: str, code: str) -> None:
    scores = classifier.scores(with_pairs(terms(asked)), WordEmbedder().embed([asked])[0])
    assert CODES[int(scores.argmax())] == code


@pytest.mark.parametrize(
    ("asked", "inside"),
    [("đăng ký kết hôn cần giấy tờ gì", True), ("cấp giấy phép nuôi ong", True), ("đội nào vô địch", False)],
)
def test_the_scope_holds_guides_and_records_for_inside(lessons: Lessons, asked: str, inside: bool) -> None:
    scope = lessons.scope_from(np.arange(len(lessons.stretches)))
    (logit,) = scope.scores(with_pairs(terms(asked)), WordEmbedder().embed([asked])[0])
    assert (logit > 0) == inside


def test_the_same_content_gives_the_same_parts(lessons: Lessons) -> None:
    projection, _, *once = lessons.trained()
    other, _, *again = lessons.trained()
    assert (projection.matrix == other.matrix).all()
    assert all((one.meaning == another.meaning).all() for one, another in zip(once, again, strict=True))
