"""Which turns a dashboard is about: a state of the page that is a URL."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from console.days import read_day
from console.pages import HANOI

USUAL = 30  # days


@dataclass(frozen=True)
class Span:
    """From one day to another, both included; `channel` is empty for all of them."""

    since: date
    until: date
    channel: str = ""

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.until - self.since).days + 1

    def query(self) -> str:
        """The query string of a URL."""
        told = {"since": self.since.isoformat(), "until": self.until.isoformat(), "channel": self.channel}
        return urlencode({name: value for name, value in told.items() if value})

    def last(self, days: int) -> "Span":
        """So many days up to the same end."""
        return Span(self.until - timedelta(days - 1), self.until, self.channel)


def read_span(since: str, until: str, channel: str, *, now: float) -> tuple[Span, list[str]]:
    """The span, and the names of the fields that hold no day; what is not told is the last month up to today."""
    faults = [name for name, typed in (("since", since), ("until", until)) if typed and read_day(typed) is None]
    last = read_day(until) or datetime.fromtimestamp(now, HANOI).date()
    first = read_day(since) or last - timedelta(USUAL - 1)
    return Span(min(first, last), max(first, last), channel), faults
