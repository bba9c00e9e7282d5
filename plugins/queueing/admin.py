"""Back office of the queue: its set-up by hand, tickets and what happened to them to look at."""

from admin.columns import STAMPS
from admin.related import Related
from admin.views import ScopedView, Shown
from core.organisation.models import Employee, WorkUnit
from core.plugin_api import N_, AdminView, translate
from plugins.queueing.models import (
    Closure,
    Counter,
    CounterService,
    CounterShift,
    Intervention,
    OpeningHours,
    PriorityGroup,
    QueueDay,
    QueueService,
    ServicePoint,
    ServiceQuota,
    Ticket,
    TicketEvent,
    WaitEstimate,
)
from plugins.queueing.terms import WEEKDAYS

_GROUP = N_("Queueing")


def _weekday(number: int) -> str:
    """Return the weekday of a number in the caller's language."""
    return translate(WEEKDAYS[number]) if number in range(7) else str(number)


def _minutes(seconds: int) -> str:
    """Return seconds as minutes and seconds."""
    return f"{seconds // 60}:{seconds % 60:02}"


class ServicePointView(ScopedView):
    """Where citizens are served."""

    group = _GROUP
    order = ("name", False)
    columns = (
        Shown("name", N_("Name"), is_searched=True),
        Shown("code", N_("Code"), is_searched=True),
        Shown("unit", N_("Unit"), label=WorkUnit.name),
        Shown("is_active", N_("In use")),
        Shown("address", N_("Address"), is_listed=False, is_searched=True),
        Shown("time_zone", N_("Time zone"), is_listed=False),
        Shown("slot_minutes", N_("Minutes of a slot"), is_listed=False),
        Shown("priority_rule", N_("Who goes first"), is_listed=False),
        Shown("priority_every", N_("One in how many"), is_listed=False),
        Shown("recalls_allowed", N_("Repeated calls"), is_listed=False),
        Shown("grace_minutes", N_("Minutes a booking waits"), is_listed=False),
        Shown("keeps_national_holidays", N_("Closed on national holidays"), is_listed=False),
        Shown("keeps_regional_holidays", N_("Closed on regional holidays"), is_listed=False),
        Shown("keeps_collective_leave", N_("Closed on collective leave"), is_listed=False),
        *STAMPS,
    )
    related = (
        Related(N_("Opening hours"), OpeningHours, "point", "queueing_hours"),
        Related(N_("Services"), QueueService, "point", "queueing_service"),
        Related(N_("Counters"), Counter, "point", "queueing_counter"),
        Related(N_("Closed days"), Closure, "point", "queueing_closure"),
        Related(N_("Interventions"), Intervention, "point", "queueing_intervention"),
    )


class OpeningHoursView(ScopedView):
    """When a point serves, and its breaks."""

    group = _GROUP
    is_listed_in_menu = False
    stands = ("weekday", "starts_at")
    order = ("weekday", False)
    columns = (
        Shown("weekday", N_("Weekday"), write=_weekday),
        Shown("starts_at", N_("From")),
        Shown("ends_at", N_("Until")),
        Shown("kind", N_("Kind")),
        Shown("point", N_("Service point"), label=ServicePoint.name, is_searched=True),
        *STAMPS,
    )


class ClosureView(ScopedView):
    """Days on which a point is closed by itself."""

    group = _GROUP
    is_listed_in_menu = False
    order = ("day", True)
    columns = (
        Shown("day", N_("Day")),
        Shown("name", N_("Why"), is_searched=True),
        Shown("point", N_("Service point"), label=ServicePoint.name, is_searched=True),
        *STAMPS,
    )


class PriorityGroupView(ScopedView):
    """People who go first."""

    group = _GROUP
    order = ("rank", False)
    columns = (
        Shown("name", N_("Name in Indonesian"), is_searched=True),
        Shown("name_en", N_("Name in English"), is_searched=True),
        Shown("code", N_("Code"), is_searched=True),
        Shown("rank", N_("Place in the list")),
        Shown("is_active", N_("In use")),
        Shown("source", N_("Source")),
        *STAMPS,
    )


