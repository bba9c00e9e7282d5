"""The record of every change, each row chained to the one before it by a hash."""

import peewee as pw

from core.database import Table, UtcDateTimeField


class HistoryRecord(Table):
    """One change of one row: who, when, why, before and after.

    `before` and `after` are canonical JSON texts (sorted keys), None on creation and deletion; `batch` ties the changes
    of one unit of work together; `hash` is the SHA-256 over the previous hash and this row.
    """

    at = UtcDateTimeField(index=True)
    account_id = pw.IntegerField(null=True, index=True)
    actor_name = pw.CharField()
    action = pw.CharField(max_length=16)
    subject_type = pw.CharField(max_length=64)
    subject_id = pw.IntegerField()
    before = pw.TextField(null=True)
    after = pw.TextField(null=True)
    reason = pw.TextField(null=True)
    request_id = pw.CharField(max_length=64, index=True)
    batch = pw.CharField(max_length=32, index=True)
    previous_hash = pw.CharField(max_length=64)
    hash = pw.CharField(max_length=64, unique=True)

    class Meta:
        indexes = ((("subject_type", "subject_id", "id"), False),)
