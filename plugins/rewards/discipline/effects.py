"""What a sanction means for others: awards, allowance and the professionalism index ask here, by period."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from core.organisation.services.changing import rows_of
from plugins.rewards.discipline.models import SanctionDecision
from plugins.rewards.discipline.terms import DecisionState, SanctionLevel


@dataclass(frozen=True)
class SanctionSpell:
    """A sanction in effect: from `effective_on` to `until`, both included.

    `until` is None where it has no end (dismissal), and the day of effect for a reprimand. `code` is the sanction's
    own, such as MEDIUM_1, `step` its number within the level.
    """

    employee_id: int
    level: SanctionLevel
    step: int
    code: str
    effective_on: date
    until: date | None


def sanction_spells(employee_ids: Sequence[int] | None, first: date, last: date) -> list[SanctionSpell]:
    """Return the sanctions in effect on some day from `first` to `last`, by employee and day; None: of everybody.

    Annulled ones and those decided but not in effect yet are left out. One statement.
    """
    query = (
        SanctionDecision.select(
            SanctionDecision.employee,
            SanctionDecision.level,
            SanctionDecision.step,
            SanctionDecision.sanction,
            SanctionDecision.effective_on,
            SanctionDecision.until,
        )
        .where(_in_effect(SanctionDecision, first, last))
        .order_by(SanctionDecision.employee, SanctionDecision.effective_on, SanctionDecision.id)
    )
    if employee_ids is not None:
        query = query.where(SanctionDecision.employee.in_(list(employee_ids)))
    return [SanctionSpell(*row) for row in rows_of(query)]


def ever_sanctioned(first: date, last: date, *levels: SanctionLevel) -> Any:
    """Return the query of the ids of employees with a sanction of one of `levels` (none: any) in effect in the days."""
    decision = SanctionDecision.alias()
    query = decision.select(decision.employee).where(_in_effect(decision, first, last))
    return query.where(decision.level.in_(list(levels))) if levels else query


def _in_effect(decision: Any, first: date, last: date) -> Any:
    return (
        (decision.state == DecisionState.IN_EFFECT)
        & (decision.effective_on <= last)
        & (decision.until.is_null() | (decision.until >= first))
    )
