import pytest

from motcua.vietnamese.bigrams import Bigrams
from motcua.vietnamese.folding import fold
from motcua.vietnamese.gluing import unglued


@pytest.fixture(scope="module")
def folded() -> Bigrams:
    return Bigrams.train(["làm giấy khai sinh cho con", "đăng ký tạm trú ở xã", "đăng ký khai sinh"]).mapped(fold)


@pytest.mark.parametrize(
    ("typed", "apart"),
    [
        ("khaisinh", "khai sinh"),
        ("lamgiaykhaisinh", "lam giay khai sinh"),
        ("đăngký", "đăng ký"),
        ("dangkytamtruoxa", "dang ky tam tru o xa"),
    ],
)
def test_missing_spaces_are_found(folded: Bigrams, typed: str, apart: str) -> None:
    assert unglued(typed, folded) == apart.split()


@pytest.mark.parametrize("typed", ["khai", "facebook", "khaisinhx", "x" * 80, ""])
def test_what_is_no_chain_of_known_syllables_stays_whole(folded: Bigrams, typed: str) -> None:
    assert unglued(typed, folded) is None
