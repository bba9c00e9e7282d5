"""Imports that were run, so that each can be shown and undone as one, and the files that people are bringing."""

import peewee as pw
from playhouse.fields import EnumField

from core.database import Record, Table, UtcDateTimeField, utc_now
from core.exchange.terms import ImportMode, ImportState, TaskState, TaskStep
from core.identity.models import Account


class ImportRun(Record):
    """One import: its file, how its rows fared, and the batch in the history by which it can be undone."""

    kind = pw.CharField(max_length=32)
    file_name = pw.CharField()
    sha256 = pw.CharField(max_length=64)
    mode = EnumField(ImportMode, max_length=16)
    state = EnumField(ImportState, max_length=8)
    created_rows = pw.IntegerField(default=0)
    updated_rows = pw.IntegerField(default=0)
    unchanged_rows = pw.IntegerField(default=0)
    rejected_rows = pw.IntegerField(default=0)
    batch = pw.CharField(max_length=32, default="")
    account_id = pw.IntegerField(null=True)


class ImportTask(Table):
    """A file that somebody uploaded to import: where it lies, how its columns are read and how far it has come.

    `folder` names its place below `files_dir/imports`; `problems` says why it failed; the counts are those of the
    present step; `run_id` is the import that came of it. A working note: what it changes stands in the history.
    """

    account_id: int
    account = pw.ForeignKeyField(Account, backref="+", on_delete="CASCADE")
    kind = pw.CharField(max_length=64)
    file_name = pw.CharField(max_length=255)
    folder = pw.CharField(max_length=32, unique=True)
    size = pw.IntegerField()
    headers = pw.JSONField()
    is_large = pw.BooleanField(default=False)
    mapping = pw.JSONField(default=dict)
    constants = pw.JSONField(default=dict)
    mode = EnumField(ImportMode, max_length=16, default=ImportMode.ALL_OR_NOTHING)
    reason = pw.TextField(default="")
    language = pw.CharField(max_length=8, default="id")
    step = EnumField(TaskStep, max_length=8, default=TaskStep.CHECK)
    state = EnumField(TaskState, max_length=8, default=TaskState.NEW, index=True)
    created_rows = pw.IntegerField(default=0)
    updated_rows = pw.IntegerField(default=0)
    unchanged_rows = pw.IntegerField(default=0)
    rejected_rows = pw.IntegerField(default=0)
    problems = pw.JSONField(default=list)
    run_id = pw.IntegerField(null=True)
    created_at = UtcDateTimeField(default=utc_now, index=True)
    started_at = UtcDateTimeField(null=True)
    ended_at = UtcDateTimeField(null=True)


class ImportMapping(Table):
    """How a person last read the columns of a kind of file; `headers_key` is the SHA-256 of the set of headers."""

    account_id: int
    account = pw.ForeignKeyField(Account, backref="+", on_delete="CASCADE")
    kind = pw.CharField(max_length=64)
    headers_key = pw.CharField(max_length=64)
    mapping = pw.JSONField()
    constants = pw.JSONField()
    used_at = UtcDateTimeField(default=utc_now)

    class Meta:
        indexes = ((("account", "kind", "headers_key"), True),)
