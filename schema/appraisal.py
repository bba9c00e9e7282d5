"""Evaluation in GraphQL: what can be read at the root, and the changes."""

from typing import Any

import strawberry

from core.appraisal.services import calibration, conclusions, distribution, objections, performances, ratings
from core.appraisal.terms import PREDICATE_TERMS
from core.context import Context
from schema.appraisal_inputs import (
    AcknowledgeEvaluationInput,
    AnswerObjectionInput,
    CloseCalibrationInput,
    DecideObjectionInput,
    DistributionProposal,
    FileObjectionInput,
    FinaliseEvaluationInput,
    HandOnObjectionInput,
    OpenEvaluationsInput,
    RateEvaluationInput,
    ReopenEvaluationInput,
    SetOrganizationPerformanceInput,
    ShiftRatingInput,
    StartCalibrationInput,
)
from schema.appraisal_terms import OrganizationRating
from schema.appraisal_types import (
    CalibrationSession,
    CalibrationShift,
    CreditPoints,
    DistributionCheck,
    DistributionWarning,
    EmployeeAppraisal,
    Evaluation,
    Objection,
    OrganizationPerformance,
    PlanAppraisal,
    PredicateCount,
    UsedRule,
    WorkUnitAppraisal,
)
from schema.engine import Connection, SchemaParts, TypeExtension, decode_id, mutation, payload, root_pages, root_value


def _key(type_name: str, value: str | None, *path: str | int) -> int | None:
    return None if value is None else decode_id(type_name, value, *path)


def _show(ctx: Context, report: distribution.DistributionReport) -> DistributionCheck:
    check, rule = report.check, report.rule
    texts = [problem.message(ctx.language) for problem in distribution.reason_missing(report)]
    return DistributionCheck(
        unit=report.unit,  # type: ignore[arg-type]  # the engine loads the row that a plain type names
        organization_rating=report.performance,
        rule=UsedRule(
            kind=rule.kind,
            revision=rule.revision,
            regulation=rule.regulation,
            valid_from=rule.valid_from,
            valid_to=rule.valid_to,
        )
        if rule
        else None,
        head_count=check.head_count,
        unrated=check.unrated,
        counts=[
            PredicateCount(predicate=predicate, term=PREDICATE_TERMS[predicate], count=count)
            for predicate, count in check.counts.items()
        ],
        skipped=check.skipped,
        warnings=[
            DistributionWarning(
                code=warning.code,
                predicates=list(warning.predicates),
                count=warning.count,
                head_count=warning.head_count,
                share=warning.share,
                limit=warning.limit,
                message=text,
            )
            for warning, text in zip(check.warnings, texts, strict=True)
        ],
    )


def _distribution_check(
    ctx: Context, unit_id: strawberry.ID, period_id: strawberry.ID, window_id: strawberry.ID | None = None
) -> DistributionCheck:
    report = distribution.distribution_check(
        ctx,
        decode_id("WorkUnit", unit_id, "unitId"),
        decode_id("EvaluationPeriod", period_id, "periodId"),
        _key("EvaluationWindow", window_id, "windowId"),
    )
    return _show(ctx, report)


def _distribution_what_if(
    ctx: Context,
    unit_id: strawberry.ID,
    period_id: strawberry.ID,
    proposals: list[DistributionProposal],
    window_id: strawberry.ID | None = None,
    organization_rating: OrganizationRating | None = None,
) -> DistributionCheck:
    report = distribution.distribution_what_if(
        ctx,
        decode_id("WorkUnit", unit_id, "unitId"),
        decode_id("EvaluationPeriod", period_id, "periodId"),
        _key("EvaluationWindow", window_id, "windowId"),
        organization_rating=organization_rating,
        proposals=[
            distribution.Proposal(
                decode_id("Employee", proposal.employee_id, "proposals", number, "employeeId"),
                proposal.result_rating,
                proposal.behavior_rating,
            )
            for number, proposal in enumerate(proposals)
        ],
    )
    return _show(ctx, report)


_DISTRIBUTION_ARGUMENTS: dict[str, Any] = {
    "unit_id": (strawberry.ID, "The unit."),
    "period_id": (strawberry.ID, "The evaluation period."),
    "window_id": (strawberry.ID | None, "Its window; without one, the annual evaluation is meant.", None),
}


class Query:
    """Reading evaluation."""

    evaluations: Connection[Evaluation] = root_pages("Evaluations that the caller may see (evaluasi kinerja).")
    organization_performances: Connection[OrganizationPerformance] = root_pages(
        "The performance of units (capaian kinerja organisasi)."
    )
    objections: Connection[Objection] = root_pages("Objections that the caller may see (keberatan).")
    credit_points: Connection[CreditPoints] = root_pages("Credit points that the caller may see (angka kredit).")
    calibration_sessions: Connection[CalibrationSession] = root_pages("Calibration sessions (kalibrasi).")
    distribution_check: DistributionCheck = root_value(
        _distribution_check,
        "How the people under a unit's leader are rated so far, beside the pattern (pola distribusi).",
        args=_DISTRIBUTION_ARGUMENTS,
    )
    distribution_what_if: DistributionCheck = root_value(
        _distribution_what_if,
        "The same with ratings and a unit's performance that are only thought of; nothing is written.",
        args={
            **_DISTRIBUTION_ARGUMENTS,
            "proposals": (list[DistributionProposal], "Ratings that are only thought of."),
            "organization_rating": (
                OrganizationRating | None,
                "Performance of the unit that is only thought of; without it, the one that is set counts.",
                None,
            ),
        },
    )


