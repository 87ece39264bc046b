"""What a dashboard shows: counted by day, hour, channel, procedure, field, place and wait."""

from datetime import timedelta

from motcua.conversations.counting import days_of, month_of, refresh_figures
from motcua.conversations.figures import (
    Figure,
    figures_by,
    figures_by_channel,
    figures_by_day,
    waited_at_most,
)
from motcua.conversations.moments import DAY_MS, HOUR_MS, day_number, day_of
from motcua.conversations.store import ConversationStore
from motcua.conversations.turns import Turn
from tests.motcua.conversations.conftest import DAY, MORNING, Keep

NEXT = DAY + timedelta(days=1)


def _fill(store: ConversationStore, keep: Keep) -> None:
    keep(status="answered_from_guide", procedure="1.001193", channel="web", place="09127", ms=200, helpful=True)
    keep(status="answered_from_guide", procedure="1.001193", channel="zalo_oa", ms=900, helpful=False)
    keep(status="declined_no_guide", channel="zalo_oa", ms=40_000, at=MORNING + HOUR_MS)
    keep(status="failed_actions", channel="web", at=MORNING + DAY_MS)
    with store.writing() as connection:
        refresh_figures(connection)


def _turns(figures: dict[str, Figure]) -> dict[str, int]:
    return {value: figure.turns for value, figure in figures.items()}


def test_figures_are_counted_by_each_dimension(store: ConversationStore, keep: Keep) -> None:
    _fill(store, keep)
    with store.reading() as connection:
        by = {name: figures_by(connection, name, since=DAY, until=NEXT) for name in ("procedure", "hour", "place", "wait")}
        days, channels = (
            figures_by_day(connection, since=DAY, until=NEXT),
            figures_by_channel(connection, since=DAY, until=NEXT),
        )
        on_web = figures_by(connection, "hour", since=DAY, until=NEXT, channel="web")
    assert _turns(by["procedure"]) == {"1.001193": 2}
    assert _turns(by["hour"]) == {"9": 3, "10": 1}
    assert _turns(by["place"]) == {"09127": 1}
    assert _turns(by["wait"]) == {"250": 1, "1000": 1, "more": 1}
    assert (by["procedure"]["1.001193"].helpful, by["procedure"]["1.001193"].unhelpful) == (1, 1)
    assert {day: dict(figure.families()) for day, figure in days.items()} == {
        DAY: {"answered": 2, "declined": 1}, NEXT: {"failed": 1},
    }  # fmt: skip
    assert _turns(channels) == {"web": 2, "zalo_oa": 2}
    assert _turns(on_web) == {"9": 2}


def test_the_wait_that_most_did_not_exceed(store: ConversationStore, keep: Keep) -> None:
    _fill(store, keep)
    with store.reading() as connection:
        waits = figures_by(connection, "wait", since=DAY, until=DAY)
    assert [waited_at_most(waits, share) for share in (0.3, 0.5, 0.99)] == [250, 1000, None]
    assert waited_at_most({}, 0.5) is None


def test_a_day_that_changed_is_counted_anew_and_only_that(store: ConversationStore, keep: Keep) -> None:
    _fill(store, keep)
    store.keep(Turn("cuoc-1", "tin-0", MORNING, status="handed_over"))
    with store.writing() as connection:
        refresh_figures(connection)
        refresh_figures(connection)
        days = figures_by_day(connection, since=DAY, until=NEXT)
    assert {day: figure.turns for day, figure in days.items()} == {DAY: 3, NEXT: 1}
    assert days[DAY].statuses["handed_over"] == 1


def test_whole_months_and_the_days_beside_them_are_counted_once(store: ConversationStore, keep: Keep) -> None:
    first, last = days_of(month_of(DAY))
    moments = [
        MORNING + (day - DAY).days * DAY_MS for day in (first - timedelta(days=1), first, last, last + timedelta(days=1))
    ]
    for moment in moments:
        keep(status="smalltalk", channel="web", at=moment)
    for today in (DAY, last + timedelta(days=1), last + timedelta(days=90)):  # within the month, behind it, long behind it
        with store.writing() as connection:
            refresh_figures(connection, today=today)
            for since, until, turns in ((moments[0], moments[3], 4), (moments[1], moments[2], 2), (moments[2], moments[3], 2)):
                days = {"since": day_of(day_number(since)), "until": day_of(day_number(until))}
                assert _turns(figures_by(connection, "hour", **days)) == {"9": turns}
                assert _turns(figures_by_channel(connection, **days)) == {"web": turns}
                assert sum(figure.turns for figure in figures_by_day(connection, **days).values()) == turns
        keep(status="smalltalk", channel="web", conversation=str(today), at=MORNING + 400 * DAY_MS)  # so that there is work


def test_a_month_that_is_over_is_counted_anew_when_a_turn_of_it_changes(store: ConversationStore, keep: Keep) -> None:
    _fill(store, keep)
    keep(status="smalltalk", channel="web")
    first, last = days_of(month_of(DAY))
    with store.writing() as connection:
        refresh_figures(connection)
        assert _turns(figures_by_channel(connection, since=first, until=last)) == {"web": 3, "zalo_oa": 2}


def test_other_days_are_left_out(store: ConversationStore, keep: Keep) -> None:
    _fill(store, keep)
    with store.reading() as connection:
        assert figures_by_day(connection, since=NEXT, until=NEXT).keys() == {NEXT}
