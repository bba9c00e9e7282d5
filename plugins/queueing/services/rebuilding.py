"""The columns of tickets that follow from events, worked out again from the events alone."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from core.database import is_sqlite
from core.plugin_api import Context, forbidden, unit_of_work
from plugins.queueing.models import QueueService, ServicePoint, Ticket, TicketEvent
from plugins.queueing.rules.states import Happened, facts_of
from plugins.queueing.services.calendar import zone_of
from plugins.queueing.services.estimating import settle_estimate
from plugins.queueing.services.recording import columns_of, happened_by

BATCH = 1000
"""Tickets of one transaction; calls at counters wait no longer than for these."""


@dataclass(frozen=True)
class Rebuilt:
    """How many tickets were looked at, and how many stood otherwise than their events say; these were put right."""

    tickets: int
    differed: int


def rebuild(
    ctx: Context, *, point_id: int | None = None, progress: Callable[[int, int], None] | None = None
) -> Rebuilt:
    """Work out every ticket from its events (of one service point, or all) and put right what differs.

    Each batch is a transaction, so that an interrupted run has done no harm and the queue goes on meanwhile.
    `progress(done, tickets)` is called after each. A ticket without events has nothing to follow from and stays.
    """
    if not ctx.actor.is_system:
        raise forbidden()
    total = _tickets(point_id).count() if progress else 0
    done = differed = last = 0
    while True:
        with unit_of_work(ctx):
            tickets = list(_next(point_id, last))
            differed += _put_right(ctx, tickets)
        if not tickets:
            return Rebuilt(done, differed)
        done, last = done + len(tickets), tickets[-1].id
        if progress:
            progress(done, max(total, done))


def _tickets(point_id: int | None) -> Any:
    query = Ticket.select(Ticket)
    return query if point_id is None else query.join(QueueService).where(QueueService.point == point_id)


def _next(point_id: int | None, last: int) -> Any:
    query = _tickets(point_id).where(Ticket.id > last).order_by(Ticket.id).limit(BATCH)
    # Nobody may add an event between reading the events of a ticket and writing what follows from them.
    return query if is_sqlite() else query.for_update("FOR UPDATE", of=Ticket)


def _put_right(ctx: Context, tickets: list[Ticket]) -> int:
    happened = _events([ticket.id for ticket in tickets])
    zones = _zones(ctx, {ticket.service_id for ticket in tickets})
    differed = 0
    for ticket in tickets:
        facts = facts_of(happened.get(ticket.id, ()))
        if facts.state is None:
            continue
        wanted = columns_of(facts, zones[ticket.service_id])
        differing = {name: value for name, value in wanted.items() if ticket.__data__.get(name) != value}
        if differing:
            differed += 1
            changes = {**differing, "version": ticket.version + 1}
            Ticket.update(changes).where(Ticket.id == ticket.id).execute()
        if "wait_seconds" in differing:
            ticket.wait_seconds = facts.wait_seconds
            settle_estimate(ticket)
    return differed


def _zones(ctx: Context, service_ids: set[int]) -> dict[int, ZoneInfo]:
    services = QueueService.select(QueueService, ServicePoint).join(ServicePoint)
    chosen = services.where(QueueService.id.in_(list(service_ids)))
    return {service.id: zone_of(service.point, ctx.settings) for service in chosen}


def _events(ticket_ids: list[int]) -> dict[int, list[Happened]]:
    found: dict[int, list[Happened]] = defaultdict(list)
    rows = (
        TicketEvent.select(
            TicketEvent.ticket,
            TicketEvent.kind,
            TicketEvent.at,
            TicketEvent.counter,
            TicketEvent.employee,
            TicketEvent.detail,
        )
        .where(TicketEvent.ticket.in_(ticket_ids))
        .order_by(TicketEvent.id)
    )
    for row in rows:
        found[row.ticket_id].append(happened_by(row))
    return found
