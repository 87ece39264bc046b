"""The files for large installations name modules, settings and placeholders that exist, and give no more rights than needed."""

import configparser
import re
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import yaml

from motcua.settings import ROOT, load_settings

DEPLOY = ROOT / "deploy"
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
VALUES: dict[str, Any] = yaml.safe_load((DEPLOY / "helm" / "values.yaml").read_text("utf-8"))
CHART = (DEPLOY / "helm" / "templates" / "processes.yaml").read_text("utf-8")
TEMPLATE = (DEPLOY / "nginx" / "motcua.conf.template").read_text("utf-8")
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
OURS = {name: service for name, service in COMPOSE["services"].items() if service.get("image") == "hoi-mot-cua"}
PLACEHOLDERS = set(re.findall(r"\$\{(MOTCUA_\w+)\}", TEMPLATE))
EXAMPLE = dict(
    line.split("=", 1) for line in (DEPLOY / "scale.env.example").read_text("utf-8").splitlines() if re.match(r"[A-Z]", line)
)


def unit(path: Path) -> configparser.ConfigParser:
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(path, "utf-8")
    return parser


def modules(command: list[str]) -> list[str]:
    """The module a command runs, and the app it is told to serve."""
    return [command[command.index("-m") + 1], *(part.split(":")[0] for part in command if part.endswith(":create_app"))]


COMMANDS = {
    **{f"compose {name}": service["command"] for name, service in OURS.items()},
    **{f"helm {name}": process["command"] for name, process in VALUES["processes"].items()},
    **{path.name: unit(path)["Service"]["ExecStart"].split() for path in UNITS},
}


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_every_command_runs_a_module_that_exists(command: list[str]) -> None:
    assert all(find_spec(name) for name in modules(command))


def test_all_three_ways_run_the_same_processes() -> None:
    names = [
        {modules(COMMANDS[key])[-1] for key in COMMANDS if key.startswith(kind)} for kind in ("compose", "helm", "motcua-")
    ]
    assert names[0] == names[1] == names[2] and len(names[0]) == 5


def test_nginx_is_told_all_that_its_template_asks_for() -> None:
    assert set(COMPOSE["services"]["nginx"]["environment"]) - {"NGINX_ENVSUBST_FILTER"} == PLACEHOLDERS


def test_the_settings_of_the_example_are_settings_and_differ_from_those_of_one_machine() -> None:
    ours = {name: value for name, value in EXAMPLE.items() if name.startswith("MOTCUA_")}
    given, alone = load_settings(ours), load_settings({})
    told = [name for name in ours if name not in ("MOTCUA_CONSOLE_SECRET", "MOTCUA_ACTIONS_URL")]
    for name in told:
        field = name.removeprefix("MOTCUA_").lower()
        assert getattr(given, field) != getattr(alone, field), name


def test_each_store_has_a_database_of_its_own() -> None:
    made = set(re.findall(r"CREATE DATABASE (\w+);", (DEPLOY / "postgres.sql").read_text("utf-8")))
    assert {value.rsplit("/", 1)[1] for value in EXAMPLE.values() if value.startswith("postgresql")} == made


def test_containers_cannot_write_to_their_image_and_have_no_rights() -> None:
    for name, service in OURS.items():
        assert service["read_only"] and service["cap_drop"] == ["ALL"], name
        assert "no-new-privileges:true" in service["security_opt"], name
    assert re.search(r"^USER 10001:10001$", (DEPLOY / "Dockerfile").read_text("utf-8"), re.MULTILINE)
    for line in ("runAsNonRoot: true", "readOnlyRootFilesystem: true", "drop: [ALL]", "allowPrivilegeEscalation: false"):
        assert line in CHART


def test_only_the_proxy_is_reached_from_outside() -> None:
    open_ports = {name: service["ports"] for name, service in COMPOSE["services"].items() if "ports" in service}
    assert set(open_ports) == {"nginx", "console"}
    assert all(
        port.startswith(("127.0.0.1:", "${MOTCUA_PUBLISH:-127.0.0.1:")) for ports in open_ports.values() for port in ports
    )


def test_the_bot_knows_no_secret_of_vault_and_conversations() -> None:
    kept = {"MOTCUA_SECRET", "MOTCUA_VAULT_SECRET", "MOTCUA_REGISTRY_CLIENT_SECRET"}
    assert {name for name, value in OURS["bot-1"]["environment"].items() if value == ""} == kept
    assert set(VALUES["processes"]["bot"]["withheld"]) == kept
    assert set(unit(DEPLOY / "systemd" / "motcua-bot@.service")["Service"]["UnsetEnvironment"].split()) == kept


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_units_run_as_a_user_that_may_write_to_its_own_folder_alone(path: Path) -> None:
    service = unit(path)["Service"]
    assert (service["User"], service["ProtectSystem"], service["NoNewPrivileges"]) == ("motcua", "strict", "yes")
    assert service["CapabilityBoundingSet"] == ""


def test_the_chart_closes_what_it_opens() -> None:
    opened = len(re.findall(r"\{\{-? (?:range|if) ", CHART))
    assert opened == len(re.findall(r"\{\{-? end ", CHART))
    used = set(re.findall(r"\$\.Values\.(\w+)|\.Values\.(\w+)", CHART))
    assert {one or other for one, other in used} == set(VALUES)
    asked = set(re.findall(r"\$process\.(\w+)", CHART))
    assert set().union(*VALUES["processes"].values()) <= asked