def _set_organization_performance(ctx: Context, input: SetOrganizationPerformanceInput) -> dict[str, Any]:
    given = performances.PerformanceOfUnit(
        unit_id=decode_id("WorkUnit", input.unit_id, "input", "unitId"),
        period_id=decode_id("EvaluationPeriod", input.period_id, "input", "periodId"),
        window_id=_key("EvaluationWindow", input.window_id, "input", "windowId"),
        rating=input.rating,
        basis=input.basis,
        version=input.version,
    )
    return {"organization_performance": performances.set_organization_performance(ctx, given)}


def _open_evaluations(ctx: Context, input: OpenEvaluationsInput) -> dict[str, Any]:
    opened = ratings.open_evaluations(
        ctx,
        decode_id("WorkUnit", input.unit_id, "input", "unitId"),
        decode_id("EvaluationPeriod", input.period_id, "input", "periodId"),
        _key("EvaluationWindow", input.window_id, "input", "windowId"),
    )
    return {"evaluations": list(opened.made), "made": len(opened.made), "existing": opened.existing}


def _rate_evaluation(ctx: Context, input: RateEvaluationInput) -> dict[str, Any]:
    given = ratings.Ratings(
        evaluation_id=_key("Evaluation", input.evaluation_id, "input", "evaluationId"),
        plan_id=_key("PerformancePlan", input.plan_id, "input", "planId"),
        window_id=_key("EvaluationWindow", input.window_id, "input", "windowId"),
        version=input.version,
        result_rating=input.result_rating,
        behavior_rating=input.behavior_rating,
        result_note=input.result_note,
        behavior_note=input.behavior_note,
    )
    return {"evaluation": ratings.rate_evaluation(ctx, given)}


def _evaluation_id(value: strawberry.ID) -> int:
    return decode_id("Evaluation", value, "input", "evaluationId")


def _objection_id(value: strawberry.ID) -> int:
    return decode_id("Objection", value, "input", "objectionId")


def _session_id(value: strawberry.ID) -> int:
    return decode_id("CalibrationSession", value, "input", "sessionId")


def _finalise_evaluation(ctx: Context, input: FinaliseEvaluationInput) -> dict[str, Any]:
    key = _evaluation_id(input.evaluation_id)
    return {"evaluation": conclusions.finalise_evaluation(ctx, key, input.version, input.distribution_reason)}


def _acknowledge_evaluation(ctx: Context, input: AcknowledgeEvaluationInput) -> dict[str, Any]:
    return {"evaluation": conclusions.acknowledge_evaluation(ctx, _evaluation_id(input.evaluation_id), input.version)}


def _reopen_evaluation(ctx: Context, input: ReopenEvaluationInput) -> dict[str, Any]:
    key = _evaluation_id(input.evaluation_id)
    return {"evaluation": conclusions.reopen_evaluation(ctx, key, input.version, input.reason)}


def _file_objection(ctx: Context, input: FileObjectionInput) -> dict[str, Any]:
    return {"objection": objections.file_objection(ctx, _evaluation_id(input.evaluation_id), input.reason)}


def _answer_objection(ctx: Context, input: AnswerObjectionInput) -> dict[str, Any]:
    key = _objection_id(input.objection_id)
    return {"objection": objections.answer_objection(ctx, key, input.version, input.statement)}


def _hand_on_objection(ctx: Context, input: HandOnObjectionInput) -> dict[str, Any]:
    return {"objection": objections.hand_on_objection(ctx, _objection_id(input.objection_id), input.version)}


def _decide_objection(ctx: Context, input: DecideObjectionInput) -> dict[str, Any]:
    decision = objections.Decision(
        outcome=input.outcome,
        text=input.decision,
        result_rating=input.result_rating,
        behavior_rating=input.behavior_rating,
        evaluator_statement=input.evaluator_statement,
    )
    objection = objections.decide_objection(ctx, _objection_id(input.objection_id), input.version, decision)
    return {"objection": objection, "evaluation": objection.evaluation_id}


def _start_calibration(ctx: Context, input: StartCalibrationInput) -> dict[str, Any]:
    session = calibration.start_calibration(
        ctx,
        decode_id("WorkUnit", input.unit_id, "input", "unitId"),
        decode_id("EvaluationPeriod", input.period_id, "input", "periodId"),
        _key("EvaluationWindow", input.window_id, "input", "windowId"),
        held_on=input.held_on,
        note=input.note,
    )
    return {"session": session}


