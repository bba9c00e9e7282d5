"""Credit points (angka kredit) of functional positions (PermenPANRB 1/2023 Pasal 36, PerBKN 3/2023)."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from core.appraisal.terms import Predicate
from core.law.rule import Rule

MONTHS = 12


@dataclass(frozen=True)
class Credit:
    """Credit points with what they were computed from."""

    months: int
    percentage: Decimal
    coefficient: Decimal
    points: Decimal


def credit_for(rule: Rule, predicate: Predicate, position_kind: str, months: int) -> Credit | None:
    """Return months/12 × percentage × yearly coefficient in 2 decimals, half up; None for a kind without coefficient.

    `months` is 0 to 12. The product is rounded once, on the exact amount: 0.9375 gives 0.94 and 28.125 gives 28.13.
    """
    if not 0 <= months <= MONTHS:
        raise ValueError(f"{months} months are not within a year")
    stated = rule.content["coefficients"].get(position_kind)
    if stated is None:
        return None
    coefficient = Decimal(stated)
    percentage = Decimal(rule.content["percentages"][predicate.value])
    # Dividing last keeps every other step exact.
    points = (months * percentage * coefficient / (MONTHS * 100)).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return Credit(months, percentage, coefficient, points)


def months_in(first: date, last: date) -> int:
    """Return how many months count for the days from `first` to `last`: those whose first day is among them.

    So a month in which somebody moves counts once, for the position held on its first day, and a year has 12.
    """
    if last < first:
        return 0
    whole = (last.year - first.year) * MONTHS + last.month - first.month
    return whole + (1 if first.day == 1 else 0)
