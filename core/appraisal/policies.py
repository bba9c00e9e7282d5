"""Who sees evaluations and what hangs on them, and who may do what: a rating is seen by the rated person once final."""

from typing import Any

from core.actor import Actor
from core.appraisal.models import (
    CalibrationSession,
    CalibrationShift,
    CreditPoints,
    Evaluation,
    Objection,
    OrganizationPerformance,
)
from core.appraisal.terms import EvaluationState
from core.organisation.models import Assignment, Position, WorkUnit
from core.organisation.scope import holds_on, read_paths, reports_of, supervises, unit_within
from core.planning.models import PlanEvaluator
from core.planning.policies import evaluates_today
from core.policy import ActEntry, PolicyEntry, among, as_condition, either

SHOWN_TO_THE_RATED = (
    EvaluationState.FINAL,
    EvaluationState.ACKNOWLEDGED,
    EvaluationState.OBJECTED,
    EvaluationState.DECIDED,
)
"""The states in which an evaluation is shown to the person it rates."""


def _performances(actor: Actor, t: Any) -> Any:
    return either(
        unit_within(t.unit, read_paths(actor, "appraisal.read")),
        t.unit.in_(list(actor.home_unit_ids)) if actor.home_unit_ids else False,
        t.set_by == actor.employee_id if actor.employee_id is not None else False,
    )


def _evaluations(actor: Actor, t: Any) -> Any:
    scope = unit_within(t.unit, read_paths(actor, "appraisal.read"))
    me = actor.employee_id
    if me is None:
        return scope
    responsible = PlanEvaluator.alias()
    decided = Objection.alias()
    others = either(
        scope,
        t.evaluator == me,
        among(
            t.plan,
            responsible.select(responsible.plan).where(
                (responsible.evaluator == me) & holds_on(responsible, actor.today)
            ),
        ),
        among(t.employee, reports_of(actor)),
        # The evaluator's superior hears objections.
        among(t.evaluator, reports_of(actor)),
        among(t.id, decided.select(decided.evaluation).where(decided.decider == me)),
    )
    return ((t.employee == me) & t.state.in_(SHOWN_TO_THE_RATED)) | ((t.employee != me) & as_condition(others))


def _of_visible_evaluations(actor: Actor, evaluation_column: Any) -> Any:
    evaluation = Evaluation.alias()
    return among(
        evaluation_column, evaluation.select(evaluation.id).where(as_condition(_evaluations(actor, evaluation)))
    )


def _objections(actor: Actor, t: Any) -> Any:
    evaluation = Evaluation.alias()
    me = actor.employee_id
    in_scope = unit_within(evaluation.unit, read_paths(actor, "appraisal.read"))
    seen = either(in_scope, evaluation.evaluator == me if me is not None else False)
    return either(
        (t.employee == me) | (t.decider == me) if me is not None else False,
        among(t.evaluation, evaluation.select(evaluation.id).where(as_condition(seen))),
    )


def _credit_points(actor: Actor, t: Any) -> Any:
    return _of_visible_evaluations(actor, t.evaluation)


def _sessions(actor: Actor, t: Any) -> Any:
    return unit_within(t.unit, (*actor.headed_paths, *actor.paths("appraisal.manage")))


def _shifts(actor: Actor, t: Any) -> Any:
    session = CalibrationSession.alias()
    rows = as_condition(_sessions(actor, session))
    # A head is rated too: shifts of an evaluation that is not shown yet stay hidden from the rated person.
    return among(t.session, session.select(session.id).where(rows)) & _of_visible_evaluations(actor, t.evaluation)


def heads_of(unit_id: int, actor: Actor) -> list[int]:
    """Return the ids of those who head the unit today (definitively, as Plt or as Plh)."""
    rows: Any = (
        Assignment.select(Assignment.employee)
        .join(Position)
        .where((Assignment.unit == unit_id) & Position.is_head & holds_on(Assignment, actor.today))
        .tuples()
    )
    return [employee for (employee,) in rows]


