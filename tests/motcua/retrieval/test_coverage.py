import numpy as np
import pytest

from motcua.retrieval.coverage import Coverage
from motcua.retrieval.left_out import NOTHING, LeftOut

# Two passages of the first procedure, one of the second, one of the third; the second passage is no record's.
PASSAGES = [["dang", "ki", "khai", "sinh"], ["khai", "cho", "con"], ["dang", "ki", "khai", "tu"], ["ho", "chieu"]]
COVERAGE = Coverage(PASSAGES, np.array([0, 0, 1, 2]), np.array([True, False, True, True]))
FIRST_AS_RECORD = LeftOut(as_records=np.array([True, False, False]))


@pytest.mark.parametrize(
    ("asked", "best"), [(["khai", "sinh"], 0), (["tu", "khai"], 1), (["ho", "chieu", "dang"], 2), (["dang", "ki", "tu"], 1)]
)
def test_the_procedure_that_holds_most_of_what_is_asked_covers_most(asked: list[str], best: int) -> None:
    assert int(COVERAGE.of(asked, NOTHING)[0].argmax()) == best


def test_all_that_is_asked_is_covered_wholly_and_nothing_lacked() -> None:
    covered, lacked = COVERAGE.of(["sinh", "khai", "sinh"], NOTHING)
    assert covered[0] == pytest.approx(1.0)
    assert lacked[0] == 0


def test_the_rarest_word_that_is_missing_weighs() -> None:
    _, lacked = COVERAGE.of(["khai", "ong"], NOTHING)
    assert lacked.tolist() == pytest.approx([1.0] * 3)
    _, lacked = COVERAGE.of(["sinh", "khai"], NOTHING)
    assert 0 == lacked[0] < lacked[1] == pytest.approx(1.0)


def test_what_is_left_out_takes_only_its_own_words_with_it() -> None:
    whole, without = COVERAGE.of(["con"], NOTHING)[0], COVERAGE.of(["con"], LeftOut(passage=1))[0]
    assert (whole[0], without[0]) == (1.0, 0.0)
    assert COVERAGE.of(["khai"], LeftOut(passage=1))[0][0] == 1.0


def test_seen_as_a_record_a_procedure_has_only_what_a_record_has() -> None:
    assert COVERAGE.of(["con"], FIRST_AS_RECORD)[0][0] == 0
    assert COVERAGE.of(["sinh"], FIRST_AS_RECORD)[0][0] == 1
    assert COVERAGE.of(["tu"], FIRST_AS_RECORD)[0].tolist() == COVERAGE.of(["tu"], NOTHING)[0].tolist()


@pytest.mark.parametrize(
    ("asked", "share"), [(["khai"], 0.0), (["ong"], 1.0), (["ho"], 1.0), (["ho", "ong", "ong"], 1.0), ([], 0.0)]
)
def test_a_word_is_heard_of_once_two_passages_say_it(asked: list[str], share: float) -> None:
    """A question that is learned from stands in one itself: by fewer, all of them would look well known."""
    assert COVERAGE.unheard(asked) == pytest.approx(share)


def test_where_nothing_is_asked_nothing_is_covered_or_lacked() -> None:
    covered, lacked = COVERAGE.of([], NOTHING)
    assert covered.tolist() == lacked.tolist() == [0.0] * 3
