"""Terms of the queue (antrean)."""

from enum import StrEnum

from core.plugin_api import N_


class HoursKind(StrEnum):
    """Whether a span of the week is one of service or a break within it."""

    OPEN = "OPEN"
    BREAK = "BREAK"


class PriorityRule(StrEnum):
    """How people of priority groups are called: always first, or one of them after every n others."""

    STRICT = "STRICT"
    ONE_IN_N = "ONE_IN_N"


class Channel(StrEnum):
    """How a ticket came about: booked online, taken at the kiosk, given at a counter, read from a log."""

    ONLINE = "ONLINE"
    KIOSK = "KIOSK"
    STAFF = "STAFF"
    IMPORT = "IMPORT"


class TicketState(StrEnum):
    """Where a ticket stands; the last five are final."""

    BOOKED = "BOOKED"
    WAITING = "WAITING"
    CALLED = "CALLED"
    SERVING = "SERVING"
    HELD = "HELD"
    DONE = "DONE"
    TRANSFERRED = "TRANSFERRED"
    NO_SHOW = "NO_SHOW"
    LEFT = "LEFT"
    CANCELLED = "CANCELLED"


FINAL_STATES = frozenset(
    {TicketState.DONE, TicketState.TRANSFERRED, TicketState.NO_SHOW, TicketState.LEFT, TicketState.CANCELLED}
)


class TicketEventKind(StrEnum):
    """What happened to a ticket; PRIORITY is what staff decided about a declared priority."""

    BOOKED = "BOOKED"
    CHECKED_IN = "CHECKED_IN"
    ISSUED = "ISSUED"
    CALLED = "CALLED"
    RECALLED = "RECALLED"
    SERVING = "SERVING"
    HELD = "HELD"
    RESUMED = "RESUMED"
    TRANSFERRED = "TRANSFERRED"
    DONE = "DONE"
    NO_SHOW = "NO_SHOW"
    LEFT = "LEFT"
    CANCELLED = "CANCELLED"
    PRIORITY = "PRIORITY"


class EventSource(StrEnum):
    """Where an event was noted: at once here, at a counter that was offline, in a file."""

    LIVE = "LIVE"
    OFFLINE = "OFFLINE"
    IMPORT = "IMPORT"


class InterventionKind(StrEnum):
    """What was changed so that waiting might fall."""

    TRAINING = "TRAINING"
    ONLINE_BOOKING = "ONLINE_BOOKING"
    COUNTERS = "COUNTERS"
    OPENING_HOURS = "OPENING_HOURS"
    PROCEDURE = "PROCEDURE"
    OTHER = "OTHER"


class Bucket(StrEnum):
    """What the figures of a queue are told apart by; TOTAL tells nothing apart."""

    TOTAL = "TOTAL"
    DAY = "DAY"
    HOUR = "HOUR"
    WEEKDAY = "WEEKDAY"
    WEEKDAY_HOUR = "WEEKDAY_HOUR"
    SERVICE = "SERVICE"
    COUNTER = "COUNTER"
    CHANNEL = "CHANNEL"
    PRIORITY = "PRIORITY"
    EMPLOYEE = "EMPLOYEE"


WEEKDAYS = (
    N_("Monday"),
    N_("Tuesday"),
    N_("Wednesday"),
    N_("Thursday"),
    N_("Friday"),
    N_("Saturday"),
    N_("Sunday"),
)
"""The days of the week, from Monday = 0."""