def _shift_rating(ctx: Context, input: ShiftRatingInput) -> dict[str, Any]:
    shift = calibration.Shift(
        evaluation_id=_evaluation_id(input.evaluation_id),
        version=input.version,
        reason=input.reason,
        result_to=input.result_to,
        behavior_to=input.behavior_to,
    )
    made = calibration.shift_rating(ctx, _session_id(input.session_id), shift)
    return {"shift": made, "evaluation": made.evaluation_id}


def _close_calibration(ctx: Context, input: CloseCalibrationInput) -> dict[str, Any]:
    key = _session_id(input.session_id)
    return {"session": calibration.close_calibration(ctx, key, input.version, input.note)}


_EVALUATION = (Evaluation, "The evaluation as it is now.")


class Mutation:
    """Evaluating."""

    set_organization_performance = mutation(
        _set_organization_performance,
        input=SetOrganizationPerformanceInput,
        payload=payload(
            "SetOrganizationPerformancePayload",
            organization_performance=(OrganizationPerformance, "The unit's performance."),
        ),
        description="Set a unit's performance (capaian kinerja organisasi), as the leader one level above.",
    )
    open_evaluations = mutation(
        _open_evaluations,
        input=OpenEvaluationsInput,
        payload=payload(
            "OpenEvaluationsPayload",
            evaluations=(list[Evaluation], "The drafts made."),
            made=(int, "How many were made."),
            existing=(int, "How many plans had one already."),
        ),
        description="Make a draft for every plan in effect in a unit and below that has none in the span.",
    )
    rate_evaluation = mutation(
        _rate_evaluation,
        input=RateEvaluationInput,
        payload=payload("RateEvaluationPayload", evaluation=_EVALUATION),
        description="Rate results and behaviour, as the evaluator.",
    )
    finalise_evaluation = mutation(
        _finalise_evaluation,
        input=FinaliseEvaluationInput,
        payload=payload("FinaliseEvaluationPayload", evaluation=_EVALUATION),
        description="Give the predicate that follows from the ratings, and show it to the employee.",
    )
    acknowledge_evaluation = mutation(
        _acknowledge_evaluation,
        input=AcknowledgeEvaluationInput,
        payload=payload("AcknowledgeEvaluationPayload", evaluation=_EVALUATION),
        description="Take notice of the own final evaluation.",
    )
    reopen_evaluation = mutation(
        _reopen_evaluation,
        input=ReopenEvaluationInput,
        payload=payload("ReopenEvaluationPayload", evaluation=_EVALUATION),
        description="Take a final evaluation back to its ratings, with a reason.",
    )
    file_objection = mutation(
        _file_objection,
        input=FileObjectionInput,
        payload=payload("FileObjectionPayload", objection=(Objection, "The objection.")),
        description="Object to the own final evaluation (keberatan), within 14 days since it was received.",
    )
    answer_objection = mutation(
        _answer_objection,
        input=AnswerObjectionInput,
        payload=payload("AnswerObjectionPayload", objection=(Objection, "The objection.")),
        description="Say something to an objection, as the evaluator.",
    )
    hand_on_objection = mutation(
        _hand_on_objection,
        input=HandOnObjectionInput,
        payload=payload("HandOnObjectionPayload", objection=(Objection, "The objection.")),
        description="Give an undecided objection to whoever is to hear it today, when its decider has left "
        "or gave the rating himself; for the HR office.",
    )
    decide_objection = mutation(
        _decide_objection,
        input=DecideObjectionInput,
        payload=payload("DecideObjectionPayload", objection=(Objection, "The objection."), evaluation=_EVALUATION),
        description="Decide an objection for good, as the evaluator's superior.",
    )
    start_calibration = mutation(
        _start_calibration,
        input=StartCalibrationInput,
        payload=payload("StartCalibrationPayload", session=(CalibrationSession, "The session.")),
        description="Open a calibration session (kalibrasi) for a unit and all below.",
    )
    shift_rating = mutation(
        _shift_rating,
        input=ShiftRatingInput,
        payload=payload("ShiftRatingPayload", shift=(CalibrationShift, "What changed."), evaluation=_EVALUATION),
        description="Change the ratings of an evaluation in a calibration session.",
    )
    close_calibration = mutation(
        _close_calibration,
        input=CloseCalibrationInput,
        payload=payload("CloseCalibrationPayload", session=(CalibrationSession, "The session.")),
        description="End a calibration session.",
    )


PARTS = SchemaParts(
    query=Query,
    mutation=Mutation,
    types=[Evaluation, OrganizationPerformance, Objection, CreditPoints, CalibrationSession, CalibrationShift],
    extensions=[
        TypeExtension("Employee", EmployeeAppraisal),
        TypeExtension("PerformancePlan", PlanAppraisal),
        TypeExtension("WorkUnit", WorkUnitAppraisal),
    ],
)
