"""The Bot Platform: the token in the path, form or JSON bodies, errors as HTTP statuses or, when told so, in a 200."""

import json
from typing import Any

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse

from tests.fake_zalo.world import Body, FakeBot, World

LONGEST_POLL = 0.5  # seconds; Zalo itself holds a poll as long as it is asked to
SAYINGS = {400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 408: "Request timeout", 409: "Conflict"}


def bot_routes(world: World) -> APIRouter:
    router = APIRouter()

    @router.post("/bot{token}/{method}")
    async def call(token: str, method: str, request: Request) -> JSONResponse:
        response = await answer(token, method, request)
        if "Webhook" in method:
            # python-zalo-bot asks these in an event loop of its own and leaves its connection open when that ends.
            response.headers["Connection"] = "close"
        return response

    async def answer(token: str, method: str, request: Request) -> JSONResponse:
        bot = world.bots.get(token)
        if bot is None:
            return _refusal(401)
        if bot.fails_with:
            return _refusal(bot.fails_with.pop(0), in_200=bot.errors_in_200)
        handler = _METHODS.get(method)
        if handler is None:
            return _refusal(404, in_200=bot.errors_in_200)
        result = await run_in_threadpool(handler, world, bot, await _parameters(request))
        if isinstance(result, int):
            return _refusal(result, in_200=bot.errors_in_200)
        return JSONResponse({"ok": True, "result": result} if result else {"ok": True})

    return router


async def _parameters(request: Request) -> Body:
    """Clients send forms, JSON or nothing."""
    if "json" in request.headers.get("content-type", ""):
        return dict(json.loads(await request.body()))
    return dict(await request.form())


def _refusal(code: int, *, in_200: bool = False) -> JSONResponse:
    body = {"ok": False, "description": SAYINGS.get(code, "Error"), "error_code": code}
    return JSONResponse(body, 200 if in_200 else code)


def _get_me(_: World, bot: FakeBot, __: Body) -> Any:
    return {"id": "1459000000000000001", "account_name": "bot.MotCua", "account_type": "BASIC", "can_join_groups": False}


def _get_updates(_: World, bot: FakeBot, parameters: Body) -> Any:
    if bot.webhook:
        return 409
    try:
        return bot.updates.get(timeout=min(LONGEST_POLL, float(parameters.get("timeout", 0))) or 0.01)
    except Exception as nothing:
        assert type(nothing).__name__ == "Empty"
        return 408


def _set_webhook(world: World, bot: FakeBot, parameters: Body) -> Any:
    if not 8 <= len(str(parameters.get("secret_token", ""))) <= 256:
        return 400
    bot.webhook, bot.secret = str(parameters["url"]), str(parameters["secret_token"])
    return _webhook_info(world, bot, parameters)


def _delete_webhook(_: World, bot: FakeBot, __: Body) -> Any:
    bot.webhook = bot.secret = ""
    return {"url": "", "updated_at": 1750000000000}


def _webhook_info(world: World, bot: FakeBot, _: Body) -> Any:
    return {"url": bot.webhook, "updated_at": int(world.clock() * 1000)} if bot.webhook else 404


def _send_message(world: World, bot: FakeBot, parameters: Body) -> Any:
    if not parameters.get("chat_id") or not 1 <= len(str(parameters.get("text", ""))) <= 2000:
        return 400
    return _sent(world, bot, parameters)


def _send_photo(world: World, bot: FakeBot, parameters: Body) -> Any:
    if not parameters.get("photo") or len(str(parameters.get("caption", ""))) > 2000:
        return 400
    return _sent(world, bot, parameters)


def _send_sticker(world: World, bot: FakeBot, parameters: Body) -> Any:
    return _sent(world, bot, parameters) if parameters.get("sticker") else 400


def _sent(world: World, bot: FakeBot, parameters: Body) -> Any:
    bot.sent.append(parameters)
    world.arrived.put(parameters)
    return {"message_id": world.new_id(), "date": int(world.clock() * 1000)}


def _chat_action(_: World, __: FakeBot, parameters: Body) -> Any:
    return None if parameters.get("action") == "typing" else 400


_METHODS = {
    "getMe": _get_me,
    "getUpdates": _get_updates,
    "setWebhook": _set_webhook,
    "deleteWebhook": _delete_webhook,
    "getWebhookInfo": _webhook_info,
    "sendMessage": _send_message,
    "sendPhoto": _send_photo,
    "sendSticker": _send_sticker,
    "sendChatAction": _chat_action,
}
