"""The steps of an innovation: tried, adopted, declined, ended; each with its day and reason, and kept."""

from datetime import date
from typing import Any

from core.organisation.services.changing import refuse_all
from core.plugin_api import N_, Context, Problem, unit_of_work
from plugins.rewards.innovations import events
from plugins.rewards.innovations.models import Innovation, InnovationAuthor, InnovationStep
from plugins.rewards.innovations.rules.stages import step_problems
from plugins.rewards.innovations.services.finding import LONGEST_TEXT, to_decide
from plugins.rewards.innovations.terms import InnovationStage

_TOLD = {
    InnovationStage.TRIED: events.TRIED,
    InnovationStage.ADOPTED: events.ADOPTED,
    InnovationStage.DECLINED: events.DECLINED,
    InnovationStage.ENDED: events.ENDED,
}


def try_innovation(
    ctx: Context, innovation_id: int, version: int | None, *, day: date | None = None, reason: str = ""
) -> Innovation:
    """Let a trial begin on a day (default: today)."""
    return _take(ctx, innovation_id, version, InnovationStage.TRIED, day, reason)


def adopt_innovation(
    ctx: Context,
    innovation_id: int,
    version: int | None,
    *,
    day: date | None = None,
    implemented_on: date | None = None,
    reason: str = "",
) -> Innovation:
    """Adopt what was tried; `implemented_on` is since when it is in use (default: the day of adoption)."""
    return _take(ctx, innovation_id, version, InnovationStage.ADOPTED, day, reason, implemented_on)


def decline_innovation(
    ctx: Context, innovation_id: int, version: int | None, *, reason: str, day: date | None = None
) -> Innovation:
    """Decline what was proposed or tried, and say why."""
    return _take(ctx, innovation_id, version, InnovationStage.DECLINED, day, reason)


def end_innovation(
    ctx: Context, innovation_id: int, version: int | None, *, reason: str, day: date | None = None
) -> Innovation:
    """Say that an adopted innovation is no longer in use, and why."""
    return _take(ctx, innovation_id, version, InnovationStage.ENDED, day, reason)


def _take(
    ctx: Context,
    innovation_id: int,
    version: int | None,
    to: InnovationStage,
    day: date | None,
    reason: str,
    implemented_on: date | None = None,
) -> Innovation:
    day, reason = day or ctx.today, reason.strip()
    with unit_of_work(ctx) as work:
        row = to_decide(ctx, innovation_id)
        since = row.adopted_on or row.tried_on or row.proposed_on
        problems = [
            problem.under("input")
            for problem in step_problems(row.stage, to, day, since=since, today=ctx.today, reason=reason)
        ]
        if len(reason) > LONGEST_TEXT:
            text = N_("This is longer than {longest} characters. Shorten it.")
            problems.append(Problem("TEXT_TOO_LONG", text, ("input", "reason"), {"longest": LONGEST_TEXT}))
        used = implemented_on or day
        if to is InnovationStage.ADOPTED and used > day:
            text = N_("It cannot be adopted ({day}) before it is in use ({used}). Correct one of the days.")
            problems.append(
                Problem("INNOVATION_NOT_IN_USE", text, ("input", "implementedOn"), {"day": day, "used": used})
            )
        authors = _authors(row)
        if to is InnovationStage.ADOPTED and not authors:
            text = N_("Nobody is named as an author. Name one first.")
            problems.append(Problem("INNOVATION_AUTHOR_MISSING", text, ("input", "id")))
        refuse_all(problems)
        work.update(row, version, stage=to, **_columns(to, day, reason, used))
        work.create(
            InnovationStep,
            innovation=row.id,
            stage=to,
            day=day,
            reason=reason,
            decided_by=ctx.actor.employee_id,
            recorded_at=ctx.now,
        )
        work.emit(_TOLD[to], {"innovation_id": row.id, "unit_id": row.unit_id, "employee_ids": authors, "day": day})
        return row


def _authors(row: Innovation) -> list[int]:
    rows = InnovationAuthor.select(InnovationAuthor.employee).where(InnovationAuthor.innovation == row.id)
    return sorted(one.employee_id for one in rows)


def _columns(to: InnovationStage, day: date, reason: str, used: date) -> dict[str, Any]:
    if to is InnovationStage.TRIED:
        return {"tried_on": day}
    if to is InnovationStage.ADOPTED:
        return {"adopted_on": day, "implemented_on": used}
    return {"closed_on": day, "closing_reason": reason}
