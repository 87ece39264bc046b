"""The mock is what the description says, and the description is enough to write it."""

from collections.abc import AsyncIterator
from datetime import date

import httpx
import pytest
import schemathesis
from jsonschema import Draft202012Validator

from deploy.mock_one_stop.app import create_app, mock_of
from motcua.dossiers.codes import DOSSIER_CODE
from motcua.dossiers.demo import demo_dossiers
from motcua.dossiers.importing import COLUMNS
from motcua.dossiers.registry import Stage
from motcua.settings import ROOT
from tests.content.repository import read_yaml

DESCRIPTION = ROOT / "docs" / "one-stop-system.openapi.yml"
DOSSIERS = demo_dossiers(date(2026, 11, 23))
SPOKEN = read_yaml(DESCRIPTION)


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(create_app(mock_of(DOSSIERS)))
    async with httpx.AsyncClient(transport=transport, base_url="http://one-stop") as opened:
        yield opened


@pytest.fixture
async def bearer(client: httpx.AsyncClient) -> dict[str, str]:
    form = {"grant_type": "client_credentials", "scope": "dossiers:read"}
    told = (await client.post("/oauth/token", data=form, auth=("hoi-mot-cua", "demo-secret"))).json()
    return {"Authorization": f"Bearer {told['access_token']}"}


def test_the_description_is_openapi() -> None:
    schema = schemathesis.openapi.from_path(DESCRIPTION)
    assert [operation.ok().label for operation in schema.get_all_operations()] == ["GET /dossiers/{code}"]


@pytest.mark.parametrize("dossier", DOSSIERS, ids=lambda dossier: dossier.stage)
async def test_every_dossier_is_told_as_described(client: httpx.AsyncClient, bearer: dict[str, str], dossier) -> None:
    operation = schemathesis.openapi.from_path(DESCRIPTION)["/dossiers/{code}"]["GET"]
    response = await client.get(f"/dossiers/{dossier.code}", headers=bearer)
    assert response.status_code == 200
    assert operation.is_valid_response(response)


def test_stages_and_codes_are_ours() -> None:
    assert SPOKEN["components"]["schemas"]["Stage"]["enum"] == list(Stage.__args__)
    (parameter,) = SPOKEN["paths"]["/dossiers/{code}"]["get"]["parameters"]
    described = Draft202012Validator(parameter["schema"])
    for example in parameter["examples"].values():
        assert DOSSIER_CODE.fullmatch(example["value"])
        assert described.is_valid(example["value"])


def test_nothing_of_the_owner_but_two_ends_is_asked_for() -> None:
    told = SPOKEN["components"]["schemas"]["Dossier"]["properties"]
    assert set(told["owner"]["properties"]) == {"identity_number_ends", "phone_ends"}
    assert set(COLUMNS) == {*(set(told) - {"owner", "missing_papers", "events"}), "missing", "identity_ends", "phone_ends"}


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer wrong"}])
async def test_without_a_token_nothing_is_told(client: httpx.AsyncClient, headers: dict[str, str]) -> None:
    assert (await client.get(f"/dossiers/{DOSSIERS[0].code}", headers=headers)).status_code == 401


async def test_the_switch_of_the_demo_lets_it_fail(client: httpx.AsyncClient, bearer: dict[str, str]) -> None:
    assert (await client.put("/mode/down")).status_code == 204
    assert (await client.get(f"/dossiers/{DOSSIERS[0].code}", headers=bearer)).status_code == 503
    assert (await client.put("/mode/up")).status_code == 422
