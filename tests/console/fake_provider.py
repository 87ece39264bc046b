"""A provider of office accounts: OpenID Connect with discovery, PKCE and signed tokens. Whoever comes is `claims`."""

import base64
import hashlib
import secrets
import time
from typing import Any
from urllib.parse import urlencode

from fastapi import FastAPI, Form, HTTPException, Request
from fastapi.responses import RedirectResponse
from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, CLIENT_SECRET = "console", "secret of the client"


class Provider:
    """What it says about who comes, and what a forger could change."""

    def __init__(self) -> None:
        self.claims: dict[str, Any] = {"sub": "0001", "preferred_username": "lan"}
        self.key = self.published = RSAKey.generate_key(2048, {"kid": "1", "alg": "RS256", "use": "sig"})
        self.changed: dict[str, Any] = {}  # claims of the signed token that are not as asked for
        self._asked: dict[str, dict[str, str]] = {}

    def app(self) -> FastAPI:
        app = FastAPI()

        @app.get("/.well-known/openid-configuration")
        def discover(request: Request) -> dict[str, Any]:
            base = str(request.base_url).rstrip("/")
            return {
                "issuer": base,
                "authorization_endpoint": f"{base}/authorize",
                "token_endpoint": f"{base}/token",
                "jwks_uri": f"{base}/keys",
                "id_token_signing_alg_values_supported": ["RS256"],
            }

        @app.get("/keys")
        def keys() -> dict[str, Any]:
            return {"keys": [self.published.as_dict(private=False)]}

        @app.get("/authorize")
        def authorize(request: Request) -> RedirectResponse:
            asked, code = dict(request.query_params), secrets.token_hex(8)
            assert asked["code_challenge_method"] == "S256"
            self._asked[code] = asked
            return RedirectResponse(f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}")

        @app.post("/token")
        def token(
            request: Request, code: str = Form(), code_verifier: str = Form(), redirect_uri: str = Form()
        ) -> dict[str, Any]:
            asked = self._asked.pop(code)
            digest = base64.urlsafe_b64encode(hashlib.sha256(code_verifier.encode()).digest()).decode().rstrip("=")
            basic = base64.b64encode(f"{CLIENT}:{CLIENT_SECRET}".encode()).decode()
            is_known = request.headers.get("authorization") == f"Basic {basic}"
            if not (is_known and digest == asked["code_challenge"] and redirect_uri == asked["redirect_uri"]):
                raise HTTPException(400)
            now = int(time.time())
            claims = {"iss": str(request.base_url).rstrip("/"), "aud": CLIENT, "iat": now, "exp": now + 300}
            signed = jwt.encode(
                {"alg": "RS256", "kid": "1"}, {**claims, "nonce": asked["nonce"], **self.claims, **self.changed}, self.key
            )
            return {"access_token": secrets.token_hex(8), "token_type": "Bearer", "expires_in": 300, "id_token": signed}

        return app