class QueueServiceView(ScopedView):
    """What is served, each with numbers of its own."""

    group = _GROUP
    order = ("name", False)
    columns = (
        Shown("name", N_("Name"), is_searched=True),
        Shown("point", N_("Service point"), label=ServicePoint.name, is_searched=True),
        Shown("unit", N_("Unit"), label=WorkUnit.name),
        Shown("code", N_("Code"), is_searched=True, is_listed=False),
        Shown("prefix", N_("Beginning of its numbers")),
        Shown("target_wait_minutes", N_("Target: wait (minutes)")),
        Shown("target_serve_minutes", N_("Target: service (minutes)"), is_listed=False),
        Shown("books_ahead_days", N_("Days booked ahead"), is_listed=False),
        Shown("booking_ends_hours", N_("Hours before the slot when booking ends"), is_listed=False),
        Shown("requirements", N_("What to bring"), is_listed=False),
        Shown("is_active", N_("In use")),
        *STAMPS,
    )
    related = (
        Related(N_("Quotas"), ServiceQuota, "service", "queueing_quota"),
        Related(N_("Counters"), CounterService, "service", "queueing_counter_service", ("counter",)),
        Related(N_("Numbers given out"), QueueDay, "service", "queueing_day"),
        Related(N_("Interventions"), Intervention, "service", "queueing_intervention"),
    )


class ServiceQuotaView(ScopedView):
    """How many tickets a service gives out."""

    group = _GROUP
    is_listed_in_menu = False
    stands = ("service", "quota")
    order = ("service", False)
    columns = (
        Shown("service", N_("Service"), label=QueueService.name, is_searched=True),
        Shown("day", N_("Day")),
        Shown("weekday", N_("Weekday"), write=_weekday),
        Shown("slot", N_("Slot")),
        Shown("quota", N_("Tickets")),
        Shown("walk_in_reserve", N_("Kept for people without a booking")),
        *STAMPS,
    )


class CounterView(ScopedView):
    """Counters of the service points."""

    group = _GROUP
    stands = ("number", "point")
    order = ("number", False)
    columns = (
        Shown("number", N_("Number"), is_searched=True),
        Shown("point", N_("Service point"), label=ServicePoint.name, is_searched=True),
        Shown("name", N_("Name"), is_searched=True),
        Shown("is_active", N_("In use")),
        *STAMPS,
    )
    related = (
        Related(N_("Services of the counter"), CounterService, "counter", "queueing_counter_service", ("service",)),
        Related(N_("Shifts"), CounterShift, "counter", "queueing_shift"),
    )


class CounterServiceView(ScopedView):
    """What may be served at which counter."""

    group = _GROUP
    is_listed_in_menu = False
    stands = ("service", "counter")
    columns = (
        Shown("service", N_("Service"), label=QueueService.name, is_searched=True),
        Shown("counter", N_("Counter"), label=Counter.number),
        *STAMPS,
    )


class CounterShiftView(ScopedView):
    """Who serves where and when."""

    group = _GROUP
    stands = ("employee", "day")
    order = ("day", True)
    columns = (
        Shown("employee", N_("Employee"), label=Employee.name, is_searched=True),
        Shown("counter", N_("Counter"), label=Counter.number),
        Shown("day", N_("Day")),
        Shown("starts_at", N_("From")),
        Shown("ends_at", N_("Until")),
        *STAMPS,
    )


class QueueDayView(ScopedView):
    """The last number that a service has given out on a day."""

    group = _GROUP
    is_listed_in_menu = False
    is_counted = False
    stands = ("service", "day")
    order = ("day", True)
    columns = (
        Shown("service", N_("Service"), label=QueueService.name, is_searched=True),
        Shown("day", N_("Day")),
        Shown("last_number", N_("Last number")),
    )


class TicketView(ScopedView):
    """Tickets; whose they are, only those see who serve there."""

    group = _GROUP
    is_counted = False
    stands = ("service", "number")
    order = ("id", True)
    columns = (
        Shown("service", N_("Service"), label=QueueService.name),
        Shown("number", N_("Number"), is_searched=True),
        Shown("day", N_("Day")),
        Shown("state", N_("State")),
        Shown("channel", N_("How it came about")),
        Shown("slot", N_("Slot"), is_listed=False),
        Shown("priority", N_("Priority group"), label=PriorityGroup.name, is_listed=False),
        Shown("is_priority_confirmed", N_("Priority confirmed"), is_listed=False),
        Shown("holder_name", N_("Name of the holder"), is_listed=False),
        Shown("phone", N_("Telephone"), is_listed=False),
        Shown("language", N_("Language"), is_listed=False),
        Shown("counter", N_("Counter"), label=Counter.number),
        Shown("employee", N_("Employee"), label=Employee.name, is_listed=False),
        Shown("origin", N_("Transferred from"), is_listed=False),
        Shown("booked_at", N_("Booked at"), is_listed=False),
        Shown("queued_at", N_("Waiting since"), is_listed=False),
        Shown("placed_at", N_("In the line since"), is_listed=False),
        Shown("called_at", N_("Called at"), is_listed=False),
        Shown("serving_at", N_("Served from"), is_listed=False),
        Shown("ended_at", N_("Ended at"), is_listed=False),
        Shown("calls", N_("Calls"), is_listed=False),
        Shown("wait_seconds", N_("Wait (minutes:seconds)"), write=_minutes),
        Shown("serve_seconds", N_("Service (minutes:seconds)"), write=_minutes),
    )
    related = (
        Related(N_("What happened"), TicketEvent, "ticket", "queueing_event"),
        Related(N_("Wait foretold"), WaitEstimate, "ticket", "queueing_estimate"),
        Related(N_("Transferred to"), Ticket, "origin", "queueing_ticket"),
    )


