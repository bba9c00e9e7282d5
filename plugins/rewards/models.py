"""Tables of the plugin `rewards`."""

from enum import StrEnum

import peewee as pw
from playhouse.fields import EnumField

from core.organisation.models import Employee
from core.plugin_api import Record
from plugins.rewards.discipline.models import TABLES as DISCIPLINE


class AwardKind(StrEnum):
    """The kinds of awards: medal for years of service, promotion on merit, appreciation by a leader."""

    SERVICE_MEDAL = "SERVICE_MEDAL"
    MERIT_PROMOTION = "MERIT_PROMOTION"
    APPRECIATION = "APPRECIATION"


class Award(Record):
    """An award that an employee has received (penghargaan), with the decree that gives it."""

    employee = pw.ForeignKeyField(Employee, backref="+", on_delete="CASCADE")
    kind = EnumField(AwardKind, max_length=32)
    title = pw.CharField()
    awarded_on = pw.DateField()
    decree_number = pw.CharField(default="")

    class Meta:
        table_name = "rewards_award"


TABLES: list[type[Record]] = [Award, *DISCIPLINE]
