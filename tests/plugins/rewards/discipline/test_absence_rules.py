"""R12 to R15: what absence means, by the tables of the law and by an independent count."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plugins.rewards.discipline.rules.absence import absence_outcome, absence_sanction, rows_of_days
from plugins.rewards.discipline.rules.contents import AbsenceBands
from tests.plugins.rewards.discipline.contents import NEW, OLD

PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""How long drawing and counting take says nothing."""

FIRST, LAST = date(2024, 1, 1), date(2026, 12, 31)
NEW_TABLE = (
    (0, 2, None),
    (3, 3, "LIGHT_1"),
    (4, 6, "LIGHT_2"),
    (7, 10, "LIGHT_3"),
    (11, 13, "MEDIUM_1"),
    (14, 16, "MEDIUM_2"),
    (17, 20, "MEDIUM_3"),
    (21, 24, "HEAVY_1"),
    (25, 27, "HEAVY_2"),
    (28, 262, "HEAVY_3"),
)
OLD_TABLE = (
    (0, 4, None),
    (5, 5, "LIGHT_1"),
    (6, 10, "LIGHT_2"),
    (11, 15, "LIGHT_3"),
    (16, 20, "MEDIUM_1"),
    (21, 25, "MEDIUM_2"),
    (26, 30, "MEDIUM_3"),
    (31, 35, "HEAVY_1"),
    (36, 40, "HEAVY_2"),
    (41, 45, "HEAVY_3"),
    (46, 262, "HEAVY_4"),
)


def spread(table):
    return [(days, sanction) for low, high, sanction in table for days in range(low, high + 1)]


@pytest.mark.parametrize(
    ("days", "sanction"),
    [
        (2, None),
        (3, "LIGHT_1"),
        (4, "LIGHT_2"),
        (6, "LIGHT_2"),
        (7, "LIGHT_3"),
        (10, "LIGHT_3"),
        (11, "MEDIUM_1"),
        (13, "MEDIUM_1"),
        (14, "MEDIUM_2"),
        (16, "MEDIUM_2"),
        (17, "MEDIUM_3"),
        (20, "MEDIUM_3"),
        (21, "HEAVY_1"),
        (24, "HEAVY_1"),
        (25, "HEAVY_2"),
        (27, "HEAVY_2"),
        (28, "HEAVY_3"),
    ],
)
def test_r12_every_value_of_the_domain(days, sanction):
    assert absence_sanction(days, NEW) == sanction


@pytest.mark.parametrize(("bands", "table"), [(NEW, NEW_TABLE), (OLD, OLD_TABLE)])
def test_every_number_of_days_of_a_year_before_and_after_31_august_2021(bands, table):
    assert [(days, absence_sanction(days, bands)) for days in range(263)] == spread(table)


def test_bands_that_somebody_edited_hold_as_well():
    edited = AbsenceBands.model_validate(
        {
            **NEW.model_dump(),
            "bands": [{"days_from": 5, "sanction": "LIGHT_2"}, {"days_from": 9, "sanction": "HEAVY_1"}],
        }
    )

    found = [absence_sanction(days, edited) for days in (0, 4, 5, 8, 9, 300)]
    assert found == [None, None, "LIGHT_2", "LIGHT_2", "HEAVY_1", "HEAVY_1"]


def weekdays(first, count, step=1):
    """Return `count` working days from `first` on without holidays, every `step`-th."""
    return [one.astype(object) for one in np.busday_offset(first, np.arange(count) * step, roll="forward")]


@pytest.mark.parametrize("start", [date(2024, 3, 4), date(2024, 3, 6), date(2024, 3, 8)])
def test_r13_ten_in_a_row_are_dismissal_and_the_salary_stops(start):
    ten = absence_outcome(weekdays(start, 10), 2024, NEW, ())

    assert (ten.sanction, ten.longest_row, len(ten.in_a_row)) == ("HEAVY_3", 10, 10)
    assert ten.salary_stops_from == date(2024, 4, 1)


def test_r13_nine_in_a_row_are_a_statement_of_dissatisfaction():
    nine = absence_outcome(weekdays(date(2024, 3, 4), 9), 2024, NEW, ())

    assert (nine.sanction, nine.longest_row, nine.in_a_row, nine.salary_stops_from) == ("LIGHT_3", 9, (), None)


