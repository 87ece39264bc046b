"""What a dashboard shows, read at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.engine import Connection

from console.dashboards.span import Span
from motcua.conversations.figures import Figure, figures_by, figures_by_channel, figures_by_day, waited_at_most
from motcua.conversations.shares import Share, judged_right

# How a turn may end, as the first word of its status says it; each has its words in labels.vi.yml.
FAMILIES = ("answered", "asked", "declined", "handed", "referred", "smalltalk", "failed")
MOST_DAYS = 62  # more are shown by month

Rows = Mapping[str, Figure]


@dataclass(frozen=True)
class Dashboard:
    """Figures of a span, by what they are counted by; waits are in ms."""

    whole: Figure
    times: Rows
    is_by_month: bool
    hours: Rows
    channels: Rows
    procedures: Rows
    places: Rows
    waits: Rows
    right: Share
    usual_wait: int | None
    long_wait: int | None

    @property
    def helpful(self) -> Share:
        """Of the opinions citizens gave, the good ones."""
        return Share(self.whole.helpful, self.whole.helpful + self.whole.unhelpful)

    def family(self, name: str) -> Share:
        """Of the turns that ended, those that ended so."""
        return Share(self.whole.families()[name], self.whole.ended)


def read_dashboard(connection: Connection, span: Span) -> Dashboard:
    """The figures of a span; `refresh_figures` comes first."""
    days = {"since": span.since, "until": span.until}
    by_day = figures_by_day(connection, **days, channel=span.channel or None)
    by = {
        name: figures_by(connection, name, **days, channel=span.channel or None)
        for name in ("all", "hour", "procedure", "place", "wait")
    }
    is_by_month = span.days > MOST_DAYS
    return Dashboard(
        whole=by["all"].get("", Figure()),
        times=_by_month(by_day) if is_by_month else {day.strftime("%d/%m/%Y"): figure for day, figure in by_day.items()},
        is_by_month=is_by_month,
        hours=dict(sorted(by["hour"].items(), key=lambda item: int(item[0]))),
        channels=_biggest_first(figures_by_channel(connection, **days)),
        procedures=_biggest_first(by["procedure"]),
        places=_biggest_first(by["place"]),
        waits=by["wait"],
        right=judged_right(connection, **days, channel=span.channel or None),
        usual_wait=waited_at_most(by["wait"], 0.5),
        long_wait=waited_at_most(by["wait"], 0.95),
    )


def _by_month(days: Mapping[date, Figure]) -> Rows:
    months: dict[str, Figure] = {}
    for day, figure in days.items():
        month = months.setdefault(day.strftime("%m/%Y"), Figure())
        month.statuses.update(figure.statuses)
        month.helpful += figure.helpful
        month.unhelpful += figure.unhelpful
    return months


def _biggest_first(figures: Rows) -> Rows:
    return dict(sorted(figures.items(), key=lambda item: (-item[1].turns, item[0])))
