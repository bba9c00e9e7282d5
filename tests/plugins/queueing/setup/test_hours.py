from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.queueing.rules.hours import (
    HoursFault,
    HoursLine,
    faults_of,
    local_time,
    minute_of,
    moment_of,
    open_spans,
    slot_at,
    slots_in,
    takes_bookings,
    time_of,
)
from plugins.queueing.terms import HoursKind

OPEN, BREAK = HoursKind.OPEN, HoursKind.BREAK
EPOCH = datetime(2020, 1, 1, tzinfo=UTC)


def line(text, weekday=0):
    kind = BREAK if text.startswith("-") else OPEN
    return HoursLine(weekday, *text.removeprefix("-").split("…"), kind)


@pytest.mark.parametrize(
    ("texts", "spans"),
    [
        ([], []),
        (["08:00…15:00"], [("08:00", "15:00")]),
        (["08:00…15:00", "-12:00…13:00"], [("08:00", "12:00"), ("13:00", "15:00")]),
        (["13:00…15:00", "08:00…12:00"], [("08:00", "12:00"), ("13:00", "15:00")]),
        (["08:00…12:00", "12:00…15:00"], [("08:00", "15:00")]),
        (["08:00…15:00", "-08:00…09:00", "-14:30…15:00"], [("09:00", "14:30")]),
        (["00:00…24:00"], [("00:00", "24:00")]),
        (["08:00…09:00", "-08:00…09:00"], []),
    ],
)
def test_a_day_is_its_spans_without_the_breaks(texts, spans):
    lines = [line(text) for text in texts]
    assert open_spans(lines, 0) == spans
    assert open_spans(lines, 1) == []


@pytest.mark.parametrize(
    ("spans", "minutes", "starts"),
    [
        ([("08:00", "10:00")], 60, ["08:00", "09:00"]),
        ([("08:00", "09:15"), ("13:00", "13:30")], 30, ["08:00", "08:30", "13:00"]),
        ([("08:00", "08:20")], 30, []),
        ([("22:00", "24:00")], 120, ["22:00"]),
    ],
)
def test_slots_begin_with_each_span_and_end_within_it(spans, minutes, starts):
    assert [start for start, _end in slots_in(spans, minutes)] == starts


def test_a_time_belongs_to_the_slot_that_runs_or_comes_next():
    slots = slots_in([("08:00", "09:00"), ("13:00", "14:00")], 30)
    times = ("07:59", "08:29", "08:30", "09:00", "13:59", "14:00")
    assert [slot_at(slots, time) for time in times] == ["08:00", "08:00", "08:30", "13:00", "13:30", ""]


@pytest.mark.parametrize(
    ("texts", "faults"),
    [
        (["08:00…15:00", "-12:00…13:00", "16:00…17:00"], []),
        (["08:00…12:00", "11:59…15:00"], [(1, HoursFault.OVERLAP)]),
        (["08:00…15:00", "-09:00…10:00", "-09:30…11:00"], [(2, HoursFault.OVERLAP)]),
        (["08:00…12:00", "-12:00…13:00", "13:00…15:00"], [(1, HoursFault.BREAK_OUTSIDE)]),
        (["08:00…12:00", "12:00…15:00", "-11:30…12:30"], []),
        (["15:00…08:00"], [(0, HoursFault.REVERSED)]),
        (["08:00…08:00"], [(0, HoursFault.REVERSED)]),
        (["8:00…15:00", "08:00…24:01"], [(0, HoursFault.TIME), (1, HoursFault.TIME)]),
        (["08:00…12:00", "-08:00…12:00"], [(0, HoursFault.NOTHING_LEFT), (1, HoursFault.NOTHING_LEFT)]),
    ],
)
def test_each_wrong_line_of_a_week_is_named(texts, faults):
    assert faults_of([line(text) for text in texts]) == faults


def test_lines_of_different_days_do_not_disturb_each_other():
    assert faults_of([line("08:00…15:00", day) for day in range(7)]) == []
    assert faults_of([line("08:00…15:00"), line("-12:00…13:00", 1)]) == [(1, HoursFault.BREAK_OUTSIDE)]
    assert faults_of([line("08:00…15:00", 7)]) == [(0, HoursFault.WEEKDAY)]


MINUTES = st.integers(0, 1440)
LINES = st.lists(
    st.builds(
        lambda weekday, ends, kind: HoursLine(weekday, time_of(min(ends)), time_of(max(ends)), kind),
        st.integers(0, 1),
        st.tuples(MINUTES, MINUTES).filter(lambda ends: ends[0] != ends[1]),
        st.sampled_from(HoursKind),
    ),
    max_size=6,
)


@settings(deadline=None)
@given(LINES, MINUTES.filter(lambda minute: minute < 1440), st.integers(5, 240))
def test_a_minute_is_served_if_some_line_opens_it_and_no_break_takes_it(lines, minute, length):
    def covers(kind):
        return any(
            one.kind is kind and one.weekday == 0 and minute_of(one.starts_at) <= minute < minute_of(one.ends_at)
            for one in lines
        )

    spans = open_spans(lines, 0)
    assert any(minute_of(start) <= minute < minute_of(end) for start, end in spans) == (
        covers(OPEN) and not covers(BREAK)
    )
    assert all(one[1] < other[0] for one, other in pairwise(spans))
    for start, end in slots_in(spans, length):
        assert minute_of(end) - minute_of(start) == length
        assert any(first <= start and end <= last for first, last in spans)


@settings(deadline=None)
@given(
    st.sampled_from(["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura", "Europe/Berlin", "Australia/Lord_Howe"]),
    st.integers(0, 10 * 366 * 24 * 60).map(lambda minute: EPOCH + timedelta(minutes=minute)),
)
def test_a_moment_and_its_local_time_say_the_same(name, moment):
    zone = ZoneInfo(name)
    day, time = local_time(moment, zone)
    again = moment_of(day, time, zone)
    assert local_time(again, zone) == (day, time)
    # Only an hour that comes twice has two moments, and then the first is meant.
    assert again == moment or moment - again in {timedelta(hours=1), timedelta(minutes=30)}
    if name.startswith("Asia/"):
        assert again == moment


def test_times_around_the_change_of_clocks():
    berlin = ZoneInfo("Europe/Berlin")
    assert moment_of(date(2026, 3, 29), "02:30", berlin) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert moment_of(date(2026, 10, 25), "02:30", berlin) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert moment_of(date(2026, 3, 28), "24:00", berlin) == datetime(2026, 3, 28, 23, 0, tzinfo=UTC)
    assert moment_of(date(2026, 3, 29), "24:00", berlin) == datetime(2026, 3, 29, 22, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "hour", "ahead", "hours", "takes"),
    [
        (2, 8, 7, 1, True),
        (2, 7, 7, 1, True),
        (2, 6, 7, 1, False),
        (2, 6, 7, 0, True),
        (9, 6, 7, 1, True),
        (10, 6, 7, 1, False),
        (1, 23, 7, 1, False),
        (2, 23, 0, 0, False),
    ],
)
def test_the_booking_window(day, hour, ahead, hours, takes):
    now, today = datetime(2026, 3, 2, 6, 0, tzinfo=UTC), date(2026, 3, 2)
    starts = datetime(2026, 3, day, hour, 0, tzinfo=UTC)
    assert takes_bookings(starts, now, date(2026, 3, day), today, days_ahead=ahead, hours=hours) is takes
