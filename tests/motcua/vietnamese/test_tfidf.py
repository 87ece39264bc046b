import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer

from motcua.vietnamese.tfidf import Tfidf

TEXTS = ["khai sinh cho con", "khai tử cho bố", "đổi bằng lái bằng ô tô", "khai sinh khai sinh lại"]


@pytest.mark.parametrize("at_least", [1, 2])
def test_it_weighs_as_scikit_learn_does(at_least: int) -> None:
    theirs = TfidfVectorizer(token_pattern=r"\S+", sublinear_tf=True, min_df=at_least).fit(TEXTS)
    ours = Tfidf.fit([text.split() for text in TEXTS], at_least=at_least)
    asked = [*TEXTS, "khai sinh ở đâu", "chưa ai nói", ""]
    assert list(ours.places) == sorted(theirs.vocabulary_)
    assert ours.matrix(text.split() for text in asked).toarray() == pytest.approx(theirs.transform(asked).toarray(), abs=1e-6)


def test_one_text_is_a_row_of_the_matrix() -> None:
    tfidf = Tfidf.fit([text.split() for text in TEXTS])
    places, weights = tfidf(["khai", "sinh", "khai", "sinh"])
    assert np.linalg.norm(weights) == pytest.approx(1.0)
    assert tfidf.matrix([["khai", "sinh", "khai", "sinh"]]).toarray()[0, places] == pytest.approx(weights)
