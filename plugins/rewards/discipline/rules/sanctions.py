"""One sanction, the heaviest: what follows from the breaches of one examination, and how long it lasts."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from plugins.rewards.discipline.rules.contents import CatalogueItem, PlanBands, Sanction, Sanctions
from plugins.rewards.discipline.terms import Impact, SanctionLevel


@dataclass(frozen=True)
class Charge:
    """A breach as the rules see it.

    `code` names the item of the catalogue; `level` is that of a breach that goes by impact; `sanction` is what the days
    of absence mean, for absence alone; `earlier` is the sanction of the breach of the same kind that it repeats.
    """

    code: str
    level: SanctionLevel | None
    sanction: str | None = None
    is_absence: bool = False
    earlier: str | None = None


@dataclass(frozen=True)
class Step:
    """What one charge comes to, and why: `basis` is LEVEL, DAYS, REPEAT or NONE."""

    charge: Charge
    sanction: str | None
    basis: str


def level_of(item: CatalogueItem, impact: Impact) -> SanctionLevel | None:
    """Return the level of a breach of `item` with that impact, None where the law has none for it."""
    return item.levels.get(impact) or item.levels.get(Impact.UNSTATED)


def order_of(sanctions: Sanctions, code: str) -> int:
    """Return the place of a sanction, 0 the lightest; ValueError for one that is not there."""
    return [one.code for one in sanctions.sanctions].index(code)


def sanction_of(sanctions: Sanctions, code: str) -> Sanction | None:
    """Return the sanction of a code, None without one."""
    return next((one for one in sanctions.sanctions if one.code == code), None)


def heaviest(sanctions: Sanctions, codes: Sequence[str]) -> str | None:
    """Return the heaviest of some sanctions, None of none."""
    return max(codes, key=lambda code: order_of(sanctions, code), default=None)


def heavier(sanctions: Sanctions, code: str) -> str:
    """Return the next heavier sanction; of the heaviest, itself."""
    place = order_of(sanctions, code)
    return sanctions.sanctions[min(place + 1, len(sanctions.sanctions) - 1)].code


def step_of(charge: Charge, sanctions: Sanctions, *, repeat_is_heavier: bool) -> Step:
    """Return what one charge comes to: days of absence by their band, others by level, a repeat heavier than before."""
    if charge.is_absence:
        return Step(charge, charge.sanction, "DAYS" if charge.sanction else "NONE")
    lightest = next((one.code for one in sanctions.sanctions if one.level is charge.level), None)
    if lightest is None:
        return Step(charge, None, "NONE")
    if charge.earlier is not None and repeat_is_heavier and sanction_of(sanctions, charge.earlier) is not None:
        raised = heavier(sanctions, charge.earlier)
        if order_of(sanctions, raised) > order_of(sanctions, lightest):
            return Step(charge, raised, "REPEAT")
    return Step(charge, lightest, "LEVEL")


def one_sanction(
    charges: Sequence[Charge], sanctions: Sanctions, *, repeat_is_heavier: bool
) -> tuple[str | None, tuple[Step, ...]]:
    """Return the one sanction that follows from all charges of an examination, and what each came to."""
    steps = tuple(step_of(charge, sanctions, repeat_is_heavier=repeat_is_heavier) for charge in charges)
    return heaviest(sanctions, [step.sanction for step in steps if step.sanction is not None]), steps


def plan_level(percent: Decimal, bands: PlanBands | None) -> SanctionLevel | None:
    """Return the level of a breach by achievement of the plan; None without such a rule, as in PP 94/2021."""
    if bands is None:
        return None
    for band in bands.bands:
        if (band.below is not None and percent < band.below) or (band.up_to is not None and percent <= band.up_to):
            return band.level
    return None


def last_day(effective_on: date, months: int | None) -> date | None:
    """Return the last day of a sanction: the day itself without months, None without end."""
    if months is None:
        return None
    if months == 0:
        return effective_on
    return _months_later(effective_on, months) - timedelta(days=1)


def _months_later(day: date, months: int) -> date:
    """Return the same day of a later month, or the last one of a month that is too short."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
