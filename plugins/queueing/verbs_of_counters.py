"""What people do by hand to counters, their services, and shifts."""

from typing import cast

from core.bin.verbs import archive_verb
from core.organisation.models import Employee
from core.plugin_api import N_, Context, Does, FieldKind, Target, Values, Verb, VerbField
from core.verbs.calling import given
from plugins.queueing.models import Counter, CounterService, CounterShift, QueueService, Ticket, TicketEvent
from plugins.queueing.roles import MANAGE
from plugins.queueing.services.setup_counters import (
    CounterChanges,
    ShiftChanges,
    create_counter,
    create_shift,
    plan_shifts,
    update_counter,
    update_shift,
)
from plugins.queueing.terms import WEEKDAYS
from plugins.queueing.verbs_of_points import ACTIVE, POINT


def _create_counter(ctx: Context, _target: Target, values: Values) -> Counter:
    return create_counter(ctx, **given(values))


def _update_counter(ctx: Context, target: Target, values: Values) -> Counter:
    return update_counter(ctx, target.id, target.version, cast("CounterChanges", dict(values)))


def _give_services(ctx: Context, target: Target, values: Values) -> Counter:
    return update_counter(ctx, target.id, target.version, {"service_ids": values["service_ids"]})


def _plan_shifts(ctx: Context, target: Target, values: Values) -> list[CounterShift]:
    weekdays = [number for number in range(7) if values.get(f"day{number}")]
    others = {name: value for name, value in values.items() if not name.startswith("day")}
    return plan_shifts(ctx, counter_id=target.id, weekdays=weekdays, **others)


def _is_unused(row: Counter) -> bool:
    return not any(table.select().where(table.counter == row.id).exists() for table in (Ticket, TicketEvent))


def _create_shift(ctx: Context, _target: Target, values: Values) -> CounterShift:
    return create_shift(ctx, **given(values))


def _update_shift(ctx: Context, target: Target, values: Values) -> CounterShift:
    return update_shift(ctx, target.id, target.version, cast("ShiftChanges", dict(values)))


_SERVICES = VerbField("service_ids", N_("Services"), FieldKind.REFERENCES, refers_to=QueueService)
_COUNTER = (
    VerbField("number", N_("Number"), FieldKind.INTEGER, is_required=True, help=N_("Citizens read and hear it.")),
    VerbField("name", N_("Name")),
)
_WHO = VerbField("employee_id", N_("Employee"), FieldKind.REFERENCE, is_required=True, refers_to=Employee)
_HOURS = (
    VerbField("starts_at", N_("From"), is_required=True, help=N_("Such as 08:00.")),
    VerbField("ends_at", N_("Until"), is_required=True, help=N_("Such as 15:00, at most 24:00.")),
)
_SHIFT = (
    VerbField("counter_id", N_("Counter"), FieldKind.REFERENCE, is_required=True, refers_to=Counter),
    _WHO,
    VerbField("day", N_("Day"), FieldKind.DATE, is_required=True),
    *_HOURS,
)

COUNTERS = (
    Verb(
        "queueing.create_counter",
        N_("New counter"),
        Counter,
        Does.CREATE,
        _create_counter,
        (POINT, *_COUNTER, _SERVICES),
        permission=MANAGE,
    ),
    Verb(
        "queueing.correct_counter",
        N_("Correct"),
        Counter,
        Does.CORRECT,
        _update_counter,
        (*_COUNTER, ACTIVE),
        permission=MANAGE,
        may_be_bulk=True,
    ),
    Verb(
        "queueing.give_services",
        N_("Services of the counter"),
        Counter,
        Does.ACT,
        _give_services,
        (_SERVICES,),
        permission=MANAGE,
        may_be_bulk=True,
        help=N_("All that it may serve; others are taken from it."),
    ),
    Verb(
        "queueing.plan_shifts",
        N_("Plan shifts"),
        Counter,
        Does.ACT,
        _plan_shifts,
        (
            _WHO,
            VerbField("first", N_("First day"), FieldKind.DATE, is_required=True),
            VerbField("last", N_("Last day"), FieldKind.DATE, is_required=True),
            *_HOURS,
            *(VerbField(f"day{number}", title, FieldKind.BOOLEAN) for number, title in enumerate(WEEKDAYS)),
        ),
        permission=MANAGE,
        suits=lambda row: row.is_active,
        help=N_("On every day on which the point is open; with weekdays chosen, on those only."),
    ),
    archive_verb(Counter, MANAGE, suits=_is_unused),
    archive_verb(CounterService, MANAGE),
    Verb(
        "queueing.create_shift",
        N_("New shift"),
        CounterShift,
        Does.CREATE,
        _create_shift,
        _SHIFT,
        permission=MANAGE,
    ),
    Verb(
        "queueing.correct_shift",
        N_("Correct"),
        CounterShift,
        Does.CORRECT,
        _update_shift,
        _SHIFT,
        permission=MANAGE,
        may_be_bulk=True,
    ),
    archive_verb(CounterShift, MANAGE),
)
