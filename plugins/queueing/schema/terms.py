"""The terms of the queue as enums of the schema."""

import strawberry

from plugins.queueing.terms import (
    Channel,
    EventSource,
    HoursKind,
    InterventionKind,
    PriorityRule,
    TicketEventKind,
    TicketState,
)
from schema.engine import describe_values

__all__ = [
    "Channel",
    "EventSource",
    "HoursKind",
    "InterventionKind",
    "PriorityRule",
    "TicketEventKind",
    "TicketState",
]

strawberry.enum(HoursKind, name="QueueHoursKind", description="Whether a span of a weekday is one of service.")
describe_values(HoursKind, OPEN="Service (jam layanan).", BREAK="A break within it (istirahat).")

strawberry.enum(PriorityRule, name="QueuePriorityRule", description="How people of priority groups are called.")
describe_values(
    PriorityRule,
    STRICT="Always before the others.",
    ONE_IN_N="At most one of them in a row of n calls while others wait.",
)

strawberry.enum(Channel, name="QueueChannel", description="How a ticket came about.")
describe_values(
    Channel,
    ONLINE="Booked online (daring).",
    KIOSK="Taken at the kiosk (anjungan mandiri).",
    STAFF="Given by staff.",
    IMPORT="Read from a log.",
)

strawberry.enum(TicketState, name="TicketState", description="Where a ticket stands; the last five are final.")
describe_values(
    TicketState,
    BOOKED="Booked; the person is not there yet.",
    WAITING="The person is there and waits (menunggu).",
    CALLED="Called to a counter (dipanggil).",
    SERVING="Being served (dilayani).",
    HELD="Put aside for a while (ditahan).",
    DONE="Served (selesai).",
    TRANSFERRED="Goes on with another ticket at another service (dialihkan).",
    NO_SHOW="Was not there when called (tidak hadir).",
    LEFT="Left the queue without being served (meninggalkan antrean).",
    CANCELLED="Booking given up (dibatalkan).",
)

strawberry.enum(TicketEventKind, name="TicketEventKind", description="What happened to a ticket.")
describe_values(
    TicketEventKind,
    BOOKED="It was booked.",
    CHECKED_IN="The person with a booking is there.",
    ISSUED="A number was taken at the place.",
    CALLED="It was called to a counter.",
    RECALLED="It was called again.",
    SERVING="Serving began.",
    HELD="It was put aside.",
    RESUMED="It was taken up again.",
    PRIORITY="Staff said whether the person belongs to the priority group that it named.",
    TRANSFERRED="It was passed on to another service.",
    DONE="Serving ended.",
    NO_SHOW="Nobody came when it was called.",
    LEFT="The person left.",
    CANCELLED="The booking was given up.",
)

strawberry.enum(EventSource, name="TicketEventSource", description="How an event was noted.")
describe_values(
    EventSource,
    LIVE="At once.",
    OFFLINE="Later, by a counter that had no connection.",
    IMPORT="Read from a log.",
)

strawberry.enum(InterventionKind, name="QueueInterventionKind", description="What was changed so that waiting falls.")
describe_values(
    InterventionKind,
    TRAINING="Training of staff (pelatihan).",
    ONLINE_BOOKING="Booking online (antrean daring).",
    COUNTERS="More, fewer or other counters (loket).",
    OPENING_HOURS="Other opening hours (jam layanan).",
    PROCEDURE="Another procedure (prosedur).",
    OTHER="Something else.",
)
