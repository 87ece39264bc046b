"""Zalo's OAuth v4: a consent code or a refresh token → a pair of tokens."""

from dataclasses import dataclass
from urllib.parse import urlencode

import httpx

from gateway.zalo.rules import CONSENT_DEAD
from gateway.zalo.settings import Application


@dataclass(frozen=True)
class OAuthRefused(Exception):
    """Zalo gave no tokens; `needs_consent` if only an administrator of the account can mend that."""

    code: int
    needs_consent: bool

    def __str__(self) -> str:
        return f"Zalo gave no tokens (code {self.code})."


class OAuth:
    """Zalo's token endpoint."""

    def __init__(self, client: httpx.AsyncClient, url: str) -> None:
        self._client, self._url = client, url

    async def exchange(self, app: Application, code: str, verifier: str) -> tuple[str, str]:
        """The first pair, for the code that the consent page gave. Raises OAuthRefused, httpx.HTTPError."""
        return await self._ask(app, grant_type="authorization_code", code=code, code_verifier=verifier)

    async def refresh(self, app: Application, refresh_token: str) -> tuple[str, str]:
        """The next pair; the refresh token is used up by asking. Raises OAuthRefused, httpx.HTTPError."""
        return await self._ask(app, grant_type="refresh_token", refresh_token=refresh_token)

    async def _ask(self, app: Application, **form: str) -> tuple[str, str]:
        url, headers = f"{self._url}/v4/oa/access_token", {"secret_key": app.app_secret}
        response = await self._client.post(url, headers=headers, data={"app_id": app.app_id, **form})
        try:
            body = response.json()
            return str(body["access_token"]), str(body["refresh_token"])
        except (ValueError, KeyError, TypeError):
            pass
        code = _code(response)
        # An answer without a code is a fault in between, not a refusal: the refresh token may still be good.
        raise OAuthRefused(code, needs_consent=code in CONSENT_DEAD)


def consent_page(app: Application, *, url: str, redirect: str, challenge: str, state: str) -> str:
    """Where an administrator of the account consents; Zalo then sends the browser to `redirect` with a code."""
    asked = {"app_id": app.app_id, "redirect_uri": redirect, "code_challenge": challenge, "state": state}
    return f"{url}/v4/oa/permission?{urlencode(asked)}"


def _code(response: httpx.Response) -> int:
    try:
        return int(response.json()["error"])
    except (ValueError, KeyError, TypeError):
        return response.status_code
