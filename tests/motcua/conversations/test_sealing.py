from motcua.conversations.sealing import Seal

SECRET = "a secret of this installation, long"
PHONE = "0912 345 678"


def test_a_sealed_value_is_read_again_and_shows_nothing() -> None:
    sealed = Seal(SECRET, "callback").close(PHONE)
    assert Seal(SECRET, "callback").open(sealed) == PHONE
    assert "345" not in sealed


def test_another_secret_purpose_or_a_changed_letter_opens_nothing() -> None:
    sealed = Seal(SECRET, "callback").close(PHONE)
    assert Seal(SECRET, "vault").open(sealed) is None
    assert Seal(SECRET + "!", "callback").open(sealed) is None
    assert Seal(SECRET, "callback").open(sealed[:-3] + "abc") is None
    assert Seal(SECRET, "callback").open("") is None


def test_the_same_value_never_looks_the_same() -> None:
    seal = Seal(SECRET, "callback")
    assert seal.close(PHONE) != seal.close(PHONE)
