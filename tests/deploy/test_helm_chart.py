"""The Helm chart, as Helm itself checks and renders it."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from motcua.settings import ROOT

CHART = ROOT / "deploy" / "helm"
HELM = Path(sys.executable).with_name("helm")


def helm(*arguments: str) -> str:
    """What Helm prints; fails with what it complains of."""
    done = subprocess.run([HELM, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def rendered(*arguments: str) -> dict[tuple[str, str], dict[str, Any]]:
    """The objects of an installation by kind and name."""
    objects = list(yaml.safe_load_all(helm("template", "motcua", str(CHART), *arguments)))
    return {(one["kind"], one["metadata"]["name"]): one for one in objects}


def test_helm_has_nothing_to_say_against_it() -> None:
    assert "1 chart(s) linted, 0 chart(s) failed" in helm("lint", "--strict", str(CHART))


@pytest.mark.parametrize("process", ["actions", "bot", "gateway", "consumer", "console"])
def test_a_process_is_rendered_with_its_replicas_its_secret_and_no_rights(process: str) -> None:
    deployment = rendered(f"--set=processes.{process}.replicas=3", "--set=secret=ours")["Deployment", f"motcua-{process}"]
    spec, template = deployment["spec"], deployment["spec"]["template"]
    (container,) = template["spec"]["containers"]
    assert spec["replicas"] == 3
    assert spec["selector"]["matchLabels"].items() <= template["metadata"]["labels"].items()
    assert container["envFrom"] == [{"secretRef": {"name": "ours"}}]
    assert container["securityContext"]["readOnlyRootFilesystem"] and template["spec"]["securityContext"]["runAsNonRoot"]
    mounted = {mount["name"] for mount in container["volumeMounts"]}
    assert mounted == {volume["name"] for volume in template["spec"]["volumes"]}


def test_every_service_leads_to_a_port_that_a_process_opens() -> None:
    objects = rendered()
    services = {name: one for (kind, name), one in objects.items() if kind == "Service"}
    assert set(services) == {"motcua-actions", "motcua-bot", "motcua-gateway", "motcua-console"}
    for name, service in services.items():
        (container,) = objects["Deployment", name]["spec"]["template"]["spec"]["containers"]
        assert [port["port"] for port in service["spec"]["ports"]] == [port["containerPort"] for port in container["ports"]]


def test_releases_are_shared_where_a_claim_is_named() -> None:
    for process in ("bot", "console"):
        volumes = rendered("--set=releases=shared")["Deployment", f"motcua-{process}"]["spec"]["template"]["spec"]["volumes"]
        assert {"name": "releases", "persistentVolumeClaim": {"claimName": "shared"}} in volumes
    assert "persistentVolumeClaim" not in str(rendered())
