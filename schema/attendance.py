"""Leave and attendance in GraphQL."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any

import strawberry

from core.attendance import models, services
from core.attendance.reading import working_days_of
from core.attendance.rules import DayValues
from core.attendance.terms import AttendanceState, LeaveKind
from core.context import Context
from schema.engine import (
    Connection,
    Node,
    SchemaParts,
    TypeExtension,
    batch,
    column,
    decode_id,
    encode_id,
    entity,
    mutation,
    pages,
    payload,
    relation,
    root_pages,
)
from schema.engine.enums import describe_values

_Employee = Annotated["Employee", strawberry.lazy("schema.organisation_types")]  # type: ignore[name-defined]  # noqa: F821

strawberry.enum(LeaveKind, name="LeaveKind", description="The kinds of leave (cuti).")
describe_values(
    LeaveKind,
    ANNUAL="Annual leave (cuti tahunan).",
    LONG="Long leave (cuti besar).",
    SICK="Sick leave (cuti sakit).",
    MATERNITY="Maternity leave (cuti melahirkan).",
    IMPORTANT_REASON="Leave for an important reason (cuti karena alasan penting).",
    COLLECTIVE="Collective leave (cuti bersama).",
    UNPAID="Unpaid leave outside the State's charge (cuti di luar tanggungan negara, CLTN).",
)
strawberry.enum(AttendanceState, name="AttendanceState", description="Whether somebody worked on a day.")
describe_values(
    AttendanceState,
    PRESENT="Worked (hadir).",
    EXCUSED="Stayed away with a valid reason (tidak masuk dengan alasan sah).",
    UNEXCUSED="Stayed away without a valid reason (tanpa keterangan).",
)

_WHO = "The person. Leave and attendance are shown to the person, its superiors and holders of attendance.read."


def _working_days(ctx: Context, leaves: Sequence[Any]) -> list[int]:  # noqa: ARG001 - the form of every batch
    return working_days_of(leaves)


@entity(models.Leave, order=("-first_day",))
class Leave(Node):
    """A time in which an employee is away by right (cuti)."""

    employee: _Employee | None = relation(models.Leave.employee, _WHO)
    kind: LeaveKind = column(models.Leave.kind, "Kind.")
    first_day: date = column(models.Leave.first_day, "First day.")
    last_day: date = column(models.Leave.last_day, "Last day, included.")
    decree_number: str = column(models.Leave.decree_number, "Number of the decree; may be empty.")
    working_days: int = batch(
        _working_days,
        "How many working days it takes, by the calendar of holidays.",
        needs=[models.Leave.first_day, models.Leave.last_day],
    )
    version: int = column(models.Leave.version, "Version to name in a change.")


@entity(models.AttendanceDay, order=("-day",))
class AttendanceDay(Node):
    """What is known of an employee's working day (presensi)."""

    employee: _Employee | None = relation(models.AttendanceDay.employee, _WHO)
    day: date = column(models.AttendanceDay.day, "The day.")
    state: AttendanceState = column(models.AttendanceDay.state, "Whether the person worked.")
    late_minutes: int = column(models.AttendanceDay.late_minutes, "Minutes by which the person came late.")
    early_minutes: int = column(models.AttendanceDay.early_minutes, "Minutes by which the person left early.")
    has_no_record: bool = column(
        models.AttendanceDay.has_no_record, "Whether the terminal holds neither a coming nor a going."
    )
    missed_assembly: bool = column(
        models.AttendanceDay.missed_assembly, "Whether the person was not at the morning assembly (apel)."
    )
    source: str = column(models.AttendanceDay.source, "Where this comes from; may be empty.")
    version: int = column(models.AttendanceDay.version, "Version to name in a change.")


class EmployeeAttendance:
    """What attendance adds to an employee."""

    leaves: Connection[Leave] = pages(models.Leave.employee, "Leave of every time (cuti).")
    attendance_days: Connection[AttendanceDay] = pages(models.AttendanceDay.employee, "Days as entered (presensi).")


class Query:
    """Leave and attendance at the root."""

    leaves: Connection[Leave] = root_pages("Leave that the caller may see (cuti).")
    attendance_days: Connection[AttendanceDay] = root_pages("Days of attendance that the caller may see (presensi).")


@strawberry.input(description="A leave to enter.")
class RecordLeaveInput:
    """A leave to enter."""

    employee_id: strawberry.ID = strawberry.field(description="The person.")
    kind: LeaveKind = strawberry.field(description="Kind.")
    first_day: date = strawberry.field(description="First day.")
    last_day: date = strawberry.field(description="Last day, included.")
    decree_number: str = strawberry.field(description="Number of the decree.", default="")


@strawberry.input(description="What changes in a leave; what is left out stays.")
class ChangeLeaveInput:
    """What changes in a leave."""

    id: strawberry.ID = strawberry.field(description="The leave.")
    version: int = strawberry.field(description="Version that you saw.")
    kind: LeaveKind | None = strawberry.field(description="Kind.", default=strawberry.UNSET)
    first_day: date | None = strawberry.field(description="First day.", default=strawberry.UNSET)
    last_day: date | None = strawberry.field(description="Last day, included.", default=strawberry.UNSET)
    decree_number: str | None = strawberry.field(description="Number of the decree.", default=strawberry.UNSET)


@strawberry.input(description="A leave to take back, and why.")
class WithdrawLeaveInput:
    """A leave to take back."""

    id: strawberry.ID = strawberry.field(description="The leave.")
    version: int = strawberry.field(description="Version that you saw.")
    reason: str = strawberry.field(description="Why; the history keeps it.")


