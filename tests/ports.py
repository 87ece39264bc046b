"""Ports for servers that tests start."""

import random
import socket

_OURS = range(
    15_000, 30_000
)  # below those the system lends to connections: one of these might be taken before the server is up
_CHANCE = random.Random()  # of its own: tests that seed the shared one would all draw the same


def free_port() -> int:
    """A port that nothing listens on and that no connection will be lent."""
    while True:
        port = _CHANCE.choice(_OURS)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        return port
