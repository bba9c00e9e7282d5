"""The bin: what was archived, each with all that went along with it."""

import peewee as pw
from playhouse.fields import EnumField

from core.bin.terms import BinState
from core.database import Record, UtcDateTimeField


class BinEntry(Record):
    """A row that left its table with what belongs to it; what they held stands in the history, under `batch`.

    `rows` are lists of owner (`core` or a plugin), model, id and moment of making, in the order in which they left;
    `emptied` are lists of owner, model, id, column and the id in it that was one of theirs. `unit_path` is where the
    row belonged, empty where nobody knows.
    """

    model = pw.CharField(max_length=64)
    subject_id = pw.IntegerField()
    label = pw.CharField()
    unit_path = pw.CharField(max_length=160, default="", index=True)
    row_count = pw.IntegerField()
    rows = pw.JSONField()
    emptied = pw.JSONField()
    reason = pw.TextField(default="")
    batch = pw.CharField(max_length=32, index=True)
    account_id = pw.IntegerField(null=True, index=True)
    account_name = pw.CharField()
    state = EnumField(BinState, max_length=16, default=BinState.IN_BIN)
    restored_at = UtcDateTimeField(null=True)

    class Meta:
        indexes = ((("model", "subject_id"), False),)
