"""Tables of the plugin `training`."""

from enum import StrEnum

import peewee as pw
from playhouse.fields import EnumField

from core.organisation.models import Employee
from core.plugin_api import Record


class TrainingState(StrEnum):
    """How far an item of a training plan is."""

    PLANNED = "PLANNED"
    RUNNING = "RUNNING"
    COMPLETED = "COMPLETED"


class TrainingPlanItem(Record):
    """Something that an employee is to learn in a year; `learning_hours` counts JP of 45 minutes."""

    employee = pw.ForeignKeyField(Employee, backref="+", on_delete="CASCADE")
    year = pw.IntegerField()
    title = pw.CharField()
    learning_hours = pw.IntegerField()
    state = EnumField(TrainingState, max_length=16, default=TrainingState.PLANNED)
    completed_on = pw.DateField(null=True)

    class Meta:
        table_name = "training_plan_item"
        indexes = ((("employee", "year"), False),)
