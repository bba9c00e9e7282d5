"""Codes: planning counters and simulating days of queues."""

from core.i18n import N_

FORESIGHT: dict[str, str] = {
    "QUEUE_COUNTERS": N_("{count} counters cannot be simulated. Name 1 to {most}."),
    "QUEUE_DAY_EMPTY": N_("On {day} nobody drew a number at {point} that you may see. Choose a day with tickets."),
    "QUEUE_DAY_OVERLOADED": N_(
        "The day brings {needed} hours of work for {service}, its counters are open for {hours}: the line grows."
        " Add counters or hours."
    ),
    "QUEUE_HOURS": N_("{start} to {end} is no span of a day. Give times such as 08:00 and 15:00, the earlier first."),
    "QUEUE_MINUTES": N_("{value} minutes cannot be planned with. Give from {least} to {most}."),
    "QUEUE_OVERLOADED": N_(
        "From {time} on work for {load} counters arrives, {counters} may serve it, and the line grows."
        " Open more counters, spread bookings over the day, or shorten serving."
    ),
    "QUEUE_RUNS": N_("{runs} runs cannot be made. Ask for 1 to {most}."),
    "QUEUE_SERVICE_WITHOUT_COUNTER": N_("No counter may serve {service}. Give it to one."),
    "QUEUE_SHARE": N_("A share of {share} cannot be planned for. Give one above 0 and at most 0.999."),
}
