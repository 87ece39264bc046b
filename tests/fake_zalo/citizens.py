"""What people and staff do in the Zalo app, posted to the gateway's webhook as Zalo posts it."""

import hashlib
import json
from typing import Any

import httpx

from tests.fake_zalo.world import Account, Body, FakeBot, World


class Citizens:
    """Acts in the app; every act is an event, signed over its very bytes."""

    def __init__(self, world: World, client: httpx.Client | None = None) -> None:
        self._world = world
        self._client = client or httpx.Client(timeout=20)

    def close(self) -> None:
        self._client.close()

    def says(self, account: Account, user_id: str, text: str, **message: Any) -> httpx.Response:
        return self.sends(account, user_id, "text", text=text, **message)

    def sends(self, account: Account, user_id: str, what: str, **message: Any) -> httpx.Response:
        self._world.person(user_id).last_interaction[account.oa_id] = self._world.clock()
        return self.post(account, self.event(account, user_id, f"user_send_{what}", **message))

    def replies_as_staff(self, account: Account, user_id: str, text: str) -> httpx.Response:
        event = self.event(account, user_id, "oa_send_text", text=text)
        event["sender"], event["recipient"] = {"id": account.oa_id, "admin_id": "9000000000000000009"}, {"id": user_id}
        return self.post(account, event)

    def echoes(self, account: Account, sent: Body) -> httpx.Response:
        """What Zalo does with each message that goes out by API."""
        event = self.event(account, sent["user_id"], "oa_send_text", text=sent["text"], msg_id=sent["message_id"])
        event["sender"], event["recipient"] = event["recipient"], event["sender"]
        return self.post(account, event)

    def does(self, account: Account, name: str, **fields: Any) -> httpx.Response:
        """An event that is not a message, such as `follow`."""
        event = {"event_name": name, "oa_id": account.oa_id, "app_id": account.app.app_id, **fields}
        return self.post(account, {**event, "timestamp": self._now()})

    def event(self, account: Account, user_id: str, name: str, **message: Any) -> Body:
        return {
            "app_id": account.app.app_id,
            "sender": {"id": user_id},
            "user_id_by_app": f"7{user_id}",
            "recipient": {"id": account.oa_id},
            "event_name": name,
            "message": {"msg_id": self._world.new_id(), **message},
            "timestamp": self._now(),
        }

    def post(self, account: Account, event: Body, **headers: str) -> httpx.Response:
        body = json.dumps(event, ensure_ascii=False).encode()
        text = account.app.app_id + body.decode() + event["timestamp"] + account.app.oa_secret
        signature = f"mac={hashlib.sha256(text.encode()).hexdigest()}"
        headers = {"Content-Type": "application/json", "X-ZEvent-Signature": signature, **headers}
        return self._client.post(account.app.webhook, content=body, headers=headers)

    def writes_to_bot(self, bot: FakeBot, chat_id: str, text: str, *, is_wrapped: bool = False) -> httpx.Response | None:
        """Goes to the bot's webhook, or waits for its next poll."""
        update = self.update(chat_id, text)
        if not bot.webhook:
            bot.updates.put(update)
            return None
        body = {"ok": True, "result": update} if is_wrapped else update
        return self._client.post(bot.webhook, json=body, headers={"X-Bot-Api-Secret-Token": bot.secret})

    def update(self, chat_id: str, text: str) -> Body:
        sender = {"id": chat_id, "display_name": "Người dân", "is_bot": False}
        message = {"from": sender, "chat": {"id": chat_id, "chat_type": "PRIVATE"}, "text": text}
        message |= {"message_id": self._world.new_id(), "date": int(self._world.clock() * 1000)}
        return {"event_name": "message.text.received", "message": message}

    def _now(self) -> str:
        return str(int(self._world.clock() * 1000))
