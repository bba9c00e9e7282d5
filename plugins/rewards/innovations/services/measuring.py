"""Measuring the effect of an innovation: a fact of any plugin, before and after, kept with its day and its evidence."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import orjson

from core.facts.reading import fact_named
from core.facts.rules.measuring import Span, kept_value
from core.facts.services import ask_fact, fact_failed
from core.facts.terms import FactSubject
from core.organisation.models import Employee, WorkUnit
from core.plugin_api import (
    N_,
    Context,
    FactDefinition,
    Problem,
    Refused,
    below,
    fetch,
    refuse,
    require,
    translate,
    unit_of_work,
)
from plugins.rewards.innovations import events
from plugins.rewards.innovations.models import Innovation, InnovationAuthor, InnovationEffect, InnovationUnit
from plugins.rewards.innovations.policies import DECIDE, EDIT
from plugins.rewards.innovations.services.finding import rule_of_day
from plugins.rewards.innovations.terms import EffectDirection

_PATH = ("input", "fact")
_LONGEST_SPAN = 366


@dataclass(frozen=True)
class EffectAsked:
    """Which fact, about which unit or employee, is compared over which days, and which way it is to go.

    Without a unit that of the innovation is asked about; a fact about an employee wants one of the authors.
    """

    fact: str
    direction: EffectDirection
    before: Span
    after: Span
    unit_id: int | None = None
    employee_id: int | None = None


def measure_effect(ctx: Context, innovation_id: int, asked: EffectAsked) -> InnovationEffect:
    """Measure a fact before and after an innovation and keep both with their queries; adopted or not, it may be done.

    A side without cases has no value; refused where neither side has one.
    """
    with unit_of_work(ctx) as work:
        innovation = fetch(Innovation, innovation_id, ctx, "input", "innovationId")
        if not ctx.actor.is_system:
            _require_measuring(ctx, innovation)
        definition = fact_named(asked.fact)
        if definition is None:
            text = N_("No plugin that is on offers the fact {fact}. Choose one of those offered, or switch it on.")
            raise refuse("FACT_UNKNOWN", text, *_PATH, fact=asked.fact[:96])
        _check_spans(asked, ctx.today)
        about = _about(ctx, innovation, definition, asked)
        (subject_id,) = about.values()
        before = _side(ctx, definition, subject_id, asked.before, "before")
        after = _side(ctx, definition, subject_id, asked.after, "after")
        if before["before_value"] is None and after["after_value"] is None:
            text = N_("There are no cases in either span, so there is nothing to compare. Choose other days.")
            raise refuse("EFFECT_NO_CASES", text, *_PATH)
        words = ctx.settings.default_language
        row = work.create(
            InnovationEffect,
            innovation=innovation.id,
            fact=definition.name,
            subject=FactSubject(definition.about.upper()),
            title=translate(definition.title, words),
            unit_of_measure=translate(definition.unit, words),
            direction=asked.direction,
            fewest_cases=rule_of_day(ctx.today, *_PATH).content["fewest_cases"],
            measured_at=ctx.now,
            measured_by=ctx.actor.employee_id,
            **about,
            **before,
            **after,
        )
        work.emit(
            events.MEASURED,
            {"innovation_effect_id": row.id, "innovation_id": innovation.id, "fact": definition.name},
        )
        return row


def _require_measuring(ctx: Context, innovation: Innovation) -> None:
    try:
        require(ctx, EDIT, innovation, "input", "innovationId")
    except Refused:
        require(ctx, DECIDE, innovation, "input", "innovationId")


def _check_spans(asked: EffectAsked, today: date) -> None:
    problems = []
    for name, span in (("before", asked.before), ("after", asked.after)):
        if not 0 <= (span.last - span.first).days < _LONGEST_SPAN:
            text = N_("{first} to {last} is no span of 1 to {days} days. Correct one of the two.")
            params = {"first": span.first, "last": span.last, "days": _LONGEST_SPAN}
            problems.append(Problem("EFFECT_SPAN", text, ("input", f"{name}Last"), params))
    if asked.before.last >= asked.after.first:
        text = N_("The days before ({last}) reach into those after ({first}). Leave no day to both.")
        params = {"last": asked.before.last, "first": asked.after.first}
        problems.append(Problem("EFFECT_SPANS_OVERLAP", text, ("input", "afterFirst"), params))
    if asked.after.last > today:
        text = N_("{day} is still to come. Give a date up to {today}.")
        problems.append(
            Problem("DATE_IN_FUTURE", text, ("input", "afterLast"), {"day": asked.after.last, "today": today})
        )
    if problems:
        raise Refused(problems)


def _about(ctx: Context, innovation: Innovation, definition: FactDefinition, asked: EffectAsked) -> dict[str, int]:
    """Return whom or what the fact is asked about, as a column: a unit that is concerned, or one of the authors."""
    if definition.about == "employee":
        is_author = InnovationAuthor.select().where(
            (InnovationAuthor.innovation == innovation.id) & (InnovationAuthor.employee == (asked.employee_id or 0))
        )
        if asked.employee_id is None or not is_author.exists():
            text = N_("This fact is about a person. Name one of the authors.")
            raise refuse("EFFECT_NOT_AUTHOR", text, "input", "employeeId")
        return {"employee": fetch(Employee, asked.employee_id, ctx, "input", "employeeId").id}
    unit = fetch(WorkUnit, asked.unit_id or innovation.unit_id, ctx, "input", "unitId")
    further = InnovationUnit.select(InnovationUnit.unit).where(InnovationUnit.innovation == innovation.id)
    concerned = WorkUnit.select().where((WorkUnit.id == innovation.unit_id) | WorkUnit.id.in_(further))
    if (
        not WorkUnit.select()
        .where((WorkUnit.id == unit.id) & below(WorkUnit.path, [one.path for one in concerned]))
        .exists()
    ):
        text = N_("{unit} is none of the units that the innovation concerns. Choose one of them, or add it there.")
        raise refuse("EFFECT_UNIT_ELSEWHERE", text, "input", "unitId", unit=unit.name)
    return {"unit": unit.id}


def _side(
    ctx: Context, definition: FactDefinition, subject_id: int, span: Span, side: Literal["before", "after"]
) -> dict[str, Any]:
    found = ask_fact(ctx, definition, subject_id, span, *_PATH)
    has_cases = found is not None and found.cases > 0
    value = kept_value(found.value) if found is not None and has_cases else None
    if has_cases and value is None:
        raise fact_failed(definition, *_PATH)
    evidence = dict(found.evidence) if found is not None and has_cases else {}
    return {
        f"{side}_first": span.first,
        f"{side}_last": span.last,
        f"{side}_value": value,
        f"{side}_cases": found.cases if found is not None and has_cases else 0,
        f"{side}_evidence": orjson.loads(orjson.dumps(evidence, default=str)),
    }
