"""Calibration: the ratings of a unit compared in a meeting before they are final, every shift recorded."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from core.appraisal.models import CalibrationSession, CalibrationShift, Evaluation
from core.appraisal.services.ratings import (
    already_final,
    heads_own_unit,
    rating_as_head,
    require_unit_rating,
    span_of,
)
from core.appraisal.services.spans import require_open, span_for
from core.appraisal.terms import CalibrationState, EvaluationState, Rating
from core.context import Context
from core.errors import forbidden, refuse
from core.i18n import N_
from core.organisation.models import WorkUnit
from core.policy import fetch, require
from core.work import unit_of_work


@dataclass(frozen=True)
class Shift:
    """New ratings for one evaluation (None: as it is) and why; `version` is that of the evaluation as it was seen."""

    evaluation_id: int
    version: int
    reason: str
    result_to: Rating | None = None
    behavior_to: Rating | None = None


def start_calibration(
    ctx: Context, unit_id: int, period_id: int, window_id: int | None, *, held_on: date | None = None, note: str = ""
) -> CalibrationSession:
    """Open a session for a unit and all below it."""
    with unit_of_work(ctx) as work:
        unit = fetch(WorkUnit, unit_id, ctx, "input", "unitId")
        require(ctx, "appraisal.calibrate", unit, "input", "unitId")
        span = span_for(ctx, period_id, window_id, "input")
        require_open(span.period, "input", "periodId")
        session = work.create(
            CalibrationSession,
            unit=unit,
            period=span.period,
            window=span.window,
            held_on=held_on or ctx.today,
            state=CalibrationState.OPEN,
            note=note.strip(),
        )
        work.emit("appraisal.calibration_started", {"session_id": session.id, "unit_id": unit.id})
        return session


def shift_rating(ctx: Context, session_id: int, shift: Shift) -> CalibrationShift:
    """Change the ratings of an evaluation in an open session; what changed, why and by whom stays on record."""
    with unit_of_work(ctx) as work:
        session = _open_session(ctx, session_id)
        evaluation = fetch(Evaluation, shift.evaluation_id, ctx, "input", "evaluationId")
        if evaluation.employee_id == ctx.actor.employee_id:
            raise forbidden("input", "evaluationId")
        _require_in_session(evaluation, session)
        if not shift.reason.strip():
            raise refuse("REASON_MISSING", N_("A shift has no reason. Give it."), "input", "reason")
        before = (evaluation.result_rating, evaluation.behavior_rating)
        after = (shift.result_to or before[0], shift.behavior_to or before[1])
        if before == after:
            raise refuse(
                "NOTHING_CHANGED",
                N_("The ratings are those that the evaluation has. Give another one."),
                "input",
                "resultTo",
            )
        if heads_own_unit(evaluation.plan):
            unit = WorkUnit.get_by_id(evaluation.unit_id)
            head = rating_as_head(unit, span_of(evaluation), "input", "resultTo")
            require_unit_rating(shift.result_to, head, unit, "input", "resultTo")
        ctx.reason = shift.reason.strip()
        work.update(evaluation, shift.version, result_rating=after[0], behavior_rating=after[1])
        made = work.create(
            CalibrationShift,
            session=session,
            evaluation=evaluation,
            result_from=before[0],
            result_to=after[0],
            behavior_from=before[1],
            behavior_to=after[1],
            reason=shift.reason.strip(),
            shifted_by=ctx.actor.employee_id,
        )
        work.emit("appraisal.rating_shifted", {"shift_id": made.id, "evaluation_id": evaluation.id})
        return made


def close_calibration(ctx: Context, session_id: int, version: int, note: str | None = None) -> CalibrationSession:
    """End a session; it takes no more shifts."""
    with unit_of_work(ctx) as work:
        session = _open_session(ctx, session_id)
        changes: dict[str, Any] = {"state": CalibrationState.CLOSED}
        if note is not None:
            changes["note"] = note.strip()
        work.update(session, version, **changes)
        work.emit("appraisal.calibration_closed", {"session_id": session.id})
        return session


def _open_session(ctx: Context, session_id: int) -> CalibrationSession:
    session = fetch(CalibrationSession, session_id, ctx, "input", "sessionId")
    require(ctx, "appraisal.calibrate", session.unit, "input", "sessionId")
    if session.state is not CalibrationState.OPEN:
        raise refuse(
            "CALIBRATION_CLOSED",
            N_("The calibration session is closed. Start a new one."),
            "input",
            "sessionId",
        )
    return session


def _require_in_session(evaluation: Evaluation, session: CalibrationSession) -> None:
    unit, place = WorkUnit.get_by_id(evaluation.unit_id), session.unit
    same_span = evaluation.period_id == session.period_id and evaluation.window_id == session.window_id
    if not same_span or not unit.path.startswith(place.path):
        raise refuse(
            "NOT_IN_THIS_SESSION",
            N_("The evaluation is of another unit or span than the session. Choose one of {unit}."),
            "input",
            "evaluationId",
            unit=place.name,
        )
    if evaluation.state is EvaluationState.DRAFT:
        raise refuse(
            "NOT_RATED",
            N_("Results and behaviour are not both rated yet. Rate them first."),
            "input",
            "evaluationId",
        )
    if evaluation.state is not EvaluationState.RATED:
        raise already_final("input", "evaluationId")
