"""Golden conversations through two of everything: each turn may meet another gateway, bot and action server."""

import os

from motcua.procedures.loader import Guides
from motcua.replay import replay_all
from tests.conversations.golden import Golden, faults, load_golden
from tests.scale.cluster import Cluster

EVERY = int(os.environ.get("MOTCUA_GOLDEN_EVERY", "1"))  # a sample of them, for trying it out


def test_golden_conversations_go_as_written_whoever_takes_a_turn(cluster: Cluster, guides: Guides) -> None:
    chosen: list[Golden] = [golden for _, golden in load_golden()][::EVERY]
    conversations = [{"id": golden.name, "turns": [turn.say for turn in golden.turns]} for golden in chosen]
    results = list(replay_all(conversations, cluster.url, parallel=8))
    found = []
    for golden in chosen:
        own, results = results[: len(golden.turns)], results[len(golden.turns) :]
        found += [f"{golden.name}: {fault}" for fault in faults(golden, own, guides)]
    assert not found, "\n".join(found)
