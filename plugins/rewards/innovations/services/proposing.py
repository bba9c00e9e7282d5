"""Proposing an innovation, and changing what was written about it."""

from collections.abc import Sequence
from datetime import date
from typing import Any, TypedDict

from core.organisation.models import WorkUnit
from core.organisation.services.changing import refuse_all, stripped
from core.plugin_api import N_, Context, Problem, UnitOfWork, fetch, refuse, require, unit_of_work
from plugins.rewards.innovations import events
from plugins.rewards.innovations.models import Innovation, InnovationAuthor, InnovationStep, InnovationUnit
from plugins.rewards.innovations.policies import PROPOSE
from plugins.rewards.innovations.services.finding import code_problems, rule_of_day, to_edit, value_problems
from plugins.rewards.innovations.terms import AuthorRole, InnovationStage


class InnovationChanges(TypedDict, total=False):
    """What may be changed about an innovation."""

    title: str
    problem: str
    description: str
    category: str
    group: str
    origin_id: int | None
    origin_note: str


def propose_innovation(
    ctx: Context,
    *,
    unit_id: int,
    title: str,
    problem: str,
    description: str,
    category: str,
    group: str,
    proposed_on: date | None = None,
    origin_id: int | None = None,
    origin_note: str = "",
    unit_ids: Sequence[int] = (),
) -> Innovation:
    """Propose an innovation of a unit; an employee who proposes one is its leading author at first.

    `unit_ids` are further units that it concerns. The rules of `proposed_on` (default: today) are kept with it.
    """
    day = proposed_on or ctx.today
    values = stripped(
        {
            "title": title,
            "problem": problem,
            "description": description,
            "category": category,
            "group": group,
            "origin_note": origin_note,
        }
    )
    with unit_of_work(ctx) as work:
        unit = fetch(WorkUnit, unit_id, ctx, "input", "unitId")
        require(ctx, PROPOSE, unit, "input", "unitId")
        rule = rule_of_day(day, "input", "proposedOn")
        has_origin = origin_id is not None or bool(values["origin_note"])
        problems = value_problems({**values, "proposed_on": day})
        if day > ctx.today:
            text = N_("{day} is still to come. Give a date up to {today}.")
            problems.append(Problem("DATE_IN_FUTURE", text, ("input", "proposedOn"), {"day": day, "today": ctx.today}))
        refuse_all([*problems, *code_problems(rule, category, group, has_origin=has_origin)])
        row = work.create(
            Innovation,
            unit=unit.id,
            stage=InnovationStage.PROPOSED,
            proposed_on=day,
            proposed_by=ctx.actor.employee_id,
            origin=_origin(ctx, origin_id, None),
            rule=rule.snapshot(),
            **values,
        )
        me = ctx.actor.employee_id
        if me is not None:
            work.create(InnovationAuthor, innovation=row.id, employee=me, role=AuthorRole.LEADER)
        _set_units(ctx, work, row, unit_ids)
        work.create(
            InnovationStep,
            innovation=row.id,
            stage=InnovationStage.PROPOSED,
            day=day,
            decided_by=me,
            recorded_at=ctx.now,
        )
        work.emit(
            events.PROPOSED,
            {"innovation_id": row.id, "unit_id": unit.id, "employee_ids": [] if me is None else [me], "day": day},
        )
        return row


def change_innovation(
    ctx: Context,
    innovation_id: int,
    version: int | None,
    changes: InnovationChanges,
    unit_ids: Sequence[int] | None = None,
) -> Innovation:
    """Change what was written about an innovation; the rules are those of the day of its proposal.

    `unit_ids` are all further units that it concerns; None leaves them as they are.
    """
    values: dict[str, Any] = stripped(changes)
    with unit_of_work(ctx) as work:
        row = to_edit(ctx, innovation_id, "input", "id")
        if "origin_id" in values:
            values["origin"] = _origin(ctx, values.pop("origin_id"), row)
        texts = {name: value for name, value in values.items() if name != "origin"}
        origin = values.get("origin", row.origin_id)
        has_origin = origin is not None or bool(values.get("origin_note", row.origin_note))
        rule = rule_of_day(row.proposed_on, "input", "id")
        codes = code_problems(
            rule, values.get("category", row.category), values.get("group", row.group), has_origin=has_origin
        )
        refuse_all([*value_problems(texts), *codes])
        work.update(row, version, **values)
        if unit_ids is not None:
            _set_units(ctx, work, row, unit_ids)
        return row


def set_units(ctx: Context, innovation_id: int, version: int, unit_ids: Sequence[int]) -> Innovation:
    """Say which further units an innovation concerns; what is not named is no longer concerned."""
    with unit_of_work(ctx) as work:
        row = to_edit(ctx, innovation_id, "input", "id")
        work.touch(row, version)
        _set_units(ctx, work, row, unit_ids)
        return row


def _set_units(ctx: Context, work: UnitOfWork, row: Innovation, unit_ids: Sequence[int]) -> None:
    wanted = {fetch(WorkUnit, key, ctx, "input", "unitIds", place).id for place, key in enumerate(unit_ids)}
    wanted.discard(row.unit_id)
    present = {one.unit_id: one for one in InnovationUnit.select().where(InnovationUnit.innovation == row.id)}
    for unit_id in sorted(present.keys() - wanted):
        work.delete(present[unit_id])
    for unit_id in sorted(wanted - present.keys()):
        work.create(InnovationUnit, innovation=row.id, unit=unit_id)


def _origin(ctx: Context, origin_id: int | None, row: Innovation | None) -> int | None:
    """Return the key of what is taken over: an adopted innovation that the caller sees, and not the row itself."""
    if origin_id is None:
        return None
    origin = fetch(Innovation, origin_id, ctx, "input", "originId")
    if origin.adopted_on is None or (row is not None and row.id == origin.id):
        text = N_(
            "Only what was adopted elsewhere can be taken over. Choose an adopted innovation, or name it in words."
        )
        raise refuse("INNOVATION_ORIGIN", text, "input", "originId")
    key: int = origin.id
    return key
