"""Counters with the services they may serve, and the people at them by shift."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, TypedDict

from core.organisation.models import Employee
from core.organisation.services.changing import check_values, refuse_all, stripped
from core.plugin_api import N_, Context, Problem, UnitOfWork, fetch, refuse, unit_of_work
from plugins.queueing.models import Counter, CounterService, CounterShift, QueueService, ServicePoint
from plugins.queueing.rules.hours import is_time
from plugins.queueing.services.calendar import days_with_spans
from plugins.queueing.services.setup import MOST, locked, missing_problems, range_problems, to_manage

LONGEST_PLAN = 92
"""How many days are planned at once: a quarter."""

_COUNTER_RANGES = {"number": (1, MOST)}


class CounterChanges(TypedDict, total=False):
    """What can be changed about a counter."""

    number: int
    name: str
    is_active: bool
    service_ids: Collection[int]


def create_counter(
    ctx: Context, *, point_id: int, number: int, name: str = "", service_ids: Collection[int] = (), **more: Any
) -> Counter:
    """Set up a counter of a point, and which of the point's services it may serve."""
    values = stripped({"number": number, "name": name, **more})
    with unit_of_work(ctx) as work:
        point = locked(ServicePoint, to_manage(ServicePoint, point_id, ctx, "input", "pointId"))
        refuse_all(_counter_problems(values, point.id, None))
        counter = work.create(Counter, point=point.id, **values)
        _give_services(work, ctx, counter, service_ids)
        return counter


def update_counter(ctx: Context, counter_id: int, version: int | None, changes: CounterChanges) -> Counter:
    """Change a counter; with `service_ids`, these are all the services that it may serve."""
    values = stripped(changes)
    with unit_of_work(ctx) as work:
        counter = to_manage(Counter, counter_id, ctx, "input", "id")
        locked(ServicePoint, counter.point)
        services = values.pop("service_ids", None)
        refuse_all(_counter_problems(values, counter.point_id, counter.id))
        if services is not None:
            work.touch(counter, counter.version if version is None else version)
            _give_services(work, ctx, counter, services)
            version = None
        work.update(counter, version, **values)
        return counter


def _counter_problems(values: Mapping[str, Any], point_id: int, own_id: int | None) -> list[Problem]:
    problems = missing_problems(values)
    if problems:
        return problems
    problems = check_values(Counter, values, required=()) + range_problems(values, _COUNTER_RANGES)
    number = values.get("number")
    other = Counter.get_or_none((Counter.point == point_id) & (Counter.number == number))
    if other is not None and other.id != own_id:
        text = N_("There is a counter {number} at this point already. Choose another number.")
        problems.append(Problem("COUNTER_NUMBER_TAKEN", text, ("input", "number"), {"number": number}))
    return problems


def _give_services(work: UnitOfWork, ctx: Context, counter: Counter, service_ids: Collection[int]) -> None:
    wanted = [fetch(QueueService, key, ctx, "input", "serviceIds") for key in dict.fromkeys(service_ids)]
    for service in wanted:
        if service.point_id != counter.point_id:
            text = N_("{service} is served at another point. Choose services of the counter's own point.")
            raise refuse("SERVICE_ELSEWHERE", text, "input", "serviceIds", service=service.name)
    keys = {service.id for service in wanted}
    present = list(CounterService.select().where(CounterService.counter == counter.id))
    for row in present:
        if row.service_id not in keys:
            work.delete(row)
    for service in wanted:
        if service.id not in {row.service_id for row in present}:
            work.create(CounterService, counter=counter.id, service=service.id)


class ShiftChanges(TypedDict, total=False):
    """What can be changed about a shift."""

    counter_id: int
    employee_id: int
    day: date
    starts_at: str
    ends_at: str


def create_shift(
    ctx: Context, *, counter_id: int, employee_id: int, day: date, starts_at: str, ends_at: str
) -> CounterShift:
    """Have somebody serve at a counter on a day, from when until when."""
    values = stripped({"day": day, "starts_at": starts_at, "ends_at": ends_at})
    with unit_of_work(ctx) as work:
        counter = to_manage(Counter, counter_id, ctx, "input", "counterId")
        employee = fetch(Employee, employee_id, ctx, "input", "employeeId")
        refuse_all(_shift_problems(values, counter, employee, None))
        return work.create(CounterShift, counter=counter.id, employee=employee.id, **values)


