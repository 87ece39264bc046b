"""The adapter for one-stop systems, against the mock over real HTTP."""

import logging
import socket
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import date
from typing import get_args

import pytest

from deploy.mock_one_stop.app import MockOneStop, Mode, create_app, mock_of
from motcua.dossiers.breaker import MAX_FAILURES, REST_SECONDS, Breaker
from motcua.dossiers.cached_registry import MAX_DOSSIERS, SECONDS, CachedRegistry
from motcua.dossiers.client_credentials import ClientCredentials
from motcua.dossiers.demo import demo_dossiers
from motcua.dossiers.http_registry import SCOPE, HttpRegistry
from motcua.dossiers.http_registry import SECONDS as PATIENCE
from motcua.dossiers.registry import Dossier, RegistryUnavailable
from tests.fake_zalo.server import serving
from tests.motcua.dossiers.private import Clock

DOSSIERS = demo_dossiers(date(2026, 11, 23))
CODE = "000.00.12.H05-261101-0003"


@dataclass
class OneStop:
    """The mock, served."""

    mock: MockOneStop
    url: str
    opened: list[HttpRegistry] = field(default_factory=list)

    def registry(self, *, secret: str = "demo-secret", clock: Clock | None = None, url: str = "") -> HttpRegistry:
        url = url or self.url
        clocks = {"clock": clock} if clock else {}
        auth = ClientCredentials(f"{url}/oauth/token", "hoi-mot-cua", secret, scope=SCOPE, **clocks)
        self.opened.append(HttpRegistry(url, auth, breaker=Breaker(**clocks)))
        return self.opened[-1]

    def close(self) -> None:
        for registry in self.opened:
            registry.close()


@pytest.fixture
def one_stop() -> Iterator[OneStop]:
    mock = mock_of(DOSSIERS)
    with serving(create_app(mock)) as url, closing(OneStop(mock, url)) as found:
        yield found


def test_a_dossier_comes_whole(one_stop: OneStop) -> None:
    assert one_stop.registry().find(CODE) == DOSSIERS[2]


def test_a_short_code_is_found_and_another_is_not(one_stop: OneStop) -> None:
    registry = one_stop.registry()
    assert registry.find("H05-261101-0003") == DOSSIERS[2]
    assert registry.find("H05-261101-9999") is None


def test_one_token_serves_until_it_ends(one_stop: OneStop) -> None:
    clock = Clock()
    registry = one_stop.registry(clock=clock)
    for _ in range(3):
        registry.find(CODE)
    assert len(one_stop.mock.tokens) == 1
    clock.now += 300
    registry.find(CODE)
    assert len(one_stop.mock.tokens) == 2


def test_a_token_taken_back_is_replaced(one_stop: OneStop) -> None:
    registry = one_stop.registry()
    registry.find(CODE)
    one_stop.mock.tokens.clear()
    assert registry.find(CODE) == DOSSIERS[2]


def test_wrong_credentials_are_no_answer(one_stop: OneStop) -> None:
    with pytest.raises(RegistryUnavailable):
        one_stop.registry(secret="wrong").find(CODE)


def test_one_failure_is_tried_again(one_stop: OneStop) -> None:
    registry = one_stop.registry()
    registry.find(CODE)
    one_stop.mock.mode, one_stop.mock.lookups = "flaky", 0
    assert registry.find(CODE) == DOSSIERS[2]
    assert one_stop.mock.lookups == 2


@pytest.mark.parametrize("mode", [mode for mode in get_args(Mode) if mode not in ("fine", "flaky")])
def test_a_system_in_trouble_is_unavailable(one_stop: OneStop, mode: Mode) -> None:
    registry = one_stop.registry()
    one_stop.mock.mode = mode
    with pytest.raises(RegistryUnavailable):
        registry.find(CODE)


def test_a_system_that_takes_calls_and_says_nothing_is_given_up_in_time() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        began = time.monotonic()
        with closing(OneStop(mock_of([]), url)) as one_stop, pytest.raises(RegistryUnavailable):
            one_stop.registry().find(CODE)
        assert time.monotonic() - began < 2 * PATIENCE  # twice, for a busy machine; without a limit it would not end


def test_a_system_that_is_not_there_is_unavailable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    with closing(OneStop(mock_of([]), f"http://127.0.0.1:{port}")) as one_stop, pytest.raises(RegistryUnavailable):
        one_stop.registry().find(CODE)


def test_neither_error_nor_log_names_the_dossier(one_stop: OneStop, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    one_stop.registry().find(CODE)
    one_stop.mock.mode = "garbled"
    with pytest.raises(RegistryUnavailable) as caught:
        one_stop.registry().find(CODE)
    assert "0003" not in caplog.text + str(caught.value)
    assert caught.value.__suppress_context__


def test_what_fails_again_and_again_is_left_alone_for_a_while(one_stop: OneStop) -> None:
    clock = Clock()
    registry = one_stop.registry(clock=clock)
    registry.find(CODE)
    one_stop.mock.mode = "garbled"
    for _ in range(MAX_FAILURES + 3):
        with pytest.raises(RegistryUnavailable):
            registry.find(CODE)
    assert one_stop.mock.lookups == 1 + MAX_FAILURES
    one_stop.mock.mode = "fine"
    with pytest.raises(RegistryUnavailable):
        registry.find(CODE)
    clock.now += REST_SECONDS + 1
    assert registry.find(CODE) == DOSSIERS[2]


def test_one_caller_finds_out_whether_it_is_back() -> None:
    clock = Clock()
    breaker = Breaker(clock)
    for _ in range(MAX_FAILURES):
        breaker.failed()
    clock.now += REST_SECONDS + 1
    assert [breaker.lets_through() for _ in range(3)] == [True, False, False]
    breaker.succeeded()
    assert [breaker.lets_through() for _ in range(3)] == [True, True, True]


class Counting:
    """A registry that says how often it was asked, and has every dossier."""

    def __init__(self) -> None:
        self.asked = 0

    def find(self, code: str) -> Dossier | None:
        self.asked += 1
        return None if code == "none" else replace(DOSSIERS[0], code=code)

    def close(self) -> None: ...


def test_a_dossier_is_asked_for_once_a_minute() -> None:
    clock, registry = Clock(), Counting()
    cached = CachedRegistry(registry, clock)
    assert cached.find(CODE) == cached.find(CODE)
    assert registry.asked == 1
    clock.now += SECONDS + 1
    cached.find(CODE)
    assert registry.asked == 2


def test_a_dossier_that_was_not_there_may_be_there_now() -> None:
    registry = Counting()
    cached = CachedRegistry(registry, Clock())
    for _ in range(2):
        assert cached.find("none") is None
    assert registry.asked == 2


def test_the_cache_does_not_grow_for_ever() -> None:
    registry = Counting()
    cached = CachedRegistry(registry, Clock())
    for number in range(MAX_DOSSIERS + 1):
        cached.find(str(number))
    cached.find(str(MAX_DOSSIERS))
    assert registry.asked == MAX_DOSSIERS + 1
    cached.find("0")
    assert registry.asked == MAX_DOSSIERS + 2
