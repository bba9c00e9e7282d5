"""Leave by decree, and what is known of single days."""

import peewee as pw
from playhouse.fields import EnumField

from core.attendance.terms import AttendanceState, LeaveKind
from core.database import Record
from core.organisation.models import Employee


class Leave(Record):
    """An employee is away by right from a day to a day, both included; leaves of one person never overlap."""

    employee = pw.ForeignKeyField(Employee, backref="+", on_delete="CASCADE")
    kind = EnumField(LeaveKind, max_length=24)
    first_day = pw.DateField()
    last_day = pw.DateField()
    decree_number = pw.CharField(max_length=96, default="")

    employee_id: int

    class Meta:
        # The second: who was away in a period, asked of everybody at once.
        indexes = ((("employee", "first_day"), True), (("first_day", "last_day"), False))


class AttendanceDay(Record):
    """What is known of an employee's working day; minutes are those by which it was too short at each end.

    `has_no_record` says that the terminal holds neither a coming nor a going; `missed_assembly` that the person was
    not at the morning assembly (apel). `source` names where the row comes from.
    """

    employee = pw.ForeignKeyField(Employee, backref="+", on_delete="CASCADE")
    day = pw.DateField()
    state = EnumField(AttendanceState, max_length=16)
    late_minutes = pw.IntegerField(default=0)
    early_minutes = pw.IntegerField(default=0)
    has_no_record = pw.BooleanField(default=False)
    missed_assembly = pw.BooleanField(default=False)
    source = pw.CharField(max_length=96, default="")

    employee_id: int

    class Meta:
        # The second: absences of a year, asked of everybody at once.
        indexes = ((("employee", "day"), True), (("state", "day"), False))
