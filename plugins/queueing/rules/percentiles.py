"""Percentiles by linear interpolation between neighbours (type 7, as spreadsheets and numpy have them), exact.

Of n ordered values the percentile p stands at place (n - 1) * p / 100, counted from 0; between two places it is on the
straight line between their values. Source: Hyndman and Fan, Sample Quantiles in Statistical Packages (1996), type 7.
"""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

_WHOLE = 100
_STEPS = 20


def places(cases: int, percent: int) -> tuple[int, int]:
    """Return the two neighbours of a percentile as places from 0 in the ordered values; the same where it hits one."""
    at = (cases - 1) * percent
    return at // _WHOLE, -(-at // _WHOLE)


def between(low: int, high: int, cases: int, percent: int) -> Fraction:
    """Return a percentile of `cases` values from the values `low` and `high` at its two places."""
    return low + (high - low) * Fraction((cases - 1) * percent % _WHOLE, _WHOLE)


def on_step(value: float) -> Fraction:
    """Return the exact percentile of whole numbers that a float stands for; of percents that are multiples of 5.

    Between two whole numbers such a percentile lies on a twentieth, which no rounding of a float can miss.
    """
    return Fraction(round(value * _STEPS), _STEPS)


def percentile(values: Sequence[int], percent: int) -> Fraction | None:
    """Return a percentile (0-100) of values in any order; None of none."""
    if not values:
        return None
    ordered = sorted(values)
    low, high = places(len(ordered), percent)
    return between(ordered[low], ordered[high], len(ordered), percent)


def rounded(value: Fraction | int | None, decimals: int = 2) -> Decimal | None:
    """Return a number with so many decimals, halves away from zero; None for None."""
    if value is None:
        return None
    scaled = abs(Fraction(value)) * 10**decimals
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Decimal(whole if value >= 0 else -whole).scaleb(-decimals)


def minutes(seconds: Fraction | int | None) -> Decimal | None:
    """Return seconds as minutes with two decimals; None for None."""
    return None if seconds is None else rounded(Fraction(seconds) / 60)


def percent_of(part: int, whole: int) -> Decimal | None:
    """Return the share of a part in percent with two decimals; None of nothing."""
    return rounded(Fraction(part * _WHOLE, whole)) if whole else None
