import numpy as np
import pytest

from motcua.retrieval.embedder import Vectors
from motcua.retrieval.features import ASKED_NAMES, NAMES, NO_MARGIN, Evidence, LeftOut, Question
from motcua.retrieval.index import Index
from motcua.vietnamese.terms import terms
from tests.fakes import WordEmbedder
from tests.motcua.retrieval.conftest import BEES, BIRTH, CODES, MARRIAGE, WEDDING

GUIDES = len(CODES) + 1  # and the life event


@pytest.fixture
def evidence(index: Index) -> Evidence:
    return Evidence(index)


def question(text: str, margins: Vectors | None = None) -> Question:
    vector = WordEmbedder().embed([text])[0]
    return Question(terms(text), vector, np.zeros(GUIDES, dtype=np.float32) if margins is None else margins, 0.7)


def column(features: Vectors, name: str) -> Vectors:
    return features[:, NAMES.index(name)]


def as_records(index: Index, *codes: str) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
    return np.array([code in codes for code in index.codes])


def test_every_procedure_has_every_feature(index: Index, evidence: Evidence) -> None:
    features = evidence.features(question("đăng ký khai sinh"))
    assert features.shape == (len(index.codes), len(NAMES))
    assert np.isfinite(features).all()


@pytest.mark.parametrize("name", ["phrase", "coverage", "name_coverage", "dense", "name_dense", "letters"])
@pytest.mark.parametrize(("asked", "code"), [("đăng ký khai sinh", BIRTH), ("cấp giấy phép nuôi ong", BEES)])
def test_the_name_of_a_procedure_speaks_for_it(index: Index, evidence: Evidence, name: str, asked: str, code: str) -> None:
    found = column(evidence.features(question(asked)), name)
    assert found[index.codes.index(code)] == pytest.approx(found.max())


@pytest.mark.parametrize("name", ["phrase", "coverage", "dense", "margin", "letters"])
def test_only_the_best_stands_above_the_others(evidence: Evidence, name: str) -> None:
    margins = np.linspace(-1.1, 0.5, GUIDES, dtype=np.float32)
    features = evidence.features(question("xin nuôi ong lấy mật", margins))
    score, lead = column(features, name), column(features, f"{name}_lead")
    first, second = np.sort(score)[::-1][:2]
    assert lead.max() == pytest.approx(first - second, abs=1e-6)
    assert (lead > 0).sum() == 1
    assert lead[score < first] == pytest.approx(score[score < first] - first, abs=1e-6)


def test_reviewed_are_guides_and_life_events(index: Index, evidence: Evidence) -> None:
    reviewed = column(evidence.features(question("khai sinh")), "reviewed")
    assert [code for code, is_ours in zip(index.codes, reviewed, strict=True) if is_ours] == [*CODES, WEDDING]


def test_records_have_no_margin_of_their_own(index: Index, evidence: Evidence) -> None:
    margins = column(evidence.features(question("nuôi ong", np.full(GUIDES, 0.3, dtype=np.float32))), "margin")
    assert margins[:GUIDES].tolist() == pytest.approx([0.3] * GUIDES)
    assert margins[GUIDES:].tolist() == pytest.approx([NO_MARGIN] * (len(index.codes) - GUIDES))


def test_a_question_left_out_does_not_find_itself(index: Index, evidence: Evidence) -> None:
    place = int(np.flatnonzero(index.is_question)[0])
    asked = question(index.passages[place].text)
    whole, without = (evidence.features(asked, left_out)[0] for left_out in (LeftOut(), LeftOut(passage=place)))
    for name in ("phrase", "dense", "letters"):
        assert without[NAMES.index(name)] < whole[NAMES.index(name)]


def test_what_questions_say_is_no_coverage(index: Index, evidence: Evidence) -> None:
    place = int(np.flatnonzero(index.is_question)[0])
    asked = question(index.passages[place].text)
    whole, without = (
        column(evidence.features(asked, left_out), "coverage") for left_out in (LeftOut(), LeftOut(passage=place))
    )
    assert whole.tolist() == without.tolist()


def test_seen_as_a_record_a_guide_has_what_a_record_has(index: Index, evidence: Evidence) -> None:
    asked = question("con mới sinh cần giấy tờ gì", np.full(GUIDES, 0.3, dtype=np.float32))
    row = index.codes.index(BIRTH)
    whole = evidence.features(asked)[row]
    seen = evidence.features(asked, LeftOut(as_records=as_records(index, BIRTH)))[row]
    assert seen[NAMES.index("reviewed")] == 0
    assert seen[NAMES.index("margin")] == pytest.approx(NO_MARGIN)
    assert seen[NAMES.index("text")] == 0
    for name in ("phrase", "coverage", "dense", "letters"):
        assert seen[NAMES.index(name)] <= whole[NAMES.index(name)]


def test_seen_as_a_record_a_guide_keeps_its_name(index: Index, evidence: Evidence) -> None:
    row, asked = index.codes.index(BIRTH), question("đăng ký khai sinh")
    seen = evidence.features(asked, LeftOut(as_records=as_records(index, BIRTH)))[row]
    for name in ("name_coverage", "name_dense", "dense"):
        assert seen[NAMES.index(name)] == pytest.approx(evidence.features(asked)[row][NAMES.index(name)])


def test_others_stay_when_one_is_seen_as_a_record(index: Index, evidence: Evidence) -> None:
    asked, row = question("đăng ký kết hôn"), index.codes.index(MARRIAGE)
    own = [place for place, name in enumerate(NAMES) if not name.endswith("_lead")]
    seen = evidence.features(asked, LeftOut(as_records=as_records(index, BIRTH)))
    assert seen[row][own].tolist() == evidence.features(asked)[row][own].tolist()


def test_of_a_question_the_scope_unknown_words_and_length_are_told(evidence: Evidence) -> None:
    known, strange = (evidence.of_question(question(text)) for text in ("khai sinh", "zorblax quuxify khai sinh"))
    assert known.shape == (len(ASKED_NAMES),)
    assert known[0] == pytest.approx(0.7)
    assert known[1] == 0
    assert strange[1] > 0
    assert strange[2] > known[2]


def test_a_question_of_no_words_has_evidence_for_nothing(evidence: Evidence) -> None:
    features = evidence.features(question("🙂"))
    assert np.isfinite(features).all()
    assert not column(features, "phrase").any()
    assert not column(features, "coverage").any()
