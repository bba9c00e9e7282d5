"""Changes that wait for a second person."""

import peewee as pw
from playhouse.fields import EnumField

from core.approval.terms import RequestState
from core.database import Record, UtcDateTimeField


class ChangeRequest(Record):
    """A verb that somebody wants done: its target, its values, and what would change.

    `changes` are objects of model, id, label, field, before and after, as the attempt showed them; `seen_version` is
    the version of the row on which they rest. `batch` ties an approved request to its changes in the history.
    """

    verb = pw.CharField(max_length=96)
    model = pw.CharField(max_length=64)
    subject_id = pw.IntegerField(null=True)
    label = pw.CharField(default="")
    seen_version = pw.IntegerField(null=True)
    values = pw.JSONField()
    changes = pw.JSONField()
    reason = pw.TextField(default="")
    unit_path = pw.CharField(max_length=160, default="", index=True)
    account_id = pw.IntegerField(index=True)
    account_name = pw.CharField()
    state = EnumField(RequestState, max_length=16, default=RequestState.WAITING, index=True)
    decided_by = pw.IntegerField(null=True)
    decider_name = pw.CharField(default="")
    decided_at = UtcDateTimeField(null=True)
    note = pw.TextField(default="")
    batch = pw.CharField(max_length=32, default="", index=True)
    run_id = pw.IntegerField(null=True, index=True)

    class Meta:
        indexes = ((("model", "subject_id"), False),)
