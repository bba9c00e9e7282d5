"""Objections (keberatan, PP 30/2019 Pasal 59): filed in time, heard by the evaluator's superior, decided for good."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from core.appraisal.models import Evaluation, Objection
from core.appraisal.rules.matrix import predicate_for
from core.appraisal.rules.objection_clock import is_in_time, objection_due_on
from core.appraisal.services.conclusions import matrix_on, predicate_step
from core.appraisal.services.credits import write_credit
from core.appraisal.services.deciders import decider_on, raters_of
from core.appraisal.services.ratings import heads_own_unit, rating_as_head, require_unit_rating, span_of
from core.appraisal.terms import EvaluationState, ObjectionState, Rating
from core.context import Context
from core.errors import Problem, Refused, refuse
from core.i18n import N_
from core.law.in_force import rule_in_force, rule_of
from core.law.models import RuleVersion
from core.law.rule import OBJECTION, Rule
from core.organisation.models import WorkUnit
from core.policy import fetch, require
from core.work import UnitOfWork, unit_of_work
from core.workdays.services import load_holidays

_LONGEST_TIME = timedelta(days=366)


@dataclass(frozen=True)
class Decision:
    """What the evaluator's superior decides: UPHELD leaves the evaluation, CHANGED gives it new ratings.

    `evaluator_statement` is what the evaluator said when heard, unless the evaluator has answered in writing.
    """

    outcome: ObjectionState
    text: str
    result_rating: Rating | None = None
    behavior_rating: Rating | None = None
    evaluator_statement: str | None = None


def file_objection(ctx: Context, evaluation_id: int, reason: str) -> Objection:
    """Object to a final evaluation, with reasons, in time; it goes to whoever supervises the evaluator today."""
    with unit_of_work(ctx) as work:
        evaluation = fetch(Evaluation, evaluation_id, ctx, "input", "evaluationId")
        require(ctx, "appraisal.file_objection", evaluation, "input", "evaluationId")
        _require_no_objection(evaluation)
        received_on = evaluation.received_on
        if received_on is None or evaluation.state not in {EvaluationState.FINAL, EvaluationState.ACKNOWLEDGED}:
            raise refuse(
                "NOT_FINAL",
                N_("Only a final evaluation can be objected to. Wait until it is final."),
                "input",
                "evaluationId",
            )
        if not reason.strip():
            raise refuse("REASON_MISSING", N_("An objection states its reasons. Give them."), "input", "reason")
        due_on, rule = objection_time(ctx, received_on)
        if not is_in_time(ctx.today, due_on):
            raise refuse(
                "OBJECTION_TOO_LATE",
                N_(
                    "The result was received on {received} and an objection was possible until {due} ({regulation}). "
                    "Talk to your evaluator or your HR office."
                ),
                "input",
                "evaluationId",
                received=received_on.isoformat(),
                due=due_on.isoformat(),
                regulation=rule.regulation,
            )
        decider = decider_on(evaluation, ctx.today, "input", "evaluationId")
        # The change comes first: of two at the same moment, the second finds a newer version.
        work.update(evaluation, state=EvaluationState.OBJECTED)
        objection = work.create(
            Objection,
            evaluation=evaluation,
            employee=evaluation.employee_id,
            decider=decider,
            state=ObjectionState.FILED,
            filed_on=ctx.today,
            due_on=due_on,
            reason=reason.strip(),
        )
        work.emit(
            "appraisal.objection_filed",
            {
                "objection_id": objection.id,
                "evaluation_id": evaluation.id,
                "employee_id": evaluation.employee_id,
                "decider_id": objection.decider_id,
            },
        )
        return objection


def answer_objection(ctx: Context, objection_id: int, version: int, statement: str) -> Objection:
    """Note what the evaluator says to an objection before it is decided."""
    with unit_of_work(ctx) as work:
        objection = fetch(Objection, objection_id, ctx, "input", "objectionId")
        require(ctx, "appraisal.answer_objection", objection, "input", "objectionId")
        _require_undecided(objection)
        if not statement.strip():
            raise refuse("TEXT_MISSING", N_("The statement is empty. Write it."), "input", "statement")
        work.update(objection, version, evaluator_statement=statement.strip())
        work.emit("appraisal.objection_answered", {"objection_id": objection.id})
        return objection


def hand_on_objection(ctx: Context, objection_id: int, version: int) -> Objection:
    """Give an undecided objection to whoever is to hear it today, when its decider has left or rated it himself."""
    with unit_of_work(ctx) as work:
        objection = fetch(Objection, objection_id, ctx, "input", "objectionId")
        require(ctx, "appraisal.hand_on_objection", objection, "input", "objectionId")
        _require_undecided(objection)
        decider = decider_on(Evaluation.get_by_id(objection.evaluation_id), ctx.today, "input", "objectionId")
        if decider == objection.decider_id:
            raise refuse(
                "DECIDER_IS_RIGHT",
                N_("The objection is with the one who is to hear it today. Ask for the decision, or leave it there."),
                "input",
                "objectionId",
            )
        work.update(objection, version, decider=decider)
        work.emit("appraisal.objection_handed_on", {"objection_id": objection.id, "decider_id": decider})
        return objection


def decide_objection(ctx: Context, objection_id: int, version: int, decision: Decision) -> Objection:
    """Decide an objection after hearing both sides; the decision is final."""
    with unit_of_work(ctx) as work:
        objection = fetch(Objection, objection_id, ctx, "input", "objectionId")
        require(ctx, "appraisal.decide_objection", objection, "input", "objectionId")
        _require_undecided(objection)
        if ctx.actor.employee_id in raters_of(objection.evaluation):
            raise refuse(
                "DECIDER_RATED_IT",
                N_("You gave this rating, so you cannot judge an objection to it. Let your HR office hand it on."),
                "input",
                "objectionId",
            )
        statement = (decision.evaluator_statement or "").strip() or objection.evaluator_statement
        _require_complete(decision, statement)
        evaluation = Evaluation.get_by_id(objection.evaluation_id)
        work.update(
            objection,
            version,
            state=decision.outcome,
            decision=decision.text.strip(),
            evaluator_statement=statement,
            decided_on=ctx.today,
        )
        if decision.outcome is ObjectionState.CHANGED:
            _change(work, evaluation, objection, decision)
        else:
            explanation = {**(evaluation.explanation or {}), "objection": _explained(objection)}
            work.update(evaluation, state=EvaluationState.DECIDED, explanation=explanation)
        work.emit(
            "appraisal.objection_decided",
            {
                "objection_id": objection.id,
                "evaluation_id": evaluation.id,
                "employee_id": evaluation.employee_id,
                "state": objection.state,
                "predicate": evaluation.predicate,
            },
        )
        return objection


def objection_time(ctx: Context, received_on: date) -> tuple[date, Rule]:
    """Return the last day of the time to object, and the rule; what the institution has set overrules the rule."""
    rule = rule_in_force(OBJECTION, received_on, "input", "evaluationId")
    return _due_on(ctx, rule, received_on, load_holidays(received_on, received_on + _LONGEST_TIME)), rule


def due_days(ctx: Context, received: Collection[date]) -> dict[date, date]:
    """Return the last day of the time to object for each day of receipt; a day without a rule is left out."""
    if not received:
        return {}
    rules = [rule_of(row) for row in RuleVersion.select().where(RuleVersion.kind == OBJECTION)]
    holidays = load_holidays(min(received), max(received) + _LONGEST_TIME)
    return {
        day: _due_on(ctx, max(in_force, key=lambda rule: rule.revision), day, holidays)
        for day in received
        if (in_force := [rule for rule in rules if rule.holds_on(day)])
    }


def _due_on(ctx: Context, rule: Rule, received_on: date, holidays: Collection[date]) -> date:
    stated = ctx.settings.model_fields_set
    return objection_due_on(
        rule,
        received_on,
        days=ctx.settings.objection_days if "objection_days" in stated else None,
        day_kind=ctx.settings.objection_day_kind if "objection_day_kind" in stated else None,
        holidays=holidays,
    )


def _require_no_objection(evaluation: Evaluation) -> None:
    existing = Objection.get_or_none(Objection.evaluation == evaluation.id)
    if existing is None:
        return
    if existing.state is ObjectionState.FILED:
        raise refuse(
            "OBJECTION_ALREADY_FILED",
            N_("An objection was filed on {day} and waits for its decision. Wait for it."),
            "input",
            "evaluationId",
            day=existing.filed_on.isoformat(),
        )
    raise _decided(existing)


def _require_undecided(objection: Objection) -> None:
    if objection.state is not ObjectionState.FILED:
        raise _decided(objection)


def _decided(objection: Objection) -> Refused:
    return refuse(
        "DECISION_IS_FINAL",
        N_("The objection was decided on {day}, and that decision is final. There is no second one."),
        "input",
        "objectionId",
        day=objection.decided_on.isoformat() if objection.decided_on else "",
    )


def _require_complete(decision: Decision, statement: str) -> None:
    problems: list[Problem] = []
    if not decision.text.strip():
        problems.append(
            Problem("REASON_MISSING", N_("The decision has no reasons. Write them."), ("input", "decision"))
        )
    if not statement:
        problems.append(
            Problem(
                "EVALUATOR_NOT_HEARD",
                N_("Both sides are heard before the decision. Note what the evaluator says."),
                ("input", "evaluatorStatement"),
            )
        )
    rated = decision.result_rating is not None or decision.behavior_rating is not None
    if decision.outcome is ObjectionState.FILED:
        problems.append(
            Problem("BAD_OUTCOME", N_("A decision is UPHELD or CHANGED. Choose one of them."), ("input", "outcome"))
        )
    elif decision.outcome is ObjectionState.UPHELD and rated:
        problems.append(
            Problem(
                "RATINGS_NOT_WANTED",
                N_("An evaluation that stands takes no new ratings. Leave them out, or decide CHANGED."),
                ("input", "outcome"),
            )
        )
    if problems:
        raise Refused(problems)


def _change(work: UnitOfWork, evaluation: Evaluation, objection: Objection, decision: Decision) -> None:
    result = decision.result_rating or evaluation.result_rating
    behavior = decision.behavior_rating or evaluation.behavior_rating
    if (result, behavior) == (evaluation.result_rating, evaluation.behavior_rating):
        raise refuse(
            "NOTHING_CHANGED",
            N_("The ratings are those that the evaluation has. Give another one, or decide UPHELD."),
            "input",
            "resultRating",
        )
    span = span_of(evaluation)
    if heads_own_unit(evaluation.plan):
        unit = WorkUnit.get_by_id(evaluation.unit_id)
        head = rating_as_head(unit, span, "input", "resultRating")
        require_unit_rating(decision.result_rating, head, unit, "input", "resultRating")
    rule = matrix_on(span.ends_on, "input", "objectionId")
    predicate = predicate_for(rule, result, behavior)
    before = evaluation.explanation or {}
    credit = write_credit(work, evaluation, evaluation.plan, predicate)
    changed = {
        **_explained(objection),
        "before": {
            "result_rating": evaluation.result_rating.value,
            "behavior_rating": evaluation.behavior_rating.value,
            "predicate": evaluation.predicate.value,
        },
    }
    kept = [step for step in before.get("steps", []) if step["step"] not in {"PREDICATE", "CREDIT_POINTS"}]
    steps = [*kept, predicate_step(rule, result, behavior, predicate.value), *([credit] if credit else [])]
    inputs = {**before.get("inputs", {}), "result_rating": result.value, "behavior_rating": behavior.value}
    work.update(
        evaluation,
        state=EvaluationState.DECIDED,
        result_rating=result,
        behavior_rating=behavior,
        predicate=predicate,
        explanation={"inputs": inputs, "rule": rule.snapshot(), "steps": steps, "objection": changed},
    )


def _explained(objection: Objection) -> dict[str, Any]:
    return {
        "objection_id": objection.id,
        "state": objection.state.value,
        "filed_on": objection.filed_on.isoformat(),
        "decided_on": objection.decided_on.isoformat() if objection.decided_on else None,
        "decider_id": objection.decider_id,
        "decision": objection.decision,
    }
