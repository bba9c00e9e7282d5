"""What was done so that waiting falls is noted with its day, corrected and withdrawn."""

from collections.abc import Mapping
from datetime import date
from typing import Any, TypedDict

from core.bin.models import BinEntry
from core.bin.services import archive
from core.organisation.services.changing import check_values, refuse_all, stripped
from core.plugin_api import N_, Context, Problem, fetch, refuse, require, unit_of_work
from plugins.queueing.models import Intervention, QueueService, ServicePoint
from plugins.queueing.roles import MANAGE
from plugins.queueing.services.setup import missing_problems, to_manage
from plugins.queueing.terms import InterventionKind

LONGEST_NOTE = 4000


class InterventionChanges(TypedDict, total=False):
    """What can be changed about an intervention; `service_id` None means the whole point."""

    service_id: int | None
    kind: InterventionKind
    name: str
    day: date
    note: str


def record_intervention(
    ctx: Context,
    *,
    point_id: int,
    kind: InterventionKind,
    name: str,
    day: date,
    service_id: int | None = None,
    note: str = "",
) -> Intervention:
    """Note what was done at a service point, or for one of its services, on a day; the day may lie ahead."""
    values = stripped({"kind": kind, "name": name, "day": day, "note": note})
    with unit_of_work(ctx) as work:
        point = fetch(ServicePoint, point_id, ctx, "input", "pointId")
        service = _service_of(ctx, point.id, service_id)
        require(ctx, MANAGE, service or point, "input", "pointId")
        refuse_all(_problems(values))
        return work.create(Intervention, point=point.id, service=service and service.id, **values)


def correct_intervention(
    ctx: Context, intervention_id: int, version: int | None, changes: InterventionChanges
) -> Intervention:
    """Correct what was noted about an intervention; its point stays."""
    values = stripped(changes)
    with unit_of_work(ctx) as work:
        row = to_manage(Intervention, intervention_id, ctx, "input", "id")
        if "service_id" in values:
            service = _service_of(ctx, row.point_id, values.pop("service_id"))
            require(ctx, MANAGE, service or row.point, "input", "serviceId")
            values["service"] = service and service.id
        refuse_all(_problems({name: value for name, value in values.items() if name != "service"}))
        return work.update(row, version, **values)


def withdraw_intervention(
    ctx: Context, intervention_id: int, version: int | None, reason: str | None = None
) -> BinEntry:
    """Put an intervention that was noted by mistake into the bin, from which it can be brought back."""
    return archive(ctx, Intervention, intervention_id, version, reason)


def _service_of(ctx: Context, point_id: int, service_id: int | None) -> QueueService | None:
    if service_id is None:
        return None
    service = fetch(QueueService, service_id, ctx, "input", "serviceId")
    if service.point_id != point_id:
        text = N_("{service} is served at another point. Choose a service of this point.")
        raise refuse("SERVICE_ELSEWHERE", text, "input", "serviceId", service=service.name)
    return service


def _problems(values: Mapping[str, Any]) -> list[Problem]:
    problems = missing_problems(values)
    if problems:
        return problems
    problems = check_values(Intervention, values, required=("name",))
    if len(values.get("note", "")) > LONGEST_NOTE:
        text = N_("This is longer than {longest} characters. Shorten it.")
        problems.append(Problem("TEXT_TOO_LONG", text, ("input", "note"), {"longest": LONGEST_NOTE}))
    return problems
