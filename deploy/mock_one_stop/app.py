"""The mock's app: OAuth 2 client credentials, the demo dossiers, and a switch for the ways in which a system fails."""

import asyncio
import hmac
import secrets
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

from fastapi import FastAPI, Form, HTTPException, Request, Response
from fastapi.security import HTTPBasic, HTTPBasicCredentials

from motcua.dossiers.registry import Dossier

# fine; slow: each answer takes SLOW_SECONDS; down: 503 to everything; flaky: every other lookup fails;
# refusing: tokens are not accepted; garbled: answers that are no dossiers
Mode = Literal["fine", "slow", "down", "flaky", "refusing", "garbled"]
SLOW_SECONDS = 20.0
TOKEN_SECONDS = 300


@dataclass
class MockOneStop:
    """What the mock knows and how it behaves; tests and the demo change both while it runs."""

    dossiers: dict[str, Dossier]
    client_id: str = "hoi-mot-cua"
    client_secret: str = "demo-secret"  # noqa: S105 - of invented dossiers
    mode: Mode = "fine"
    lookups: int = 0
    tokens: dict[str, float] = field(default_factory=dict)

    def find(self, code: str) -> Dossier | None:
        """By its full code, or by its end where that fits one alone."""
        if code in self.dossiers:
            return self.dossiers[code]
        ending = [dossier for full, dossier in self.dossiers.items() if full.endswith(f".{code}")]
        return ending[0] if len(ending) == 1 else None


def mock_of(dossiers: Iterable[Dossier]) -> MockOneStop:
    """A mock that holds these dossiers."""
    return MockOneStop({dossier.code: dossier for dossier in dossiers})


def create_app(mock: MockOneStop) -> FastAPI:
    """The app of a mock. PUT /mode/{mode} switches it: for the demo, no part of what we need from a one-stop system."""
    app = FastAPI(title="Mock one-stop system", docs_url=None, redoc_url=None, openapi_url=None)
    basic = HTTPBasic()

    @app.put("/mode/{mode}", status_code=204)
    async def switch(mode: Mode) -> None:
        mock.mode = mode

    @app.post("/oauth/token")
    async def token(request: Request, grant_type: Annotated[str, Form()], scope: Annotated[str, Form()] = "") -> dict[str, Any]:
        await _behave(mock)
        given = await basic(request)
        if grant_type != "client_credentials" or scope not in ("", "dossiers:read") or not _knows(mock, given):
            raise HTTPException(401, "invalid_client")
        made = secrets.token_urlsafe(24)
        mock.tokens[made] = time.monotonic() + TOKEN_SECONDS
        return {"access_token": made, "token_type": "Bearer", "expires_in": TOKEN_SECONDS, "scope": "dossiers:read"}

    @app.get("/dossiers/{code}", response_model=None)
    async def dossier(code: str, request: Request) -> dict[str, Any] | Response:
        mock.lookups += 1
        await _behave(mock)
        bearer = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if mock.mode == "refusing" or mock.tokens.get(bearer, 0.0) < time.monotonic():
            raise HTTPException(401, "invalid_token", {"WWW-Authenticate": "Bearer"})
        if mock.mode == "garbled":
            return Response("<html>Hệ thống đang bảo trì</html>", media_type="text/html")
        found = mock.find(code)
        if found is None:
            raise HTTPException(404, "not_found")
        return told(found)

    return app


async def _behave(mock: MockOneStop) -> None:
    if mock.mode == "slow":
        await asyncio.sleep(SLOW_SECONDS)
    if mock.mode == "down" or (mock.mode == "flaky" and mock.lookups % 2):
        raise HTTPException(503, "unavailable")


def _knows(mock: MockOneStop, given: HTTPBasicCredentials | None) -> bool:
    expected, found = f"{mock.client_id}:{mock.client_secret}", f"{given.username}:{given.password}" if given else ""
    return hmac.compare_digest(expected.encode(), found.encode())


def told(dossier: Dossier) -> dict[str, Any]:
    """A dossier as a one-stop system tells it."""
    return {
        "code": dossier.code,
        "procedure": dossier.procedure,
        "stage": dossier.stage,
        "received_on": dossier.received_on.isoformat(),
        "due_on": dossier.due_on.isoformat(),
        "office": dossier.office,
        "missing_papers": list(dossier.missing),
        "supplement_by": dossier.supplement_by.isoformat() if dossier.supplement_by else None,
        "events": [{"on": event.on.isoformat(), "stage": event.stage} for event in dossier.events],
        "owner": {"identity_number_ends": dossier.identity_ends, "phone_ends": dossier.phone_ends},
    }
