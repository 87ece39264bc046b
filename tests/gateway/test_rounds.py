import logging

import pytest

from gateway.rounds import Rounds
from tests.gateway.conftest import running, until


async def test_a_round_that_fails_is_done_again(caplog: pytest.LogCaptureFixture) -> None:
    done: list[int] = []

    async def job() -> None:
        done.append(len(done))
        if len(done) == 1:
            raise ConnectionError("bí mật của tôi")

    with caplog.at_level(logging.ERROR):
        async with running(Rounds("Looking", job, seconds=0.001)):
            await until(lambda: len(done) > 2)
    assert "Looking failed: ConnectionError" in caplog.text
    assert "bí mật" not in caplog.text
