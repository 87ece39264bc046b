"""What the Official Account API finds wrong with a consultation message."""

from typing import Any

from tests.fake_zalo.world import DAY, Account, Body, World

TEXT_LIMIT, PAYLOAD_LIMIT, BUTTON_LIMIT = 2000, 1000, 5
BUTTON_TYPES = ("oa.open.url", "oa.query.show", "oa.query.hide", "oa.open.phone", "oa.open.sms")


def fault_of(world: World, account: Account, body: Body) -> int:
    """The code it is refused with, or 0."""
    user_id = body.get("recipient", {}).get("user_id")
    message = body.get("message")
    if not isinstance(user_id, str) or not isinstance(message, dict):
        return -201
    text, attachment = message.get("text"), message.get("attachment")
    if not text and not attachment:
        return -201
    if text and len(text) > TEXT_LIMIT:
        return -210
    last = world.person(user_id).last_interaction.get(account.oa_id)
    if last is None or world.clock() - last > 7 * DAY:
        return -230
    return _attachment_fault(world, attachment) if attachment else 0


def _attachment_fault(world: World, attachment: Any) -> int:
    payload = attachment.get("payload", {})
    if attachment.get("type") == "file":
        return 0 if world.clock() - world.assets.get(payload.get("token"), 0.0) < 7 * DAY else -100
    if attachment.get("type") != "template":
        return -233
    buttons = payload.get("buttons", [])
    if len(buttons) > BUTTON_LIMIT or any(button.get("type") not in BUTTON_TYPES for button in buttons):
        return -201
    too_long = any(len(button["payload"]) > PAYLOAD_LIMIT for button in buttons if isinstance(button.get("payload"), str))
    return -210 if too_long else 0