def test_ten_days_that_are_not_in_a_row_are_no_dismissal():
    days = weekdays(date(2024, 3, 4), 10, step=2)

    outcome = absence_outcome(days, 2024, NEW, ())

    assert (outcome.sanction, outcome.longest_row) == ("LIGHT_3", 1)


def test_a_holiday_neither_breaks_a_row_nor_counts():
    days = weekdays(date(2024, 3, 4), 10)
    holiday = days[5]

    assert absence_outcome(days, 2024, NEW, [holiday]).longest_row == 9
    without = [day for day in days if day != holiday]
    assert absence_outcome(without, 2024, NEW, [holiday]).longest_row == 9
    assert absence_outcome(without, 2024, NEW, ()).longest_row == 5


def test_weekends_that_somebody_entered_as_absent_do_not_count():
    days = [date(2024, 3, 9), date(2024, 3, 10), date(2024, 3, 11), date(2024, 3, 12)]

    assert absence_outcome(days, 2024, NEW, ()).sanction is None


def test_the_month_after_december_is_january():
    ten = absence_outcome(weekdays(date(2024, 12, 9), 10), 2024, NEW, ())

    assert ten.salary_stops_from == date(2025, 1, 1)


def test_r14_the_count_begins_anew_with_the_calendar_year():
    days = [date(2024, 12, 2), date(2024, 12, 4), date(2025, 1, 7), date(2025, 1, 9)]

    assert absence_outcome(days, 2024, NEW, ()).sanction is None
    assert absence_outcome(days, 2025, NEW, ()).sanction is None
    assert absence_outcome(days, 2025, NEW, ()).days == (date(2025, 1, 7), date(2025, 1, 9))


def test_a_row_over_new_year_belongs_to_the_year_in_which_it_is_long_enough():
    days = weekdays(date(2024, 12, 23), 12)

    assert absence_outcome(days, 2024, NEW, ()).sanction == "LIGHT_3"
    assert absence_outcome(days, 2025, NEW, ()).sanction == "HEAVY_3"
    assert absence_outcome(days, 2025, NEW, ()).salary_stops_from == date(2025, 2, 1)


def test_r15_twelve_days_in_2015_and_in_2024():
    assert absence_outcome(weekdays(date(2015, 1, 5), 12, step=3), 2015, OLD, ()).sanction == "LIGHT_3"
    assert absence_outcome(weekdays(date(2024, 1, 3), 12, step=3), 2024, NEW, ()).sanction == "MEDIUM_1"


def test_the_former_rule_knew_no_ten_days_in_a_row():
    outcome = absence_outcome(weekdays(date(2015, 3, 2), 10), 2015, OLD, ())

    assert (outcome.sanction, outcome.salary_stops_from) == ("LIGHT_2", None)


DAYS = st.sets(st.integers(0, (LAST - FIRST).days), max_size=40).map(
    lambda numbers: {FIRST + timedelta(days=number) for number in numbers}
)


@PATIENT
@given(absent=DAYS, holidays=DAYS)
def test_rows_are_those_of_an_independent_count(absent, holidays):
    closed = np.array(sorted(holidays), dtype="datetime64[D]")
    days = np.array(sorted(absent), dtype="datetime64[D]")
    counted = days[np.is_busday(days, holidays=closed)]
    numbers = np.busday_count(np.datetime64(FIRST), counted, holidays=closed)
    breaks = np.flatnonzero(np.diff(numbers) != 1) + 1 if len(numbers) else []
    expected = [tuple(part.astype(object)) for part in np.split(counted, breaks) if len(part)]

    assert rows_of_days(absent, holidays) == expected


@PATIENT
@given(absent=DAYS, holidays=DAYS, year=st.sampled_from([2024, 2025, 2026]))
def test_the_outcome_follows_from_the_days_of_the_year_alone_unless_a_row_is_long_enough(absent, holidays, year):
    closed = np.array(sorted(holidays), dtype="datetime64[D]")
    count = sum(day.year == year and bool(np.is_busday(day, holidays=closed)) for day in absent)

    outcome = absence_outcome(absent, year, NEW, holidays)

    assert len(outcome.days) == count
    if outcome.in_a_row:
        assert outcome.sanction == "HEAVY_3"
        assert outcome.in_a_row[9].year == year
        assert outcome.salary_stops_from.day == 1
        assert outcome.in_a_row[9] < outcome.salary_stops_from <= outcome.in_a_row[9] + timedelta(days=31)
    else:
        assert outcome.sanction == dict(spread(NEW_TABLE))[count]
