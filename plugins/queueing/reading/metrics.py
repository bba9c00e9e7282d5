"""The figures of queues: how many came, how long they waited and were served, and how many gave up.

A ticket counts on its day. What each figure counts:

- arrivals: tickets that began to wait (by a number, or at the check-in of a booking); a transfer begins another.
- served: tickets whose service was finished. waiting: those that wait at this moment.
- no_shows: tickets that ended because nobody came, before or after check-in; left: who went before being served;
  cancelled: who said so.
- wait: from the beginning of the wait to the first call; serve: without the time on hold. A ticket without the time, as
  an incomplete log has them, is in neither: a wait that is not known is not a wait of 0.
- within_target_percent: of the known waits, those not longer than the target of their own service.
- abandonment_percent: of the arrivals, those who gave up: left or cancelled while waiting, or did not come when called.
- no_show_percent: of the bookings that came due (neither open nor cancelled), those that were never checked in.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import Any

import peewee as pw

from core.database import is_sqlite
from core.organisation.models import Employee, WorkUnit
from core.plugin_api import N_, Context, as_condition, translate, visible
from plugins.queueing.models import Counter, PriorityGroup, QueueService, Ticket
from plugins.queueing.reading.percentile_sql import PERCENTS, percentiles_of, picked, placed
from plugins.queueing.rules.percentiles import minutes, percent_of
from plugins.queueing.terms import WEEKDAYS, Bucket, Channel, TicketState

CHANNELS = {
    Channel.ONLINE: N_("Online"),
    Channel.KIOSK: N_("Kiosk"),
    Channel.STAFF: N_("At the counter"),
    Channel.IMPORT: N_("From a log"),
}
_SPANS = ("wait", "serve")
_NONE = -1
"""The key of those without one, such as the counter of a ticket that was never called."""


@dataclass(frozen=True)
class QueueFigures:
    """The figures of one bucket; `key` is stable and empty for what belongs to none, `label` is what people read.

    Keys are ISO days, "08" for the hour from 8 to 9, "0" for Monday, "0-08" for both, ids, or names of channels; of
    TOTAL the key is "". Times are minutes; all that has no cases is None.
    """

    key: str
    label: str
    arrivals: int
    served: int
    no_shows: int
    left: int
    cancelled: int
    waiting: int
    wait_mean: Decimal | None
    wait_median: Decimal | None
    wait_p90: Decimal | None
    wait_p95: Decimal | None
    serve_mean: Decimal | None
    serve_median: Decimal | None
    serve_p90: Decimal | None
    serve_p95: Decimal | None
    within_target_percent: Decimal | None
    abandonment_percent: Decimal | None
    no_show_percent: Decimal | None
    wait_cases: int = 0
    serve_cases: int = 0


_Sorted = tuple[tuple[Any, ...], QueueFigures]
"""Figures beside what they are sorted by."""


def queue_figures(
    ctx: Context,
    *,
    first: date,
    last: date,
    bucket: Bucket = Bucket.TOTAL,
    unit_id: int | None = None,
    point_id: int | None = None,
    service_id: int | None = None,
    employee_id: int | None = None,
) -> list[QueueFigures]:
    """Return the figures of the tickets from `first` to `last` that the caller sees, by bucket, in one statement.

    A unit counts with all units below it; an employee by the tickets that were last called or served by them. TOTAL has
    always one entry, other buckets those that have tickets.
    """
    tickets = _tickets(ctx, first, last, bucket)
    if unit_id is not None:
        tickets = tickets.where(QueueService.id.in_(services_below(unit_id)))
    if point_id is not None:
        tickets = tickets.where(QueueService.point == point_id)
    if service_id is not None:
        tickets = tickets.where(Ticket.service == service_id)
    if employee_id is not None:
        tickets = tickets.where(Ticket.employee == employee_id)
    found = [_figures(ctx, bucket, row) for row in _statement(ctx, bucket, tickets).namedtuples()]
    return _in_order(bucket, found)


def figures_of_units(
    ctx: Context,
    unit_ids: Sequence[int],
    *,
    first: date,
    last: date,
    bucket: Bucket = Bucket.TOTAL,
    service_id: int | None = None,
) -> dict[int, list[QueueFigures]]:
    """Return what `queue_figures` gives for each of these units, all of them in one statement."""
    root, unit = WorkUnit.alias(), WorkUnit.alias()
    tickets = (
        _tickets(ctx, first, last, bucket)
        .select_extend(root.id.alias("unit"))
        .join(unit, on=(QueueService.unit == unit.id))
        .join(root, on=(root.path == pw.fn.SUBSTR(unit.path, 1, pw.fn.LENGTH(root.path))))
        .where(root.id.in_(list(unit_ids)))
    )
    if service_id is not None:
        tickets = tickets.where(Ticket.service == service_id)
    found: dict[int, list[_Sorted]] = {unit_id: [] for unit_id in unit_ids}
    for row in _statement(ctx, bucket, tickets, ("unit", "key")).namedtuples():
        found[row.unit].append(_figures(ctx, bucket, row))
    return {unit_id: _in_order(bucket, rows) for unit_id, rows in found.items()}


def _in_order(bucket: Bucket, found: Sequence[_Sorted]) -> list[QueueFigures]:
    if bucket is Bucket.TOTAL and not found:
        return [QueueFigures("", "", *(0,) * 6, *(None,) * 11)]
    return [figures for _, figures in sorted(found, key=lambda one: one[0])]


def services_below(unit_id: int) -> Any:
    """Return the query of the keys of all services of a unit and of those below it."""
    root, unit, service = WorkUnit.alias(), WorkUnit.alias(), QueueService.alias()
    return (
        service.select(service.id)
        .join(unit, on=(service.unit == unit.id))
        .join(root, on=(root.path == pw.fn.SUBSTR(unit.path, 1, pw.fn.LENGTH(root.path))))
        .where(root.id == unit_id)
    )


def _tickets(ctx: Context, first: date, last: date, bucket: Bucket) -> Any:
    return (
        Ticket.select(
            _KEYS[bucket]().alias("key"),
            Ticket.state.alias("state"),
            Ticket.booked_at.alias("booked_at"),
            Ticket.queued_at.alias("queued_at"),
            Ticket.wait_seconds.alias("wait"),
            Ticket.serve_seconds.alias("serve"),
            (QueueService.target_wait_minutes * 60).alias("target"),
        )
        .join(QueueService)
        .where(Ticket.day.between(first, last), as_condition(visible(ctx.actor, Ticket)))
    )


def _statement(ctx: Context, bucket: Bucket, tickets: Any, shared: Sequence[str] = ("key",)) -> Any:
    chosen = tickets.cte("chosen")
    found = placed(chosen, ("state", "booked_at", "queued_at", "target"), _SPANS, shared)
    c = found.c
    arrived, booked = c.queued_at.is_null(False), c.booked_at.is_null(False)
    no_show = _is(c, TicketState.NO_SHOW)
    gave_up = _is(c, TicketState.LEFT, TicketState.NO_SHOW, TicketState.CANCELLED)
    is_due = booked & ~_is(c, TicketState.BOOKED, TicketState.CANCELLED)
    columns = [
        *(c[name] for name in shared),
        _label(ctx, bucket, c.key).alias("label"),
        _count(arrived).alias("arrivals"),
        _count(_is(c, TicketState.DONE)).alias("served"),
        _count(no_show).alias("no_shows"),
        _count(_is(c, TicketState.LEFT)).alias("left"),
        _count(_is(c, TicketState.CANCELLED)).alias("cancelled"),
        _count(_is(c, TicketState.WAITING)).alias("waiting"),
        _count(c.wait <= c.target).alias("within"),
        _count(arrived & gave_up).alias("abandoned"),
        _count(is_due).alias("due"),
        _count(is_due & no_show & c.queued_at.is_null()).alias("absent"),
    ]
    for span in _SPANS:
        columns += [
            pw.fn.COUNT(c[span]).alias(f"{span}_cases"),
            pw.fn.SUM(c[span]).alias(f"{span}_sum"),
            *picked(c, span),
        ]
    ctes = [chosen] if found is chosen else [chosen, found]
    groups = [c[name] for name in shared]
    return pw.Select([found], columns).with_cte(*ctes).group_by(*groups).bind(Ticket._meta.database)


def _is(c: Any, *states: TicketState) -> Any:
    return c.state.in_([state.value for state in states])


def _count(condition: Any) -> Any:
    return pw.fn.COUNT(pw.Case(None, ((condition, 1),)))


def _weekday() -> Any:
    """Return the weekday of a ticket's day in SQL; Monday is 0."""
    if is_sqlite():
        return pw.Expression(pw.fn.STRFTIME("%w", Ticket.day).cast("integer") + 6, pw.OP.MOD, 7)
    return pw.fn.DATE_PART("isodow", Ticket.day).cast("integer") - 1


