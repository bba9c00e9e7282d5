"""When a service point serves: a whole week of opening hours at once or one span of it, and closed days."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, TypedDict

from core.organisation.services.changing import check_values, refuse_all, stripped
from core.plugin_api import N_, Context, Problem, UnitOfWork, refuse, unit_of_work
from plugins.queueing.models import Closure, OpeningHours, ServicePoint
from plugins.queueing.rules.hours import HoursFault, HoursLine, faults_of
from plugins.queueing.services.calendar import opening_lines
from plugins.queueing.services.setup import locked, missing_problems, to_manage
from plugins.queueing.terms import HoursKind

_FAULTS: dict[HoursFault, tuple[str, str, str]] = {
    HoursFault.WEEKDAY: ("WEEKDAY_UNKNOWN", N_("Weekdays are 0 (Monday) to 6 (Sunday). Give one of them."), "weekday"),
    HoursFault.TIME: (
        "TIME_UNKNOWN",
        N_("{start} to {end}: times are written like 08:00, up to 24:00. Correct them."),
        "startsAt",
    ),
    HoursFault.REVERSED: (
        "HOURS_REVERSED",
        N_("{start} to {end} ends before it begins. Give a later end; what goes past midnight is two spans."),
        "endsAt",
    ),
    HoursFault.OVERLAP: (
        "HOURS_OVERLAP",
        N_("{start} to {end} overlaps other hours of the same day. Correct one of the two, or leave one out."),
        "startsAt",
    ),
    HoursFault.BREAK_OUTSIDE: (
        "BREAK_OUTSIDE",
        N_("The break {start} to {end} does not lie within opening hours of that day. Correct it, or leave it out."),
        "startsAt",
    ),
    HoursFault.NOTHING_LEFT: (
        "BREAK_TOO_LONG",
        N_("Breaks take the whole day: nothing is left of {start} to {end}. Shorten the break, or leave out the day."),
        "endsAt",
    ),
}
_BETWEEN = re.compile(r"\s*[-\u2013]\s*")

Named = Callable[[int, str], tuple[str | int, ...]]


def _refuse_faults(lines: Sequence[HoursLine], named: Named) -> None:
    """Refuse what is wrong with a week; `named` gives the path of a line by its place and the field at fault."""
    problems = []
    for place, fault in faults_of(lines):
        code, text, field = _FAULTS[fault]
        params = {"start": lines[place].starts_at, "end": lines[place].ends_at}
        problems.append(Problem(code, text, named(place, field), params))
    refuse_all(problems)


def set_hours(ctx: Context, point_id: int, version: int | None, lines: Sequence[HoursLine]) -> ServicePoint:
    """Give a service point its opening hours of the whole week; what stays as it was is left alone."""
    with unit_of_work(ctx) as work:
        point = to_manage(ServicePoint, point_id, ctx, "input", "id")
        if not lines:
            text = N_("A week without any hours serves nobody. Fill in a day, or take the point out of use.")
            raise refuse("WEEK_EMPTY", text, "input", "hours")
        _refuse_faults(lines, lambda place, field: ("input", "hours", place, field))
        point = locked(ServicePoint, point)
        work.touch(point, point.version if version is None else version)
        wanted = set(lines)
        present = list(OpeningHours.select().where(OpeningHours.point == point.id).order_by(OpeningHours.id))
        for row in present:
            if _line(row) not in wanted:
                work.delete(row)
        kept = {_line(row) for row in present}
        for line in lines:
            if line not in kept:
                _create(work, point, line)
        return point


def lines_of_week(days: Mapping[int, str]) -> list[HoursLine]:
    """Return the week that somebody typed, by weekday: "08:00-12:00, 13:00-15:00 / 10:00-10:15", breaks after "/"."""
    lines, problems = [], []
    for weekday, text in sorted(days.items()):
        try:
            lines += _lines_of_day(weekday, text)
        except ValueError:
            fault = N_(
                "“{text}” are no opening hours. Write from-until, with commas between several and breaks after a "
                "slash: 08:00-15:00 / 12:00-13:00."
            )
            problems.append(Problem("HOURS_UNREADABLE", fault, ("input", f"day{weekday}"), {"text": text[:80]}))
    refuse_all(problems)
    _refuse_faults(lines, lambda place, _field: ("input", f"day{lines[place].weekday}"))
    return lines


def _lines_of_day(weekday: int, text: str) -> list[HoursLine]:
    opened, _, breaks = text.partition("/")
    lines = []
    for kind, spans in ((HoursKind.OPEN, opened), (HoursKind.BREAK, breaks)):
        for span in spans.split(","):
            if span.strip():
                start, end = _BETWEEN.split(span.strip().replace(".", ":"))
                lines.append(HoursLine(weekday, start.zfill(5), end.zfill(5), kind))
    return lines


def add_hours(
    ctx: Context, *, point_id: int, weekday: int, starts_at: str, ends_at: str, kind: HoursKind = HoursKind.OPEN
) -> OpeningHours:
    """Add a span of service, or a break, to a weekday of a service point."""
    line = HoursLine(weekday, starts_at.strip(), ends_at.strip(), kind)
    with unit_of_work(ctx) as work:
        point = locked(ServicePoint, to_manage(ServicePoint, point_id, ctx, "input", "pointId"))
        _refuse_line(opening_lines(point), line)
        return _create(work, point, line)


class HoursChanges(TypedDict, total=False):
    """What can be changed about a span."""

    weekday: int
    kind: HoursKind
    starts_at: str
    ends_at: str


def update_hours(ctx: Context, hours_id: int, version: int | None, changes: HoursChanges) -> OpeningHours:
    """Change a span of a service point's week."""
    values = stripped(changes)
    refuse_all(missing_problems(values))
    with unit_of_work(ctx) as work:
        row = to_manage(OpeningHours, hours_id, ctx, "input", "id")
        point = locked(ServicePoint, row.point)
        others = [line for line in opening_lines(point) if line != _line(row)]
        _refuse_line(others, replace(_line(row), **values))
        return work.update(row, version, **values)