class TicketEventView(ScopedView):
    """What happened to tickets; nothing is ever changed here."""

    group = _GROUP
    is_listed_in_menu = False
    is_counted = False
    stands = ("kind", "at")
    order = ("id", True)
    columns = (
        Shown("at", N_("At")),
        Shown("kind", N_("What happened")),
        Shown("ticket", N_("Ticket")),
        Shown("counter", N_("Counter"), label=Counter.number),
        Shown("employee", N_("Employee"), label=Employee.name),
        Shown("source", N_("Noted")),
        Shown("recorded_at", N_("Heard of at"), is_listed=False),
        Shown("actor", N_("Account"), is_listed=False),
        Shown("detail", N_("Details"), is_listed=False),
    )


class WaitEstimateView(ScopedView):
    """Waits that were foretold, beside what came of them."""

    group = _GROUP
    is_listed_in_menu = False
    is_counted = False
    stands = ("ticket", "made_at")
    order = ("id", True)
    columns = (
        Shown("made_at", N_("Foretold at")),
        Shown("ticket", N_("Ticket")),
        Shown("service", N_("Service"), label=QueueService.name, is_listed=False),
        Shown("ahead", N_("Waiting ahead")),
        Shown("counters", N_("Counters open")),
        Shown("expected", N_("Time of service ahead"), is_listed=False, write=_minutes),
        Shown("closed", N_("Time without service"), is_listed=False, write=_minutes),
        Shown("half_low", N_("Half of waits: from"), write=_minutes),
        Shown("half_high", N_("Half of waits: until"), write=_minutes),
        Shown("wide_low", N_("Four of five waits: from"), write=_minutes),
        Shown("wide_high", N_("Four of five waits: until"), write=_minutes),
        Shown("waited", N_("Wait (minutes:seconds)"), write=_minutes),
    )


class InterventionView(ScopedView):
    """What was done so that waiting falls."""

    group = _GROUP
    order = ("day", True)
    columns = (
        Shown("name", N_("Name"), is_searched=True),
        Shown("kind", N_("Kind")),
        Shown("day", N_("Day")),
        Shown("point", N_("Service point"), label=ServicePoint.name, is_searched=True),
        Shown("service", N_("Service"), label=QueueService.name),
        Shown("note", N_("Note"), is_listed=False),
        *STAMPS,
    )


VIEWS = [
    AdminView("queueing_point", lambda: ServicePointView(ServicePoint, N_("Service points"), "queueing_point")),
    AdminView("queueing_service", lambda: QueueServiceView(QueueService, N_("Services"), "queueing_service")),
    AdminView("queueing_counter", lambda: CounterView(Counter, N_("Counters"), "queueing_counter")),
    AdminView("queueing_shift", lambda: CounterShiftView(CounterShift, N_("Shifts"), "queueing_shift")),
    AdminView("queueing_ticket", lambda: TicketView(Ticket, N_("Tickets"), "queueing_ticket")),
    AdminView(
        "queueing_intervention",
        lambda: InterventionView(Intervention, N_("Interventions"), "queueing_intervention"),
    ),
    AdminView("queueing_group", lambda: PriorityGroupView(PriorityGroup, N_("Priority groups"), "queueing_group")),
    AdminView("queueing_hours", lambda: OpeningHoursView(OpeningHours, N_("Opening hours"), "queueing_hours")),
    AdminView("queueing_closure", lambda: ClosureView(Closure, N_("Closed days"), "queueing_closure")),
    AdminView("queueing_quota", lambda: ServiceQuotaView(ServiceQuota, N_("Quotas"), "queueing_quota")),
    AdminView(
        "queueing_counter_service",
        lambda: CounterServiceView(CounterService, N_("Services of the counter"), "queueing_counter_service"),
    ),
    AdminView("queueing_day", lambda: QueueDayView(QueueDay, N_("Numbers given out"), "queueing_day")),
    AdminView("queueing_event", lambda: TicketEventView(TicketEvent, N_("What happened"), "queueing_event")),
    AdminView("queueing_estimate", lambda: WaitEstimateView(WaitEstimate, N_("Wait foretold"), "queueing_estimate")),
]
