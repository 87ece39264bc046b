"""Processes are killed while people write: every message is answered once, in order, and its turn is run once.

MOTCUA_KILL_MESSAGES and MOTCUA_KILLS make it shorter, for trying it out.
"""

import os
import random
import signal
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

from tests.crowd import SETTINGS, Crowd
from tests.push import Phones
from tests.stack import Stack, running_stack

MESSAGES = int(os.environ.get("MOTCUA_KILL_MESSAGES", "1000"))
KILLS = int(os.environ.get("MOTCUA_KILLS", "20"))
DEADLINE = 3600.0  # seconds for all of it; nine minutes on two busy cores, so this only ends what hangs


def test_all_is_answered_once_and_in_order_whatever_is_killed(tmp_path: Path) -> None:
    phones = Phones()
    with (
        phones.listening() as push_to,
        running_stack(tmp_path, **SETTINGS, MOTCUA_PUSH_TO=push_to) as stack,
    ):
        databases = (f"sqlite:///{tmp_path}/gateway.db", f"sqlite:///{tmp_path}/trackers.db")
        crowd = Crowd(stack.url, *databases, phones, MESSAGES, DEADLINE)
        with ThreadPoolExecutor(crowd.people + 1) as threads:
            people = crowd.talk(threads)
            killer = threads.submit(_kill, stack, crowd)
            for future in (*people, killer):
                future.result()
        crowd.check()
    assert len(killer.result()) == KILLS


def _kill(stack: Stack, crowd: Crowd) -> list[str]:
    """Kills when so many messages are answered: moments spread over the whole run, the same in each run.

    What was killed has answered again before the next one is, so that each kill meets a working assistant.
    """
    chance, killed = random.Random(20261125), list[str]()
    moments = sorted(chance.sample(range(MESSAGES * 9 // 10), KILLS))
    answered = -1
    for moment in moments:
        name, due = chance.choice(("bot", "actions", "gateway")), max(moment, answered + 1)
        for _ in crowd.until():
            if (answered := crowd.answered()) >= due and (pid := stack.pid(name)):
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
                    killed.append(name)
                    break
    return killed
