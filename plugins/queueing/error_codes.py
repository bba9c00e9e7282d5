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
    "TICKET_KEY_LENGTH": N_(
        "The key has {length} characters. Give {least} to {most} random ones, new for each ticket."
    ),
    "TICKET_KEY_REUSED": N_(
        "Another ticket was given under this key. Load the page again, or give each ticket a key of its own."
    ),
    "TICKET_STEP": N_(
        "Ticket {label} stands at {state}: {step} is not possible. Load it again to see what happened meanwhile."
    ),
    "TICKET_UNKNOWN": N_("No ticket has this name. Use the link or the QR code of your ticket."),
    "TOO_MANY_EVENTS": N_("These are {number} events, {limit} are taken in at once. Send them in several parts."),
    "TRANSFER_ELSEWHERE": N_("{service} is served elsewhere. Choose a service of this point."),
}

FIGURES: dict[str, str] = {
    "COMPARISON_CLOSED_DAYS": N_(
        "The point was closed on {before} of its days before and {after} after. Choose periods without long closures."
    ),
    "COMPARISON_DAYS": N_("{days} days cannot be compared. Give a number from {fewest} to {most}."),
    "COMPARISON_FEW_CELLS": N_(
        "Only {cells} weekdays with an hour, with {percent} % of the waits, occur in both periods. "
        "Compare longer periods with the same opening hours."
    ),
    "COMPARISON_FEW_DAYS": N_("There are {before} days with waits before and {after} after. Compare longer periods."),
    "COMPARISON_FEW_WAITS": N_(
        "Only {before} waits before and {after} after are known. Compare from {least} in each period on."
    ),
    "COMPARISON_NOT_OVER": N_("The period after runs until {last} and is not over yet. Compare again then."),
    "COMPARISON_OTHER_DEMAND": N_(
        "The number of people a day differs by {percent} % between the periods, which changes waits by itself. "
        "Compare periods in which as many came."
    ),
    "COMPARISON_OVERLAP": N_("Something else was done in these periods: {names}. Choose periods that do not hold it."),
}

GRAPHQL: dict[str, str] = {
    "QUEUE_SPAN": N_("{days} days are asked for. Ask for 1 to {limit}."),
}


