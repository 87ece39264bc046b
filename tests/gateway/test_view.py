"""Language, colours and text size: kept in a cookie, changed by forms, never believed blindly."""

import httpx
import pytest

from gateway.view import View
from tests.fakes import FakeBot
from tests.gateway.conftest import OpenGateway


@pytest.mark.parametrize(
    "before, change, after",
    [
        (View(), "bigger", View(size="large")),
        (View(size="huge"), "bigger", View(size="huge")),
        (View(), "smaller", View(size="small")),
        (View(size="small"), "smaller", View(size="small")),
        (View(), "contrast", View(theme="contrast")),
        (View(theme="dark", size="large"), "en", View("en", "dark", "large")),
        (View(), '"><script>', View()),
    ],
)
def test_a_button_changes_one_thing(before: View, change: str, after: View) -> None:
    assert before.changed(change) == after


@pytest.mark.parametrize("cookie", ["", "en", "xx.yy.zz", "....", '"><script>'])
async def test_a_cookie_that_cannot_be_read_is_the_default(open_gateway: OpenGateway, cookie: str) -> None:
    async with open_gateway(FakeBot()) as client:
        page = (await client.get("/", headers={"Cookie": f"view={cookie}"})).text
    assert "<script>" not in page
    assert "data-theme" not in page


async def test_the_language_of_the_address_is_remembered(open_gateway: OpenGateway) -> None:
    async with open_gateway(FakeBot()) as client:
        assert 'lang="en"' in (await client.get("/?lang=en")).text
        assert "What would you like to ask?" in (await client.get("/")).text


@pytest.mark.parametrize("back", ["https://evil.example", "//evil.example", "/\\evil.example", "evil"])
async def test_the_way_back_leads_to_our_own_pages_only(open_gateway: OpenGateway, back: str) -> None:
    async with open_gateway(FakeBot()) as client:
        response = await client.post("/view", data={"change": "dark", "back": back}, follow_redirects=False)
    assert httpx.URL(response.headers["location"]).host == ""
    assert response.headers["location"] == "/"


async def test_both_languages_have_the_same_sentences(open_gateway: OpenGateway) -> None:
    async with open_gateway(FakeBot()) as client:
        texts = client._transport.app.state.face._texts  # type: ignore[attr-defined]

    def keys(found: object, path: str = "") -> set[str]:
        return {path} if not isinstance(found, dict) else {key for name in found for key in keys(found[name], f"{path}.{name}")}

    assert keys(texts["vi"]) == keys(texts["en"])
