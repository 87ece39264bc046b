"""What a run learns from and is measured by, out of the conversation store. All of it was redacted when it was kept."""

import json
from collections.abc import Collection, Sequence
from pathlib import Path

from sqlalchemy.engine import Connection

from motcua.conversations.intents import known_intents
from motcua.conversations.moments import DAY_MS, now_ms
from motcua.conversations.proposal_files import EXAMPLES, files_of
from motcua.conversations.proposals import Proposal, find_proposals

MONTH_MS = 31 * DAY_MS
NO_EXAMPLES = 'version: "3.1"\nnlu: []\n'


def learnable(connection: Connection) -> list[Proposal]:
    """The proposed examples that nobody declined, newest first. Those taken over stay, until the data has them."""
    return [proposal for proposal in find_proposals(connection, kind="example") if proposal.state != "declined"]


def examples_file(connection: Connection, numbers: Collection[int]) -> str:
    """These proposed examples as Rasa reads them."""
    chosen: Sequence[Proposal] = [proposal for proposal in learnable(connection) if proposal.id in numbers]
    return files_of(chosen, Path()).get(EXAMPLES, NO_EXAMPLES)


def reviewed_file(connection: Connection) -> str:
    """The messages of the last month whose intent reviewers know, as `bot.candidate` reads them."""
    known = known_intents(connection, since=now_ms() - MONTH_MS)
    return json.dumps([{"turn": one.turn, "text": one.said, "intent": one.intent} for one in known], ensure_ascii=False)
