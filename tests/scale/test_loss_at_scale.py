"""Every server and process of a large installation is killed while people write: nothing is lost, nothing comes twice."""

import os
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from sqlalchemy import create_engine, text

from tests.crowd import Crowd
from tests.scale.cluster import Cluster, until
from tests.scale.conftest import Installation

MESSAGES = int(os.environ.get("MOTCUA_KILL_MESSAGES", "1500"))
DEADLINE = 3600.0
ONE_OF_EACH = (
    "bot-1", "actions-2", "gateway-1", "consumer-1", "redis", "rabbitmq", "postgres", "nginx",
    "gateway-2", "bot-2", "actions-1", "consumer-2",
)  # fmt: skip


def test_all_is_answered_once_and_in_order_whatever_server_is_lost(installation: Installation) -> None:
    cluster = installation.cluster
    databases = (cluster.databases["gateway"], cluster.databases["trackers"])
    crowd = Crowd(cluster.url, *databases, installation.phones, MESSAGES, DEADLINE)
    before = crowd.answered()
    with ThreadPoolExecutor(crowd.people + 1) as threads:
        people = crowd.talk(threads)
        killer = threads.submit(_kill_each, cluster, crowd, before)
        for future in (*people, killer):
            future.result()
    crowd.check()
    # What a killed bot had not sent on yet is missing there; the gateway's half of each turn is not.
    until(partial(_has_turns, cluster, sum(map(len, crowd.sent.values()))), 60, "turns in the conversation store")


def _kill_each(cluster: Cluster, crowd: Crowd, before: int) -> None:
    """One after the other, at moments spread over the run; each has come back, and somebody was answered, before the next."""
    for number, name in enumerate(ONE_OF_EACH, start=1):
        due = max(before + MESSAGES * number * 8 // 10 // len(ONE_OF_EACH), crowd.answered() + 1)
        for _ in crowd.until():
            if crowd.answered() >= due:
                break
        cluster.kill(name)


def _has_turns(cluster: Cluster, count: int) -> bool:
    engine = create_engine(cluster.databases["conversations"], future=True)
    with engine.connect() as connection:
        found = connection.execute(text("SELECT count(*), count(DISTINCT (conversation, message)) FROM turns")).one()
    engine.dispose()
    assert found[0] == found[1], "a turn is there twice"
    return bool(found[0] >= count)
