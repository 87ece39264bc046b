"""Proposals: what reviewers would change, waiting for a decision. Nothing is trained or answered from them by itself."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from sqlalchemy import select
from sqlalchemy.engine import Connection

from motcua.conversations.moments import now_ms
from motcua.conversations.redaction import redact
from motcua.conversations.schema import PROPOSALS

# example: {"intent", "text"}. golden: {"name", "turns": [{"say", "then"}]}. guide_change: {"procedure", "section", "question"}.
Kind = Literal["example", "golden", "guide_change"]
State = Literal["open", "taken", "declined"]
KINDS: tuple[Kind, ...] = get_args(Kind)
STATES: tuple[State, ...] = get_args(State)


@dataclass(frozen=True)
class Proposal:
    """One change that a reviewer of a turn proposes; `at` in ms since 1970."""

    id: int
    turn: int
    kind: Kind
    content: Mapping[str, Any]
    by: str
    at: int
    state: State
    decided_by: str | None


def propose(connection: Connection, turn: int, kind: Kind, content: Mapping[str, Any], *, by: str) -> None:
    """Keeps a proposal, redacted, in place of an earlier one of its kind about the same turn."""
    connection.execute(PROPOSALS.delete().where(PROPOSALS.c.turn == turn, PROPOSALS.c.kind == kind))
    told = json.dumps(_redacted(content), ensure_ascii=False)
    connection.execute(PROPOSALS.insert().values(turn=turn, kind=kind, content=told, by=by, at=now_ms(), state="open"))


def find_proposals(
    connection: Connection, *, state: State | None = None, kind: Kind | None = None, turn: int | None = None
) -> list[Proposal]:
    """The proposals of that state, kind and turn, newest first."""
    wanted = ((PROPOSALS.c.state, state), (PROPOSALS.c.kind, kind), (PROPOSALS.c.turn, turn))
    query = select(PROPOSALS).where(*(column == value for column, value in wanted if value is not None))
    return [_proposal(row) for row in connection.execute(query.order_by(PROPOSALS.c.id.desc())).mappings()]


def find_proposal(connection: Connection, number: int) -> Proposal | None:
    """One proposal; None if there is none of this number."""
    row = connection.execute(select(PROPOSALS).where(PROPOSALS.c.id == number)).mappings().first()
    return _proposal(row) if row else None


def decide_proposal(connection: Connection, number: int, state: State, *, by: str) -> None:
    """Says that a proposal was taken over or declined, or opens it again."""
    values = {"state": state, "decided_by": by, "decided_at": now_ms()}
    connection.execute(PROPOSALS.update().where(PROPOSALS.c.id == number).values(values))


def _proposal(row: Any) -> Proposal:
    content = json.loads(row["content"])
    about = (row["id"], row["turn"], row["kind"], content)
    return Proposal(*about, row["by"], row["at"], row["state"], row["decided_by"])


def _redacted(content: Any) -> Any:
    """Every text in it redacted: turns are already, what reviewers type is not. Keys are ours."""
    if isinstance(content, str):
        return redact(content).text
    if isinstance(content, Mapping):
        return {name: _redacted(value) for name, value in content.items()}
    return [_redacted(part) for part in content] if isinstance(content, list | tuple) else content
