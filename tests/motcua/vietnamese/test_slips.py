import pytest

from motcua.vietnamese.slips import neighbours, slips

KNOWN = frozenset(["dan", "dang", "sinh", "giay", "cuoc", "con"])


@pytest.mark.parametrize(
    ("typed", "meant"), [("dna", "dan"), ("dag", "dang"), ("sinnh", "sinh"), ("fiay", "giay"), ("cuooc", "cuoc")]
)
def test_one_slip_is_undone(typed: str, meant: str) -> None:
    assert meant in slips(typed, KNOWN)


def test_what_was_typed_is_no_slip_of_itself() -> None:
    assert "con" not in slips("con", KNOWN)


def test_a_neighbouring_key_is_likelier_than_a_far_one() -> None:
    assert slips("cin", KNOWN)["con"] < slips("cyn", KNOWN)["con"]


def test_keys_lie_as_on_a_keyboard() -> None:
    assert "s" in neighbours()["a"] and "p" not in neighbours()["a"]
    assert all(one in neighbours()[other] for one, near in neighbours().items() for other in near)
