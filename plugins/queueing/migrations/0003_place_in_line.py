"""The place in the line stands apart from the beginning of the wait; earlier transfers are put right by their events.

Whoever was handed on and kept a place bore the beginning of the first wait, so that service counted as waiting. The first
event of such a ticket now happens when the ticket before it ended, and holds the place in its detail.
"""

import json
from datetime import UTC, datetime

from peewee import CharField, DateTimeField, ForeignKeyField, IntegerField, Model, TextField

from core.database import IdField


def up(migrator, db):
    migrator.migrate(migrator.add_column("queueing_ticket", "placed_at", DateTimeField(null=True)))
    tables = _tables(db)
    for ticket, first, others in _handed_on(*tables):
        ended = [row.at for row in _events(tables[1], ticket.origin_id) if row.kind == "TRANSFERRED"]
        # No later than what happened next to it: a wait is never less than nothing.
        moment = min([*ended, *(row.at for row in others)], default=first.at)
        if moment <= first.at:
            continue
        if first.at != first.recorded_at:
            first.detail = json.dumps({**json.loads(first.detail or "{}"), "place": _seconds(first.at)})
            ticket.placed_at = first.at
        _begins(tables, ticket, first, moment)


def down(migrator, db):
    tables = _tables(db)
    for ticket, first, _others in _handed_on(*tables):
        detail = json.loads(first.detail or "{}")
        if "place" not in detail:
            continue
        place = datetime.fromtimestamp(detail.pop("place"), UTC).replace(tzinfo=None)
        first.detail = json.dumps(detail) if detail else ""
        ticket.placed_at = None
        _begins(tables, ticket, first, place)
    migrator.migrate(migrator.drop_column("queueing_ticket", "placed_at"))


def _tables(db):
    class Ticket(Model):
        id = IdField()
        origin = ForeignKeyField("self", null=True)
        queued_at = DateTimeField(null=True)
        placed_at = DateTimeField(null=True)
        called_at = DateTimeField(null=True)
        serving_at = DateTimeField(null=True)
        wait_seconds = IntegerField(null=True)
        local_hour = IntegerField(null=True)

        class Meta:
            database = db
            table_name = "queueing_ticket"

    class TicketEvent(Model):
        id = IdField()
        ticket = ForeignKeyField(Ticket)
        kind = CharField()
        at = DateTimeField()
        recorded_at = DateTimeField()
        detail = TextField()

        class Meta:
            database = db
            table_name = "queueing_ticket_event"

    class WaitEstimate(Model):
        id = IdField()
        ticket = ForeignKeyField(Ticket)
        waited = IntegerField(null=True)

        class Meta:
            database = db
            table_name = "queueing_estimate"

    return Ticket, TicketEvent, WaitEstimate


def _handed_on(ticket, event, _estimate):
    """Yield the tickets that came from a transfer, each with its first event and the others."""
    for row in list(ticket.select().where(ticket.origin.is_null(False))):
        events = _events(event, row.id)
        first = next((one for one in events if one.kind == "ISSUED"), None)
        if first is not None and row.queued_at is not None:
            yield row, first, [one for one in events if one.id != first.id]


def _events(event, ticket_id):
    return list(event.select().where(event.ticket == ticket_id).order_by(event.id))


def _begins(tables, ticket, first, moment):
    """Let the wait of a ticket begin at a moment, with all that follows from it."""
    # In Indonesia the hours of all zones begin together; elsewhere `kinerja queueing rebuild` puts the hour right.
    hours = (moment.replace(minute=0, second=0) - ticket.queued_at.replace(minute=0, second=0)).total_seconds() // 3600
    if ticket.local_hour is not None:
        ticket.local_hour = int(ticket.local_hour + hours) % 24
    first.at = ticket.queued_at = moment
    reached = [at for at in (ticket.called_at, ticket.serving_at) if at is not None]
    if reached:
        ticket.wait_seconds = int((min(reached) - moment).total_seconds())
    first.save(only=["at", "detail"])
    ticket.save(only=["queued_at", "placed_at", "wait_seconds", "local_hour"])
    estimate = tables[2]
    estimate.update(waited=ticket.wait_seconds).where(estimate.ticket == ticket.id).execute()


def _seconds(moment):
    return int(moment.replace(tzinfo=UTC).timestamp())
