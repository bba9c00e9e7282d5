"""What is served at a point: services with their numbers, targets and bookings, and how many tickets they give out."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, TypedDict

from core.organisation.models import WorkUnit
from core.organisation.services.changing import check_values, refuse_all, stripped
from core.plugin_api import N_, Context, Problem, fetch, may, unit_of_work
from plugins.queueing.models import QueueService, ServicePoint, ServiceQuota
from plugins.queueing.roles import MANAGE
from plugins.queueing.rules.hours import is_time, open_spans, slots_in
from plugins.queueing.services.calendar import opening_lines
from plugins.queueing.services.setup import (
    MOST,
    locked,
    missing_problems,
    range_problems,
    to_manage,
    unit_to_manage,
)

_PREFIX = re.compile(r"[A-Z][A-Z0-9]{0,3}")
_SERVICE_RANGES = {
    "target_wait_minutes": (1, 1440),
    "target_serve_minutes": (1, 1440),
    "books_ahead_days": (0, 366),
    "booking_ends_hours": (0, 720),
}
_QUOTA_RANGES = {"weekday": (0, 6), "quota": (0, MOST), "walk_in_reserve": (0, MOST)}


class ServiceChanges(TypedDict, total=False):
    """What can be changed about a service."""

    unit_id: int
    code: str
    name: str
    prefix: str
    target_wait_minutes: int
    target_serve_minutes: int
    books_ahead_days: int
    booking_ends_hours: int
    requirements: str
    is_active: bool


def create_service(
    ctx: Context, *, point_id: int, code: str, name: str, prefix: str, unit_id: int | None = None, **more: Any
) -> QueueService:
    """Offer a service at a point, with numbers of its own; `unit_id` says whose it is (default: the point's unit).

    Whoever runs the point decides, also about services of other institutions under its roof. `more` is as in
    `ServiceChanges`.
    """
    values = stripped({"code": code, "name": name, "prefix": prefix, **more})
    with unit_of_work(ctx) as work:
        point = locked(ServicePoint, to_manage(ServicePoint, point_id, ctx, "input", "pointId"))
        unit_key = point.unit_id if unit_id is None else fetch(WorkUnit, unit_id, ctx, "input", "unitId").id
        refuse_all(_service_problems(values, point.id, None))
        return work.create(QueueService, point=point.id, unit=unit_key, **values)


def update_service(ctx: Context, service_id: int, version: int | None, changes: ServiceChanges) -> QueueService:
    """Change a service; its point stays."""
    values = stripped(changes)
    with unit_of_work(ctx) as work:
        service = to_manage(QueueService, service_id, ctx, "input", "id")
        locked(ServicePoint, service.point)
        refuse_all(_service_problems(values, service.point_id, service.id))
        if "unit_id" in values:
            values["unit"] = _new_unit(ctx, service, values.pop("unit_id")).id
        return work.update(service, version, **values)


def _new_unit(ctx: Context, service: QueueService, unit_id: int) -> WorkUnit:
    """Return the unit to which a service is given: whoever runs the point gives it to any, others among their own."""
    if may(ctx.actor, MANAGE, service.point):
        return fetch(WorkUnit, unit_id, ctx, "input", "unitId")
    return unit_to_manage(ctx, unit_id)


def _service_problems(values: dict[str, Any], point_id: int, own_id: int | None) -> list[Problem]:
    missing = missing_problems(values)
    if missing:
        return missing
    if "prefix" in values:
        values["prefix"] = values["prefix"].upper()
    texts = {name: value for name, value in values.items() if name != "unit_id"}
    problems = check_values(QueueService, texts, required=("code", "name", "prefix"))
    problems += range_problems(values, _SERVICE_RANGES)
    prefix = values.get("prefix", "")
    if prefix and not _PREFIX.fullmatch(prefix):
        text = N_("{prefix} cannot begin a number. Use 1 to 4 letters and digits, beginning with a letter.")
        problems.append(Problem("PREFIX_INVALID", text, ("input", "prefix"), {"prefix": prefix}))
    for name, code, text in (
        ("code", "SERVICE_CODE_TAKEN", N_("{name} has the code {value} at this point. Choose another code.")),
        ("prefix", "PREFIX_TAKEN", N_("Numbers of {name} begin with {value} at this point. Choose another beginning.")),
    ):
        value = values.get(name)
        column = getattr(QueueService, name)
        other = QueueService.get_or_none((QueueService.point == point_id) & (column == value)) if value else None
        if other is not None and other.id != own_id:
            problems.append(Problem(code, text, ("input", name), {"name": other.name, "value": value}))
    return problems


class QuotaChanges(TypedDict, total=False):
    """What can be changed about a quota."""

    day: date | None
    weekday: int | None
    slot: str
    quota: int
    walk_in_reserve: int


def create_quota(ctx: Context, *, service_id: int, quota: int, **more: Any) -> ServiceQuota:
    """Limit the tickets of a service: of a day, of a weekday or of any day, as a whole or in one slot."""
    values = stripped({"quota": quota, **more})
    with unit_of_work(ctx) as work:
        service = to_manage(QueueService, service_id, ctx, "input", "serviceId")
        locked(ServicePoint, service.point)
        whole = {"day": None, "weekday": None, "slot": "", "walk_in_reserve": 0} | values
        refuse_all(_quota_problems(whole, service, None))
        return work.create(ServiceQuota, service=service.id, **values)


def update_quota(ctx: Context, quota_id: int, version: int | None, changes: QuotaChanges) -> ServiceQuota:
    """Change a quota."""
    values = stripped(changes)
    with unit_of_work(ctx) as work:
        row = to_manage(ServiceQuota, quota_id, ctx, "input", "id")
        locked(ServicePoint, row.service.point)
        present = {name: getattr(row, name) for name in ("day", "weekday", "slot", "quota", "walk_in_reserve")}
        refuse_all(_quota_problems(present | values, row.service, row.id))
        return work.update(row, version, **values)


def _quota_problems(values: Mapping[str, Any], service: QueueService, own_id: int | None) -> list[Problem]:
    problems = missing_problems(values, nullable=("day", "weekday"))
    if problems:
        return problems
    numbers = {name: value for name, value in values.items() if value is not None}
    problems = range_problems(numbers, _QUOTA_RANGES) + check_values(ServiceQuota, numbers, required=())
    day, weekday, slot = values["day"], values["weekday"], values["slot"]
    if day is not None and weekday is not None:
        text = N_("A quota is for one day or for a weekday, not for both. Leave one of them empty.")
        problems.append(Problem("QUOTA_DAY_AND_WEEKDAY", text, ("input", "weekday")))
    if values["walk_in_reserve"] > values["quota"]:
        text = N_("{reserve} cannot be kept of {quota} tickets. Give a smaller reserve, or a larger quota.")
        params = {"reserve": values["walk_in_reserve"], "quota": values["quota"]}
        problems.append(Problem("RESERVE_ABOVE_QUOTA", text, ("input", "walkInReserve"), params))
    if problems:
        return problems
    starts = _slot_starts(service.point, day.weekday() if day else weekday)
    if slot and (not is_time(slot) or slot not in starts):
        text = N_("At {slot} no slot of this point begins then. Choose one of {slots}, or correct its opening hours.")
        params = {"slot": slot, "slots": ", ".join(starts) or "-"}
        problems.append(Problem("QUOTA_SLOT_UNKNOWN", text, ("input", "slot"), params))
    twin = ServiceQuota.get_or_none(
        (ServiceQuota.service == service.id)
        & (ServiceQuota.slot == slot)
        & (ServiceQuota.day.is_null() if day is None else ServiceQuota.day == day)
        & (ServiceQuota.weekday.is_null() if weekday is None else ServiceQuota.weekday == weekday)
    )
    if twin is not None and twin.id != own_id:
        text = N_("For this time there is a quota of {quota} already. Change that one.")
        problems.append(Problem("QUOTA_TWICE", text, ("input", "slot" if slot else "day"), {"quota": twin.quota}))
    return problems


def _slot_starts(point: ServicePoint, weekday: int | None) -> list[str]:
    lines = opening_lines(point)
    days = range(7) if weekday is None else [weekday]
    return sorted({start for day in days for start, _end in slots_in(open_spans(lines, day), point.slot_minutes)})
