"""Bulk runs: one verb done to many rows by a job."""

import peewee as pw
from playhouse.fields import EnumField

from core.database import Table, UtcDateTimeField
from core.runs.terms import ItemState, RunState


class BulkRun(Table):
    """A verb with its values for many rows, done as the account that started it, all under one batch of the history.

    `done` counts the rows that are through, whatever became of them; of these `failed` were refused and `requested`
    wait for a second person. `problems` say why the run could not go on.
    """

    verb = pw.CharField(max_length=96)
    model = pw.CharField(max_length=64)
    values = pw.JSONField()
    reason = pw.TextField(default="")
    state = EnumField(RunState, max_length=16, default=RunState.WAITING, index=True)
    total = pw.IntegerField()
    done = pw.IntegerField(default=0)
    failed = pw.IntegerField(default=0)
    requested = pw.IntegerField(default=0)
    problems = pw.JSONField()
    batch = pw.CharField(max_length=32, unique=True)
    account_id = pw.IntegerField(null=True, index=True)
    account_name = pw.CharField()
    language = pw.CharField(max_length=2, default="id")
    created_at = UtcDateTimeField()
    started_at = UtcDateTimeField(null=True)
    finished_at = UtcDateTimeField(null=True)


class BulkRunItem(Table):
    """One row of a run: its id, what became of it, and each problem as code, text, path and params."""

    run = pw.ForeignKeyField(BulkRun, backref="+", on_delete="CASCADE")
    subject_id = pw.IntegerField()
    state = EnumField(ItemState, max_length=16, default=ItemState.WAITING)
    problems = pw.JSONField()

    run_id: int

    class Meta:
        indexes = ((("run", "subject_id"), True), (("run", "state"), False))