@strawberry.input(description="A day to enter.")
class RecordAttendanceDayInput:
    """A day to enter."""

    employee_id: strawberry.ID = strawberry.field(description="The person.")
    day: date = strawberry.field(description="The day.")
    state: AttendanceState = strawberry.field(description="Whether the person worked.")
    late_minutes: int = strawberry.field(description="Minutes late.", default=0)
    early_minutes: int = strawberry.field(description="Minutes left early.", default=0)
    has_no_record: bool = strawberry.field(description="Whether the terminal holds nothing.", default=False)
    missed_assembly: bool = strawberry.field(description="Whether the assembly was missed.", default=False)
    source: str = strawberry.field(description="Where this comes from.", default="")


@strawberry.input(description="What changes in a day of attendance; what is left out stays.")
class ChangeAttendanceDayInput:
    """What changes in a day of attendance."""

    id: strawberry.ID = strawberry.field(description="The day.")
    version: int = strawberry.field(description="Version that you saw.")
    state: AttendanceState | None = strawberry.field(description="Whether the person worked.", default=strawberry.UNSET)
    late_minutes: int | None = strawberry.field(description="Minutes late.", default=strawberry.UNSET)
    early_minutes: int | None = strawberry.field(description="Minutes left early.", default=strawberry.UNSET)
    has_no_record: bool | None = strawberry.field(
        description="Whether the terminal holds nothing.", default=strawberry.UNSET
    )
    missed_assembly: bool | None = strawberry.field(
        description="Whether the assembly was missed.", default=strawberry.UNSET
    )
    source: str | None = strawberry.field(description="Where this comes from.", default=strawberry.UNSET)


@strawberry.input(description="A day of attendance to take back, and why.")
class RemoveAttendanceDayInput:
    """A day of attendance to take back."""

    id: strawberry.ID = strawberry.field(description="The day.")
    version: int = strawberry.field(description="Version that you saw.")
    reason: str = strawberry.field(description="Why; the history keeps it.")


def _given(input: Any, *names: str) -> dict[str, Any]:
    """Return what a client gave; null means "leave it"."""
    return {name: getattr(input, name) for name in names if getattr(input, name) not in {strawberry.UNSET, None}}


def _record_leave(ctx: Context, input: RecordLeaveInput) -> dict[str, Any]:
    leave = services.record_leave(
        ctx,
        employee_id=decode_id("Employee", input.employee_id, "input", "employeeId"),
        kind=input.kind,
        first_day=input.first_day,
        last_day=input.last_day,
        decree_number=input.decree_number,
    )
    return {"leave": leave}


def _change_leave(ctx: Context, input: ChangeLeaveInput) -> dict[str, Any]:
    key = decode_id("Leave", input.id, "input", "id")
    changes = _given(input, "kind", "first_day", "last_day", "decree_number")
    return {"leave": services.change_leave(ctx, key, input.version, changes)}


def _withdraw_leave(ctx: Context, input: WithdrawLeaveInput) -> dict[str, Any]:
    key = services.withdraw_leave(ctx, decode_id("Leave", input.id, "input", "id"), input.version, input.reason)
    return {"withdrawn_id": encode_id("Leave", key)}


def _record_day(ctx: Context, input: RecordAttendanceDayInput) -> dict[str, Any]:
    values = DayValues(input.day, **{name: getattr(input, name) for name in services.CHANGEABLE})
    key = decode_id("Employee", input.employee_id, "input", "employeeId")
    return {"attendance_day": services.record_day(ctx, key, values)}


def _change_day(ctx: Context, input: ChangeAttendanceDayInput) -> dict[str, Any]:
    key = decode_id("AttendanceDay", input.id, "input", "id")
    return {"attendance_day": services.change_day(ctx, key, input.version, _given(input, *services.CHANGEABLE))}


def _remove_day(ctx: Context, input: RemoveAttendanceDayInput) -> dict[str, Any]:
    key = services.remove_day(ctx, decode_id("AttendanceDay", input.id, "input", "id"), input.version, input.reason)
    return {"removed_id": encode_id("AttendanceDay", key)}


class Mutation:
    """What changes leave and attendance."""

    record_leave = mutation(
        _record_leave,
        input=RecordLeaveInput,
        payload=payload("RecordLeavePayload", leave=(Leave, "The leave.")),
        description="Enter a leave; absences within it become excused.",
    )
    change_leave = mutation(
        _change_leave,
        input=ChangeLeaveInput,
        payload=payload("ChangeLeavePayload", leave=(Leave, "The leave.")),
        description="Correct a leave.",
    )
    withdraw_leave = mutation(
        _withdraw_leave,
        input=WithdrawLeaveInput,
        payload=payload("WithdrawLeavePayload", withdrawn_id=(strawberry.ID, "Id of what is gone.")),
        description="Take a leave back.",
    )
    record_attendance_day = mutation(
        _record_day,
        input=RecordAttendanceDayInput,
        payload=payload("RecordAttendanceDayPayload", attendance_day=(AttendanceDay, "The day.")),
        description="Enter what is known of a person's day.",
    )
    change_attendance_day = mutation(
        _change_day,
        input=ChangeAttendanceDayInput,
        payload=payload("ChangeAttendanceDayPayload", attendance_day=(AttendanceDay, "The day.")),
        description="Correct what is known of a day.",
    )
    remove_attendance_day = mutation(
        _remove_day,
        input=RemoveAttendanceDayInput,
        payload=payload("RemoveAttendanceDayPayload", removed_id=(strawberry.ID, "Id of what is gone.")),
        description="Take the entry of a day back.",
    )


PARTS = SchemaParts(
    query=Query,
    mutation=Mutation,
    types=[Leave, AttendanceDay],
    extensions=[TypeExtension("Employee", EmployeeAttendance)],
)
