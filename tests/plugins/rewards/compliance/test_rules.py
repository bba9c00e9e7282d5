"""Days and standings of what is owed, as tables of values."""

from datetime import date

import pytest

from core.workdays.rules import is_working_day
from plugins.rewards.compliance.rules.days import (
    Span,
    Timing,
    days_of,
    due_on,
    months_of,
    next_reminder_on,
    note_on,
    working_days_before,
)
from plugins.rewards.compliance.rules.standing import Debtor, standing
from plugins.rewards.compliance.terms import ExemptReason, ObligationState

NYEPI = frozenset({date(2026, 3, 19)})
MARCH = Span(3, date(2026, 3, 1), date(2026, 3, 31))


@pytest.mark.parametrize(
    ("today", "ends"),
    [
        (date(2025, 12, 31), []),
        (date(2026, 1, 1), [date(2026, 1, 31)]),
        (date(2026, 2, 1), [date(2026, 1, 31), date(2026, 2, 28)]),
        (date(2026, 3, 31), [date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 15)]),
        (date(2027, 3, 31), [date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 15)]),
    ],
)
def test_months_of_a_period_begin_one_after_the_other_and_are_cut_to_it(today, ends):
    spans = months_of(date(2026, 1, 1), date(2026, 3, 15), today)

    assert [span.last for span in spans] == ends
    assert [span.number for span in spans] == list(range(1, len(ends) + 1))


@pytest.mark.parametrize(
    ("last", "days", "off", "due"),
    [
        (date(2026, 2, 28), 5, frozenset(), date(2026, 3, 6)),
        (date(2026, 3, 13), 5, NYEPI, date(2026, 3, 23)),
        (date(2026, 1, 31), 0, frozenset(), date(2026, 1, 31)),
        (
            date(2026, 2, 28),
            5,
            days_of([(date(2026, 3, 2), date(2026, 3, 6))], MARCH.first, MARCH.last),
            date(2026, 3, 13),
        ),
    ],
)
def test_due_are_working_days_of_the_person(last, days, off, due):
    assert due_on(last, days, off) == due


def test_working_days_back_are_counted_as_those_ahead():
    for count in range(30):
        day = working_days_before(date(2026, 4, 1), count, NYEPI)
        ahead = sum(is_working_day(one, NYEPI) for one in days_of([(day, date(2026, 3, 31))], day, date(2026, 3, 31)))
        assert ahead == count


TIMING = Timing(due=5, remind=2, repeat=3, most=3, note=10)


@pytest.mark.parametrize(
    ("timing", "sent", "day"),
    [
        (TIMING, [], date(2026, 3, 4)),
        (TIMING, [date(2026, 3, 4)], date(2026, 3, 9)),
        (TIMING, [date(2026, 3, 4), date(2026, 3, 17)], date(2026, 3, 23)),
        (TIMING, [date(2026, 3, 4), date(2026, 3, 9), date(2026, 3, 12)], None),
        (Timing(5, -1, 3, 3, 10), [], date(2026, 3, 9)),
        (Timing(5, 0, 3, 3, 10), [], date(2026, 3, 6)),
        (Timing(5, 0, 3, 0, 10), [], None),
    ],
)
def test_reminders_follow_on_the_day_on_which_the_one_before_went_out(timing, sent, day):
    assert next_reminder_on(timing, date(2026, 3, 6), sent, NYEPI) == day


def test_the_superior_is_told_working_days_after_it_was_due():
    assert note_on(TIMING, date(2026, 3, 6), NYEPI) == date(2026, 3, 23)
    assert note_on(TIMING, date(2026, 3, 6), frozenset()) == date(2026, 3, 20)


AWAY_IN_MARCH = days_of([(MARCH.first, MARCH.last)], MARCH.first, date(2026, 5, 1))
AWAY_BUT_ONE_DAY = AWAY_IN_MARCH - {date(2026, 3, 31)}
STATE, WHY = ObligationState, ExemptReason


@pytest.mark.parametrize(
    ("debtor", "met_on", "due", "state", "reason"),
    [
        (Debtor(False, (), ()), None, date(2026, 4, 7), STATE.OPEN, None),
        (Debtor(False, (), ()), date(2026, 4, 7), date(2026, 4, 7), STATE.ON_TIME, None),
        (Debtor(False, (), ()), date(2026, 4, 8), date(2026, 4, 7), STATE.LATE, None),
        (Debtor(True, (), ()), None, date(2026, 4, 7), STATE.EXEMPT, WHY.STATUS),
        (Debtor(True, (), ()), date(2026, 4, 7), date(2026, 4, 7), STATE.ON_TIME, None),
        (Debtor(True, (), ()), date(2026, 4, 8), date(2026, 4, 7), STATE.EXEMPT, WHY.STATUS),
        (Debtor(False, AWAY_IN_MARCH, ()), None, date(2026, 4, 7), STATE.EXEMPT, WHY.LEAVE),
        (Debtor(False, AWAY_BUT_ONE_DAY, ()), None, date(2026, 4, 7), STATE.OPEN, None),
        (Debtor(False, (), [(date(2026, 4, 7), date(2026, 4, 7))]), None, date(2026, 4, 7), STATE.EXEMPT, WHY.GRANTED),
        (Debtor(False, (), [(date(2026, 3, 1), date(2026, 4, 6))]), None, date(2026, 4, 7), STATE.OPEN, None),
        (Debtor(False, (), [(date(2026, 4, 8), date(2026, 4, 9))]), None, date(2026, 4, 7), STATE.OPEN, None),
    ],
)
def test_how_something_owed_stands(debtor, met_on, due, state, reason):
    found = standing(MARCH, 5, debtor, met_on)

    assert (found.due_on, found.state, found.exempt_by) == (due, state, reason)