SETUP: dict[str, str] = {
    "BOOKING_DAY": N_("On {day} nothing can be booked now. Choose a day from {first} to {last}."),
    "BOOKING_ENDED": N_("Booking ends {hours} hours before. Choose a later slot or day, or come and take a number."),
    "BOOKING_NOT_OFFERED": N_("{service} takes no bookings. Come in the opening hours and take a number."),
    "BREAK_OUTSIDE": N_(
        "The break {start} to {end} does not lie within opening hours of that day. Correct it, or leave it out."
    ),
    "BREAK_TOO_LONG": N_(
        "Breaks take the whole day: nothing is left of {start} to {end}. Shorten the break, or leave out the day."
    ),
    "CLOSURE_TWICE": N_("{day} is closed already: {name}. Change that entry, or choose another day."),
    "COUNTER_NUMBER_TAKEN": N_("There is a counter {number} at this point already. Choose another number."),
    "GROUP_CODE": N_("{code} is no code. Use capital letters, digits and underscores, such as LANSIA."),
    "GROUP_CODE_TAKEN": N_("The group {name} has the code {code} already. Choose another code."),
    "HOURS_OVERLAP": N_(
        "{start} to {end} overlaps other hours of the same day. Correct one of the two, or leave one out."
    ),
    "HOURS_REVERSED": N_(
        "{start} to {end} ends before it begins. Give a later end; what goes past midnight is two spans."
    ),
    "HOURS_UNREADABLE": N_(
        "“{text}” are no opening hours. Write from-until, with commas between several and breaks after a "
        "slash: 08:00-15:00 / 12:00-13:00."
    ),
    "NO_OPEN_DAY": N_("{point} is not open on any of these days. Choose others, or correct its opening hours."),
    "PLAN_SPAN": N_("From {first} to {last} cannot be planned at once. Give a last day within {days} days."),
    "POINT_CLOSED": N_("{point} is closed on {day}: {reason}. Choose another day."),
    "POINT_CODE": N_("{code} cannot stand in an address. Use small letters, digits and hyphens, such as mpp-kota."),
    "POINT_CODE_TAKEN": N_("The service point {name} has the code {code} already. Choose another code."),
    "PREFIX_INVALID": N_("{prefix} cannot begin a number. Use 1 to 4 letters and digits, beginning with a letter."),
    "PREFIX_TAKEN": N_("Numbers of {name} begin with {value} at this point. Choose another beginning."),
    "QUEUE_NUMBER": N_("{number} is not possible here. Give a number from {lowest} to {highest}."),
    "QUOTA_DAY_AND_WEEKDAY": N_("A quota is for one day or for a weekday, not for both. Leave one of them empty."),
    "QUOTA_FULL": N_("At {slot} on {day} nothing is left of {service}. Choose another slot or day."),
    "QUOTA_SLOT_UNKNOWN": N_(
        "At {slot} no slot of this point begins then. Choose one of {slots}, or correct its opening hours."
    ),
    "QUOTA_TWICE": N_("For this time there is a quota of {quota} already. Change that one."),
    "RESERVE_ABOVE_QUOTA": N_(
        "{reserve} cannot be kept of {quota} tickets. Give a smaller reserve, or a larger quota."
    ),
    "SERVED_TICKETS_STAY": N_(
        "{count} tickets keep who served them, since evaluations rest on their figures. They go with the "
        "employee's own row."
    ),
    "SERVICE_CODE_TAKEN": N_("{name} has the code {value} at this point. Choose another code."),
    "SERVICE_ELSEWHERE": N_("{service} is served at another point. Choose services of the counter's own point."),
    "SHIFT_OVERLAP": N_("{employee} serves at counter {counter} on {day} from {start} to {end}. Choose other hours."),
    "SHIFT_REVERSED": N_(
        "The shift {start} to {end} ends before it begins. Give a later end, or two shifts past midnight."
    ),
    "SLOT_UNKNOWN": N_("At {slot} no slot begins on {day}. Choose one of {slots}."),
    "TIME_UNKNOWN": N_("{start} to {end}: times are written like 08:00, up to 24:00. Correct them."),
    "TIME_ZONE_UNKNOWN": N_(
        "{zone} is no time zone. Use Asia/Jakarta, Asia/Makassar, Asia/Jayapura or another IANA name, or "
        "leave it empty for that of the institution."
    ),
    "WEEKDAY_UNKNOWN": N_("Weekdays are 0 (Monday) to 6 (Sunday). Give one of them."),
    "WEEK_EMPTY": N_("A week without any hours serves nobody. Fill in a day, or take the point out of use."),
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

LOGS: dict[str, str] = {
    "LOG_COLUMN_MISSING": N_("The file has no column {column}. Correct the mapping; the file has: {headers}."),
    "LOG_COUNTER_UNKNOWN": N_(
        "The counter {value} is unknown at this service point. Set it up, or name its number under counters."
    ),
    "LOG_DAY_WRONG": N_("{value} is not a day of this calendar. Correct it, or day_format."),
    "LOG_EMPLOYEE_UNKNOWN": N_("Nobody here has the NIP {value}. Correct it, or import the employee first."),
    "LOG_ENCODING": N_("Line {line} or one soon after it is not {encoding}. Save the file as UTF-8."),
    "LOG_MAPPING_UNREADABLE": N_("{name} is neither TOML nor JSON ({fault}). Correct it there."),
    "LOG_MAPPING_WRONG": N_("The mapping is wrong: {fault}. Correct it; plugins/queueing/README.md shows one."),
    "LOG_NOT_CSV": N_("The log is no CSV file. Save it as CSV (comma or semicolon)."),
    "LOG_ORDER_WRONG": N_("{column} lies before {before}. Correct one of them, or leave the row out."),
    "LOG_OUTCOME_UNKNOWN": N_("The outcome {value} is unknown. Say in the mapping, under outcomes, what it means."),
    "LOG_PRIORITY_UNKNOWN": N_("The priority group {value} is unknown. Name its code under priorities."),
    "LOG_SERVICE_UNKNOWN": N_(
        "The service {value} is unknown at this service point. Set it up, or name its code under services."
    ),
    "LOG_TICKET_TWICE": N_(
        "Line {line} already holds this ticket. Keep one of the two, or name more columns for ticket."
    ),
    "LOG_TICKET_UNNAMED": N_("The line names no ticket. Fill in {column}."),
    "LOG_TIME_MISSING": N_("A time is missing. Fill in {column}, or leave the row out."),
    "LOG_TIME_WRONG": N_("{value} is not a time. Correct it, or time_format."),
    "LOG_ZONE_UNKNOWN": N_("There is no time zone {name}. Write it like Asia/Jakarta."),
    "POINT_UNKNOWN": N_("It is not clear which service point is meant. Name it with --point; there are: {codes}."),
    "SERVICE_UNKNOWN": N_("There is no service {code} at this service point. Choose one of: {codes}."),
}

CODES: dict[str, str] = {**TICKETS, **SETUP, **FORESIGHT, **FIGURES, **GRAPHQL, **LOGS, **CHECKS}
"""All of them; those that core knows as well are not repeated."""
"""All of them, by which tests hold that none of them means something else in core."""
