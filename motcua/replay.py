"""`python -m motcua.replay CONVERSATIONS.jsonl --to URL > OUT.jsonl`: whole conversations through a running gateway.

In, a line each: {"id": "…", "turns": ["…", "…"]}. Out, a line for each turn: {"id", "turn", "said", "status",
"procedures" (codes, best first), "sections", "sources", "choices" (codes offered), "text", "latency_ms"}.
"""

import argparse
import json
import sys
import time
import uuid
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx

_POLL_SECONDS = 0.5
_GIVE_UP_SECONDS = 120.0


def replay(conversation: dict[str, Any], client: httpx.Client) -> list[dict[str, Any]]:
    """One result a turn. Raises httpx.HTTPError when the gateway does not answer."""
    token = client.post("/api/conversations").raise_for_status().json()["conversation"]
    headers = {"Authorization": f"Bearer {token}"}
    results = []
    for number, said in enumerate(conversation["turns"], start=1):
        began = time.perf_counter()
        replies = _send(said, client, headers)
        latency = round((time.perf_counter() - began) * 1000, 1)
        results.append({"id": conversation["id"], "turn": number, "said": said, **told(replies), "latency_ms": latency})
    return results


def _send(said: str, client: httpx.Client, headers: dict[str, str]) -> list[dict[str, Any]]:
    message = {"id": uuid.uuid4().hex, "text": said}
    while (response := client.post("/api/messages", json=message, headers=headers)).status_code == 429:
        time.sleep(float(response.headers["Retry-After"]))  # it types faster than a citizen may
    response.raise_for_status()
    deadline = time.monotonic() + _GIVE_UP_SECONDS
    while response.status_code == 202 and time.monotonic() < deadline:
        time.sleep(_POLL_SECONDS)
        response = client.get(f"/api/messages/{message['id']}", headers=headers).raise_for_status()
    replies: list[dict[str, Any]] = response.json()["replies"]
    return replies


def told(replies: list[dict[str, Any]]) -> dict[str, Any]:
    """The replies of a turn as one result; the first that has a status decides it."""
    return {
        "status": next((reply["status"] for reply in replies if "status" in reply), "failed_internal"),
        "procedures": _joined(replies, "procedures"),
        "sections": _joined(replies, "sections"),
        "sources": _joined(replies, "sources"),
        "choices": [choice["code"] for choice in _joined(replies, "offered")],
        "text": "\n\n".join(reply.get("text", "") for reply in replies),
    }


def _joined(replies: list[dict[str, Any]], name: str) -> list[Any]:
    return [value for reply in replies for value in reply.get(name, [])]


def replay_all(conversations: Iterable[dict[str, Any]], url: str, *, parallel: int = 1) -> Iterator[dict[str, Any]]:
    """Results of all conversations in their order, `parallel` conversations at a time."""
    with httpx.Client(base_url=url, timeout=60) as client, ThreadPoolExecutor(parallel) as workers:
        for results in workers.map(lambda conversation: replay(conversation, client), conversations):
            yield from results


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("conversations", type=Path, help="JSON lines")
    parser.add_argument("--to", default="http://127.0.0.1:8000", help="address of a running gateway")
    parser.add_argument("--parallel", type=int, default=1, help="conversations at a time")
    given = parser.parse_args()
    lines = given.conversations.read_text("utf-8").splitlines()
    for result in replay_all((json.loads(line) for line in lines if line.strip()), given.to, parallel=given.parallel):
        sys.stdout.write(json.dumps(result, ensure_ascii=False) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
