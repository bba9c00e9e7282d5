"""Writes many tickets with their events at once: by COPY on PostgreSQL, by one prepared statement on SQLite.

Tickets that come from elsewhere (a log, the demo) have no history of their own to be written: their events are it. The
caller holds the transaction.
"""

import secrets
from collections import Counter as Tally
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from core.database import database, is_sqlite
from core.plugin_api import Table
from plugins.queueing.models import QueueDay, Ticket, TicketEvent
from plugins.queueing.rules.states import Happened, TicketFacts, facts_of
from plugins.queueing.terms import Channel, EventSource, TicketEventKind, TicketState

_KEYS_AT_ONCE = 2_500
_TICKET = (
    "id", "service", "day", "number", "token", "state", "channel", "priority", "is_priority_confirmed", "slot",
    "counter", "employee", "booked_at", "queued_at", "called_at", "serving_at", "ended_at", "calls", "wait_seconds",
    "serve_seconds", "local_hour",
)  # fmt: skip
_EVENT = ("ticket", "kind", "at", "recorded_at", "counter", "employee", "key")


@dataclass(frozen=True, slots=True)
class PastTicket:
    """A ticket whose events are known: those in order of time, what follows from them, and what they do not tell."""

    service_id: int
    day: date
    happened: Sequence[Happened]
    key: str | None = None
    channel: Channel = Channel.IMPORT
    priority_id: int | None = None
    slot: str = ""
    facts: TicketFacts = field(init=False)

    def __post_init__(self) -> None:
        """Work out what follows, once: the thread that reads a log does so while the database writes."""
        object.__setattr__(self, "facts", facts_of(self.happened))


def known_keys(keys: Sequence[str]) -> set[str]:
    """Return those of the keys of events that are there already."""
    if not is_sqlite():
        # One array, where peewee would write a statement as long as the keys.
        sql = "SELECT key FROM queueing_ticket_event WHERE key = ANY(%s)"
        return {row[0] for row in database.execute_sql(sql, (list(keys),)).fetchall()}
    found: set[str] = set()
    for start in range(0, len(keys), _KEYS_AT_ONCE):
        part = list(keys[start : start + _KEYS_AT_ONCE])
        rows: Any = TicketEvent.select(TicketEvent.key).where(TicketEvent.key.in_(part)).tuples()
        found.update(row[0] for row in rows)
    return found


def write_tickets(
    tickets: Sequence[PastTicket],
    *,
    zone: ZoneInfo,
    actor: str,
    recorded_at: datetime | None = None,
    source: EventSource = EventSource.IMPORT,
    make_token: Callable[[], str] = secrets.token_urlsafe,
) -> int:
    """Write tickets with all their events and return how many events these are.

    Those who were there get the next numbers, in the order given. `zone` is that of their service point; `recorded_at`
    is when all this was heard of, by default each event when it happened.
    """
    numbers = _numbers((ticket.service_id, ticket.day) for ticket in tickets if ticket.facts.queued_at)
    ids = list(_reserved(Ticket, len(tickets)))
    _insert(
        Ticket,
        _TICKET,
        (
            (
                key, ticket.service_id, ticket.day,
                next(numbers[ticket.service_id, ticket.day]) if found.queued_at else None, make_token(), found.state,
                ticket.channel, ticket.priority_id, ticket.priority_id is not None, ticket.slot, found.counter_id,
                found.employee_id, found.booked_at, found.queued_at, found.called_at, found.serving_at,
                found.ended_at, found.calls, found.wait_seconds, found.serve_seconds,
                found.queued_at.astimezone(zone).hour if found.queued_at else None,
            )
            for key, ticket in zip(ids, tickets, strict=True)
            for found in (ticket.facts,)
        ),
    )  # fmt: skip
    # Their ids are given by the database, in the order of the rows.
    _insert(
        TicketEvent,
        _EVENT,
        (
            (
                key, event.kind, event.at, recorded_at or event.at, event.counter_id, event.employee_id,
                ticket.key if place == 0 else None,
            )
            for key, ticket in zip(ids, tickets, strict=True)
            for place, event in enumerate(ticket.happened)
        ),
        {"source": source, "actor": actor},
    )  # fmt: skip
    return sum(len(ticket.happened) for ticket in tickets)


def _numbers(wanted: Iterable[tuple[int, date]]) -> dict[tuple[int, date], Iterator[int]]:
    """Take the next numbers of each service and day; their rows stay locked until the transaction ends."""
    found: dict[tuple[int, date], Iterator[int]] = {}
    # Always in the same order, so that two imports never wait for each other.
    for (service_id, day), count in sorted(Tally(wanted).items()):
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


def _insert(
    model: type[Table], names: Sequence[str], rows: Iterable[Sequence[Any]], same: Mapping[str, Any] | None = None
) -> None:
    """Insert rows with values for `names`; the other columns hold what `same` says, or their defaults, in every row."""
    others = [field for field in model._meta.sorted_fields if field.name not in {"id", *names}]
    fields = [*(model._meta.fields[name] for name in names), *others]
    rest = tuple((same or {}).get(field.name, field.default) for field in others)
    columns = ", ".join(f'"{field.column_name}"' for field in fields)
    table = f'"{model._meta.table_name}" ({columns})'
    if is_sqlite():
        end = tuple(_stored(value) for value in rest)
        values = ((*map(_stored, row), *end) for row in rows)
        marks = ", ".join("?" for _ in fields)
        database.cursor().executemany(f"INSERT INTO {table} VALUES ({marks})", values)  # noqa: S608 - own names
        return
    ending = "".join(f"\t{_copied(value)}" for value in rest) + "\n"
    # Ids, moments, keys and codes hold nothing that COPY would take for a mark of its own.
    lines = ["\t".join([_COPIED[type(value)](value) for value in row]) + ending for row in rows]
    # At once: whoever hands over the processor at each part waits for the thread that reads ahead each time.
    with database.cursor().copy(f"COPY {table} FROM STDIN") as copy:
        copy.write("".join(lines))


def _stored(value: Any) -> Any:
    """Return a value as SQLite keeps it."""
    form = _FORMS.get(type(value))
    return value if form is None else form(value)


def _copied(value: Any) -> str:
    """Return any value as COPY reads it in its text form."""
    text = _COPIED[type(value)](value)
    return text.translate(_ESCAPED) if isinstance(value, str) else text


@lru_cache(maxsize=50_000)
def _moment(value: datetime) -> str:
    """Return a moment as columns hold it, which know no time zone: in UTC."""
    return (value if value.tzinfo is UTC else value.astimezone(UTC)).isoformat(" ")[:19]


_ESCAPED = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
_FORMS: dict[type, Callable[[Any], str]] = {
    datetime: _moment,
    date: date.isoformat,
    **dict.fromkeys((TicketState, TicketEventKind, Channel, EventSource), str.__str__),
}
"""How both databases read the values that are neither numbers nor texts."""

_COPIED: dict[type, Callable[[Any], str]] = {
    **_FORMS, int: str, str: str, bool: str, type(None): lambda _: "\\N",
}  # fmt: skip
