from datetime import date

import pytest

from core.overview.rules import ReportingSpan, span_to_report

YEAR = (date(2026, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("today", "starts_on", "days", "expected"),
    [
        (date(2026, 7, 10), YEAR[0], None, (date(2026, 6, 1), date(2026, 6, 30))),
        (date(2026, 7, 1), YEAR[0], None, (date(2026, 6, 1), date(2026, 6, 30))),
        (date(2026, 1, 31), YEAR[0], None, None),
        (date(2026, 2, 1), YEAR[0], None, (date(2026, 1, 1), date(2026, 1, 31))),
        (date(2026, 4, 2), date(2026, 3, 16), None, (date(2026, 3, 16), date(2026, 3, 31))),
        (date(2027, 5, 5), YEAR[0], None, (date(2026, 12, 1), date(2026, 12, 31))),
        (date(2026, 7, 10), YEAR[0], 14, (date(2026, 6, 26), date(2026, 7, 9))),
        (date(2026, 1, 5), YEAR[0], 14, (date(2026, 1, 1), date(2026, 1, 4))),
        (date(2026, 1, 1), YEAR[0], 14, None),
        (date(2026, 7, 10), YEAR[0], 0, None),
        (date(2026, 7, 10), YEAR[0], 10**12, (date(2026, 1, 1), date(2026, 7, 9))),
        (date(2025, 12, 1), YEAR[0], None, None),
    ],
)
def test_the_span_in_which_progress_is_expected(today, starts_on, days, expected):
    span = span_to_report(today, starts_on, YEAR[1], days)

    assert span == (expected and ReportingSpan(*expected))
