"""Service points are set up; and what every change of the set-up begins with."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, TypedDict, TypeVar
from zoneinfo import available_timezones

from core.database import is_sqlite
from core.organisation.models import WorkUnit
from core.organisation.services.changing import camel, check_values, refuse_all, stripped
from core.plugin_api import N_, Context, Problem, Record, fetch, require, unit_of_work
from plugins.queueing.models import ServicePoint
from plugins.queueing.roles import MANAGE
from plugins.queueing.terms import PriorityRule

R = TypeVar("R", bound=Record)

MOST = 100_000
"""The highest number that anything of the set-up takes."""

_POINT_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_POINT_RANGES = {
    "slot_minutes": (5, 240),
    "priority_every": (2, 100),
    "recalls_allowed": (0, 20),
    "grace_minutes": (0, 1440),
}


class PointChanges(TypedDict, total=False):
    """What can be changed about a service point."""

    unit_id: int
    code: str
    name: str
    address: str
    time_zone: str
    slot_minutes: int
    priority_rule: PriorityRule
    priority_every: int
    recalls_allowed: int
    grace_minutes: int
    keeps_national_holidays: bool
    keeps_regional_holidays: bool
    keeps_collective_leave: bool
    is_active: bool


def locked(model: type[R], row: R) -> R:
    """Return the row as it is now and keep it still until the end of the transaction: what stands below is judged."""
    query: Any = model.select().where(model._meta.primary_key == row.__data__["id"])
    # As NO KEY UPDATE it hinders nobody who writes rows that point to it.
    found: R = (query if is_sqlite() else query.for_update("FOR NO KEY UPDATE")).get()
    return found


def to_manage(model: type[R], key: int, ctx: Context, *path: str) -> R:
    """Return a row of the set-up that the actor sees and may change; refuse it at `path` otherwise."""
    row = fetch(model, key, ctx, *path)
    require(ctx, MANAGE, row, *path)
    return row


def range_problems(values: Mapping[str, Any], ranges: Mapping[str, tuple[int, int]]) -> list[Problem]:
    """Return a problem for each number that lies outside of its range."""
    text = N_("{number} is not possible here. Give a number from {lowest} to {highest}.")
    return [
        Problem("QUEUE_NUMBER", text, ("input", camel(name)), {"number": values[name], "lowest": low, "highest": high})
        for name, (low, high) in ranges.items()
        if name in values and not low <= values[name] <= high
    ]


def missing_problems(values: Mapping[str, Any], nullable: Iterable[str] = ()) -> list[Problem]:
    """Return a problem for each value that is emptied although it must be there."""
    text = N_("This must not be empty. Fill it in.")
    allowed = set(nullable)
    return [
        Problem("TEXT_MISSING", text, ("input", camel(name)))
        for name, value in values.items()
        if value is None and name not in allowed
    ]


def unit_to_manage(ctx: Context, unit_id: int) -> WorkUnit:
    """Return a unit to which something of the queue may be given; refuse it otherwise."""
    unit = fetch(WorkUnit, unit_id, ctx, "input", "unitId")
    require(ctx, MANAGE, unit, "input", "unitId")
    return unit


def create_point(ctx: Context, *, unit_id: int, code: str, name: str, **more: Any) -> ServicePoint:
    """Set up a place where citizens are served; it belongs to a unit. `more` is as in `PointChanges`."""
    values = stripped({"code": code, "name": name, **more})
    with unit_of_work(ctx) as work:
        unit = unit_to_manage(ctx, unit_id)
        refuse_all(_point_problems(values, None))
        return work.create(ServicePoint, unit=unit.id, **values)


def update_point(ctx: Context, point_id: int, version: int | None, changes: PointChanges) -> ServicePoint:
    """Change a service point."""
    values = stripped(changes)
    with unit_of_work(ctx) as work:
        point = to_manage(ServicePoint, point_id, ctx, "input", "id")
        refuse_all(_point_problems(values, point.id))
        if "unit_id" in values:
            values["unit"] = unit_to_manage(ctx, values.pop("unit_id")).id
        return work.update(point, version, **values)


def _point_problems(values: Mapping[str, Any], own_id: int | None) -> list[Problem]:
    missing = missing_problems(values)
    if missing:
        return missing
    texts = {name: value for name, value in values.items() if name != "unit_id"}
    problems = check_values(ServicePoint, texts, required=("code", "name")) + range_problems(values, _POINT_RANGES)
    code = values.get("code", "")
    if code and not _POINT_CODE.fullmatch(code):
        text = N_("{code} cannot stand in an address. Use small letters, digits and hyphens, such as mpp-kota.")
        problems.append(Problem("POINT_CODE", text, ("input", "code"), {"code": code}))
    taken = ServicePoint.get_or_none(ServicePoint.code == code) if code else None
    if taken is not None and taken.id != own_id:
        text = N_("The service point {name} has the code {code} already. Choose another code.")
        problems.append(Problem("POINT_CODE_TAKEN", text, ("input", "code"), {"code": code, "name": taken.name}))
    zone = values.get("time_zone", "")
    if zone and zone not in available_timezones():
        text = N_(
            "{zone} is no time zone. Use Asia/Jakarta, Asia/Makassar, Asia/Jayapura or another IANA name, or leave it "
            "empty for that of the institution."
        )
        problems.append(Problem("TIME_ZONE_UNKNOWN", text, ("input", "timeZone"), {"zone": zone}))
    return problems
