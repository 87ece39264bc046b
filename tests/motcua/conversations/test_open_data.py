"""What may be published: counts of months that are over, none of which points at anybody."""

from datetime import date

import pytest

from motcua.conversations.counting import days_of, month_of, refresh_figures
from motcua.conversations.open_data import kept_back, open_rows
from motcua.conversations.store import ConversationStore
from tests.motcua.conversations.conftest import DAY, Keep


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"a": 5, "b": 60}, {"a": 5, "b": 60}),
        ({"a": 1, "b": 60, "c": 9}, {"a": None, "b": 60, "c": None}),  # else the sum of all would tell it
        ({"a": 1, "b": 2, "c": 9, "d": 10}, {"a": None, "b": None, "c": None, "d": 10}),
        ({"a": 3, "b": 4, "c": 9}, {"a": None, "b": None, "c": 9}),
        ({"a": 1}, {"a": None}),
    ],
)
def test_small_counts_are_kept_back_and_cannot_be_told_from_the_sum(cells: dict[str, int], told: dict[str, int | None]) -> None:
    assert kept_back(cells) == told


def test_only_months_that_are_over_and_turns_that_ended_are_told(store: ConversationStore, keep: Keep) -> None:
    for _ in range(6):
        keep(status="answered_from_guide", procedure="1.001193", channel="web", place="09187")
    keep(status="declined_no_guide", channel="web")
    keep(channel="web")
    with store.writing() as connection:
        refresh_figures(connection)
    first, last = days_of(month_of(DAY))
    with store.reading() as connection:
        rows = list(open_rows(connection, since=first, until=last, today=date(2026, 11, 18)))
        assert list(open_rows(connection, since=first, until=last, today=last)) == []
    month = first.strftime("%Y-%m")
    assert rows == [
        (month, "channel", "web", "answered", 6),
        (month, "channel", "web", "declined", None),
        (month, "hour", "9", "answered", 6),
        (month, "hour", "9", "declined", None),
        (month, "procedure", "1.001193", "answered", 6),
        (month, "place", "09187", "answered", 6),
    ]
