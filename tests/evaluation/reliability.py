"""Whether a chance of 0.8 is right eight times in ten: bins, expected calibration error, and the curve as SVG."""

from collections.abc import Sequence
from dataclasses import dataclass

from tests.evaluation.tables import Column, Table

TITLE = "Reliability of the chances"
_SIZE = 320


@dataclass(frozen=True)
class Bin:
    """Of the chances between two bounds: how many, their mean, and the share that was right."""

    low: float
    high: float
    count: int
    chance: float
    right: float


def bins(chances: Sequence[float], right: Sequence[bool], *, number: int = 10) -> list[Bin]:
    """Bins of equal width, without the empty ones; a chance of 1 belongs to the last."""
    places: dict[int, list[tuple[float, bool]]] = {}
    for chance, is_right in zip(chances, right, strict=True):
        places.setdefault(min(int(chance * number), number - 1), []).append((chance, is_right))
    return [
        Bin(
            place / number,
            (place + 1) / number,
            len(found),
            sum(chance for chance, _ in found) / len(found),
            sum(is_right for _, is_right in found) / len(found),
        )
        for place, found in sorted(places.items())
    ]


def calibration_error(found: Sequence[Bin]) -> float:
    """The mean distance of chance and share right, weighted by how many (Naeini et al. 2015)."""
    total = sum(place.count for place in found)
    return sum(place.count * abs(place.chance - place.right) for place in found) / total if total else 0.0


def reliability_table(found: Sequence[Bin]) -> Table:
    """The bins, and the error over all of them."""
    columns = (Column("count"), Column("mean chance", "%"), Column("right", "%"))
    rows = {f"{place.low:.1f} to {place.high:.1f}": (place.count, 100 * place.chance, 100 * place.right) for place in found}
    note = (
        f"The chance the retriever gives its first procedure, and how often that one is right, over all messages as typed "
        f"(of those to be declined none is right). Expected calibration error: {100 * calibration_error(found):.1f} points."
    )
    return Table(TITLE, columns, rows, note)


def curve(found: Sequence[Bin]) -> str:
    """The curve as SVG: chance to the right, share right upwards, a circle's area for how many."""
    most = max((place.count for place in found), default=1)
    points = [(place.chance * _SIZE, (1 - place.right) * _SIZE, 3 + 11 * (place.count / most) ** 0.5) for place in found]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y, _ in points)
    circles = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}"/>' for x, y, r in points)
    ticks = "".join(
        f'<text x="{share * _SIZE:.0f}" y="{_SIZE + 18}" text-anchor="middle">{share:g}</text>'
        f'<text x="-8" y="{(1 - share) * _SIZE + 4:.0f}" text-anchor="end">{share:g}</text>'
        for share in (0, 0.25, 0.5, 0.75, 1)
    )
    return (
        f'<svg class="curve" viewBox="-50 -18 {_SIZE + 72} {_SIZE + 62}" width="{_SIZE + 72}" role="img" '
        f'aria-label="Reliability curve: chance against share right">'
        f'<rect width="{_SIZE}" height="{_SIZE}"/><path d="M0 {_SIZE}L{_SIZE} 0"/><polyline points="{line}"/>{circles}{ticks}'
        f'<text x="{_SIZE / 2}" y="{_SIZE + 38}" text-anchor="middle">chance</text>'
        f'<text transform="translate(-38 {_SIZE / 2}) rotate(-90)" text-anchor="middle">share right</text></svg>'
    )