def _is_leader_above(actor: Actor, unit: WorkUnit) -> bool:
    heads = heads_of(unit.id, actor)
    if actor.employee_id in heads:
        return False
    if actor.holds("appraisal.manage", unit.path):
        return True
    if any(supervises(actor.employee_id, head, actor.today) for head in heads):
        return True
    # Without a head, the nearest headed unit above speaks for it.
    return not heads and any(unit.path.startswith(path) and unit.path != path for path in actor.headed_paths)


def _leads_or_manages(actor: Actor, unit: WorkUnit) -> bool:
    return actor.holds("appraisal.manage", unit.path) or any(unit.path.startswith(path) for path in actor.headed_paths)


def _sees_distribution(actor: Actor, unit: WorkUnit) -> bool:
    return _leads_or_manages(actor, unit) or actor.holds("appraisal.read", unit.path) or _is_leader_above(actor, unit)


def responsible_evaluator(evaluation: Evaluation, actor: Actor) -> int | None:
    """Return the id of the one who answers for the evaluation today: the plan's evaluator now, else the noted one."""
    row: Any = (
        PlanEvaluator.select(PlanEvaluator.evaluator)
        .where((PlanEvaluator.plan == evaluation.plan_id) & holds_on(PlanEvaluator, actor.today))
        .order_by(PlanEvaluator.valid_from.desc())
        .tuples()
        .first()
    )
    return row[0] if row else evaluation.evaluator_id


def _rates(actor: Actor, evaluation: Evaluation) -> bool:
    me = actor.employee_id
    if me is None or me == evaluation.employee_id:
        return False
    # A Plt, Plh or delegate who supervises today rates as well as the evaluator in charge.
    return me == responsible_evaluator(evaluation, actor) or evaluates_today(actor, evaluation.plan)


def _is_rated(actor: Actor, evaluation: Evaluation) -> bool:
    return actor.employee_id is not None and actor.employee_id == evaluation.employee_id


def _reopens(actor: Actor, evaluation: Evaluation) -> bool:
    unit = WorkUnit.get_by_id(evaluation.unit_id)
    return actor.employee_id != evaluation.employee_id and actor.holds("appraisal.manage", unit.path)


def _answers_objection(actor: Actor, objection: Objection) -> bool:
    return actor.employee_id is not None and actor.employee_id == objection.evaluation.evaluator_id


def _decides_objection(actor: Actor, objection: Objection) -> bool:
    return actor.employee_id is not None and actor.employee_id == objection.decider_id


def _hands_on_objection(actor: Actor, objection: Objection) -> bool:
    return _reopens(actor, objection.evaluation) and actor.employee_id != objection.evaluation.evaluator_id


def _nobody_but_the_system(_actor: Actor, _subject: Any) -> bool:
    return False


ENTRIES: list[PolicyEntry] = [
    PolicyEntry(OrganizationPerformance, _performances),
    PolicyEntry(Evaluation, _evaluations),
    PolicyEntry(Objection, _objections),
    PolicyEntry(CreditPoints, _credit_points),
    PolicyEntry(CalibrationSession, _sessions),
    PolicyEntry(CalibrationShift, _shifts),
]

ACTS: list[ActEntry] = [
    ActEntry("appraisal.set_organization_performance", _is_leader_above),
    ActEntry("appraisal.open", _leads_or_manages),
    ActEntry("appraisal.see_distribution", _sees_distribution),
    ActEntry("appraisal.calibrate", _leads_or_manages),
    ActEntry("appraisal.rate", _rates),
    ActEntry("appraisal.finalise", _rates),
    ActEntry("appraisal.acknowledge", _is_rated),
    ActEntry("appraisal.file_objection", _is_rated),
    ActEntry("appraisal.answer_objection", _answers_objection),
    ActEntry("appraisal.decide_objection", _decides_objection),
    ActEntry("appraisal.hand_on_objection", _hands_on_objection),
    ActEntry("appraisal.reopen", _reopens),
    ActEntry("appraisal.deem_accepted", _nobody_but_the_system),
]
