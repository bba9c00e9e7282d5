"""How something that is owed stands, by what was done, by whom HR exempts and by leave."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from plugins.rewards.compliance.rules.days import Span, due_on, works_in
from plugins.rewards.compliance.terms import ExemptReason, ObligationState


@dataclass(frozen=True)
class Debtor:
    """What is known of whoever owes it: whether the status exempts, days off (leave and holidays), what HR granted."""

    has_exempt_status: bool
    off: Collection[date]
    granted: Sequence[tuple[date, date]]


@dataclass(frozen=True)
class Standing:
    """How it stands: due on a day, its state, and why nobody owes it."""

    due_on: date
    state: ObligationState
    exempt_by: ExemptReason | None = None


def standing(span: Span, working_days: int, debtor: Debtor, met_on: date | None) -> Standing:
    """Return how an obligation stands; what was done in time counts as such even of somebody who is exempt.

    An exemption holds where the day on which it is due lies in it; leave exempts whoever was away on all working days
    of the span, and otherwise puts off the day on which it is due.
    """
    due = due_on(span.last, working_days, debtor.off)
    if met_on is not None and met_on <= due:
        return Standing(due, ObligationState.ON_TIME)
    reason = _exempt_by(span, due, debtor)
    if reason is not None:
        return Standing(due, ObligationState.EXEMPT, reason)
    return Standing(due, ObligationState.OPEN if met_on is None else ObligationState.LATE)


def _exempt_by(span: Span, due: date, debtor: Debtor) -> ExemptReason | None:
    if debtor.has_exempt_status:
        return ExemptReason.STATUS
    if any(first <= due <= last for first, last in debtor.granted):
        return ExemptReason.GRANTED
    return None if works_in(span, debtor.off) else ExemptReason.LEAVE
