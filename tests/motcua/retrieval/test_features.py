import numpy as np
import pytest

from motcua.retrieval.embedder import Vectors
from motcua.retrieval.features import ASKED_NAMES, NAMES, NO_MARGIN, Evidence, Question
from motcua.retrieval.index import Index
from motcua.retrieval.left_out import LeftOut
from motcua.retrieval.passages import Passage
from motcua.vietnamese.terms import marked_terms
from motcua.vietnamese.vocabulary import Vocabulary
from tests.fakes import WordEmbedder
from tests.motcua.retrieval.conftest import BEES, BIRTH, CODES, MARRIAGE, WEDDING

GUIDES = len(CODES) + 1  # and the life event


@pytest.fixture
def evidence(index: Index, vocabulary: Vocabulary) -> Evidence:
    return Evidence(index, vocabulary)


def question(index: Index, text: str, margins: Vectors | None = None) -> Question:
    cosines = index.cosines(WordEmbedder().embed([text])[0])
    none = np.zeros(1, dtype=np.float32)
    return Question([marked_terms(text)], cosines, none if margins is None else margins, scope=0.7, elsewhere=0.4)


def column(features: Vectors, name: str) -> Vectors:
    return features[:, NAMES.index(name)]


def first_question(index: Index) -> int:
    return next(place for place, passage in enumerate(index.passages) if passage.section == "question")


def as_records(index: Index, *codes: str) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
    return np.array([code in codes for code in index.codes])


def test_every_procedure_has_every_feature(index: Index, evidence: Evidence) -> None:
    features = evidence.features(question(index, "đăng ký khai sinh"))
    assert features.shape == (len(index.codes), len(NAMES))
    assert np.isfinite(features).all()


@pytest.mark.parametrize("name", ["phrase", "coverage", "name_coverage", "dense", "name_dense"])
@pytest.mark.parametrize(("asked", "code"), [("đăng ký khai sinh", BIRTH), ("cấp giấy phép nuôi ong", BEES)])
def test_the_name_of_a_procedure_speaks_for_it(index: Index, evidence: Evidence, name: str, asked: str, code: str) -> None:
    found = column(evidence.features(question(index, asked)), name)
    assert found[index.codes.index(code)] == pytest.approx(found.max())


@pytest.mark.parametrize("name", ["phrase", "coverage", "spelled", "pairs", "dense", "margin"])
def test_only_the_best_stands_above_the_others(index: Index, evidence: Evidence, name: str) -> None:
    margins = np.linspace(-1.1, 0.5, GUIDES, dtype=np.float32)
    features = evidence.features(question(index, "cấp giấy phép nuôi ong lấy mật", margins))
    score, lead = column(features, name), column(features, f"{name}_lead")
    first, second = np.sort(score)[::-1][:2]
    assert lead.max() == pytest.approx(first - second, abs=1e-6)
    assert (lead > 0).sum() == 1
    assert lead[score < first] == pytest.approx(score[score < first] - first, abs=1e-6)


def test_reviewed_are_guides_and_life_events(index: Index, evidence: Evidence) -> None:
    reviewed = column(evidence.features(question(index, "khai sinh")), "reviewed")
    assert [code for code, is_ours in zip(index.codes, reviewed, strict=True) if is_ours] == [*CODES, WEDDING]


def test_records_have_no_margin_of_their_own(index: Index, evidence: Evidence) -> None:
    margins = column(evidence.features(question(index, "nuôi ong", np.full(GUIDES, 0.3, dtype=np.float32))), "margin")
    assert margins[:GUIDES].tolist() == pytest.approx([0.3] * GUIDES)
    assert margins[GUIDES:].tolist() == pytest.approx([NO_MARGIN] * (len(index.codes) - GUIDES))


def test_a_question_left_out_does_not_find_itself(index: Index, evidence: Evidence) -> None:
    place = first_question(index)
    asked = question(index, index.passages[place].text)
    whole, without = (evidence.features(asked, left_out)[0] for left_out in (LeftOut(), LeftOut(passage=place)))
    for name in ("phrase", "dense"):
        assert without[NAMES.index(name)] < whole[NAMES.index(name)]


