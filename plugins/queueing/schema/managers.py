"""What managers set up: for each part of it a mutation that makes one, one that changes it, and one that archives it.

What a manager gives is told once, in a table of values; inputs and mutations are made from it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import strawberry

from core.bin.services import archive
from core.plugin_api import Context
from plugins.queueing import models
from plugins.queueing.rules.hours import HoursLine
from plugins.queueing.schema.arguments import ARCHIVING, camel, input_type
from plugins.queueing.schema.setup_types import (
    Closure,
    Counter,
    CounterShift,
    OpeningHours,
    PriorityGroup,
    QueueService,
    ServicePoint,
    ServiceQuota,
)
from plugins.queueing.schema.terms import HoursKind, PriorityRule
from plugins.queueing.services import (
    setup,
    setup_counters,
    setup_groups,
    setup_hours,
    setup_services,
)
from schema.engine import decode_id, mutation, payload


@dataclass(frozen=True)
class Given:
    """A value that a manager gives.

    `refers` names the type of an id, or of the ids of a list. What is not required has the default of its column.
    `is_fixed` is given once and stays.
    """

    name: str
    kind: Any
    text: str
    is_required: bool = False
    is_fixed: bool = False
    refers: str = ""


@dataclass(frozen=True)
class Part:
    """A part of the set-up: its type, its values, and the services that make one and change it."""

    type: Any
    noun: str
    create: Callable[..., Any]
    update: Callable[..., Any]
    values: Sequence[Given]

    @property
    def name(self) -> str:
        """The name of the type."""
        return str(self.type.__name__)

    def given_by(self, input: Any) -> dict[str, Any]:
        """Return the values of an input that were given, ids as keys."""
        found = {}
        for value in self.values:
            given = getattr(input, value.name, strawberry.UNSET)
            if given is not strawberry.UNSET:
                found[value.name] = _keys(value, given)
        return found


def _keys(value: Given, given: Any) -> Any:
    if not value.refers or given is None:
        return given
    path = ("input", camel(value.name))
    if isinstance(given, list):
        return [decode_id(value.refers, one, *path) for one in given]
    return decode_id(value.refers, given, *path)


_ID, _IDS = strawberry.ID, list[strawberry.ID]
_POINT = Given("point_id", _ID, "The service point.", is_required=True, is_fixed=True, refers="ServicePoint")
_NAME = Given("name", str, "Name.", is_required=True)
_DAY = Given("day", date, "The day.", is_required=True)
_STARTS = Given("starts_at", str, 'From, "HH:MM" at the service point.', is_required=True)
_ENDS = Given("ends_at", str, 'Until, "HH:MM" at the service point.', is_required=True)
_WEEKDAY = Given("weekday", int, "Day of the week, from Monday = 0.", is_required=True)
_IS_ACTIVE = Given("is_active", bool, "Whether it is in use.")

PARTS_OF_SETUP = (
    Part(
        ServicePoint,
        "a service point",
        setup.create_point,
        setup.update_point,
        (
            Given("unit_id", _ID, "The unit that runs it.", is_required=True, refers="WorkUnit"),
            Given("code", str, "Short code for addresses: small letters, digits, hyphens.", is_required=True),
            _NAME,
            Given("address", str, "Where it is."),
            Given("time_zone", str, "IANA name of its time zone; empty for that of the institution."),
            Given("slot_minutes", int, "Length of a slot for bookings, minutes."),
            Given("priority_rule", PriorityRule, "How people of priority groups are called."),
            Given("priority_every", int, "n of the rule ONE_IN_N."),
            Given("recalls_allowed", int, "Calls after the first before a no-show."),
            Given("grace_minutes", int, "A booking lapses so long after its slot."),
            Given("keeps_national_holidays", bool, "Whether it is closed on national holidays."),
            Given("keeps_regional_holidays", bool, "Whether it is closed on regional holidays."),
            Given("keeps_collective_leave", bool, "Whether it is closed on days of collective leave."),
            _IS_ACTIVE,
        ),
    ),
    Part(
        OpeningHours,
        "a span of service, or a break",
        setup_hours.add_hours,
        setup_hours.update_hours,
        (_POINT, _WEEKDAY, _STARTS, _ENDS, Given("kind", HoursKind, "Service or a break.")),
    ),
    Part(
        Closure,
        "a closed day",
        setup_hours.create_closure,
        setup_hours.update_closure,
        (_POINT, _DAY, Given("name", str, "Why; citizens read it.", is_required=True)),
    ),
    Part(
        PriorityGroup,
        "a group of people who go first",
        setup_groups.create_group,
        setup_groups.update_group,
        (
            Given("code", str, "Short code: capital letters, digits, underscores.", is_required=True),
            Given("name", str, "Name in Indonesian.", is_required=True),
            Given("name_en", str, "Name in English."),
            Given("rank", int, "Place in the choice on screens."),
            Given("source", str, "What it rests on, such as an article of a law."),
            _IS_ACTIVE,
        ),
    ),
    Part(
        QueueService,
        "a service of a point",
        setup_services.create_service,
        setup_services.update_service,
        (
            _POINT,
            Given("unit_id", _ID, "The unit whose service it is; that of the point by default.", refers="WorkUnit"),
            Given("code", str, "Short code, unique at the point.", is_required=True),
            _NAME,
            Given("prefix", str, "What its tickets begin with, 1 to 4 letters and digits.", is_required=True),
            Given("target_wait_minutes", int, "Nobody should wait longer, minutes."),
            Given("target_serve_minutes", int, "Time to serve one person, minutes."),
            Given("books_ahead_days", int, "Days ahead that can be booked; 0: none."),
            Given("booking_ends_hours", int, "Booking of a slot ends so many hours before it."),
            Given("requirements", str, "What to bring (persyaratan)."),
            _IS_ACTIVE,
        ),
    ),
    Part(
        ServiceQuota,
        "a quota of a service",
        setup_services.create_quota,
        setup_services.update_quota,
        (
            Given("service_id", _ID, "The service.", is_required=True, is_fixed=True, refers="QueueService"),
            Given("quota", int, "Most tickets.", is_required=True),
            Given("walk_in_reserve", int, "Of these, kept for people without a booking."),
            Given("day", date | None, "The one day that it is for; null for no particular one."),
            Given("weekday", int | None, "Day of the week, from Monday = 0; null for every one."),
            Given("slot", str, 'When the slot begins, "HH:MM"; empty for the whole day.'),
        ),
    ),
    Part(
        Counter,
        "a counter (loket)",
        setup_counters.create_counter,
        setup_counters.update_counter,
        (
            _POINT,
            Given("number", int, "What citizens read and hear.", is_required=True),
            Given("name", str, "Name."),
            Given("service_ids", _IDS, "All that may be served there.", refers="QueueService"),
            _IS_ACTIVE,
        ),
    ),
    Part(
        CounterShift,
        "a shift at a counter",
        setup_counters.create_shift,
        setup_counters.update_shift,
        (
            Given("counter_id", _ID, "The counter.", is_required=True, refers="Counter"),
            Given("employee_id", _ID, "Who serves.", is_required=True, refers="Employee"),
            _DAY,
            _STARTS,
            _ENDS,
        ),
    ),
)
"""All that managers set up, each after those it points to."""


@strawberry.input(description="A span of a week in which is served, or a break within it.")
class HoursInput:
    """A span of a week."""

    weekday: int = strawberry.field(description="Day of the week, from Monday = 0.")
    starts_at: str = strawberry.field(description='From, "HH:MM" at the service point.')
    ends_at: str = strawberry.field(description='Until, "HH:MM" at the service point.')
    kind: HoursKind = strawberry.field(description="Service or a break.", default=HoursKind.OPEN)


@strawberry.input(description="The whole week of a service point; what is not in it is no longer there.")
class SetOpeningHoursInput:
    """The whole week of a service point."""

    id: strawberry.ID = strawberry.field(description="The service point.")
    version: int = strawberry.field(description="Version of the point that you saw.")
    hours: list[HoursInput] = strawberry.field(description="All spans and breaks.")


@strawberry.input(description="Shifts of somebody at a counter on many days.")
class PlanCounterShiftsInput:
    """Shifts of somebody at a counter on many days."""

    counter_id: strawberry.ID = strawberry.field(description="The counter.")
    employee_id: strawberry.ID = strawberry.field(description="Who serves.")
    first: date = strawberry.field(description="First day.")
    last: date = strawberry.field(description="Last day.")
    starts_at: str = strawberry.field(description='From, "HH:MM" at the service point.')
    ends_at: str = strawberry.field(description='Until, "HH:MM" at the service point.')
    weekdays: list[int] = strawberry.field(
        description="Only on these days of the week, from Monday = 0; empty for all.", default_factory=list
    )


def _making(part: Part) -> Any:
    fields = sorted(((v.name, v.kind, v.text, v.is_required) for v in part.values), key=lambda field: not field[3])

    def perform(ctx: Context, input: Any) -> dict[str, Any]:
        # Null asks for the default, like what is left out.
        values = {name: value for name, value in part.given_by(input).items() if value is not None}
        return {"made": part.create(ctx, **values)}

    return mutation(
        perform,
        input=input_type(f"Create{part.name}Input", f"A new row: {part.noun}.", fields),
        payload=payload(f"Create{part.name}Payload", made=(part.type, "What was set up.")),
        description=f"Set up {part.noun}.",
    )


def _changing(part: Part) -> Any:
    fields = [("id", _ID, "The row.", True), ("version", int, "Version that you saw.", True)]
    fields += [(v.name, v.kind, v.text, False) for v in part.values if not v.is_fixed]

    def perform(ctx: Context, input: Any) -> dict[str, Any]:
        key = decode_id(part.name, input.id, "input", "id")
        return {"changed": part.update(ctx, key, input.version, part.given_by(input))}

    return mutation(
        perform,
        input=input_type(f"Update{part.name}Input", f"Changes of {part.noun}; what is left out stays.", fields),
        payload=payload(f"Update{part.name}Payload", changed=(part.type, "What was changed.")),
        description=f"Change {part.noun}.",
    )


def _archiving(part: Part) -> Any:
    model = getattr(models, part.name)

    def perform(ctx: Context, input: Any) -> dict[str, Any]:
        entry = archive(ctx, model, decode_id(part.name, input.id, "input", "id"), input.version, input.reason)
        return {"archived": input.id, "rows": entry.row_count}

    return mutation(
        perform,
        input=input_type(f"Archive{part.name}Input", f"Into the bin with {part.noun}.", ARCHIVING),
        payload=payload(
            f"Archive{part.name}Payload",
            archived=(strawberry.ID, "What is in the bin."),
            rows=(int, "Rows that went into the bin, with those that belong to it."),
        ),
        description=f"Move {part.noun} to the bin, from which it can be brought back; refused where it was in use.",
    )


def _set_hours(ctx: Context, input: SetOpeningHoursInput) -> dict[str, Any]:
    lines = [HoursLine(line.weekday, line.starts_at, line.ends_at, line.kind) for line in input.hours]
    key = decode_id("ServicePoint", input.id, "input", "id")
    return {"point": setup_hours.set_hours(ctx, key, input.version, lines)}


def _plan_shifts(ctx: Context, input: PlanCounterShiftsInput) -> dict[str, Any]:
    rows = setup_counters.plan_shifts(
        ctx,
        counter_id=decode_id("Counter", input.counter_id, "input", "counterId"),
        employee_id=decode_id("Employee", input.employee_id, "input", "employeeId"),
        first=input.first,
        last=input.last,
        starts_at=input.starts_at,
        ends_at=input.ends_at,
        weekdays=input.weekdays,
    )
    return {"shifts": rows}


class ManagerMutations:
    """What managers do; three mutations for each part of the set-up stand beside these."""

    set_opening_hours = mutation(
        _set_hours,
        input=SetOpeningHoursInput,
        payload=payload("SetOpeningHoursPayload", point=(ServicePoint, "The service point.")),
        description="Give a service point its opening hours of the whole week (jam layanan).",
    )
    plan_counter_shifts = mutation(
        _plan_shifts,
        input=PlanCounterShiftsInput,
        payload=payload("PlanCounterShiftsPayload", shifts=(list[CounterShift], "The shifts, all or none.")),
        description="Have somebody serve at a counter on each open day of a span (jadwal petugas loket).",
    )


for _part in PARTS_OF_SETUP:
    _words = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in _part.name)
    setattr(ManagerMutations, f"create{_words}", _making(_part))
    setattr(ManagerMutations, f"update{_words}", _changing(_part))
    setattr(ManagerMutations, f"archive{_words}", _archiving(_part))
