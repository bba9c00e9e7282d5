"""The table of the dummy plugin."""

import peewee as pw

from core.organisation.models import Employee
from core.plugin_api import Table


class DummyCall(Table):
    """A call that reached the plugin."""

    employee = pw.ForeignKeyField(Employee, backref="+", on_delete="SET NULL", null=True)
    hook = pw.CharField()
    detail = pw.CharField(default="")

    class Meta:
        table_name = "dummy_call"
