"""Delegations: a superior lets another official supervise and evaluate in its place."""

from datetime import date

from core.context import Context
from core.errors import Problem, refuse
from core.i18n import N_
from core.organisation.models import Delegation, Employee, WorkUnit
from core.organisation.services.assignments import end_problems
from core.organisation.services.changing import (
    check_days,
    check_period,
    check_values,
    organisation_change,
    overlaps,
    refuse_all,
)
from core.organisation.services.reporting import lines_may_change, people_supervised_by
from core.organisation.terms import EmployeeState
from core.policy import fetch, require


def create_delegation(
    ctx: Context,
    *,
    delegator_id: int,
    delegate_id: int,
    valid_from: date,
    valid_to: date | None = None,
    unit_id: int | None = None,
    decree_number: str = "",
) -> Delegation:
    """Let `delegate_id` supervise in the delegator's place: everybody, or those in one unit and below."""
    number = decree_number.strip()
    with organisation_change(ctx) as work:
        delegator = fetch(Employee, delegator_id, ctx, "input", "delegatorId")
        require(ctx, "organisation.delegate", delegator, "input", "delegatorId")
        delegate = fetch(Employee, delegate_id, ctx, "input", "delegateId")
        unit = fetch(WorkUnit, unit_id, ctx, "input", "unitId") if unit_id is not None else None
        problems = check_values(Delegation, {"decree_number": number}, required=())
        period_problems = check_period(valid_from, valid_to)
        problems += period_problems
        if delegate == delegator:
            text = N_("Nobody can delegate to themselves. Choose somebody else.")
            problems.append(Problem("DELEGATE_IS_SELF", text, ("input", "delegateId")))
        if delegate.state is EmployeeState.LEFT:
            text = N_("{name} has left. Choose somebody who serves.")
            problems.append(Problem("EMPLOYEE_LEFT", text, ("input", "delegateId"), {"name": delegate.name}))
        if not period_problems:
            problems += overlap_problems(delegator, unit, valid_from, valid_to)
        refuse_all(problems)
        made = work.create(
            Delegation,
            delegator=delegator,
            delegate=delegate,
            unit=unit,
            decree_number=number,
            valid_from=valid_from,
            valid_to=valid_to,
        )
        lines_may_change(work, people_supervised_by(delegator.id))
        return made


def end_delegation(ctx: Context, delegation_id: int, version: int | None, *, last_day: date) -> Delegation:
    """Let a delegation end with `last_day`, which may still be to come."""
    with organisation_change(ctx) as work:
        delegation = fetch(Delegation, delegation_id, ctx, "input", "id")
        require(ctx, "organisation.delegate", delegation.delegator, "input", "id")
        refuse_all(check_days(last_day=last_day) + end_problems(delegation, last_day))
        work.update(delegation, version, valid_to=last_day)
        lines_may_change(work, people_supervised_by(delegation.delegator_id))
        return delegation


def withdraw_delegation(ctx: Context, delegation_id: int, version: int | None) -> None:
    """Take back a delegation that has not begun; one that has begun is ended instead."""
    with organisation_change(ctx) as work:
        delegation = fetch(Delegation, delegation_id, ctx, "input", "id")
        require(ctx, "organisation.delegate", delegation.delegator, "input", "id")
        if delegation.valid_from <= ctx.today:
            raise refuse(
                "DELEGATION_BEGUN",
                N_("This delegation began on {first}. End it with its last day instead."),
                "input",
                "id",
                first=delegation.valid_from,
            )
        work.update(delegation, version)
        lines_may_change(work, people_supervised_by(delegation.delegator_id))
        work.delete(delegation)


def overlap_problems(
    delegator: Employee,
    unit: WorkUnit | None,
    valid_from: date,
    valid_to: date | None,
    ignored: Delegation | None = None,
) -> list[Problem]:
    """Return the problem of another delegation (but `ignored`) of the same scope on one of the days."""
    same_scope = Delegation.unit.is_null() if unit is None else Delegation.unit == unit
    same_scope &= Delegation.id != (ignored.id if ignored else 0)
    found = (
        Delegation.select()
        .where((Delegation.delegator == delegator) & same_scope & overlaps(Delegation, valid_from, valid_to))
        .first()
    )
    if found is None:
        return []
    text = N_("{name} has this delegation from {first} to {last}. End it before, or choose other days.")
    params = {"name": found.delegate.name, "first": found.valid_from, "last": found.valid_to or "…"}
    return [Problem("DELEGATION_OVERLAPS", text, ("input", "validFrom"), params)]
