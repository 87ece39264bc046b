"""OAuth 2 client credentials for httpx: a token is fetched before the first request, and anew when it ends or is refused."""

import time
from collections.abc import Callable, Generator

import httpx

LEEWAY_SECONDS = 30.0  # a token this close to its end is not used any more
OTHERWISE_SECONDS = 300.0  # where the server does not say how long a token lives


class TokenRefused(httpx.TransportError):
    """The token endpoint gave none: our credentials are wrong, or it is in trouble."""


class ClientCredentials(httpx.Auth):
    """Authenticates each request with a Bearer token; one token serves all threads."""

    requires_response_body = True

    def __init__(
        self, url: str, client_id: str, client_secret: str, *, scope: str, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._url, self._scope, self._clock = url, scope, clock
        self._basic = httpx.BasicAuth(client_id, client_secret)
        self._token: tuple[str, float] | None = None

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Called by httpx around a request."""
        token, ends_at = self._token or ("", 0.0)
        is_fresh = self._clock() < ends_at
        if not is_fresh:
            token = self._read((yield self._ask(request)))
        response = yield _with(request, token)
        if response.status_code == 401 and is_fresh:  # taken back before its time
            yield _with(request, self._read((yield self._ask(request))))

    def _ask(self, request: httpx.Request) -> httpx.Request:
        form = {"grant_type": "client_credentials", "scope": self._scope}
        asked = httpx.Request("POST", self._url, data=form, extensions=request.extensions)
        return next(self._basic.auth_flow(asked))

    def _read(self, response: httpx.Response) -> str:
        try:
            told = response.raise_for_status().json()
            token, lives = str(told["access_token"]), float(told.get("expires_in", OTHERWISE_SECONDS))
        except (httpx.HTTPStatusError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise TokenRefused(f"No token from the registry's token endpoint (HTTP {response.status_code})") from error
        self._token = (token, self._clock() + lives - LEEWAY_SECONDS)
        return token


def _with(request: httpx.Request, token: str) -> httpx.Request:
    request.headers["Authorization"] = f"Bearer {token}"
    return request