def coverages(vocabulary: Vocabulary, *questions: str) -> list[float]:
    """How much of the first question its procedure covers: with all of these questions, and without the first."""
    passages = [Passage("9.000001", "name", "đăng ký nuôi mèo"), Passage("9.000002", "name", "cấp sổ cho cá")]
    passages[1:1] = [Passage("9.000001", "question", text) for text in questions]
    index = Index.build(passages, WordEmbedder())
    evidence, asked = Evidence(index, vocabulary), question(index, questions[0])
    return [float(column(evidence.features(asked, left_out), "coverage")[0]) for left_out in (LeftOut(), LeftOut(passage=1))]


def test_what_questions_say_covers_a_question(vocabulary: Vocabulary) -> None:
    whole, _ = coverages(vocabulary, "mèo đẻ")
    assert whole == pytest.approx(1.0)


def test_a_question_left_out_does_not_cover_itself(vocabulary: Vocabulary) -> None:
    whole, without = coverages(vocabulary, "mèo đẻ")
    assert 0 < without < whole  # the name has "mèo" as well, and "đẻ" stood here alone


def test_what_another_passage_says_too_still_covers_a_question_left_out(vocabulary: Vocabulary) -> None:
    whole, without = coverages(vocabulary, "mèo đẻ", "đẻ con")
    assert without == pytest.approx(whole)


def test_a_term_said_twice_in_one_question_is_left_out_with_it(vocabulary: Vocabulary) -> None:
    assert coverages(vocabulary, "đẻ đẻ")[1] == 0


def test_others_cover_as_much_when_a_question_is_left_out(index: Index, evidence: Evidence) -> None:
    place = first_question(index)
    asked = question(index, index.passages[place].text)
    whole, without = (
        column(evidence.features(asked, left_out), "coverage")[1:] for left_out in (LeftOut(), LeftOut(passage=place))
    )
    assert whole.tolist() == without.tolist()


def test_seen_as_a_record_a_guide_has_what_a_record_has(index: Index, evidence: Evidence) -> None:
    asked = question(index, "con mới sinh cần giấy tờ gì", np.full(GUIDES, 0.3, dtype=np.float32))
    row = index.codes.index(BIRTH)
    whole = evidence.features(asked)[row]
    seen = evidence.features(asked, LeftOut(as_records=as_records(index, BIRTH)))[row]
    assert seen[NAMES.index("reviewed")] == 0
    assert seen[NAMES.index("margin")] == pytest.approx(NO_MARGIN)
    assert seen[NAMES.index("text")] == 0
    for name in ("phrase", "coverage", "dense"):
        assert seen[NAMES.index(name)] <= whole[NAMES.index(name)]


def test_seen_as_a_record_a_guide_keeps_its_name(index: Index, evidence: Evidence) -> None:
    row, asked = index.codes.index(BIRTH), question(index, "đăng ký khai sinh")
    seen = evidence.features(asked, LeftOut(as_records=as_records(index, BIRTH)))[row]
    for name in ("name_coverage", "name_dense", "dense"):
        assert seen[NAMES.index(name)] == pytest.approx(evidence.features(asked)[row][NAMES.index(name)])


def test_seen_as_a_record_a_guide_loses_its_questions_and_most_of_its_other_names(vocabulary: Vocabulary) -> None:
    """Records have a name and a few phrases."""
    said = ["alpha", "beta", "gamma", "delta", "epsilon", "zeta", "omega"]
    passages = [Passage("9.000001", "name", "cấp sổ"), *(Passage("9.000001", "also_called", text) for text in said)]
    passages += [Passage("9.000001", "question", "khi nào mèo đẻ"), Passage("9.000002", "name", "nuôi cá", reviewed=False)]
    index = Index.build(passages, WordEmbedder())
    evidence, seen = Evidence(index, vocabulary), LeftOut(as_records=as_records(index, "9.000001"))
    for asked, is_kept in (("cấp sổ", True), ("alpha", True), ("epsilon", True), ("omega", False), ("mèo đẻ", False)):
        (row, _), (whole, _) = evidence.features(question(index, asked), seen), evidence.features(question(index, asked))
        for name in ("phrase", "coverage"):
            assert whole[NAMES.index(name)] > 0.5
            assert (row[NAMES.index(name)] > 0) == is_kept


