"""OAuth v4: codes live ten minutes and once, refresh tokens once; refusals come with HTTP 200."""

import base64
import hashlib

from fastapi import APIRouter, Request

from tests.fake_zalo.world import Account, App, Body, World

CODE_SECONDS = 600


def oauth_routes(world: World) -> APIRouter:
    router = APIRouter()

    @router.post("/v4/oa/access_token")
    async def access_token(request: Request) -> Body:
        form = dict(await request.form())
        app = world.apps.get(str(form.get("app_id")))
        if app is None or request.headers.get("secret_key") != app.app_secret:
            return _refusal(-14002, "Invalid app")
        with world.lock:
            if form.get("grant_type") == "refresh_token":
                return _refresh(world, app, str(form.get("refresh_token")))
            return _exchange(world, app, str(form.get("code")), str(form.get("code_verifier")))

    return router


def _refresh(world: World, app: App, refresh_token: str) -> Body:
    for account in _accounts(world, app):
        if account.refresh_tokens.get(refresh_token):
            account.refresh_tokens[refresh_token] = False
            world.refreshes += 1
            return world.issue(account)
    return _refusal(-14014, "Invalid refresh token.")


def _exchange(world: World, app: App, code: str, verifier: str) -> Body:
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
    for account in _accounts(world, app):
        made_at, expected = account.codes.pop(code, (0.0, ""))
        if expected == challenge and world.clock() - made_at <= CODE_SECONDS:
            return world.issue(account)
    return _refusal(-118, "Invalid code")


def _accounts(world: World, app: App) -> list[Account]:
    return [account for account in world.accounts.values() if account.app is app]


def _refusal(code: int, reason: str) -> Body:
    return {"error": code, "error_name": reason, "error_reason": reason}
