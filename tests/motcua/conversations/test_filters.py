"""Every state of the list is a URL, and the URL gives the same state back."""

from datetime import date

import pytest

from motcua.conversations.filters import FilterFault, Filters, chosen_filters, read_filters


@pytest.mark.parametrize(
    "filters",
    [
        Filters(),
        Filters(text='"khai sinh" lệ phí & 100%', match="any", since=date(2026, 11, 1), until=date(2026, 11, 30)),
        chosen_filters(status=["failed", "declined_no_guide"], channel="web", confidence=(0, 40)),
        chosen_filters(tag="hay hỏi", feedback="unclear", handed_over="yes", length=["6-10", "21+"], place="27-1"),
        Filters(unread_by="lan@ubnd", confidence=(100, 100)),
    ],
)
def test_a_url_gives_the_filters_back(filters: Filters) -> None:
    assert read_filters(filters.query()) == filters


def test_no_filters_have_no_query() -> None:
    assert Filters().query() == ""


def test_the_same_filters_have_the_same_url_in_whatever_order_they_were_chosen() -> None:
    assert read_filters("channel=web&status=failed").query() == read_filters("status=failed&channel=web").query()


def test_what_is_not_about_filters_is_left_aside() -> None:
    assert read_filters("page=3&lang=vi&status=failed") == chosen_filters(status="failed")


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("since=hôm qua", "since: found 'hôm qua', expected a day such as 2026-11-30"),
        ("confidence=40-0", "confidence: found '40-0', expected percents such as 0-40"),
        ("confidence=0-400", "confidence: found '0-400', expected percents such as 0-40"),
        ("match=some", "match: found 'some', expected all or any"),
        ("length=7", "length: found '7', expected 1, 2, 3-5, 6-10, 11-20, 21+"),
        ("handed_over=maybe", "handed_over: found 'maybe', expected yes, no"),
    ],
)
def test_a_url_that_is_no_filter_is_told_what_is_wrong(query: str, told: str) -> None:
    with pytest.raises(FilterFault) as fault:
        read_filters(query)
    assert str(fault.value) == told


def test_an_unknown_facet_is_named() -> None:
    with pytest.raises(FilterFault):
        chosen_filters(colour="red")
