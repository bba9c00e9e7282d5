"""What people do by hand to leave and attendance."""

from core.actor import Actor
from core.attendance.models import AttendanceDay, Leave
from core.attendance.rules import DayValues
from core.attendance.services import (
    change_day,
    change_leave,
    record_day,
    record_leave,
    remove_day,
    withdraw_leave,
)
from core.attendance.terms import AttendanceState, LeaveKind
from core.context import Context
from core.i18n import N_
from core.organisation.models import Employee
from core.verbs.calling import REASON, given, seen_version
from core.verbs.declare import Does, FieldKind, Target, Values, Verb, VerbField


def _keeps_somewhere(actor: Actor) -> bool:
    return bool(actor.paths("attendance.manage"))


def _employee_of(row: Leave | AttendanceDay) -> Employee:
    return row.employee


def _record_leave(ctx: Context, _target: Target, values: Values) -> Leave:
    return record_leave(ctx, **given(values))


def _change_leave(ctx: Context, target: Target, values: Values) -> Leave:
    return change_leave(ctx, target.id, seen_version(Leave, target), values)


def _withdraw_leave(ctx: Context, target: Target, values: Values) -> int:
    return withdraw_leave(ctx, target.id, seen_version(Leave, target), values["reason"])


def _record_day(ctx: Context, _target: Target, values: Values) -> AttendanceDay:
    found = given(values)
    return record_day(ctx, found.pop("employee_id"), DayValues(**found))


def _change_day(ctx: Context, target: Target, values: Values) -> AttendanceDay:
    return change_day(ctx, target.id, seen_version(AttendanceDay, target), values)


def _remove_day(ctx: Context, target: Target, values: Values) -> int:
    return remove_day(ctx, target.id, seen_version(AttendanceDay, target), values["reason"])


_WHO = VerbField("employee_id", N_("Employee"), FieldKind.REFERENCE, is_required=True, refers_to=Employee)
_LEAVE = (
    VerbField("kind", N_("Kind"), FieldKind.CHOICE, is_required=True, choices=LeaveKind),
    VerbField("first_day", N_("First day"), FieldKind.DATE, is_required=True),
    VerbField("last_day", N_("Last day"), FieldKind.DATE, is_required=True),
    VerbField("decree_number", N_("Number of the decree")),
)
_DAY = (
    VerbField("state", N_("State"), FieldKind.CHOICE, is_required=True, choices=AttendanceState),
    VerbField("late_minutes", N_("Minutes late"), FieldKind.INTEGER),
    VerbField("early_minutes", N_("Minutes left early"), FieldKind.INTEGER),
    VerbField("has_no_record", N_("No record at the terminal"), FieldKind.BOOLEAN),
    VerbField("missed_assembly", N_("Missed the assembly"), FieldKind.BOOLEAN),
    VerbField("source", N_("Source")),
)

VERBS = (
    Verb(
        "attendance.record_leave",
        N_("New leave"),
        Leave,
        Does.CREATE,
        _record_leave,
        (_WHO, *_LEAVE),
        permission="attendance.manage",
        allows=_keeps_somewhere,
    ),
    Verb(
        "attendance.change_leave",
        N_("Correct"),
        Leave,
        Does.CORRECT,
        _change_leave,
        _LEAVE,
        permission="attendance.keep",
        subject=_employee_of,
    ),
    Verb(
        "attendance.withdraw_leave",
        N_("Take back"),
        Leave,
        Does.ACT,
        _withdraw_leave,
        (REASON,),
        permission="attendance.keep",
        subject=_employee_of,
        is_grave=True,
    ),
    Verb(
        "attendance.record_day",
        N_("New day"),
        AttendanceDay,
        Does.CREATE,
        _record_day,
        (_WHO, VerbField("day", N_("Day"), FieldKind.DATE, is_required=True), *_DAY),
        permission="attendance.manage",
        allows=_keeps_somewhere,
    ),
    Verb(
        "attendance.change_day",
        N_("Correct"),
        AttendanceDay,
        Does.CORRECT,
        _change_day,
        _DAY,
        permission="attendance.keep",
        subject=_employee_of,
        may_be_bulk=True,
    ),
    Verb(
        "attendance.remove_day",
        N_("Take back"),
        AttendanceDay,
        Does.ACT,
        _remove_day,
        (REASON,),
        permission="attendance.keep",
        subject=_employee_of,
        may_be_bulk=True,
        is_grave=True,
    ),
)
