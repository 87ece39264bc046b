"""Signing in with the account of the office, against a provider that runs."""

from collections.abc import AsyncIterator, Iterator

import httpx
import pytest
from joserfc.jwk import RSAKey

from console.roles import Role
from tests.console.browsing import Browser
from tests.console.conftest import Console, OpenConsole
from tests.console.fake_provider import CLIENT, CLIENT_SECRET, Provider
from tests.fake_zalo.server import serving


@pytest.fixture
def provider() -> Provider:
    return Provider()


@pytest.fixture
def issuer(provider: Provider) -> Iterator[str]:
    with serving(provider.app()) as url:
        yield url


@pytest.fixture
async def console(open_console: OpenConsole, issuer: str) -> AsyncIterator[Console]:
    settings = {"ISSUER": issuer, "CLIENT_ID": CLIENT, "CLIENT_SECRET": CLIENT_SECRET, "NAME": "tài khoản tỉnh"}
    # A second factor is the provider's matter then.
    async with open_console(
        **{f"MOTCUA_OIDC_{name}": value for name, value in settings.items()}, MOTCUA_SECOND_FACTOR_FOR="volunteer"
    ) as opened:
        yield opened


async def _come(console: Console, issuer: str) -> Browser:
    """To the provider and back, as a browser goes."""
    browser = await console.browser().open("/sign-in")
    assert "Đăng nhập bằng tài khoản tỉnh" in browser.text
    browser.client.follow_redirects = False
    leaving = await browser.client.get("/sign-in/office")
    assert leaving.headers["location"].startswith(f"{issuer}/authorize?")
    async with httpx.AsyncClient() as outside:
        back = (await outside.get(leaving.headers["location"])).headers["location"]
    browser.client.follow_redirects = True
    return await browser.open(back)


async def test_who_was_invited_comes_in_and_is_known_again_by_the_account_itself(
    console: Console, issuer: str, provider: Provider
) -> None:
    lan = console.hire("lan", Role.VOLUNTEER, "Nguyễn Thị Lan")
    assert "Chào Nguyễn Thị Lan" in (await _come(console, issuer)).text
    provider.claims["preferred_username"] = "lan.nguyen"
    assert "Chào Nguyễn Thị Lan" in (await _come(console, issuer)).text
    assert console.app.state.directory.find(lan).is_bound


async def test_another_account_of_the_same_name_is_not_let_in(console: Console, issuer: str, provider: Provider) -> None:
    console.hire("lan", Role.ADMINISTRATOR)
    await _come(console, issuer)
    provider.claims["sub"] = "0002"
    assert "chưa được mời" in (await _come(console, issuer)).text


async def test_who_was_not_invited_or_is_locked_stays_outside(console: Console, issuer: str) -> None:
    assert "chưa được mời" in (await _come(console, issuer)).text
    console.hire("lan", Role.VOLUNTEER)
    console.app.state.directory.deactivate(console.app.state.directory.by_login("lan"), by="test")
    assert "chưa được mời" in (await _come(console, issuer)).text


@pytest.mark.parametrize("changed", [{"aud": "another"}, {"iss": "https://evil.example"}, {"nonce": "x"}, {"exp": 1}])
async def test_a_token_that_is_not_for_this_sign_in_is_refused(
    console: Console, issuer: str, provider: Provider, changed: dict[str, object]
) -> None:
    console.hire("lan", Role.VOLUNTEER)
    provider.changed = changed
    browser = await _come(console, issuer)
    assert "Chưa kết nối được với nơi cấp tài khoản" in browser.text
    assert (await browser.open("/account")).path == "/sign-in"


async def test_a_token_signed_with_another_key_is_refused(console: Console, issuer: str, provider: Provider) -> None:
    console.hire("lan", Role.VOLUNTEER)
    provider.key = RSAKey.generate_key(2048, {"kid": "1", "alg": "RS256", "use": "sig"})
    assert "Chưa kết nối được" in (await _come(console, issuer)).text


async def test_who_comes_back_without_having_left_is_refused(console: Console) -> None:
    console.hire("lan", Role.VOLUNTEER)
    browser = await console.browser().open("/sign-in/office/back?code=x&state=y")
    assert "Chưa kết nối được" in browser.text
    assert "Chưa kết nối được" in (await browser.open("/sign-in/office/back?error=access_denied")).text


async def test_a_provider_that_is_away_is_said_so(open_console: OpenConsole) -> None:
    async with open_console(MOTCUA_OIDC_ISSUER="http://127.0.0.1:9", MOTCUA_OIDC_CLIENT_ID="x") as console:
        assert "Chưa kết nối được" in (await console.browser().open("/sign-in/office")).text


async def test_without_a_provider_there_is_no_such_way(open_console: OpenConsole) -> None:
    async with open_console() as console:
        assert (await console.browser().open("/sign-in/office")).response.status_code == 404
        assert "hoặc" not in (await console.browser().open("/sign-in")).page.text.split("Chưa có tài khoản")[0]
