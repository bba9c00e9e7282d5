"""Windows and days of periods, by tables of values."""

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.planning.rules.periods import period_problems, span_problems, windows_of
from core.planning.terms import Frequency

YEAR = (date(2026, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("frequency", "count", "second", "name"),
    [
        (Frequency.MONTHLY, 12, (date(2026, 2, 1), date(2026, 2, 28)), "Februari 2026"),
        (Frequency.QUARTERLY, 4, (date(2026, 4, 1), date(2026, 6, 30)), "Triwulan II 2026"),
        (Frequency.HALF_YEARLY, 2, (date(2026, 7, 1), date(2026, 12, 31)), "Semester II 2026"),
    ],
)
def test_a_year_has_its_windows(frequency, count, second, name):
    windows = windows_of(*YEAR, frequency)

    assert [window.number for window in windows] == list(range(1, count + 1))
    assert (windows[1].starts_on, windows[1].ends_on, windows[1].name) == (*second, name)


def test_windows_are_cut_to_the_period():
    windows = windows_of(date(2026, 3, 16), date(2026, 8, 15), Frequency.QUARTERLY)

    assert [(w.number, w.name, w.starts_on, w.ends_on) for w in windows] == [
        (1, "Triwulan I 2026", date(2026, 3, 16), date(2026, 3, 31)),
        (2, "Triwulan II 2026", date(2026, 4, 1), date(2026, 6, 30)),
        (3, "Triwulan III 2026", date(2026, 7, 1), date(2026, 8, 15)),
    ]


@given(
    st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(min_value=0, max_value=400), st.sampled_from(Frequency)
)
def test_windows_cover_a_period_without_gap_or_overlap(starts_on, days, frequency):
    ends_on = starts_on + timedelta(days=days)

    windows = windows_of(starts_on, ends_on, frequency)

    assert windows[0].starts_on == starts_on
    assert windows[-1].ends_on == ends_on
    for before, after in itertools.pairwise(windows):
        assert after.starts_on == before.ends_on + timedelta(days=1)


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "plan_deadline", "evaluation_deadline", "codes"),
    [
        (*YEAR, date(2026, 1, 31), date(2027, 1, 31), []),
        (*YEAR, date(2026, 12, 31), date(2026, 12, 31), []),
        (date(2026, 1, 1), date(2026, 1, 1), date(2026, 1, 1), date(2026, 1, 1), []),
        (date(2024, 1, 1), date(2024, 12, 31), date(2024, 1, 31), date(2025, 1, 31), []),
        (date(2026, 1, 1), date(2027, 1, 1), date(2026, 1, 31), date(2027, 1, 31), [("PERIOD_TOO_LONG", "endsOn")]),
        (date(2024, 2, 29), date(2025, 2, 28), date(2024, 3, 31), date(2025, 3, 31), []),
        (date(2024, 2, 29), date(2025, 3, 1), date(2024, 3, 31), date(2025, 3, 31), [("PERIOD_TOO_LONG", "endsOn")]),
        (*YEAR, date(2025, 12, 31), date(2027, 1, 31), [("DEADLINE_OUTSIDE_PERIOD", "planDeadline")]),
        (*YEAR, date(2026, 1, 31), date(2026, 12, 30), [("EVALUATION_BEFORE_END", "evaluationDeadline")]),
        (
            date(2026, 2, 1),
            date(2026, 1, 31),
            date(2026, 2, 1),
            date(2027, 1, 31),
            [("ENDS_BEFORE_START", "endsOn"), ("DEADLINE_OUTSIDE_PERIOD", "planDeadline")],
        ),
    ],
)
def test_dates_of_a_period(starts_on, ends_on, plan_deadline, evaluation_deadline, codes):
    found = period_problems(starts_on, ends_on, plan_deadline, evaluation_deadline)

    assert [(problem.code, *problem.path) for problem in found] == codes


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "codes"),
    [
        (*YEAR, []),
        (date(2026, 5, 5), date(2026, 5, 5), []),
        (date(2025, 12, 31), date(2026, 5, 5), [("DATE_OUTSIDE_PERIOD", "startsOn")]),
        (date(2026, 5, 5), date(2027, 1, 1), [("DATE_OUTSIDE_PERIOD", "endsOn")]),
        (date(2026, 5, 5), date(2026, 5, 4), [("ENDS_BEFORE_START", "endsOn")]),
    ],
)
def test_days_of_a_plan(starts_on, ends_on, codes):
    found = span_problems(starts_on, ends_on, *YEAR)

    assert [(problem.code, *problem.path) for problem in found] == codes
