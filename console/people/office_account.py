"""Signing in with the account of the office: OpenID Connect, by authlib."""

from dataclasses import dataclass
from typing import Any

import httpx
from authlib.integrations.base_client import OAuthError
from authlib.integrations.starlette_client import OAuth
from joserfc.errors import JoseError
from starlette.requests import Request
from starlette.responses import Response

from console.settings import OidcSettings


class OfficeFault(ConnectionError):
    """The provider could not be asked, or what it said cannot be trusted."""


@dataclass(frozen=True)
class Vouched:
    """Who the provider says it is: the login it uses, and a name for the account that never changes."""

    login: str
    subject: str


class OfficeAccount:
    """The provider of the settings. State, nonce and PKCE travel in the short-lived cookie of /sign-in."""

    def __init__(self, settings: OidcSettings) -> None:
        self._settings = settings
        self._client: Any = OAuth().register(
            "office",
            client_id=settings.client_id,
            client_secret=settings.client_secret,
            server_metadata_url=f"{settings.issuer}/.well-known/openid-configuration",
            client_kwargs={"scope": "openid profile email", "code_challenge_method": "S256", "timeout": 10},
        )

    async def leave(self, request: Request, back: str) -> Response:
        """Sends the browser to the provider. Raises OfficeFault."""
        try:
            response: Response = await self._client.authorize_redirect(request, back)
        except (httpx.HTTPError, OAuthError) as error:
            raise OfficeFault("the provider does not answer") from error
        return response

    async def come_back(self, request: Request) -> Vouched:
        """Who came back from the provider. Raises OfficeFault."""
        try:
            token = await self._client.authorize_access_token(request)
        except (httpx.HTTPError, OAuthError, JoseError) as error:
            raise OfficeFault("the provider's answer cannot be trusted") from error
        claims = token.get("userinfo") or {}
        if not (claims.get("sub") and claims.get(self._settings.login_claim)):
            raise OfficeFault(f"the provider's answer has no claim {self._settings.login_claim!r}")
        return Vouched(str(claims[self._settings.login_claim]), f"{claims['iss']} {claims['sub']}")
