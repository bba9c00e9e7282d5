"""Tables of the plugin `queueing`: set-up of service points, tickets with their events, what was learned and done."""

from plugins.queueing.models.findings import Intervention, WaitEstimate
from plugins.queueing.models.setup import (
    Closure,
    Counter,
    CounterService,
    CounterShift,
    OpeningHours,
    PriorityGroup,
    QueueService,
    ServicePoint,
    ServiceQuota,
)
from plugins.queueing.models.tickets import QueueDay, Ticket, TicketEvent

TABLES = (
    ServicePoint,
    OpeningHours,
    Closure,
    PriorityGroup,
    QueueService,
    ServiceQuota,
    Counter,
    CounterService,
    CounterShift,
    QueueDay,
    Ticket,
    TicketEvent,
    WaitEstimate,
    Intervention,
)
"""All of them, each after those it points to."""

__all__ = [
    "TABLES",
    "Closure",
    "Counter",
    "CounterService",
    "CounterShift",
    "Intervention",
    "OpeningHours",
    "PriorityGroup",
    "QueueDay",
    "QueueService",
    "ServicePoint",
    "ServiceQuota",
    "Ticket",
    "TicketEvent",
    "WaitEstimate",
]
