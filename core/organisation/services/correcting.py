"""Wrong entries put right: assignments, delegations and numbers, checked again as if they were new."""

from datetime import date
from typing import TypedDict

from core.context import Context
from core.errors import Problem
from core.organisation.models import Assignment, Delegation, Employee
from core.organisation.services.assignments import concerns, placing_problems
from core.organisation.services.changing import check_period, check_values, organisation_change, refuse_all, stripped
from core.organisation.services.delegations import overlap_problems
from core.organisation.services.reporting import lines_may_change, people_supervised_by
from core.organisation.terms import AssignmentKind
from core.policy import fetch, require


class AssignmentChanges(TypedDict, total=False):
    """What may be put right about an assignment; another person or position is another assignment."""

    kind: AssignmentKind
    is_primary: bool
    named_superior_id: int | None
    decree_number: str
    valid_from: date
    valid_to: date | None


class DelegationChanges(TypedDict, total=False):
    """What may be put right about a delegation; between other people it is another one."""

    decree_number: str
    valid_from: date
    valid_to: date | None


def correct_assignment(ctx: Context, assignment_id: int, version: int | None, changes: AssignmentChanges) -> Assignment:
    """Put a wrongly entered assignment right; whom it concerns is supervised by what follows from it now."""
    values = stripped(changes)
    if "named_superior_id" in values:
        values["named_superior"] = values.pop("named_superior_id")
    with organisation_change(ctx) as work:
        row = fetch(Assignment, assignment_id, ctx, "input", "id")
        require(ctx, "organisation.correct_assignment", row, "input", "id")
        if values.get("named_superior") is not None:
            fetch(Employee, values["named_superior"], ctx, "input", "namedSuperiorId")
        wanted = Assignment(**{**row.__data__, **values})
        refuse_all(placing_problems(wanted, row))
        work.update(row, version, **values)
        concerns(work, row)
        return row


def correct_delegation(ctx: Context, delegation_id: int, version: int | None, changes: DelegationChanges) -> Delegation:
    """Put a wrongly entered delegation right."""
    values = stripped(changes)
    with organisation_change(ctx) as work:
        row = fetch(Delegation, delegation_id, ctx, "input", "id")
        require(ctx, "organisation.delegate", row.delegator, "input", "id")
        first, last = values.get("valid_from", row.valid_from), values.get("valid_to", row.valid_to)
        problems: list[Problem] = check_values(Delegation, values, required=())
        period = check_period(first, last)
        problems += period or overlap_problems(row.delegator, row.unit, first, last, row)
        refuse_all(problems)
        work.update(row, version, **values)
        lines_may_change(work, people_supervised_by(row.delegator_id))
        return row
