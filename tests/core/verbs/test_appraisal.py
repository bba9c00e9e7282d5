"""Verbs of the performance of units, evaluations, objections and calibration."""

from datetime import date

import pytest

from core.appraisal.models import CalibrationShift, Evaluation, Objection
from core.appraisal.terms import CalibrationState, EvaluationState, ObjectionState, OrganizationRating, Rating
from core.errors import Refused
from tests.support.verbs import Case, check, do

TODAY = "2026-01-15"


def key(world, label):
    return world.rows[label].id


def span(world, unit):
    return {
        "unit_id": key(world, unit),
        "period_id": key(world, "period"),
        "window_id": key(world, "window"),
    }


CASES = [
    Case(
        "appraisal.set_performance", "head",
        texts=lambda w: {**span(w, "unit.archive"), "rating": "POOR", "basis": "Capaian 55 persen"},
        expected={"rating": OrganizationRating.POOR, "basis": "Capaian 55 persen", "window_number": 1},
    ),
    Case(
        "appraisal.set_performance_again", "head", "performance.registry", lambda _w: {"rating": "OUTSTANDING"},
        {"rating": OrganizationRating.OUTSTANDING},
    ),
    Case(
        "appraisal.open_evaluations", "head", texts=lambda w: {**span(w, "unit.registry"), "window_id": ""},
        expected={"state": EvaluationState.DRAFT, "window": None},
    ),
    Case(
        "appraisal.rate", "chief", "evaluation.clerk",
        lambda _w: {"behavior_rating": "ABOVE", "behavior_note": "Selalu membantu"},
        {"behavior_rating": Rating.ABOVE, "behavior_note": "Selalu membantu", "result_rating": Rating.MEETS},
    ),
    Case(
        "appraisal.finalise", "chief", "evaluation.clerk", lambda _w: {"distribution_reason": ""},
        {"state": EvaluationState.FINAL, "received_on": date(2026, 1, 15)},
    ),
    Case("appraisal.acknowledge", "chief", "evaluation.chief", expected={"state": EvaluationState.ACKNOWLEDGED}),
    Case(
        "appraisal.reopen", "hr_admin", "evaluation.chief", lambda _w: {"reason": "Data keliru"},
        {"state": EvaluationState.RATED, "predicate": None},
    ),
    Case(
        "appraisal.file_objection", "chief", "evaluation.chief", lambda _w: {"reason": "Angka keliru"},
        {"state": ObjectionState.FILED, "reason": "Angka keliru"}, of=Objection,
    ),
    Case(
        "appraisal.answer_objection", "chief", "objection.officer", lambda _w: {"statement": "Sesuai data"},
        {"evaluator_statement": "Sesuai data"},
    ),
    Case(
        "appraisal.decide_objection", "head", "objection.officer",
        lambda _w: {
            "outcome": "UPHELD", "decision": "Tetap", "evaluator_statement": "Sesuai data", "result_rating": "",
            "behavior_rating": "",
        },
        {"state": ObjectionState.UPHELD, "decision": "Tetap", "decided_on": date(2026, 1, 15)},
    ),
    Case(
        "appraisal.start_calibration", "other_chief",
        texts=lambda w: {**span(w, "unit.archive"), "held_on": "", "note": "Rapat"},
        expected={"state": CalibrationState.OPEN, "note": "Rapat", "held_on": date(2026, 1, 15)},
    ),
    Case(
        "appraisal.shift_rating", "head", "calibration.registry",
        lambda w: {
            "evaluation_id": key(w, "evaluation.clerk"), "result_to": "", "behavior_to": "ABOVE",
            "reason": "Dibandingkan",
        },
        {"behavior_to": Rating.ABOVE, "result_to": Rating.MEETS, "reason": "Dibandingkan"}, of=CalibrationShift,
    ),
    Case(
        "appraisal.close_calibration", "head", "calibration.registry", lambda _w: {"note": "Selesai"},
        {"state": CalibrationState.CLOSED, "note": "Selesai"},
    ),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_verb_does_what_it_says_and_others_are_refused(world, case):
    check(world, case)


def test_an_objection_is_handed_on_to_whoever_is_to_hear_it(world):
    other = world.rows["employee.deputy"]
    Objection.update(decider=other).where(Objection.id == key(world, "objection.officer")).execute()

    check(
        world,
        Case(
            "appraisal.hand_on_objection", "hr_admin", "objection.officer",
            expected={"decider": key(world, "employee.head")},
        ),
    )  # fmt: skip


def test_an_outcome_that_is_none_is_refused(world):
    case = Case(
        "appraisal.decide_objection", "head", "objection.officer",
        lambda _w: {"outcome": "MAYBE", "decision": "Tetap", "evaluator_statement": "Sesuai"},
    )  # fmt: skip

    with pytest.raises(Refused) as refusal:
        do(world, case)

    assert [problem.code for problem in refusal.value.problems] == ["BAD_OUTCOME"]
    assert Evaluation.get_by_id(key(world, "evaluation.officer")).state is EvaluationState.OBJECTED
