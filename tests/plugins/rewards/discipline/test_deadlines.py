"""R16, R17 and every deadline of the data against an independent count over the real holidays."""

import csv
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plugins.rewards.discipline.rules.deadlines import due_on, effective_on, keeps_interval, working_days_after
from plugins.rewards.discipline.terms import ClockKind
from tests.plugins.rewards.discipline.contents import content
from tests.support.real_data import real_file

PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""How long drawing and counting take says nothing."""

PROCEDURES = [content("procedure_pns", 1), content("procedure_pppk", 1)]


@pytest.fixture(scope="module")
def holidays():
    """The holidays and days of collective leave of the real calendar."""
    with real_file("calendar/libur_nasional_2024_2026.csv").open(encoding="utf-8") as file:
        return frozenset(date.fromisoformat(row["tanggal"]) for row in csv.DictReader(file))


@pytest.fixture(scope="module")
def closed(holidays):
    return np.array(sorted(holidays), dtype="datetime64[D]")


def counted(day, days, closed):
    """Return the `days`-th working day after `day`, as numpy counts."""
    return np.busday_offset(day, days, roll="backward", holidays=closed).astype(object)


def test_r16_the_15th_working_day_after_receipt():
    received = date(2026, 7, 14)

    assert received.weekday() == 1
    assert effective_on(received, 15, ()) == date(2026, 8, 4)
    assert effective_on(received, 15, [date(2026, 7, 22)]) == date(2026, 8, 5)
    assert effective_on(received, 15, [received]) == date(2026, 8, 4)


def test_r17_delivery_and_dispatch():
    assert due_on(date(2026, 3, 2), 14, ()) == date(2026, 3, 20)
    assert due_on(date(2026, 3, 20), 3, ()) == date(2026, 3, 25)


def test_the_law_s_numbers_of_days():
    days = {kind: PROCEDURES[0].deadlines[kind].days for kind in ClockKind}

    assert days == {
        ClockKind.SUPERIOR_ACTS: 7,
        ClockKind.EXAMINATION_DAY: 7,
        ClockKind.SECOND_SUMMONS: 7,
        ClockKind.SECOND_EXAMINATION_DAY: 7,
        ClockKind.DELIVERY: 14,
        ClockKind.DISPATCH: 3,
        ClockKind.OBJECTION: 14,
        ClockKind.APPEAL: 14,
        ClockKind.OBJECTION_DECISION: 21,
        ClockKind.APPEAL_ANSWER: 21,
        ClockKind.APPEAL_DECISION: 65,
    }
    assert PROCEDURES[0].effect.days == 15


@pytest.mark.parametrize("procedure", PROCEDURES)
@pytest.mark.parametrize("kind", list(ClockKind))
def test_every_deadline_from_every_day_of_three_years(kind, procedure, holidays, closed):
    days = procedure.deadlines[kind].days
    starts = [date(2024, 1, 1) + timedelta(days=number) for number in range(1000)]

    wrong = [day for day in starts if due_on(day, days, holidays) != counted(day, days, closed)]

    assert wrong == []


def test_the_day_of_effect_from_every_day_of_three_years(holidays, closed):
    starts = [date(2024, 1, 1) + timedelta(days=number) for number in range(1000)]

    assert [day for day in starts if effective_on(day, 15, holidays) != counted(day, 15, closed)] == []


def test_a_deadline_over_the_long_leave_of_a_real_year(holidays):
    """Nyepi and Idul Fitri 2026 take five working days out of the time to deliver."""
    assert due_on(date(2026, 3, 2), 14, holidays) > date(2026, 3, 20)


@PATIENT
@given(
    start=st.dates(date(2024, 1, 1), date(2026, 12, 31)),
    later=st.integers(-20, 60),
    free=st.sets(st.dates(date(2024, 1, 1), date(2027, 3, 1)), max_size=40),
)
def test_working_days_after_a_day_are_those_of_numpy(start, later, free):
    end = start + timedelta(days=later)
    closed = np.array(sorted(free), dtype="datetime64[D]")
    expected = max(0, int(np.busday_count(start + timedelta(days=1), end + timedelta(days=1), holidays=closed)))

    assert working_days_after(start, end, free) == expected


@pytest.mark.parametrize(
    ("examine_on", "at_most", "at_least"),
    [
        (date(2026, 3, 10), True, False),
        (date(2026, 3, 11), True, True),
        (date(2026, 3, 12), False, True),
    ],
)
def test_the_interval_between_summons_and_examination_is_read_both_ways(examine_on, at_most, at_least):
    summoned_on = date(2026, 3, 2)

    assert keeps_interval(summoned_on, examine_on, 7, "at_most", ()) is at_most
    assert keeps_interval(summoned_on, examine_on, 7, "at_least", ()) is at_least
