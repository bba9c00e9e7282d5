"""Tickets and what happened to them: events are the truth and only ever added, a ticket is what follows from them."""

import peewee as pw
from playhouse.fields import EnumField

from core.organisation.models import Employee
from core.plugin_api import Table, UtcDateTimeField
from plugins.queueing.models.setup import Counter, PriorityGroup, QueueService
from plugins.queueing.terms import Channel, EventSource, TicketEventKind, TicketState


class QueueDay(Table):
    """The numbers that a service has given out on a day; its row is locked while the next one is given."""

    service_id: int

    service = pw.ForeignKeyField(QueueService, backref="+", on_delete="CASCADE")
    day = pw.DateField()
    last_number = pw.IntegerField(default=0)

    class Meta:
        table_name = "queueing_day"
        indexes = ((("service", "day"), True),)


class Ticket(Table):
    """One person's turn at one service on one day, as its events give it; a transfer makes a new ticket (`origin`).

    `number` is given when the person is there (issued or checked in), so that bookings leave no gaps. Personal columns
    (`nik_hash`, `holder_name`, `phone`) are emptied after a set time. `token` is the unguessable name in addresses and
    QR codes, `code_hash` the hash of the one-time code with which the holder changes it, `code_tries` how often a wrong
    one was given since the last right one; a transfer hands token and code on to the new ticket. `counter` and
    `employee` are the last who called or served. Spans are whole seconds by the events' own times: `wait_seconds` from
    being there (`queued_at`) to the first call, `serve_seconds` without the time on hold; null while unknown.
    `placed_at` is where the ticket stands in the line if that is before its own wait began: whoever is handed on keeps
    a place, and waits anew.
    """

    service_id: int
    counter_id: int | None
    employee_id: int | None
    priority_id: int | None
    origin_id: int | None

    service = pw.ForeignKeyField(QueueService, backref="+", on_delete="CASCADE")
    day = pw.DateField()
    number = pw.IntegerField(null=True)
    token = pw.CharField(max_length=43, unique=True)
    code_hash = pw.CharField(max_length=64, default="")
    code_tries = pw.IntegerField(default=0)
    state = EnumField(TicketState, max_length=16)
    channel = EnumField(Channel, max_length=8)
    priority = pw.ForeignKeyField(PriorityGroup, null=True, backref="+", on_delete="SET NULL")
    is_priority_confirmed = pw.BooleanField(default=False)
    slot = pw.CharField(max_length=5, default="")
    nik_hash = pw.CharField(max_length=64, null=True)
    holder_name = pw.CharField(default="")
    phone = pw.CharField(max_length=32, default="")
    language = pw.CharField(max_length=2, default="id")
    origin = pw.ForeignKeyField("self", null=True, backref="+", on_delete="SET NULL")
    counter = pw.ForeignKeyField(Counter, null=True, backref="+", on_delete="SET NULL")
    employee = pw.ForeignKeyField(Employee, null=True, backref="+", on_delete="SET NULL")
    booked_at = UtcDateTimeField(null=True)
    queued_at = UtcDateTimeField(null=True)
    placed_at = UtcDateTimeField(null=True)
    called_at = UtcDateTimeField(null=True)
    serving_at = UtcDateTimeField(null=True)
    ended_at = UtcDateTimeField(null=True)
    calls = pw.IntegerField(default=0)
    wait_seconds = pw.IntegerField(null=True)
    serve_seconds = pw.IntegerField(null=True)
    local_hour = pw.IntegerField(null=True)
    version = pw.IntegerField(default=1)

    class Meta:
        table_name = "queueing_ticket"
        indexes = (
            (("service", "day", "number"), True),
            (("service", "day", "state"), False),
            (("employee", "day"), False),
            (("nik_hash", "day"), False),
        )


class TicketEvent(Table):
    """Something that happened to a ticket, at its own time `at`; `recorded_at` is when it was heard of.

    `key` makes an event that is told twice count once. `actor` names the account, `""` stands for the holder. `detail`
    is JSON, such as the reason, the service that a transfer goes to, the place in the line that it keeps (seconds since
    1970), or the priority that was confirmed.
    """

    ticket_id: int
    counter_id: int | None
    employee_id: int | None

    ticket = pw.ForeignKeyField(Ticket, backref="+", on_delete="CASCADE")
    kind = EnumField(TicketEventKind, max_length=16)
    at = UtcDateTimeField()
    recorded_at = UtcDateTimeField()
    source = EnumField(EventSource, max_length=8, default=EventSource.LIVE)
    counter = pw.ForeignKeyField(Counter, null=True, backref="+", on_delete="SET NULL")
    employee = pw.ForeignKeyField(Employee, null=True, backref="+", on_delete="SET NULL")
    actor = pw.CharField(default="")
    key = pw.CharField(max_length=64, null=True, unique=True)
    detail = pw.TextField(default="")

    class Meta:
        table_name = "queueing_ticket_event"
