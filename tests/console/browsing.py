"""A browser without JavaScript: it reads pages, and sends forms as they stand on them."""

from typing import Any

import httpx
from fastapi import FastAPI
from itsdangerous import Signer

from tests.gateway.page_reader import Page


class Browser:
    """`open` a page, fill and `press` what is on it."""

    def __init__(self, client: httpx.AsyncClient, app: FastAPI, token: str | None = None) -> None:
        self._client, self._app = client, app
        if token:
            self.use(token)
        self.response: httpx.Response | None = None

    @property
    def client(self) -> httpx.AsyncClient:
        return self._client

    @property
    def page(self) -> Page:
        assert self.response is not None
        return Page(self.response.text)

    @property
    def text(self) -> str:
        return " ".join(self.page.text.split())

    @property
    def path(self) -> str:
        assert self.response is not None
        return self.response.url.path

    def use(self, token: str) -> None:
        """Holds the cookie of this session from now on."""
        self._client.cookies.clear()
        self._client.cookies.set("console", cookie_of(self._app, token))

    async def open(self, path: str, **headers: str) -> "Browser":
        self.response = await self._client.get(path, headers=headers)
        return self

    async def press(self, button: str, to: str = "", **fields: str) -> "Browser":
        """Fills the form of a button and presses it; `to` is the button's own address, where it has one."""
        form = self.page.pressing(button)
        return await self.send(to or form.action or self.path, **{**form.fields, **fields})

    async def send(self, path: str, **fields: Any) -> "Browser":
        self.response = await self._client.post(path, data=fields)
        return self


def cookie_of(app: FastAPI, token: str) -> str:
    """What a browser holds that has this token."""
    return Signer(app.state.settings.secret, salt="console.visitor").sign(token).decode()
