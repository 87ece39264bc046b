import pytest

from motcua.retrieval.bags import Bags

BAGS = Bags([{"khai", "sinh", "dang", "ki"}, {"khai", "tu", "dang", "ki"}, {"ho", "chieu"}])


def test_who_holds_a_word_is_told_and_nobody_holds_one_unheard_of() -> None:
    assert BAGS.holders(["khai", "ong", "ho"]).tolist() == [[True, True, False], [False] * 3, [False, False, True]]


def test_a_rare_term_tells_more_than_a_frequent_one() -> None:
    assert BAGS.weight("sinh") > BAGS.weight("khai")


def test_an_unknown_term_tells_as_much_as_the_rarest() -> None:
    assert BAGS.weight("ong") == BAGS.weight("chieu") == BAGS.rarest


def test_the_whole_of_a_bag_was_said_or_a_part() -> None:
    said = BAGS.said(["ho", "chieu", "khai"])
    assert said[2] == pytest.approx(1.0)
    assert 0 < said[0] < 0.5


def test_where_nothing_is_asked_nothing_is_said() -> None:
    assert BAGS.said([]).tolist() == [0.0] * 3
    assert BAGS.holders([]).shape == (0, 3)
