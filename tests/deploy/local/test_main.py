import socket
import stat
from pathlib import Path

import pytest

from deploy.local.__main__ import Stopped, prepare, read_secrets, refuse_taken_port
from gateway.conversations import Conversations
from motcua.settings import Settings, load_settings
from tests.ports import free_port

PORTS = ("MOTCUA_PORT", "MOTCUA_BOT_PORT", "MOTCUA_ACTIONS_PORT", "MOTCUA_CONSOLE_PORT")


@pytest.fixture
def taken_port():
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening.getsockname()[1]


def _settings(folder: Path, **ports: int) -> Settings:
    free = {variable: free_port() for variable in PORTS}
    chosen = {name: str(port) for name, port in {**free, **ports}.items()}
    return load_settings({"MOTCUA_VAR": str(folder / "var"), **chosen})


def test_a_taken_port_stops_the_start_and_says_which_variable_changes_it(taken_port: int) -> None:
    with pytest.raises(Stopped, match=rf"Port {taken_port} is taken.*MOTCUA_PORT=… make run"):
        refuse_taken_port("MOTCUA_PORT", taken_port)


def test_a_free_port_is_let_through() -> None:
    refuse_taken_port("MOTCUA_PORT", free_port())


@pytest.mark.parametrize("variable", PORTS)
def test_the_port_of_every_process_is_checked(tmp_path: Path, taken_port: int, variable: str) -> None:
    with pytest.raises(Stopped, match=variable):
        prepare(_settings(tmp_path, **{variable: taken_port}))


def test_secrets_are_made_once_and_kept(tmp_path: Path) -> None:
    made = read_secrets(tmp_path / "secrets.env")
    assert read_secrets(tmp_path / "secrets.env") == made
    assert read_secrets(tmp_path / "other.env") != made


def test_a_secret_that_an_update_needs_is_added_and_the_others_stay(tmp_path: Path) -> None:
    path = tmp_path / "secrets.env"
    path.write_text("MOTCUA_SECRET=kept\n")
    made = read_secrets(path)
    assert made["MOTCUA_SECRET"] == "kept"
    assert len(made["MOTCUA_CONSOLE_SECRET"]) >= 32
    assert read_secrets(path) == made


def test_only_their_owner_can_read_the_secrets(tmp_path: Path) -> None:
    read_secrets(tmp_path / "secrets.env")
    assert stat.S_IMODE((tmp_path / "secrets.env").stat().st_mode) == 0o600


def test_the_secrets_are_long_enough_for_gateway_and_bot(tmp_path: Path) -> None:
    made = read_secrets(tmp_path / "secrets.env")
    Conversations(made["MOTCUA_SECRET"])
    assert len(made["MOTCUA_BOT_TOKEN"]) >= 16


def test_the_processes_are_given_the_ports_and_the_secrets(tmp_path: Path) -> None:
    settings = _settings(tmp_path)
    environment = prepare(settings)
    assert environment["MOTCUA_PORT"] == str(settings.port)
    assert f":{settings.actions_port}/" in environment["MOTCUA_ACTIONS_URL"]
    assert environment["MOTCUA_SECRET"] == read_secrets(settings.var / "secrets.env")["MOTCUA_SECRET"]


def test_the_folder_of_logs_is_there_before_the_processes_start(tmp_path: Path) -> None:
    settings = _settings(tmp_path)
    prepare(settings)
    assert (settings.var / "log").is_dir()


def test_a_full_disk_stops_the_start_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("deploy.local.__main__.NEEDED_MB", 10**12)
    with pytest.raises(Stopped, match="MB free"):
        prepare(_settings(tmp_path))