def test_a_record_seen_as_a_record_keeps_its_phrases(index: Index, evidence: Evidence) -> None:
    asked, row = question(index, "xin nuôi ong lấy mật"), index.codes.index(BEES)
    seen = evidence.features(asked, LeftOut(as_records=as_records(index, BEES)))[row]
    assert seen[NAMES.index("phrase")] == pytest.approx(evidence.features(asked)[row][NAMES.index("phrase")])


def test_others_stay_when_one_is_seen_as_a_record(index: Index, evidence: Evidence) -> None:
    asked, row = question(index, "đăng ký kết hôn"), index.codes.index(MARRIAGE)
    own = [place for place, name in enumerate(NAMES) if not name.endswith(("_lead", "_share"))]
    seen = evidence.features(asked, LeftOut(as_records=as_records(index, BIRTH)))
    assert seen[row][own].tolist() == evidence.features(asked)[row][own].tolist()


def test_of_a_question_scope_nearness_to_what_is_elsewhere_unheard_words_and_length_are_told(
    index: Index, evidence: Evidence
) -> None:
    known, strange = (evidence.of_question(question(index, text)) for text in ("khai sinh", "zorblax quuxify khai sinh"))
    assert known.shape == (len(ASKED_NAMES),)
    assert known[:2].tolist() == pytest.approx([0.7, 0.4])
    unheard, length = slice(2, 5), 5
    assert not known[unheard].any()
    assert ((strange[unheard] > 0) & (strange[unheard] < 1)).all()
    assert strange[length] > known[length]


def test_of_what_is_asked_a_part_may_be_unheard(index: Index, evidence: Evidence) -> None:
    half, less = (evidence.of_question(question(index, text))[2] for text in ("sinh zorblax", "sinh khai zorblax"))
    assert 1 > half > less > 0


CARD = (
    "cấp thẻ hội viên",
    "cấp lại thẻ hội viên",
    "cấp mới thẻ hội viên",
    "gia hạn thẻ hội viên",
    "đổi hoặc cấp lại thẻ hội viên",
)


@pytest.mark.parametrize(
    ("asked", "name", "agrees", "clashes", "unasked"),
    [
        ("thẻ hội viên bị mất", "cấp lại thẻ hội viên", True, False, False),
        ("the hoi vien bi mat", "cấp lại thẻ hội viên", True, False, False),
        ("thẻ hội viên bị mất", "gia hạn thẻ hội viên", False, True, False),
        ("thẻ hội viên bị mất", "cấp mới thẻ hội viên", False, True, False),
        ("thẻ hội viên bị mất", "cấp thẻ hội viên", False, False, False),
        ("thẻ hội viên bị mất", "đổi hoặc cấp lại thẻ hội viên", True, False, False),
        ("xin thẻ hội viên", "cấp lại thẻ hội viên", False, False, True),
        ("xin thẻ hội viên", "cấp mới thẻ hội viên", False, False, False),
        ("xin thẻ hội viên", "cấp thẻ hội viên", False, False, False),
        ("thẻ hội viên mở mới", "cấp mới thẻ hội viên", True, False, False),
        ("thẻ hội viên mất, sai tên", "đổi hoặc cấp lại thẻ hội viên", True, False, False),
    ],
)
def test_what_is_to_be_done_agrees_clashes_or_is_in_the_name_alone(
    vocabulary: Vocabulary, asked: str, name: str, agrees: bool, clashes: bool, unasked: bool
) -> None:
    passages = [Passage(f"9.{place:06}", "name", text) for place, text in enumerate(CARD)]
    index = Index.build(passages, WordEmbedder())
    features = Evidence(index, vocabulary).features(question(index, asked, np.zeros(len(CARD), dtype=np.float32)))
    told = features[CARD.index(name)]
    found = [bool(told[NAMES.index(f"action_{verdict}")]) for verdict in ("agrees", "clashes", "unasked")]
    assert found == [agrees, clashes, unasked]


def test_a_question_of_no_words_has_evidence_for_nothing(index: Index, evidence: Evidence) -> None:
    features = evidence.features(question(index, "🙂"))
    assert np.isfinite(features).all()
    assert not column(features, "phrase").any()
    assert not column(features, "coverage").any()
    assert not column(features, "action_agrees").any()
    assert not column(features, "action_clashes").any()
