from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.queueing.rules.quotas import QuotaLine, Taken, free_of, quota_for

MONDAY, TUESDAY = date(2026, 3, 2), date(2026, 3, 3)
DAY_SLOT = QuotaLine(1, day=MONDAY, slot="08:00")
DAY = QuotaLine(2, day=MONDAY)
WEEKDAY_SLOT = QuotaLine(3, weekday=0, slot="08:00")
WEEKDAY = QuotaLine(4, weekday=0)
SLOT = QuotaLine(5, slot="08:00")
ANY = QuotaLine(6)
ALL = [ANY, SLOT, WEEKDAY, WEEKDAY_SLOT, DAY, DAY_SLOT]


@pytest.mark.parametrize(
    ("lines", "day", "slot", "expected"),
    [
        (ALL, MONDAY, "08:00", DAY_SLOT),
        (ALL[:-1], MONDAY, "08:00", DAY),
        (ALL[:-2], MONDAY, "08:00", WEEKDAY_SLOT),
        (ALL[:-3], MONDAY, "08:00", WEEKDAY),
        (ALL[:-4], MONDAY, "08:00", SLOT),
        (ALL[:-5], MONDAY, "08:00", ANY),
        ([], MONDAY, "08:00", None),
        (ALL, MONDAY, "08:30", DAY),
        (ALL, MONDAY, "", DAY),
        (ALL, TUESDAY, "08:00", SLOT),
        (ALL, TUESDAY, "08:30", ANY),
        ([DAY_SLOT, WEEKDAY_SLOT, SLOT], MONDAY, "", None),
        ([DAY, WEEKDAY], TUESDAY, "", None),
    ],
)
def test_the_most_particular_quota_counts(lines, day, slot, expected):
    assert quota_for(lines, day, slot) is expected
    assert quota_for(reversed(lines), day, slot) is expected


@pytest.mark.parametrize(
    ("quota", "reserve", "tickets", "booked", "online", "on_site"),
    [
        (10, 3, 0, 0, 7, 10),
        (10, 3, 6, 6, 1, 4),
        (10, 3, 7, 7, 0, 3),
        (10, 3, 9, 5, 1, 1),
        (10, 3, 10, 7, 0, 0),
        (10, 0, 12, 12, 0, 0),
        (0, 0, 0, 0, 0, 0),
    ],
)
def test_the_reserve_is_kept_from_bookings(quota, reserve, tickets, booked, online, on_site):
    line, taken = QuotaLine(quota, reserve), Taken(tickets, booked)
    assert free_of(line, taken, is_booking=True) == online
    assert free_of(line, taken, is_booking=False) == on_site


@settings(deadline=None)
@given(st.integers(0, 30), st.integers(0, 30), st.lists(st.booleans(), max_size=80))
def test_given_out_one_by_one_no_quota_is_exceeded_and_the_reserve_stays(quota, reserve, wishes):
    line, tickets, booked = QuotaLine(quota, min(reserve, quota)), 0, 0
    for is_booking in wishes:
        if free_of(line, Taken(tickets, booked), is_booking=is_booking):
            tickets, booked = tickets + 1, booked + is_booking
    assert tickets <= quota
    assert booked <= quota - line.walk_in_reserve
