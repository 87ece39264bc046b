import pytest

from tests.fakes import FakeBot
from tests.gateway.conftest import OpenGateway

OWN = [
    {"Sec-Fetch-Site": "same-origin", "Origin": "http://gateway"},
    {"Sec-Fetch-Site": "none"},
    {"Origin": "http://gateway"},
    {"Referer": "http://gateway/"},
    {},
]
FOREIGN = [
    {"Sec-Fetch-Site": "cross-site", "Origin": "http://gateway"},
    {"Sec-Fetch-Site": "same-site"},
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://gateway.evil.example"},
    {"Referer": "https://evil.example/gateway"},
]


@pytest.mark.parametrize("headers", OWN)
async def test_a_form_of_our_own_page_is_taken(open_gateway: OpenGateway, headers: dict[str, str]) -> None:
    async with open_gateway(FakeBot()) as client:
        assert (await client.post("/", data={"text": "khai sinh"}, headers=headers)).status_code == 200


@pytest.mark.parametrize("headers", FOREIGN)
@pytest.mark.parametrize("path", ["/", "/erase", "/api/conversations", "/api/messages"])
async def test_a_form_of_another_site_is_refused_and_changes_nothing(
    open_gateway: OpenGateway, inbox, headers: dict[str, str], path: str
) -> None:
    async with open_gateway(FakeBot()) as client:
        response = await client.post(path, data={"text": "khai sinh"}, headers={**headers, "Accept": "text/html"})
    assert response.status_code == 403
    assert "trang khác" in response.text
    assert "set-cookie" not in response.headers
    assert inbox.claims.count("answered") == 0


async def test_a_link_from_another_site_opens_the_page(open_gateway: OpenGateway) -> None:
    async with open_gateway(FakeBot()) as client:
        assert (await client.get("/", headers={"Sec-Fetch-Site": "cross-site"})).status_code == 200
