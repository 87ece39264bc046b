from datetime import date
from pathlib import Path

import pytest

from motcua.dossiers.registry import Dossier, RegistryUnavailable, Stage
from motcua.dossiers.sql_registry import SqlRegistry


def dossier(code: str, stage: Stage = "in_review") -> Dossier:
    return Dossier(code, "1.001193", stage, date(2026, 11, 20), date(2026, 11, 25))


@pytest.fixture
def registry(tmp_path: Path) -> SqlRegistry:
    made = SqlRegistry(f"sqlite:///{tmp_path / 'dossiers.db'}")
    made.add(
        dossier("000.00.12.H05-261103-0042", "ready"),
        dossier("000.00.12.H05-261103-0001"),
        dossier("000.00.31.H05-261103-0001"),
        dossier("H05-261103-0007"),
    )
    return made


def test_a_dossier_is_found_by_its_full_code(registry: SqlRegistry) -> None:
    assert registry.find("000.00.12.H05-261103-0042") == dossier("000.00.12.H05-261103-0042", "ready")


def test_a_short_code_is_found_by_its_end(registry: SqlRegistry) -> None:
    assert registry.find("H05-261103-0042") == dossier("000.00.12.H05-261103-0042", "ready")


def test_a_code_that_was_short_from_the_start_is_found(registry: SqlRegistry) -> None:
    assert registry.find("H05-261103-0007") == dossier("H05-261103-0007")


def test_a_short_code_that_fits_two_dossiers_finds_neither(registry: SqlRegistry) -> None:
    assert registry.find("H05-261103-0001") is None
    assert registry.find("000.00.31.H05-261103-0001") == dossier("000.00.31.H05-261103-0001")


@pytest.mark.parametrize(
    "code",
    [
        "H05-261103-9999",
        "-0042",
        "0042",
        "03-0042",
        "%",
        "%0042",
        "H05-261103-004_",
        "H05-261103-%",
        "_____________________0042",
        "000.00.12",
        "' OR 1=1 --",
        "",
        "/",
    ],
)
def test_a_part_of_a_code_or_a_wildcard_finds_nothing(registry: SqlRegistry, code: str) -> None:
    assert registry.find(code) is None


def test_a_dossier_stored_again_is_replaced(registry: SqlRegistry) -> None:
    registry.add(dossier("H05-261103-0007", "returned"))
    assert registry.find("H05-261103-0007") == dossier("H05-261103-0007", "returned")


def test_dossiers_outlive_the_process(registry: SqlRegistry, tmp_path: Path) -> None:
    again = SqlRegistry(f"sqlite:///{tmp_path / 'dossiers.db'}")
    assert again.find("H05-261103-0007") == dossier("H05-261103-0007")


def test_a_database_that_cannot_be_opened_is_unavailable(tmp_path: Path) -> None:
    registry = SqlRegistry(f"sqlite:///{tmp_path / 'gone' / 'dossiers.db'}")
    with pytest.raises(RegistryUnavailable, match="gone"):
        registry.find("H05-261103-0042")


def test_a_database_without_the_table_is_unavailable(tmp_path: Path) -> None:
    with pytest.raises(RegistryUnavailable):
        SqlRegistry(f"sqlite:///{tmp_path / 'empty.db'}").find("H05-261103-0042")


def test_a_file_that_is_no_database_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "broken.db").write_text("không phải cơ sở dữ liệu " * 100, "utf-8")
    with pytest.raises(RegistryUnavailable):
        SqlRegistry(f"sqlite:///{tmp_path / 'broken.db'}").find("H05-261103-0042")


def test_the_dossier_asked_for_is_not_named_in_the_error(tmp_path: Path) -> None:
    with pytest.raises(RegistryUnavailable) as caught:
        SqlRegistry(f"sqlite:///{tmp_path / 'empty.db'}").find("H05-261103-0042")
    assert "0042" not in str(caught.value)
