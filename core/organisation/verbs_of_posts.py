"""What people do by hand to assignments and delegations."""

from typing import cast

from core.actor import Actor
from core.bin.verbs import archive_verb
from core.context import Context
from core.i18n import N_
from core.organisation.models import Assignment, Delegation, Employee, Position, WorkUnit
from core.organisation.services.assignments import assign, end_assignment, withdraw_assignment
from core.organisation.services.correcting import (
    AssignmentChanges,
    DelegationChanges,
    correct_assignment,
    correct_delegation,
)
from core.organisation.services.delegations import create_delegation, end_delegation, withdraw_delegation
from core.organisation.terms import AssignmentKind
from core.planning.models import PerformancePlan
from core.verbs.calling import LAST_DAY, given
from core.verbs.declare import Does, FieldKind, Target, Values, Verb, VerbField

_FIRST_DAY = VerbField("valid_from", N_("From"), FieldKind.DATE, is_required=True)
_UNTIL = VerbField("valid_to", N_("Until"), FieldKind.DATE)
_DECREE = VerbField("decree_number", N_("Number of the decree"))
_KIND = VerbField("kind", N_("Kind"), FieldKind.CHOICE, is_required=True, choices=AssignmentKind)
_NAMED = VerbField(
    "named_superior_id",
    N_("Named superior"),
    FieldKind.REFERENCE,
    refers_to=Employee,
    help=N_("Only where a decree names another direct superior than the head of the unit."),
)


def _assign(ctx: Context, _target: Target, values: Values) -> Assignment:
    wanted = given(values)
    if wanted.pop("is_secondary", False):
        wanted["is_primary"] = False
    return assign(ctx, **wanted)


def _correct_assignment(ctx: Context, target: Target, values: Values) -> Assignment:
    return correct_assignment(ctx, target.id, target.version, cast("AssignmentChanges", dict(values)))


def _end_assignment(ctx: Context, target: Target, values: Values) -> Assignment:
    return end_assignment(ctx, target.id, target.version, **values)


def _withdraw_assignment(ctx: Context, target: Target, _values: Values) -> None:
    withdraw_assignment(ctx, target.id, target.version)


def _has_no_plan(row: Assignment) -> bool:
    made = (PerformancePlan.employee == row.employee_id) & (PerformancePlan.position == row.position_id)
    return not PerformancePlan.select().where(made).exists()


ASSIGNMENTS = (
    Verb(
        "organisation.assign",
        N_("New assignment"),
        Assignment,
        Does.CREATE,
        _assign,
        (
            VerbField("employee_id", N_("Employee"), FieldKind.REFERENCE, is_required=True, refers_to=Employee),
            VerbField("position_id", N_("Position"), FieldKind.REFERENCE, is_required=True, refers_to=Position),
            _KIND,
            _FIRST_DAY,
            _UNTIL,
            _DECREE,
            VerbField(
                "ends_previous",
                N_("Ends the present primary post"),
                FieldKind.BOOLEAN,
                help=N_("For a move: the present primary assignment ends the day before."),
            ),
            VerbField(
                "is_secondary",
                N_("Beside the primary post"),
                FieldKind.BOOLEAN,
                help=N_("A definitive assignment is the primary one unless this is ticked."),
            ),
            _NAMED,
        ),
        permission="organisation.write",
    ),
    Verb(
        "organisation.correct_assignment",
        N_("Correct"),
        Assignment,
        Does.CORRECT,
        _correct_assignment,
        (
            _KIND,
            VerbField("is_primary", N_("Primary post"), FieldKind.BOOLEAN),
            _FIRST_DAY,
            _UNTIL,
            _DECREE,
            _NAMED,
        ),
        permission="organisation.correct_assignment",
        may_be_bulk=True,
        help=N_("For a wrong entry. Whoever moves gets a new assignment instead."),
    ),
    Verb(
        "organisation.end_assignment",
        N_("End"),
        Assignment,
        Does.ACT,
        _end_assignment,
        (LAST_DAY,),
        permission="organisation.end_assignment",
        may_be_bulk=True,
    ),
    Verb(
        "organisation.withdraw_assignment",
        N_("Withdraw"),
        Assignment,
        Does.ACT,
        _withdraw_assignment,
        permission="organisation.end_assignment",
        is_grave=True,
        help=N_("Only before its first day."),
    ),
    archive_verb(Assignment, "organisation.correct_assignment", suits=_has_no_plan),
)


def _may_delegate(actor: Actor) -> bool:
    return bool(actor.headed_paths) or bool(actor.paths("organisation.write"))


def _create_delegation(ctx: Context, _target: Target, values: Values) -> Delegation:
    return create_delegation(ctx, **given(values))


def _correct_delegation(ctx: Context, target: Target, values: Values) -> Delegation:
    return correct_delegation(ctx, target.id, target.version, cast("DelegationChanges", dict(values)))


def _end_delegation(ctx: Context, target: Target, values: Values) -> Delegation:
    return end_delegation(ctx, target.id, target.version, **values)


def _withdraw_delegation(ctx: Context, target: Target, _values: Values) -> None:
    withdraw_delegation(ctx, target.id, target.version)


def _delegator(row: Delegation) -> Employee:
    found: Employee = row.delegator
    return found


DELEGATIONS = (
    Verb(
        "organisation.create_delegation",
        N_("New delegation"),
        Delegation,
        Does.CREATE,
        _create_delegation,
        (
            VerbField("delegator_id", N_("Delegated by"), FieldKind.REFERENCE, is_required=True, refers_to=Employee),
            VerbField("delegate_id", N_("Delegated to"), FieldKind.REFERENCE, is_required=True, refers_to=Employee),
            VerbField(
                "unit_id",
                N_("Unit"),
                FieldKind.REFERENCE,
                refers_to=WorkUnit,
                help=N_("Without a unit it holds for everybody whom the delegator supervises."),
            ),
            _FIRST_DAY,
            _UNTIL,
            _DECREE,
        ),
        permission="organisation.delegate",
        allows=_may_delegate,
    ),
    Verb(
        "organisation.correct_delegation",
        N_("Correct"),
        Delegation,
        Does.CORRECT,
        _correct_delegation,
        (_FIRST_DAY, _UNTIL, _DECREE),
        permission="organisation.delegate",
        subject=_delegator,
        may_be_bulk=True,
    ),
    Verb(
        "organisation.end_delegation",
        N_("End"),
        Delegation,
        Does.ACT,
        _end_delegation,
        (LAST_DAY,),
        permission="organisation.delegate",
        subject=_delegator,
        may_be_bulk=True,
    ),
    Verb(
        "organisation.withdraw_delegation",
        N_("Withdraw"),
        Delegation,
        Does.ACT,
        _withdraw_delegation,
        permission="organisation.delegate",
        subject=_delegator,
        is_grave=True,
        help=N_("Only before its first day."),
    ),
    archive_verb(Delegation, "organisation.delegate", subject=_delegator),
)
