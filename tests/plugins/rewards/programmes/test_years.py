"""Years of service: since when, how many, with leap days, restarts, and numbers that say too little."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.rewards.programmes.rules.years import Service, first_day, service_on, start_in_number, years_later

PNS = "199005172015031002"
PPPK = "199005172023211001"


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (PNS, date(2015, 3, 1)),
        ("199005172015121002", date(2015, 12, 1)),
        (PPPK, None),
        ("199005172015001002", None),
        ("199005172015131002", None),
        ("130123456", None),
        ("1990051720150310xx", None),
    ],
)
def test_the_number_of_a_pns_carries_the_first_month(number, expected):
    assert start_in_number(number) == expected


@pytest.mark.parametrize(
    ("number", "joined_on", "expected"),
    [
        (PNS, None, date(2015, 3, 1)),
        (PNS, date(2015, 3, 1), date(2015, 3, 1)),
        # Service as an honorary before does not count; whoever came back later begins anew.
        (PNS, date(2012, 1, 1), date(2015, 3, 1)),
        (PNS, date(2018, 7, 1), date(2018, 7, 1)),
        (PPPK, date(2023, 4, 1), date(2023, 4, 1)),
        (PPPK, None, None),
    ],
)
def test_service_begins_with_the_later_of_both(number, joined_on, expected):
    assert first_day(number, joined_on) == expected


@pytest.mark.parametrize(
    ("day", "start", "expected"),
    [
        (date(2025, 3, 1), date(2015, 3, 1), (10, 0)),
        (date(2025, 2, 28), date(2015, 3, 1), (9, 364)),
        (date(2025, 3, 2), date(2015, 3, 1), (10, 1)),
        # The day before 1 March of a leap year is the 29th, and the year has 366 days.
        (date(2024, 2, 29), date(2014, 3, 1), (9, 365)),
        (date(2024, 3, 1), date(2014, 3, 1), (10, 0)),
        (date(2035, 3, 1), date(2015, 3, 1), (20, 0)),
        (date(2045, 2, 28), date(2015, 3, 1), (29, 364)),
        (date(2045, 3, 1), date(2015, 3, 1), (30, 0)),
        (date(2026, 2, 28), date(2016, 2, 29), (9, 364)),
        (date(2026, 3, 1), date(2016, 2, 29), (10, 0)),
        (date(2028, 2, 29), date(2016, 2, 29), (12, 0)),
        (date(2015, 3, 1), date(2015, 3, 1), (0, 0)),
    ],
)
def test_years_are_full_on_the_same_day_of_the_year(day, start, expected):
    service = service_on(day, start)

    assert (service.years, service.days) == expected


def test_nobody_has_served_before_the_first_day():
    assert service_on(date(2015, 2, 28), date(2015, 3, 1)) == Service(date(2015, 3, 1))
    assert service_on(date(2015, 2, 28), None) == Service(None)


@pytest.mark.parametrize(
    ("breaks", "expected"),
    [
        ([date(2016, 12, 31)], Service(date(2017, 1, 1), 9, 0)),
        ([date(2016, 12, 31), date(2014, 5, 31)], Service(date(2017, 1, 1), 9, 0)),
        ([date(2025, 12, 31)], Service(date(2026, 1, 1), 0, 0)),
        ([date(2026, 1, 1)], Service(None)),
        ([None], Service(None)),
    ],
)
def test_counting_begins_anew_after_an_interruption(breaks, expected):
    assert service_on(date(2026, 1, 1), date(2010, 1, 1), breaks) == expected


@given(st.dates(date(1980, 1, 1), date(2030, 1, 1)), st.integers(0, 40))
def test_years_later_is_never_early_and_at_most_a_day_late(start, years):
    found = years_later(start, years)

    assert found.year == start.year + years
    assert (found.month, found.day) in {(start.month, start.day), (3, 1)}
    assert service_on(found, start).years == years
    assert service_on(found.fromordinal(found.toordinal() - 1), start).years < max(years, 1)
