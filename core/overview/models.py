"""Reminders of what is owed, and orders to remind everybody of a list."""

import peewee as pw
from playhouse.fields import EnumField

from core.database import Record, UtcDateTimeField
from core.identity.models import Account
from core.organisation.models import Employee, WorkUnit
from core.overview.terms import DutyKind, OrderState
from core.planning.models import EvaluationPeriod


class Reminder(Record):
    """Somebody (`employee`) was reminded on a day of what it owes about an employee (`about`, often itself).

    `unit` is where what is owed belongs to; `window_number` is that of a periodic evaluation, 0 otherwise. The unique
    index keeps everybody from being reminded of the same thing twice a day.
    """

    employee_id: int
    about_id: int
    unit_id: int
    period_id: int

    employee = pw.ForeignKeyField(Employee, backref="+", on_delete="CASCADE")
    about = pw.ForeignKeyField(Employee, backref="+", on_delete="CASCADE")
    unit = pw.ForeignKeyField(WorkUnit, backref="+", on_delete="CASCADE")
    period = pw.ForeignKeyField(EvaluationPeriod, backref="+", on_delete="CASCADE")
    kind = EnumField(DutyKind, max_length=24)
    window_number = pw.IntegerField(default=0)
    sent_on = pw.DateField()
    sender_name = pw.CharField(default="")
    account_id = pw.IntegerField(null=True)

    class Meta:
        indexes = (
            (("employee", "about", "kind", "period", "window_number", "sent_on"), True),
            (("unit", "period"), False),
        )


class ReminderOrder(Record):
    """An account's order to remind everybody who owes something (of one kind, or of any) in a unit and below."""

    account_id: int
    unit_id: int
    period_id: int

    account = pw.ForeignKeyField(Account, backref="+", on_delete="CASCADE")
    unit = pw.ForeignKeyField(WorkUnit, backref="+", on_delete="CASCADE")
    period = pw.ForeignKeyField(EvaluationPeriod, backref="+", on_delete="CASCADE")
    kind = EnumField(DutyKind, max_length=24, null=True)
    state = EnumField(OrderState, max_length=8, default=OrderState.WAITING, index=True)
    sent = pw.IntegerField(default=0)
    finished_at = UtcDateTimeField(null=True)
