"""What is learned from the queue: how well waits were foretold, and what was done so that they fall."""

import peewee as pw
from playhouse.fields import EnumField

from core.plugin_api import Record, Table, UtcDateTimeField
from plugins.queueing.models.setup import QueueService, ServicePoint
from plugins.queueing.models.tickets import Ticket
from plugins.queueing.terms import InterventionKind


class WaitEstimate(Table):
    """The wait that was foretold to a ticket when it began to wait, in seconds, beside what came of it.

    Half of all waits should fall between `half_low` and `half_high`, four of five between `wide_low` and `wide_high`;
    `waited` is the wait that came, null while unknown or where the person was never called. `expected` is the time of
    service that the line promised, `closed` the known time without service (before opening, in breaks) until then.
    """

    ticket_id: int
    service_id: int

    ticket = pw.ForeignKeyField(Ticket, unique=True, backref="+", on_delete="CASCADE")
    service = pw.ForeignKeyField(QueueService, backref="+", on_delete="CASCADE")
    made_at = UtcDateTimeField()
    ahead = pw.IntegerField()
    counters = pw.IntegerField()
    expected = pw.IntegerField()
    closed = pw.IntegerField(default=0)
    half_low = pw.IntegerField()
    half_high = pw.IntegerField()
    wide_low = pw.IntegerField()
    wide_high = pw.IntegerField()
    waited = pw.IntegerField(null=True)

    class Meta:
        table_name = "queueing_estimate"
        indexes = ((("service", "made_at"), False),)


class Intervention(Record):
    """Something that was done at a service point, or for one of its services, on a day, so that waiting falls."""

    point_id: int
    service_id: int | None

    point = pw.ForeignKeyField(ServicePoint, backref="+", on_delete="CASCADE")
    service = pw.ForeignKeyField(QueueService, null=True, backref="+", on_delete="CASCADE")
    kind = EnumField(InterventionKind, max_length=16)
    name = pw.CharField()
    day = pw.DateField()
    note = pw.TextField(default="")

    class Meta:
        table_name = "queueing_intervention"
