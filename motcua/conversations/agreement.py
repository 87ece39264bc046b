"""How far two reviewers agree beyond what chance alone would give: Cohen's κ."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from motcua.conversations.schema import REVIEWS, TURNS

Aspect = Literal["verdict", "intent", "procedure", "section"]


@dataclass(frozen=True)
class Agreement:
    """Of two reviewers, on the turns that both have judged; `kappa` is None where chance alone agrees on all of them."""

    turns: int
    agreed: int
    kappa: float | None


def agreement(connection: Connection, one: str, other: str, *, aspect: Aspect = "verdict") -> Agreement:
    """The agreement of two reviewers: on right or wrong, or on what an intent, procedure or section should have been."""
    return measure(_labels(connection, one, other, aspect))


def measure(labels: Sequence[tuple[str, str]]) -> Agreement:
    """The agreement of pairs of labels."""
    total, agreed = len(labels), sum(mine == yours for mine, yours in labels)
    first, second = Counter(mine for mine, _ in labels), Counter(yours for _, yours in labels)
    by_chance = sum(first[label] * second[label] for label in first) / total**2 if total else 1.0
    kappa = None if by_chance == 1.0 else (agreed / total - by_chance) / (1 - by_chance)
    return Agreement(total, agreed, kappa)


def reviewers_of_the_same(connection: Connection) -> list[tuple[str, str, int]]:
    """Each pair of reviewers who have judged the same turns, and how many of these there are; most first."""
    mine, yours = REVIEWS.alias(), REVIEWS.alias()
    both = mine.join(yours, (mine.c.turn == yours.c.turn) & (mine.c.reviewer < yours.c.reviewer))
    pair = (mine.c.reviewer, yours.c.reviewer)
    query = select(*pair, func.count()).select_from(both).group_by(*pair).order_by(func.count().desc(), *pair)
    return [(one, other, turns) for one, other, turns in connection.execute(query)]


def _labels(connection: Connection, one: str, other: str, aspect: Aspect) -> list[tuple[str, str]]:
    mine, yours = REVIEWS.alias(), REVIEWS.alias()
    pairs = mine.join(yours, mine.c.turn == yours.c.turn).join(TURNS, TURNS.c.id == mine.c.turn)
    chosen = [_label(side, aspect) for side in (mine, yours)]
    query = select(*chosen).select_from(pairs).where(mine.c.reviewer == one, yours.c.reviewer == other).order_by(mine.c.turn)
    return [(str(first), str(second)) for first, second in connection.execute(query)]


def _label(side: "REVIEWS", aspect: Aspect) -> "func":
    """What a reviewer holds for true: their correction, or what the assistant had."""
    return side.c.is_right if aspect == "verdict" else func.coalesce(side.c[aspect], TURNS.c[aspect], "")
