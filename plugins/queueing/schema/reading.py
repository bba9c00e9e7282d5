"""What is read of the queue at the root, and what the plugin adds to units and employees."""

from plugins.queueing import models
from plugins.queueing.schema.setup_types import (
    Closure,
    Counter,
    CounterService,
    CounterShift,
    Intervention,
    OpeningHours,
    PriorityGroup,
    QueueService,
    ServicePoint,
    ServiceQuota,
)
from plugins.queueing.schema.ticket_types import QueueDay, Ticket, TicketEvent, WaitEstimate
from schema.engine import Connection, pages, root_pages

TYPES = (
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
"""The types of rows, one for each table."""


class Lists:
    """Every table at the root; what is set up is open to everybody, tickets to those who may see them."""

    service_points: Connection[ServicePoint] = root_pages("Places where citizens are served.")
    queue_opening_hours: Connection[OpeningHours] = root_pages("When service points serve, and their breaks.")
    queue_closures: Connection[Closure] = root_pages("Days on which service points are closed.")
    priority_groups: Connection[PriorityGroup] = root_pages("People who go first (kelompok rentan).")
    queue_services: Connection[QueueService] = root_pages("Services of service points.")
    service_quotas: Connection[ServiceQuota] = root_pages("How many tickets services give out (kuota).")
    counters: Connection[Counter] = root_pages("Counters (loket).")
    counter_services: Connection[CounterService] = root_pages("What may be served at which counter.")
    counter_shifts: Connection[CounterShift] = root_pages("Who serves at which counter, and when.")
    queue_days: Connection[QueueDay] = root_pages("Numbers given out, by service and day.")
    queue_tickets: Connection[Ticket] = root_pages("Tickets that the caller may see (nomor antrean).")
    queue_ticket_events: Connection[TicketEvent] = root_pages("What happened to tickets that the caller may see.")
    wait_estimates: Connection[WaitEstimate] = root_pages("Waits that were foretold, and what came of them.")
    interventions: Connection[Intervention] = root_pages("What was done so that waiting falls.")


class WorkUnitLists:
    """Rows of the plugin that belong to a unit."""

    service_points: Connection[ServicePoint] = pages(models.ServicePoint.unit, "Service points that the unit runs.")
    queue_services: Connection[QueueService] = pages(models.QueueService.unit, "Services of the unit at any point.")


class EmployeeLists:
    """Rows of the plugin that belong to an employee."""

    served_tickets: Connection[Ticket] = pages(models.Ticket.employee, "Tickets that the employee last served.")
    counter_shifts: Connection[CounterShift] = pages(
        models.CounterShift.employee, "When the employee serves, and where."
    )
