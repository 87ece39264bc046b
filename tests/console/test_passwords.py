import pytest
from argon2 import PasswordHasher

from console.people import passwords


@pytest.mark.parametrize(
    ("password", "fault"),
    [
        ("ngắn quá", "password_short"),
        ("x" * 129, "password_long"),
        ("123456789012", "password_common"),
        ("aaaaaaaaaaaaaa", "password_common"),
        ("password1234", "password_common"),
        ("matkhau12345", "password_common"),
        ("bacninh2026bacninh", "password_common"),
        ("nguyenlan2026", "password_common"),
        ("hoimotcua1234", "password_common"),
        ("cầu vồng mùa gặt 7 con trâu", None),
        ("horse staple battery correct river", None),
        ("tQ9#vL2mX8pz", None),
        ("đồng lúa chín vàng " * 6, None),
    ],
)
def test_a_password_is_long_and_not_the_first_to_be_guessed(password: str, fault: str | None) -> None:
    assert passwords.fault(password, "nguyen.lan", "Nguyễn Thị Lan") == fault


def test_only_the_same_password_fits() -> None:
    kept = passwords.keep("đồng lúa chín vàng")
    assert kept.startswith("$argon2id$")
    assert passwords.fits("đồng lúa chín vàng", kept)
    assert not passwords.fits("đồng lúa chín", kept)
    assert not passwords.fits("đồng lúa chín vàng", None)
    assert not passwords.fits("nobody", None)
    assert not passwords.fits("đồng lúa chín vàng", "no hash")


def test_a_hash_of_weaker_settings_is_outdated() -> None:
    assert passwords.is_outdated(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash("x"))
    assert not passwords.is_outdated(passwords.keep("x"))