def _refuse_line(others: Sequence[HoursLine], line: HoursLine) -> None:
    """Refuse a line that makes a week wrong, be it itself or a break that it no longer holds; at its own fields."""
    _refuse_faults([*others, line], lambda _place, field: ("input", field))


def _line(row: OpeningHours) -> HoursLine:
    return HoursLine(row.weekday, row.starts_at, row.ends_at, row.kind)


def _create(work: UnitOfWork, point: ServicePoint, line: HoursLine) -> OpeningHours:
    return work.create(
        OpeningHours,
        point=point.id,
        weekday=line.weekday,
        kind=line.kind,
        starts_at=line.starts_at,
        ends_at=line.ends_at,
    )


class ClosureChanges(TypedDict, total=False):
    """What can be changed about a closed day."""

    day: date
    name: str


def create_closure(ctx: Context, *, point_id: int, day: date, name: str) -> Closure:
    """Close a service point on a day; `name` says why, and citizens read it."""
    values = stripped({"day": day, "name": name})
    with unit_of_work(ctx) as work:
        point = to_manage(ServicePoint, point_id, ctx, "input", "pointId")
        refuse_all(_closure_problems(values, point.id, None))
        return work.create(Closure, point=point.id, **values)


def update_closure(ctx: Context, closure_id: int, version: int | None, changes: ClosureChanges) -> Closure:
    """Change a closed day."""
    values = stripped(changes)
    with unit_of_work(ctx) as work:
        row = to_manage(Closure, closure_id, ctx, "input", "id")
        refuse_all(_closure_problems(values, row.point_id, row.id))
        return work.update(row, version, **values)


def _closure_problems(values: Mapping[str, Any], point_id: int, own_id: int | None) -> list[Problem]:
    problems = missing_problems(values) or check_values(Closure, values, required=("name",))
    twin = Closure.get_or_none((Closure.point == point_id) & (Closure.day == values.get("day")))
    if twin is not None and twin.id != own_id:
        text = N_("{day} is closed already: {name}. Change that entry, or choose another day.")
        params = {"day": twin.day, "name": twin.name}
        problems.append(Problem("CLOSURE_TWICE", text, ("input", "day"), params))
    return problems
