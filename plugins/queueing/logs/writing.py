"""Writes many tickets with their events at once: by COPY on PostgreSQL, by one prepared statement on SQLite.

Tickets that come from elsewhere (a log, the demo) have no history of their own to be written: their events are it. The
caller holds the transaction.
"""

import secrets
from collections import Counter as Tally
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import peewee as pw

from core.plugin_api import Table
from core.bulk import insert_rows
from core.database import database, is_sqlite
from plugins.queueing.models import QueueDay, Ticket, TicketEvent
from plugins.queueing.rules.states import Happened, TicketFacts, facts_of
from plugins.queueing.terms import Channel, EventSource, TicketState


@dataclass(frozen=True, slots=True)
class PastTicket:
    """A ticket whose events are known: those in order of time, and what they do not tell."""

    service_id: int
    day: date
    happened: Sequence[Happened]
    local_hour: int | None
    key: str | None = None
    channel: Channel = Channel.IMPORT
    priority_id: int | None = None
    slot: str = ""
    has_number: bool = True


def known_keys(keys: Sequence[str]) -> set[str]:
    """Return those of the keys of events that are there already."""
    found: set[str] = set()
    for start in range(0, len(keys), 500):
        part = list(keys[start : start + 500])
        rows = TicketEvent.select(TicketEvent.key).where(TicketEvent.key.in_(part)).tuples()
        found.update(row[0] for row in rows)
    return found


def write_tickets(
    tickets: Sequence[PastTicket],
    *,
    now: datetime,
    actor: str,
    source: EventSource = EventSource.IMPORT,
    make_token: Callable[[], str] = secrets.token_urlsafe,
) -> int:
    """Write tickets with all their events, numbered in the order given; return how many events these are."""
    numbers = _numbers(tickets)
    ids = list(_reserved(Ticket, len(tickets)))
    facts = [facts_of(ticket.happened) for ticket in tickets]
    _insert(
        Ticket,
        (
            _ticket_row(key, ticket, found, next(numbers[ticket.service_id, ticket.day]), make_token())
            if ticket.has_number
            else _ticket_row(key, ticket, found, None, make_token())
            for key, ticket, found in zip(ids, tickets, facts, strict=True)
        ),
    )
    count = sum(len(ticket.happened) for ticket in tickets)
    event_ids = iter(_reserved(TicketEvent, count))
    _insert(
        TicketEvent,
        (
            (
                next(event_ids), key, event.kind, event.at, now, source, event.counter_id, event.employee_id, actor,
                ticket.key if place == 0 else None, "",
            )
            for key, ticket in zip(ids, tickets, strict=True)
            for place, event in enumerate(ticket.happened)
        ),
    )  # fmt: skip
    return count


def _ticket_row(
    key: int, ticket: PastTicket, facts: TicketFacts, number: int | None, token: str
) -> tuple[Any, ...]:
    """Return the values of a ticket in the order of the model's columns."""
    return (
        key, ticket.service_id, ticket.day, number, token, "", facts.state or TicketState.WAITING, ticket.channel,
        ticket.priority_id, ticket.priority_id is not None, ticket.slot, None, "", "", "id", None, facts.counter_id,
        facts.employee_id, facts.booked_at, facts.queued_at, facts.called_at, facts.serving_at, facts.ended_at,
        facts.calls, facts.wait_seconds, facts.serve_seconds, ticket.local_hour, 1,
    )  # fmt: skip


def _numbers(tickets: Iterable[PastTicket]) -> dict[tuple[int, date], Iterator[int]]:
    """Take the next numbers of each service and day; their rows stay locked until the transaction ends."""
    wanted = Tally((ticket.service_id, ticket.day) for ticket in tickets if ticket.has_number)
    found: dict[tuple[int, date], Iterator[int]] = {}
    # Always in the same order, so that two imports never wait for each other.
    for (service_id, day), count in sorted(wanted.items()):
        query = QueueDay.insert(service=service_id, day=day, last_number=count).on_conflict(
            conflict_target=[QueueDay.service, QueueDay.day],
            update={QueueDay.last_number: QueueDay.last_number + count},
        )
        last = next(iter(query.returning(QueueDay.last_number).tuples().execute()))[0]
        found[service_id, day] = iter(range(last - count + 1, last + 1))
    return found


def _reserved(model: type[Table], count: int) -> Iterable[int]:
    """Return ids that nobody else is given."""
    table = model._meta.table_name
    if is_sqlite():
        used = database.execute_sql("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)).fetchone()
        start = (used[0] if used else 0) + 1
        return range(start, start + count)
    sql = "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)"
    return [row[0] for row in database.execute_sql(sql, (table, count)).fetchall()]


def _insert(model: type[Table], rows: Iterable[Sequence[Any]]) -> None:
    fields = list(model._meta.sorted_fields)
    if is_sqlite():
        insert_rows(model, fields, rows)
        return
    columns = ", ".join(f'"{field.column_name}"' for field in fields)
    sql = f'COPY "{model._meta.table_name}" ({columns}) FROM STDIN'
    with database.cursor().copy(sql) as copy:
        lines: list[str] = []
        for row in rows:
            lines.append("\t".join([_copied(value) for value in row]))
            if len(lines) == 1_000:
                copy.write("\n".join(lines) + "\n")
                lines.clear()
        if lines:
            copy.write("\n".join(lines) + "\n")


def _copied(value: Any) -> str:
    """Return a value as COPY reads it in its text form."""
    if value is None:
        return "\\N"
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, date):
        return value.isoformat()
    text = str(value)
    if "\\" in text or "\t" in text or "\n" in text or "\r" in text:
        text = text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")
    return text