def _or_none(column: Any) -> Any:
    return pw.fn.COALESCE(column, _NONE)


_KEYS: dict[Bucket, Callable[[], Any]] = {
    Bucket.TOTAL: lambda: pw.SQL("0"),
    Bucket.DAY: lambda: Ticket.day,
    Bucket.HOUR: lambda: _or_none(Ticket.local_hour),
    Bucket.WEEKDAY: _weekday,
    Bucket.WEEKDAY_HOUR: lambda: _or_none(_weekday() * 24 + Ticket.local_hour),
    Bucket.SERVICE: lambda: Ticket.service,
    Bucket.COUNTER: lambda: _or_none(Ticket.counter),
    Bucket.CHANNEL: lambda: Ticket.channel,
    Bucket.PRIORITY: lambda: _or_none(Ticket.priority),
    Bucket.EMPLOYEE: lambda: _or_none(Ticket.employee),
}


def _label(ctx: Context, bucket: Bucket, key: Any) -> Any:
    """Return what people call a key, as a subquery: the name of a row that the caller sees; NULL where none is kept."""
    named: dict[Bucket, tuple[type[pw.Model], Callable[[Any], Any]]] = {
        Bucket.SERVICE: (QueueService, lambda service: service.name),
        Bucket.COUNTER: (Counter, _counter_name),
        Bucket.PRIORITY: (PriorityGroup, partial(_priority_name, ctx.language)),
        Bucket.EMPLOYEE: (Employee, lambda employee: employee.name),
    }
    if bucket not in named:
        return pw.Value(None)
    model, name = named[bucket]
    table: Any = model.alias()
    return table.select(name(table)).where((table.id == key) & as_condition(visible(ctx.actor, table)))


