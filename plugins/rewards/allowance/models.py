"""Tables of simulations: what the allowance of a unit's people would be in a month, by which rules, step by step."""

import peewee as pw

from core.organisation.models import Employee, WorkUnit
from core.plugin_api import AmountField, Table, UtcDateTimeField


class AllowanceRun(Table):
    """A simulation of a month for a unit and all below it, with the rule version as it was; never a payroll.

    `month` is the first day of the month of pay, `attendance_month` that of the month whose attendance counts.
    `with_sanctions` says whether disciplinary sanctions were taken into account, which only few may know.
    """

    unit_id: int

    unit = pw.ForeignKeyField(WorkUnit, backref="+", on_delete="CASCADE")
    month = pw.DateField()
    attendance_month = pw.DateField()
    rule = pw.JSONField()
    with_sanctions = pw.BooleanField()
    employees = pw.IntegerField()
    incomplete = pw.IntegerField()
    made_at = UtcDateTimeField()
    made_by = pw.CharField(default="")

    class Meta:
        table_name = "rewards_allowance_run"
        indexes = ((("unit", "month"), False),)


class AllowanceLine(Table):
    """One employee in a simulation: the steps from the basis to the result, or what is missing for one."""

    run_id: int
    employee_id: int

    run = pw.ForeignKeyField(AllowanceRun, backref="+", on_delete="CASCADE")
    employee = pw.ForeignKeyField(Employee, backref="+", on_delete="CASCADE")
    basis = AmountField(null=True)
    result = AmountField(null=True)
    steps = pw.JSONField()
    missing = pw.JSONField()

    class Meta:
        table_name = "rewards_allowance_line"
        indexes = ((("run", "employee"), True),)


TABLES = (AllowanceRun, AllowanceLine)
"""All of them, each after those it points to."""
