"""openapi.zalo.me: whatever goes wrong is said in a body with HTTP 200, in wording that varies."""

import json
from typing import Any

from fastapi import APIRouter, Request, UploadFile
from fastapi.responses import JSONResponse

from tests.fake_zalo.messages import fault_of
from tests.fake_zalo.world import DAY, HOUR, Account, Body, World

TOKEN_SECONDS = 25 * HOUR
SAYINGS = {
    -32: "Your application reached limit call api",
    -100: "Attachment id is expired",
    -201: "Params is invalid",
    -210: "Params exceed limit",
    -213: "User has not followed OA",
    -216: "Access token is invalid",
    -220: "access_token is expired or removed",
    -230: "User has not interacted with the OA in the past 7 days",
    -240: "MessageV2 API has been shut down, please switch to MessageV3",
}


def oa_routes(world: World) -> APIRouter:
    router, gate = APIRouter(), _Gate(world)

    @router.post("/v3.0/oa/message/cs")
    async def consultation(request: Request) -> JSONResponse:
        account, refusal = gate.enter(request)
        body = await _json(request)
        code = refusal or fault_of(world, account, body)
        if code:
            return gate.answer(account, {}, code)
        return gate.answer(account, _accept(world, account, body))

    @router.post("/v3.0/oa/message/transaction")
    @router.post("/v3.0/oa/message/promotion")
    async def shut_down(request: Request) -> JSONResponse:
        account, refusal = gate.enter(request)
        return gate.answer(account, {}, refusal or -240)

    @router.post("/v2.0/oa/message")
    async def reaction(request: Request) -> JSONResponse:
        account, refusal = gate.enter(request)
        body = await _json(request)
        action = body.get("sender_action")
        code = refusal or (0 if action else -240)
        if not code:
            world.reactions.append({"oa_id": account.oa_id, **body["recipient"], **action})
        return gate.answer(account, {"message_id": world.new_id()}, code)

    @router.post("/v2.0/oa/upload/{kind}")
    async def upload(kind: str, request: Request, file: UploadFile) -> JSONResponse:
        account, refusal = gate.enter(request)
        limit = 5 * 2**20 if kind == "file" else 2**20
        code = refusal or (-210 if len(await file.read()) > limit else 0)
        asset = world.new_id()
        world.assets[asset] = world.clock()
        return gate.answer(account, {"token" if kind == "file" else "attachment_id": asset}, code)

    @router.post("/v3.0/oa/quota/message")
    async def quota(request: Request) -> JSONResponse:
        account, refusal = gate.enter(request)
        body = await _json(request)
        data: Any = [{"asset_id": "a1", "product_type": body.get("product_type"), "quota_type": "sub_quota"}]
        if "user_id" in body:
            data = {"last_interaction": str(int(_last(world, account, body["user_id"]) * 1000))}
        return gate.answer(account, data, refusal)

    @router.get("/v3.0/oa/user/detail")
    async def detail(request: Request, data: str) -> JSONResponse:
        account, refusal = gate.enter(request)
        user_id = json.loads(data)["user_id"]
        known = {"user_id": user_id, "display_name": "Người dân", "user_is_follower": True}
        return gate.answer(account, known, refusal or (0 if user_id in world.people else -213))

    return router


class _Gate:
    """What every call passes: the token, the application's rate, and the failures a test has ordered."""

    def __init__(self, world: World) -> None:
        self._world = world

    def enter(self, request: Request) -> tuple[Account, int]:
        """Whose token it is, and the code the call is refused with, or 0."""
        token = request.headers.get("access_token", "")
        account = next((found for found in self._world.accounts.values() if token in found.access_tokens), None)
        if account is None:
            return next(iter(self._world.accounts.values())), -216
        with self._world.lock:
            minute = int(self._world.clock() // 60)
            account.app.asked[minute] += 1
            if account.app.asked[minute] > account.app.requests_a_minute:
                return account, -32
            if account.fails_with:
                return account, account.fails_with.pop(0)
        is_last = list(account.access_tokens)[-1] == token
        is_alive = is_last and self._world.clock() - account.access_tokens[token] < TOKEN_SECONDS
        return account, 0 if is_alive else -220

    def answer(self, account: Account, data: Any, code: int = 0) -> JSONResponse:
        limit = account.app.requests_a_minute
        left = max(0, limit - account.app.asked[int(self._world.clock() // 60)])
        headers = {"X-RateLimit-Limit": str(limit), "X-RateLimit-Remain": str(left)}
        if code:
            return JSONResponse({"error": code, "message": SAYINGS.get(code, "Error")}, headers=headers)
        return JSONResponse({"data": data, "error": 0, "message": "Success"}, headers=headers)


def _accept(world: World, account: Account, body: Body) -> Body:
    user_id, message_id = body["recipient"]["user_id"], world.new_id()
    sent = {"oa_id": account.oa_id, "user_id": user_id, "message_id": message_id, **body["message"]}
    world.sent.append(sent)
    world.arrived.put(sent)
    is_free = world.clock() - _last(world, account, user_id) <= 2 * DAY
    quota = {"quota_type": "reply" if is_free else "sub_quota"}
    now = str(int(world.clock() * 1000))
    return {"message_id": message_id, "user_id": user_id, "sent_time": now, "quota": quota}


def _last(world: World, account: Account, user_id: str) -> float:
    return world.person(user_id).last_interaction.get(account.oa_id, 0.0)


async def _json(request: Request) -> Body:
    try:
        body = json.loads(await request.body())
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}
