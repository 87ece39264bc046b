import pytest

from motcua.vietnamese.keystrokes import is_surely_vni, telex, vni


@pytest.mark.parametrize(
    ("keys", "syllable"),
    [
        ("ddawng", "đăng"),
        ("dangd", "đang"),
        ("kys", "ký"),
        ("giaays", "giấy"),
        ("giaasy", "giấy"),
        ("dduwowcj", "được"),
        ("dduowngf", "đường"),
        ("cuar", "của"),
        ("hoafn", "hoàn"),
        ("thuyr", "thủy"),
        ("quyeets", "quyết"),
        ("giâys", "giấy"),
    ],
)
def test_telex_keys_are_read(keys: str, syllable: str) -> None:
    assert telex(keys) == syllable


@pytest.mark.parametrize("word", ["khai", "sinh", "đăng", "giấy", "stress", "windows", "online", "s", ""])
def test_what_is_no_telex_is_not_read(word: str) -> None:
    assert telex(word) is None


@pytest.mark.parametrize(("keys", "syllable"), [("d9a8ng", "đăng"), ("ky1", "ký"), ("giay61", "giấy"), ("d9u7o7c5", "được")])
def test_vni_keys_are_read(keys: str, syllable: str) -> None:
    assert vni(keys) == syllable


@pytest.mark.parametrize(
    ("word", "surely"), [("d9a8ng", True), ("giay61", True), ("ky1", False), ("quan1", False), ("a4", False), ("h05", False)]
)
def test_a_number_behind_a_word_is_not_surely_vni(word: str, surely: bool) -> None:
    assert is_surely_vni(word) is surely
