"""var/zalo.yml: what cannot be used stops the start and is named, and no secret is repeated."""

from pathlib import Path

import pytest

from gateway.zalo.settings import load_zalo_settings
from motcua.settings import SettingFault

GOOD = """
key: a key that only the tests know, long enough
applications:
  - app_id: 500100200300400500
    app_secret: mat-khau-ung-dung
    oa_secret: khoa-oa
    accounts: [92000000000000002, "92000000000000003"]
bots:
  - {name: thu-nghiem, token: "1459:mat-khau", polls: true}
"""


def test_ids_are_text_however_they_are_written(tmp_path: Path) -> None:
    path = tmp_path / "zalo.yml"
    path.write_text(GOOD)
    settings = load_zalo_settings(path)
    app = settings.application_of("92000000000000002")
    assert app is not None
    assert app.app_id == "500100200300400500"
    assert app is settings.application_of("92000000000000003")
    assert settings.application_of("1") is None
    assert not any(secret in repr(settings) for secret in ("mat-khau", "khoa-oa", "a key"))


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (GOOD.replace("a key that only the tests know, long enough", "mat-khau"), "key"),
        ("", "key"),
        (GOOD.replace("oa_secret", "oa_secrets"), "oa_secrets"),
        (GOOD.replace("polls: true", "polls: maybe"), "bots.0.polls"),
        (GOOD.replace("app_id: 500100200300400500", "app_id: [mat-khau]"), "applications.0.app_id"),
        ("- a list", "dictionary"),
        ("key: [unfinished", "YAML"),
    ],
)
def test_a_fault_is_named_and_its_value_is_not(tmp_path: Path, text: str, named: str) -> None:
    path = tmp_path / "zalo.yml"
    path.write_text(text)
    with pytest.raises(SettingFault, match=named) as fault:
        load_zalo_settings(path)
    assert "mat-khau" not in str(fault.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingFault, match=r"zalo\.yml"):
        load_zalo_settings(tmp_path / "zalo.yml")
