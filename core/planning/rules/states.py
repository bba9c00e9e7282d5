"""How a plan moves from state to state."""

from enum import StrEnum

from core.planning.terms import PlanState


class PlanAct(StrEnum):
    """What can be done to a plan as a whole."""

    SUBMIT = "SUBMIT"
    RETURN = "RETURN"
    APPROVE = "APPROVE"
    REVISE = "REVISE"
    END = "END"


TRANSITIONS: dict[tuple[PlanState, PlanAct], PlanState] = {
    (PlanState.DRAFT, PlanAct.SUBMIT): PlanState.SUBMITTED,
    (PlanState.RETURNED, PlanAct.SUBMIT): PlanState.SUBMITTED,
    (PlanState.SUBMITTED, PlanAct.RETURN): PlanState.RETURNED,
    (PlanState.SUBMITTED, PlanAct.APPROVE): PlanState.APPROVED,
    (PlanState.APPROVED, PlanAct.REVISE): PlanState.DRAFT,
    (PlanState.DRAFT, PlanAct.END): PlanState.ENDED,
    (PlanState.SUBMITTED, PlanAct.END): PlanState.ENDED,
    (PlanState.RETURNED, PlanAct.END): PlanState.ENDED,
    (PlanState.APPROVED, PlanAct.END): PlanState.ENDED,
}
"""Every allowed move; what is absent is refused."""

EDITABLE = frozenset({PlanState.DRAFT, PlanState.RETURNED})
"""States in which the content of a plan may change."""


def next_state(state: PlanState, act: PlanAct) -> PlanState | None:
    """Return the state that `act` leads to, None where it is not allowed."""
    return TRANSITIONS.get((state, act))


def states_for(act: PlanAct) -> list[PlanState]:
    """Return the states in which `act` is allowed."""
    return [state for state, allowed in TRANSITIONS if allowed is act]


def is_editable(state: PlanState) -> bool:
    """Whether the content of a plan may change."""
    return state in EDITABLE


def is_in_force(state: PlanState, revision: int) -> bool:
    """Whether somebody works by the plan: it was approved, be it under revision or ended since."""
    return state is PlanState.APPROVED or revision > 0
