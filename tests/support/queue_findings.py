"""What a simulated day left in the database, held against what its citizens, counters and displays were told."""

from collections import Counter as Tally
from typing import Any

import orjson

from core.database import utc_now
from plugins.queueing.models import Counter, QueueDay, QueueService, ServicePoint, Ticket, TicketEvent
from plugins.queueing.reading.board import Board, board_of
from tests.support.queue_day import Called, Told
from tests.support.queue_displays import Display, delays

_AWAY = {"DONE", "NO_SHOW", "LEFT", "HELD", "TRANSFERRED"}


def lost(told: Told) -> list[str]:
    """Return what was acknowledged and is not there: tickets by token and label, acts by key, calls by ticket."""
    rows = Ticket.select(Ticket.token, Ticket.number, QueueService.prefix).join(QueueService).tuples()
    labels = {token: prefix if number is None else f"{prefix}-{number:03}" for token, number, prefix in rows}
    events = dict(
        TicketEvent.select(TicketEvent.key, TicketEvent.ticket).where(TicketEvent.key.is_null(False)).tuples()
    )
    moved = {row.token for row in Ticket.select(Ticket.token).where(Ticket.origin.is_null(False))}
    return [
        *(
            f"ticket {label}"
            for token, label in told.tickets.items()
            # A booking has its number once its holder is there; a transfer gives the token to a ticket with another.
            if token not in labels
            or (labels[token] != label and token not in moved and not labels[token].startswith(f"{label}-"))
        ),
        *(f"act {key}" for key in told.keys if key not in events),
        *(f"call {call}" for call in told.calls if f"Ticket:{events.get(call.key)}" != call.ticket),
    ]


def doubled() -> list[str]:
    """Return tickets that were called at two counters or twice, and counters that had two tickets at once."""
    found = []
    calls = TicketEvent.select(TicketEvent.ticket, TicketEvent.counter).where(TicketEvent.kind == "CALLED").tuples()
    found += [f"ticket {ticket} called twice" for ticket, times in Tally(one for one, _ in calls).items() if times > 1]
    busy: dict[int, int] = {}
    for row in TicketEvent.select().where(TicketEvent.kind.in_([*_AWAY, "CALLED", "RESUMED"])).order_by(TicketEvent.id):
        if row.kind.value in _AWAY:
            busy = {counter: ticket for counter, ticket in busy.items() if ticket != row.ticket_id}
        elif busy.setdefault(row.counter_id, row.ticket_id) != row.ticket_id:
            found.append(f"counter {row.counter_id} called {row.ticket_id} beside {busy[row.counter_id]}")
    return found


def gaps() -> list[str]:
    """Return the services whose numbers are not 1 to n."""
    found = []
    for held in QueueDay.select():
        rows = Ticket.select(Ticket.number).where(
            (Ticket.service == held.service_id) & (Ticket.day == held.day) & Ticket.number.is_null(False)
        )
        numbers = sorted(row.number for row in rows)
        if numbers != list(range(1, held.last_number + 1)):
            found.append(f"service {held.service_id}: {numbers}")
    return found


def strangers(told: Told) -> int:
    """Return how many tickets there are that nobody was told of: the server was killed before it could answer."""
    known = set(told.tickets)
    # After a transfer the old ticket has a name that nobody was told.
    rows = Ticket.select(Ticket.token, Ticket.state).tuples()
    return sum(token not in known and state.value != "TRANSFERRED" for token, state in rows)


def board_as_told(point_id: int) -> dict[str, Any]:
    """Return the board of a point in the words of its stream, straight from the service that displays rely on."""
    board: Board = board_of(ServicePoint.get_by_id(point_id), utc_now())
    return {
        "open": board.open_counters,
        "last": board.last_event,
        "calls": [
            {"label": call.label, "counter": call.counter, "at": call.called_at, "calls": call.calls}
            for call in board.calls
        ],
        "services": [
            {
                "id": service.service_id,
                "name": service.name,
                "prefix": service.prefix,
                "waiting": service.waiting,
                "next": list(service.next_labels),
            }
            for service in board.services
        ],
    }


def as_json(value: Any) -> Any:
    """Return a value as a client has it after JSON."""
    return orjson.loads(orjson.dumps(value))


def last_event() -> int:
    """Return the newest event of all tickets."""
    return max((row.id for row in TicketEvent.select(TicketEvent.id)), default=0)


def seconds_until_shown(
    told: Told, displays: list[Display], without: tuple[float, float]
) -> tuple[list[float], list[str]]:
    """Return the seconds until a display showed a call, of all displays and calls, and what was never shown.

    Calls between the moments `without`, in which displays had no server, have no seconds; shown must they be.
    """
    counters = {row.id: row.number for row in Counter.select()}
    over: dict[int, int] = {}
    for row in TicketEvent.select().where(TicketEvent.kind.in_(list(_AWAY))).order_by(TicketEvent.id):
        over.setdefault(row.ticket_id, row.id)
    newest = last_event()

    def known(call: Called) -> tuple[str, int, float, int]:
        return call.label, call.counter, call.at, over.get(int(call.ticket.partition(":")[2]), newest + 1)

    assert counters
    calls = [known(call) for call in told.calls]
    seconds: list[float] = []
    missed: list[str] = []
    for display in displays:
        for call, delay in zip(calls, delays(display, calls), strict=True):
            if delay is None:
                missed.append(f"{call[0]} at {call[1]}")
            elif not without[0] <= call[2] <= without[1]:
                seconds.append(delay)
    return seconds, missed