def _counter_name(counter: Any) -> Any:
    return pw.Case(None, ((counter.name == "", counter.number.cast("varchar")),), counter.name)


def _priority_name(language: str, group: Any) -> Any:
    if language == "id":
        return group.name
    return pw.Case(None, ((group.name_en == "", group.name),), group.name_en)


def _figures(ctx: Context, bucket: Bucket, row: Any) -> _Sorted:
    """Return the figures of a row, and what they are sorted by."""
    key, label = _named(ctx, bucket, row)
    figures = QueueFigures(
        key=key, label=label, arrivals=row.arrivals, served=row.served, no_shows=row.no_shows, left=row.left,
        cancelled=row.cancelled, waiting=row.waiting,
        **_spans(row, "wait"), **_spans(row, "serve"),
        within_target_percent=percent_of(row.within, row.wait_cases),
        abandonment_percent=percent_of(row.abandoned, row.arrivals),
        no_show_percent=percent_of(row.absent, row.due),
        wait_cases=row.wait_cases, serve_cases=row.serve_cases,
    )  # fmt: skip
    if bucket in {Bucket.SERVICE, Bucket.COUNTER, Bucket.PRIORITY, Bucket.EMPLOYEE}:
        number = int(label) if label.isdigit() else 0
        return (not key, not label.isdigit(), number, label.casefold(), row.key), figures
    return (not key, key), figures


def _spans(row: Any, span: str) -> dict[str, Decimal | None]:
    cases = getattr(row, f"{span}_cases")
    if not cases:
        return {f"{span}_{name}": None for name in ("mean", *PERCENTS)}
    total = int(getattr(row, f"{span}_sum"))
    found = {f"{span}_{name}": minutes(value) for name, value in percentiles_of(row, span, cases).items()}
    return {f"{span}_mean": minutes(Fraction(total, cases)), **found}


def _named(ctx: Context, bucket: Bucket, row: Any) -> tuple[str, str]:
    """Return the key and the label of a row."""
    if bucket is Bucket.TOTAL or row.key == _NONE:
        return "", ""
    match bucket:
        case Bucket.HOUR:
            return f"{row.key:02d}", f"{row.key:02d}:00"
        case Bucket.WEEKDAY:
            return str(row.key), translate(WEEKDAYS[row.key], ctx.language)
        case Bucket.WEEKDAY_HOUR:
            weekday, hour = divmod(row.key, 24)
            return f"{weekday}-{hour:02d}", f"{translate(WEEKDAYS[weekday], ctx.language)} {hour:02d}:00"
        case Bucket.CHANNEL:
            return str(row.key), translate(CHANNELS[Channel(row.key)], ctx.language)
    return str(row.key), row.label or str(row.key)