def plan_shifts(
    ctx: Context,
    *,
    counter_id: int,
    employee_id: int,
    first: date,
    last: date,
    starts_at: str,
    ends_at: str,
    weekdays: Collection[int] = (),
) -> list[CounterShift]:
    """Have somebody serve at a counter on each day from `first` to `last` on which the point is open: all or nothing.

    With `weekdays` (Monday = 0), only on those.
    """
    with unit_of_work(ctx) as work:
        counter = to_manage(Counter, counter_id, ctx, "input", "counterId")
        employee = fetch(Employee, employee_id, ctx, "input", "employeeId")
        if not 0 <= (last - first).days < LONGEST_PLAN:
            text = N_("From {first} to {last} cannot be planned at once. Give a last day within {days} days.")
            raise refuse("PLAN_SPAN", text, "input", "last", first=first, last=last, days=LONGEST_PLAN)
        days = [day for day in days_with_spans(counter.point, first, last) if not weekdays or day.weekday() in weekdays]
        if not days:
            text = N_("{point} is not open on any of these days. Choose others, or correct its opening hours.")
            raise refuse("NO_OPEN_DAY", text, "input", "first", point=counter.point.name)
        rows = []
        for day in days:
            values = stripped({"day": day, "starts_at": starts_at, "ends_at": ends_at})
            refuse_all(_shift_problems(values, counter, employee, None))
            rows.append(work.create(CounterShift, counter=counter.id, employee=employee.id, **values))
        return rows


def update_shift(ctx: Context, shift_id: int, version: int | None, changes: ShiftChanges) -> CounterShift:
    """Change a shift."""
    values = stripped(changes)
    with unit_of_work(ctx) as work:
        row = to_manage(CounterShift, shift_id, ctx, "input", "id")
        refuse_all(missing_problems(values))
        counter, employee = row.counter, row.employee
        if "counter_id" in values:
            counter = to_manage(Counter, values.pop("counter_id"), ctx, "input", "counterId")
            values["counter"] = counter.id
        if "employee_id" in values:
            employee = fetch(Employee, values.pop("employee_id"), ctx, "input", "employeeId")
            values["employee"] = employee.id
        present = {name: getattr(row, name) for name in ("day", "starts_at", "ends_at")}
        refuse_all(_shift_problems(present | values, counter, employee, row.id))
        return work.update(row, version, **values)


def _shift_problems(
    values: Mapping[str, Any], counter: Counter, employee: Employee, own_id: int | None
) -> list[Problem]:
    times = {name: values[name] for name in ("day", "starts_at", "ends_at")}
    problems = missing_problems(times)
    if problems:
        return problems
    start, end = times["starts_at"], times["ends_at"]
    params = {"start": start, "end": end}
    if not (is_time(start) and is_time(end)):
        text = N_("{start} to {end}: times are written like 08:00, up to 24:00. Correct them.")
        return [Problem("TIME_UNKNOWN", text, ("input", "startsAt"), params)]
    if start >= end:
        text = N_("The shift {start} to {end} ends before it begins. Give a later end, or two shifts past midnight.")
        return [Problem("SHIFT_REVERSED", text, ("input", "endsAt"), params)]
    # Two who plan the same person or counter at once: the second waits here and then sees the first.
    locked(Counter, counter)
    locked(Employee, employee)
    problems = check_values(CounterShift, times, required=())
    for field, named, who in (
        ("counterId", CounterShift.counter, counter),
        ("employeeId", CounterShift.employee, employee),
    ):
        other = CounterShift.get_or_none(
            (named == who.id)
            & (CounterShift.day == times["day"])
            & (CounterShift.starts_at < end)
            & (CounterShift.ends_at > start)
            & (CounterShift.id != (own_id or 0))
        )
        if other is not None:
            text = (
                N_("{employee} serves at counter {counter} on {day} from {start} to {end}. Choose other hours.")
                if field == "employeeId"
                else N_("At counter {counter} {employee} serves on {day} from {start} to {end}. Choose other hours.")
            )
            facts = {
                "employee": other.employee.name,
                "counter": other.counter.number,
                "day": other.day,
                "start": other.starts_at,
                "end": other.ends_at,
            }
            problems.append(Problem("SHIFT_OVERLAP", text, ("input", field), facts))
    return problems
