import pytest

from motcua.retrieval.bags import Bags

BAGS = Bags([{"khai", "sinh", "dang", "ki"}, {"khai", "tu", "dang", "ki"}, {"ho", "chieu"}])


@pytest.mark.parametrize(
    ("asked", "best"), [(["khai", "sinh"], 0), (["tu", "khai"], 1), (["ho", "chieu", "dang"], 2), (["dang", "ki", "tu"], 1)]
)
def test_the_procedure_that_holds_most_of_what_is_asked_covers_most(asked: list[str], best: int) -> None:
    assert int(BAGS.coverage(asked).argmax()) == best


def test_all_that_is_asked_is_covered_wholly() -> None:
    assert BAGS.coverage(["sinh", "khai", "sinh"])[0] == pytest.approx(1.0)


def test_a_rare_term_tells_more_than_a_frequent_one() -> None:
    assert BAGS.weight("sinh") > BAGS.weight("khai")
    assert BAGS.coverage(["sinh", "khai"])[0] > 2 * BAGS.coverage(["sinh", "khai"])[1]


def test_an_unknown_term_tells_as_much_as_the_rarest() -> None:
    assert BAGS.weight("ong") == BAGS.weight("chieu")
    assert BAGS.coverage(["chieu", "ong"])[2] == pytest.approx(0.5)


def test_the_whole_of_a_bag_was_said_or_a_part() -> None:
    said = BAGS.said(["ho", "chieu", "khai"])
    assert said[2] == pytest.approx(1.0)
    assert 0 < said[0] < 0.5


def test_where_nothing_is_asked_nothing_is_covered() -> None:
    assert BAGS.coverage([]).tolist() == BAGS.said([]).tolist() == [0.0] * 3
