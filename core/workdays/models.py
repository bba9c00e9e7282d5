"""The days on which nobody works."""

import peewee as pw
from playhouse.fields import EnumField

from core.database import Record
from core.workdays.terms import HolidayKind


class Holiday(Record):
    """A national or regional holiday, or a day of collective leave."""

    day = pw.DateField()
    name = pw.CharField()
    kind = EnumField(HolidayKind, max_length=24)
    source = pw.CharField(default="")

    class Meta:
        indexes = ((("day", "name"), True),)
