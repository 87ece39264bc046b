"""What is looked for in the inverted index, and how SQLite and PostgreSQL write it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias


@dataclass(frozen=True)
class Phrase:
    """Terms that stand one behind the other; one alone is a term. They are letters and digits, so nothing needs escaping."""

    terms: tuple[str, ...]


@dataclass(frozen=True)
class Not:
    """What does not match."""

    expression: "Expression"


@dataclass(frozen=True)
class Joined:
    """What matches all of them, or any."""

    by: Literal["AND", "OR"]
    parts: tuple["Expression", ...]


Expression: TypeAlias = Phrase | Not | Joined


def joined(by: Literal["AND", "OR"], parts: Sequence[Expression]) -> Expression:
    """The parts as one; a single one is itself."""
    return parts[0] if len(parts) == 1 else Joined(by, tuple(parts))


def fts5(expression: Expression) -> str:
    """As SQLite's FTS5 reads it, whose NOT stands between two: "this NOT that"."""
    match expression:
        case Phrase(terms):
            return f'"{" ".join(terms)}"'
        case Not():
            raise ValueError("FTS5 needs something to take away from.")
        case Joined("AND", parts):
            kept = " AND ".join(fts5(part) for part in parts if not isinstance(part, Not))
            return f"({kept})" + "".join(f" NOT {fts5(part.expression)}" for part in parts if isinstance(part, Not))
        case Joined(_, parts):
            return f"({' OR '.join(map(fts5, parts))})"


def tsquery(expression: Expression) -> str:
    """As PostgreSQL's to_tsquery reads it."""
    match expression:
        case Phrase(terms):
            return f"({' <-> '.join(terms)})"
        case Not(of):
            return f"!{tsquery(of)}"
        case Joined(by, parts):
            return f"({(' & ' if by == 'AND' else ' | ').join(map(tsquery, parts))})"
