"""What people do by hand to employees and their numbers."""

from typing import cast

from core.bin.verbs import archive_verb
from core.context import Context
from core.i18n import N_
from core.organisation.models import Employee, EmployeeIdentifier, Grade, Position
from core.organisation.services.employees import EmployeeChanges, SavedEmployee, create_employee, update_employee
from core.organisation.services.identifiers import (
    IdentifierChanges,
    NumberKind,
    add_identifier,
    correct_identifier,
)
from core.organisation.terms import EmployeeState, EmploymentStatus, Sex
from core.planning.models import PerformancePlan, PlanEvaluator
from core.progress.models import Feedback
from core.verbs.calling import given
from core.verbs.declare import Does, FieldKind, Target, Values, Verb, VerbField

_PERSON = (
    VerbField("nip", N_("NIP"), is_required=True),
    VerbField("name", N_("Name"), is_required=True),
    VerbField("front_title", N_("Title before the name")),
    VerbField("back_title", N_("Title after the name")),
    VerbField("status", N_("Status"), FieldKind.CHOICE, is_required=True, choices=EmploymentStatus),
    VerbField("sex", N_("Sex"), FieldKind.CHOICE, is_required=True, choices=Sex),
    VerbField("birth_date", N_("Date of birth"), FieldKind.DATE, is_required=True),
    VerbField("grade_id", N_("Grade"), FieldKind.REFERENCE, refers_to=Grade),
    VerbField("email", N_("E-mail")),
    VerbField("phone", N_("Telephone")),
    VerbField("joined_on", N_("Joined on"), FieldKind.DATE),
)


def _create_employee(ctx: Context, _target: Target, values: Values) -> SavedEmployee:
    return create_employee(ctx, **given(values))


def _update_employee(ctx: Context, target: Target, values: Values) -> SavedEmployee:
    return update_employee(ctx, target.id, target.version, cast("EmployeeChanges", dict(values)))


def _has_no_records(row: Employee) -> bool:
    """Whether no plan and no evaluation names the employee, nor anything that others said."""
    plans = PerformancePlan.select().where((PerformancePlan.employee == row.id) | (PerformancePlan.evaluator == row.id))
    spans = PlanEvaluator.select().where(PlanEvaluator.evaluator == row.id)
    said = Feedback.select().where((Feedback.employee == row.id) | (Feedback.giver == row.id))
    return not (plans.exists() or spans.exists() or said.exists())


EMPLOYEES = (
    Verb(
        "organisation.create_employee",
        N_("New employee"),
        Employee,
        Does.CREATE,
        _create_employee,
        (
            *_PERSON,
            VerbField("position_id", N_("Position"), FieldKind.REFERENCE, refers_to=Position),
            VerbField("valid_from", N_("In the position from"), FieldKind.DATE),
        ),
        permission="organisation.write",
    ),
    Verb(
        "organisation.update_employee",
        N_("Correct"),
        Employee,
        Does.CORRECT,
        _update_employee,
        (
            *_PERSON,
            VerbField("state", N_("State"), FieldKind.CHOICE, is_required=True, choices=EmployeeState),
            VerbField("left_on", N_("Left on"), FieldKind.DATE),
        ),
        permission="organisation.update_employee",
        may_be_bulk=True,
    ),
    archive_verb(Employee, "organisation.update_employee", suits=_has_no_records),
)


def _add_identifier(ctx: Context, _target: Target, values: Values) -> EmployeeIdentifier:
    return add_identifier(ctx, **given(values))


def _correct_identifier(ctx: Context, target: Target, values: Values) -> EmployeeIdentifier:
    return correct_identifier(ctx, target.id, target.version, cast("IdentifierChanges", dict(values)))


def _owner(row: EmployeeIdentifier) -> Employee:
    found: Employee = row.employee
    return found


_NUMBER = (
    VerbField("kind", N_("Kind"), FieldKind.CHOICE, is_required=True, choices=NumberKind),
    VerbField("number", N_("Number"), is_required=True),
    VerbField("valid_from", N_("From"), FieldKind.DATE),
    VerbField("valid_to", N_("Until"), FieldKind.DATE),
)

NUMBERS = (
    Verb(
        "organisation.add_identifier",
        N_("New number"),
        EmployeeIdentifier,
        Does.CREATE,
        _add_identifier,
        (
            VerbField("employee_id", N_("Employee"), FieldKind.REFERENCE, is_required=True, refers_to=Employee),
            *_NUMBER,
        ),
        permission="organisation.write",
        help=N_("For a former number. The present one is corrected at the employee."),
    ),
    Verb(
        "organisation.correct_identifier",
        N_("Correct"),
        EmployeeIdentifier,
        Does.CORRECT,
        _correct_identifier,
        _NUMBER,
        permission="organisation.update_employee",
        subject=_owner,
    ),
    archive_verb(
        EmployeeIdentifier,
        "organisation.update_employee",
        suits=lambda row: row.number != row.employee.nip,
        subject=_owner,
    ),
)
