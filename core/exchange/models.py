"""Imports that were run, so that each can be shown and undone as one."""

import peewee as pw
from playhouse.fields import EnumField

from core.database import Record
from core.exchange.terms import ImportMode, ImportState


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
