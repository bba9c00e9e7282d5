"""The codes with which the queue refuses: what each means, and what to do. The README of the plugin lists them."""

from core.plugin_api import N_

TICKETS: dict[str, str] = {
    "CALLS_USED_UP": N_("Ticket {label} was called {calls} times. Note that nobody came."),
    "CHECK_IN_DAY": N_("This ticket is for {day}. Check in on that day, or book another one."),
    "CODE_LOCKED": N_("Too many wrong codes were given for this ticket. Ask the staff at a counter."),
    "CODE_WRONG": N_("This is not the code of the ticket, {left} more tries are left. Look at what you noted down."),
    "COUNTER_BUSY": N_("Counter {counter} still has ticket {label}. Finish it, hold it or note that nobody came."),
    "COUNTER_INACTIVE": N_("Counter {counter} is not in use. Choose another, or have it put into use."),
    "EVENT_IN_FUTURE": N_("This lies in the future. Set the clock of the counter and send it again."),
    "EVENT_KEY_MISSING": N_("The event has no key. Give each event a key of its own."),
    "EVENT_KEY_REUSED": N_("The key {key} belongs to another event. Give each event a key of its own."),
    "EVENT_KEY_TOO_LONG": N_("The key of an event has {length} characters, {limit} are allowed. Give a shorter one."),
    "EVENT_NOT_OFFLINE": N_("{kind} is not noted offline. Do this when the counter is connected again."),
    "EVENT_TOO_OLD": N_("This happened more than {hours} hours ago. Tell whoever manages the queue."),
    "NIK_HAS_TICKET": N_("This NIK has a ticket of {service} for {day} already. Use that one, or cancel it first."),
    "NIK_INVALID": N_("A NIK has 16 digits. Look at the identity card and give all of them."),
    "POINT_CLOSED_FOR_TODAY": N_(
        "{point} gives out no more numbers today, service ended at {time}. Come back another day."
    ),
    "PRIORITY_NOT_DECLARED": N_("No priority is declared for ticket {label}. Nothing is to be confirmed."),
    "PRIORITY_UNKNOWN": N_("This priority group is not known here. Choose one of the list, or none."),
    "SERVICE_NOT_HERE": N_(
        "Counter {counter} does not serve {service}. Let another counter call, or hand the ticket on."
    ),
    "TICKET_ELSEWHERE": N_("Ticket {label} is at counter {counter}. Let that counter go on with it."),
    "TICKET_STEP": N_(
        "Ticket {label} stands at {state}: {step} is not possible. Load it again to see what happened meanwhile."
    ),
    "TICKET_UNKNOWN": N_("No ticket has this name. Use the link or the QR code of your ticket."),
    "TOO_MANY_EVENTS": N_("These are {number} events, {limit} are taken in at once. Send them in several parts."),
    "TRANSFER_ELSEWHERE": N_("{service} is served elsewhere. Choose a service of this point."),
}

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

GRAPHQL: dict[str, str] = {
    "QUEUE_SPAN": N_("{days} days are asked for. Ask for 1 to {limit}."),
}

CHECKS: dict[str, str] = {
    "QUEUE_COUNTER_WITHOUT_SHIFT": N_("{point} is open today, nobody is planned at counter {counters}. Plan shifts."),
    "QUEUE_JOB_LATE": N_(
        "The job {job} did not run in the last hour: tickets stay open. Start kinerja worker, and read its log."
    ),
    "QUEUE_POINT_WITHOUT_HOURS": N_(
        "{point} has no opening hours: nothing can be booked there. Set its week, or take it out of use."
    ),
    "QUEUE_SERVICE_UNSERVED": N_("No counter of {point} may serve {service}. Give it to one, or take it out of use."),
    "QUEUE_TICKETS_LEFT_OPEN": N_(
        "{count} tickets of {point} since {day} are still open. Run: kinerja queueing close-day"
    ),
}

CODES: dict[str, str] = {**TICKETS, **FORESIGHT, **GRAPHQL, **CHECKS}
"""All of them; those that core knows as well are not repeated."""
