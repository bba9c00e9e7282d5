"""How units stand with what was owed: on time, late, open, exempt and why, as far as the caller sees it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import peewee as pw

from core.organisation.models import WorkUnit
from core.organisation.services.changing import rows_of
from core.plugin_api import Context, as_condition, below, visible
from plugins.rewards.compliance.models import Obligation
from plugins.rewards.compliance.terms import ComplianceDuty, ExemptReason, ObligationState

_TENTH = Decimal("0.1")


@dataclass
class UnitCompliance:
    """Numbers of obligations of a unit with all below it that were due in some days; `pending` are not due yet."""

    on_time: int = 0
    late: int = 0
    overdue: int = 0
    pending: int = 0
    excused: int = 0
    exempt: int = 0
    reasons: Counter[ExemptReason] = field(default_factory=Counter)

    @property
    def on_time_percent(self) -> Decimal | None:
        """The share that was on time of what was on time, late or overdue; None where nothing of it was due."""
        owed = self.on_time + self.late + self.overdue
        if not owed:
            return None
        return (Decimal(100 * self.on_time) / owed).quantize(_TENTH, ROUND_HALF_UP)

    def add(self, state: ObligationState, reason: ExemptReason | None, count: int, *, overdue: int) -> None:
        """Count obligations of a state, of which so many are overdue."""
        if state is ObligationState.OPEN:
            self.overdue += overdue
            self.pending += count - overdue
            return
        name = state.value.lower()
        setattr(self, name, getattr(self, name) + count)
        if state is ObligationState.EXEMPT and reason is not None:
            self.reasons[reason] += count


def compliance_of_units(
    ctx: Context, unit_ids: Sequence[int], first: date, last: date, duty: ComplianceDuty | None = None
) -> dict[int, UnitCompliance]:
    """Return by unit how it stands with what was due from `first` to `last`; two statements."""
    paths = dict(rows_of(WorkUnit.select(WorkUnit.id, WorkUnit.path).where(WorkUnit.id.in_(list(unit_ids)))))
    found = {unit_id: UnitCompliance() for unit_id in unit_ids}
    owed, unit = Obligation.alias(), WorkUnit.alias()
    overdue = pw.Case(None, [((owed.state == ObligationState.OPEN) & (owed.due_on < ctx.today), owed.id)])
    rows = (
        owed.select(unit.path, owed.state, owed.exempt_by, pw.fn.COUNT(owed.id), pw.fn.COUNT(overdue))
        .join(unit, on=owed.unit == unit.id)
        .where(
            owed.due_on.between(first, last)
            & as_condition(below(unit.path, list(paths.values())))
            & as_condition(visible(ctx.actor, owed))
            & as_condition(True if duty is None else owed.duty == duty)
        )
        .group_by(unit.path, owed.state, owed.exempt_by)
    )
    for path, state, reason, count, late in rows_of(rows) if paths else ():
        for unit_id, start in paths.items():
            if path.startswith(start):
                found[unit_id].add(state, reason, count, overdue=late)
    return found
