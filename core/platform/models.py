"""Tables of the house itself: which plugins were ever on, the events that wait for their handlers, the runs of jobs."""

import peewee as pw
from playhouse.fields import EnumField

from core.database import Table, UtcDateTimeField
from core.platform.terms import RunOutcome


class PluginState(Table):
    """A plugin that is or was on: its tables (a JSON list of names) can be purged without its code.

    `changed_at` is the moment it was last switched on or off; `module` is where its record is imported from.
    """

    name = pw.CharField(max_length=64, unique=True)
    title = pw.CharField()
    module = pw.CharField()
    distribution_version = pw.CharField(max_length=64, default="")
    tables = pw.TextField(default="[]")
    is_enabled = pw.BooleanField(default=False)
    changed_at = UtcDateTimeField()


class OutboxEvent(Table):
    """An event that was committed and waits until all of its handlers have taken it.

    `payload` is JSON; `waiting_handlers` is a JSON list of the handlers still to be served, None before the first try;
    `claimed_until` keeps other processes off while one of them delivers.
    """

    name = pw.CharField(max_length=128, index=True)
    payload = pw.TextField()
    at = UtcDateTimeField()
    waiting_handlers = pw.TextField(null=True)
    attempts = pw.IntegerField(default=0)
    claimed_until = UtcDateTimeField(null=True)
    delivered_at = UtcDateTimeField(null=True, index=True)
    last_error = pw.TextField(default="")


class IdempotencyKey(Table):
    """A batch call already answered: the same key with the same request gets the same answer again."""

    account_id = pw.IntegerField()
    operation = pw.CharField(max_length=64)
    key = pw.CharField(max_length=128)
    request_hash = pw.CharField(max_length=64)
    answer = pw.JSONField()
    created_at = UtcDateTimeField(index=True)

    class Meta:
        indexes = ((("account_id", "operation", "key"), True),)


class JobRun(Table):
    """One run of a job: of each job the latest are kept; `error` names no secret."""

    name = pw.CharField(max_length=128)
    outcome = EnumField(RunOutcome, max_length=8, default=RunOutcome.RUNNING)
    started_at = UtcDateTimeField()
    finished_at = UtcDateTimeField(null=True)
    error = pw.TextField(default="")

    class Meta:
        indexes = ((("name", "outcome"), False),)
