from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from motcua.settings import ROOT, SettingFault, load_settings


def test_an_empty_environment_gives_a_local_set_up() -> None:
    settings = load_settings({})
    assert settings.host == "127.0.0.1"
    assert settings.knowledge_base == ROOT / "knowledge_base"
    assert settings.var == ROOT / "var"
    assert len({settings.port, settings.bot_port, settings.actions_port}) == 3


@pytest.mark.parametrize("name", ["MOTCUA_PORT", "MOTCUA_BOT_PORT", "MOTCUA_ACTIONS_PORT"])
@pytest.mark.parametrize("found", ["0", "65536", "-1", "80a", "", " 80", "8000.0", "tám nghìn"])
def test_a_port_that_is_none_is_named(name: str, found: str) -> None:
    with pytest.raises(SettingFault, match=f"^{name}: found {found!r}, expected a port between 1 and 65535$"):
        load_settings({name: found})


@pytest.mark.parametrize("found", ["1", "8000", "65535"])
def test_a_port_is_taken_as_a_number(found: str) -> None:
    assert load_settings({"MOTCUA_PORT": found}).port == int(found)


def test_everything_that_is_written_goes_below_var(tmp_path: Path) -> None:
    settings = load_settings({"MOTCUA_VAR": str(tmp_path)})
    assert settings.index_dir.is_relative_to(tmp_path)
    assert settings.models_dir.is_relative_to(tmp_path)
    assert settings.database_url == f"sqlite:///{tmp_path}/gateway.db"
    assert settings.registry_url == settings.demo_registry_url == f"sqlite:///{tmp_path}/dossiers.db"
    assert settings.private_url == f"sqlite:///{tmp_path}/private.db"


def test_a_relative_var_still_gives_absolute_databases() -> None:
    assert load_settings({"MOTCUA_VAR": "var"}).database_url.startswith(f"sqlite:///{Path.cwd()}")


def test_each_setting_is_read_from_its_variable(tmp_path: Path) -> None:
    settings = load_settings(
        {
            "MOTCUA_KNOWLEDGE_BASE": str(tmp_path / "kb"),
            "MOTCUA_INDEX_DIR": str(tmp_path / "index"),
            "MOTCUA_MODELS_DIR": str(tmp_path / "models"),
            "MOTCUA_HOST": "0.0.0.0",
            "MOTCUA_BOT_PORT": "6005",
            "MOTCUA_BOT_TOKEN": "bí mật",
            "MOTCUA_SECRET": "rất bí mật",
            "EMBEDDER": "một mô hình",
        }
    )
    assert (settings.knowledge_base, settings.index_dir, settings.models_dir) == tuple(
        tmp_path / name for name in ("kb", "index", "models")
    )
    assert (settings.host, settings.bot_token, settings.secret) == ("0.0.0.0", "bí mật", "rất bí mật")
    assert settings.embedder == "một mô hình"
    assert settings.bot_url == "http://127.0.0.1:6005/webhooks/gateway"


def test_settings_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        load_settings({}).port = 1  # type: ignore[misc]


def test_the_gateways_database_and_connectors_are_read() -> None:
    settings = load_settings({"MOTCUA_DATABASE_URL": "postgresql+psycopg2://x@host/motcua", "MOTCUA_CONNECTORS": "a.b, c"})
    assert settings.database_url == "postgresql+psycopg2://x@host/motcua"
    assert settings.connectors == ("a.b", "c")
    assert load_settings({}).connectors == ()


@pytest.mark.parametrize("name", ["MOTCUA_WRITES_PER_MINUTE", "MOTCUA_READS_PER_MINUTE", "MOTCUA_PATIENCE_SECONDS"])
@pytest.mark.parametrize("found", ["0", "-1", "", "nhiều", "1.5"])
def test_a_count_that_is_none_is_named(name: str, found: str) -> None:
    with pytest.raises(SettingFault, match=f"^{name}: found {found!r}, expected a whole number above 0$"):
        load_settings({name: found})
