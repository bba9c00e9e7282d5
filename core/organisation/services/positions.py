"""Positions: created, corrected and closed."""

from datetime import date
from typing import TypedDict

from core.context import Context
from core.errors import Problem, not_found, refuse
from core.i18n import N_
from core.organisation.models import Assignment, Position, PositionKind, WorkUnit
from core.organisation.services.assignments import end_problems
from core.organisation.services.changing import (
    check_days,
    check_period,
    check_values,
    organisation_change,
    refuse_all,
    stripped,
)
from core.policy import fetch, require

HIGHEST_CLASS = 17
"""Job classes run from 1 to 17 (kelas jabatan)."""


class PositionChanges(TypedDict, total=False):
    """What of a position may be corrected; unit and headship only before anybody has held it."""

    code: str
    title: str
    kind_id: int
    unit_id: int
    is_head: bool
    job_class: int | None
    echelon: str


def create_position(
    ctx: Context,
    *,
    code: str,
    title: str,
    kind_id: int,
    unit_id: int,
    valid_from: date,
    is_head: bool = False,
    job_class: int | None = None,
    echelon: str = "",
    valid_to: date | None = None,
) -> Position:
    """Create a position in a unit; `is_head` lets whoever holds it head the unit."""
    texts = stripped({"code": code, "title": title, "echelon": echelon})
    with organisation_change(ctx) as work:
        unit = fetch(WorkUnit, unit_id, ctx, "input", "unitId")
        require(ctx, "organisation.create_position", unit, "input", "unitId")
        problems = check_values(Position, texts, required=("code", "title")) + check_period(valid_from, valid_to)
        problems += _code_problems(texts["code"], None) + _class_problems(job_class) + _kind_problems(kind_id)
        if valid_from < unit.valid_from or (unit.valid_to is not None and (valid_to or date.max) > unit.valid_to):
            text = N_("The unit “{name}” exists from {first} to {last} only. Choose another unit or days within that.")
            params = {"name": unit.name, "first": unit.valid_from, "last": unit.valid_to or "…"}
            problems.append(Problem("OUTSIDE_UNIT", text, ("input", "unitId"), params))
        refuse_all(problems)
        return work.create(
            Position,
            **texts,
            kind=kind_id,
            unit=unit,
            is_head=is_head,
            job_class=job_class,
            valid_from=valid_from,
            valid_to=valid_to,
        )


def update_position(ctx: Context, position_id: int, version: int | None, changes: PositionChanges) -> Position:
    """Correct a position; where somebody has held it, its unit and headship stay, as earlier days follow from them."""
    values = stripped(changes)
    with organisation_change(ctx) as work:
        position = fetch(Position, position_id, ctx, "input", "id")
        require(ctx, "organisation.update_position", position, "input", "id")
        if "unit_id" in values:
            unit = fetch(WorkUnit, values.pop("unit_id"), ctx, "input", "unitId")
            require(ctx, "organisation.create_position", unit, "input", "unitId")
            values["unit"] = unit.id
        problems = check_values(Position, values, required=("code", "title"))
        if "code" in values:
            problems += _code_problems(values["code"], position.id)
        if "kind_id" in values:
            values["kind"] = values.pop("kind_id")
            problems += _kind_problems(values["kind"])
        problems += _class_problems(values.get("job_class"))
        was_held = Assignment.select().where(Assignment.position == position).exists()
        for name, place in (("unit", "unitId"), ("is_head", "isHead")):
            if was_held and name in values and values[name] != position.__data__[name]:
                text = N_("Somebody has held this position. Close it and create another one instead.")
                problems.append(Problem("POSITION_HELD", text, ("input", place)))
        refuse_all(problems)
        return work.update(position, version, **values)


def close_position(ctx: Context, position_id: int, version: int | None, *, last_day: date) -> Position:
    """End a position that nobody holds after its last day."""
    with organisation_change(ctx) as work:
        position = fetch(Position, position_id, ctx, "input", "id")
        require(ctx, "organisation.update_position", position, "input", "id")
        refuse_all(check_days(last_day=last_day) + end_problems(position, last_day))
        held = Assignment.select().where(
            (Assignment.position == position) & (Assignment.valid_to.is_null() | (Assignment.valid_to > last_day))
        )
        if people := held.count():
            raise refuse(
                "POSITION_HELD_AFTER",
                N_("{people} people hold this position after {day}. End their assignments first."),
                "input",
                "lastDay",
                people=people,
                day=last_day,
            )
        return work.update(position, version, valid_to=last_day)


def _code_problems(code: str, own_id: int | None) -> list[Problem]:
    taken = Position.get_or_none((Position.code == code) & (Position.id != (own_id or 0)))
    if taken is None:
        return []
    text = N_("The position “{title}” has the code {code} already. Choose another code, or change that position.")
    return [Problem("POSITION_CODE_TAKEN", text, ("input", "code"), {"title": taken.title, "code": code})]


def _kind_problems(kind_id: int) -> list[Problem]:
    if PositionKind.select().where(PositionKind.id == kind_id).exists():
        return []
    return [*not_found("input", "kindId", id=f"PositionKind:{kind_id}").problems]


def _class_problems(job_class: int | None) -> list[Problem]:
    if job_class is None or 1 <= job_class <= HIGHEST_CLASS:
        return []
    text = N_("{job_class} is no job class. Give a class from 1 to {highest}.")
    return [
        Problem("JOB_CLASS_UNKNOWN", text, ("input", "jobClass"), {"job_class": job_class, "highest": HIGHEST_CLASS})
    ]
