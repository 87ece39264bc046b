"""Every server and process of a large installation is killed while people write: nothing is lost, nothing comes twice."""

import os
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from sqlalchemy import create_engine, text

from tests.crowd import Crowd
from tests.scale.cluster import Cluster, until
from tests.scale.conftest import Installation

BETWEEN = int(os.environ.get("MOTCUA_MESSAGES_BETWEEN", "100"))  # answered from one loss to the next
DEADLINE = 3600.0
ONE_OF_EACH = (
    "bot-1", "actions-2", "gateway-1", "consumer-1", "redis", "rabbitmq", "postgres", "nginx",
    "gateway-2", "bot-2", "actions-1", "consumer-2",
)  # fmt: skip


def test_all_is_answered_once_and_in_order_whatever_server_is_lost(installation: Installation) -> None:
    cluster = installation.cluster
    databases = (cluster.databases["gateway"], cluster.databases["trackers"])
    crowd = Crowd(cluster.url, *databases, installation.phones, None, DEADLINE)
    with ThreadPoolExecutor(crowd.people + 1) as threads:
        people = crowd.talk(threads)
        killer = threads.submit(_kill_each, cluster, crowd)
        for future in (*people, killer):
            future.result()
    crowd.check()
    # What a killed bot had not sent on yet is missing there; the gateway's half of each turn is not.
    until(partial(_has_turns, cluster, sum(map(len, crowd.sent.values()))), 60, "turns in the conversation store")


def _kill_each(cluster: Cluster, crowd: Crowd) -> None:
    """One after the other; each has come back, and people were answered again, before the next."""
    try:
        for name in ONE_OF_EACH:
            _wait_for_answers(crowd)
            cluster.kill(name)
        _wait_for_answers(crowd)
    except BaseException:
        crowd.deadline = 0.0  # nobody need wait for what is broken
        raise
    finally:
        crowd.go_home()


def _wait_for_answers(crowd: Crowd) -> None:
    due = crowd.answered() + BETWEEN
    for _ in crowd.until():
        if crowd.answered() >= due:
            return


def _has_turns(cluster: Cluster, count: int) -> bool:
    engine = create_engine(cluster.databases["conversations"], future=True)
    with engine.connect() as connection:
        found = connection.execute(text("SELECT count(*), count(DISTINCT (conversation, message)) FROM turns")).one()
    engine.dispose()
    assert found[0] == found[1], "a turn is there twice"
    return bool(found[0] >= count)
