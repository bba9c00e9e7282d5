"""Putting mistaken rows into the bin, for every table where that is done, and which rows stay."""

from datetime import date

import pytest

from core.appraisal.models import CalibrationSession, OrganizationPerformance
from core.appraisal.terms import OrganizationRating
from core.bin.models import BinEntry
from core.organisation.models import Employee, EmployeeIdentifier
from core.planning.models import EvaluationPeriod
from core.planning.terms import PeriodState, PlanState
from core.progress.models import FeedbackRound, ProgressRecord
from core.progress.terms import EvidenceKind
from core.verbs.performing import verb_named
from tests.support.verbs import GONE, Case, check

CASES = [
    Case("organisation.archive_employee", "hr_admin", "new.employee", expected=GONE),
    Case("organisation.archive_employee_identifier", "hr_officer", "new.identifier", expected=GONE),
    Case("organisation.archive_work_unit", "hr_officer", "unit.empty", expected=GONE),
    Case("organisation.archive_position", "hr_officer", "position.vacant", expected=GONE),
    Case("organisation.archive_assignment", "hr_officer", "assignment.future", expected=GONE),
    Case("organisation.archive_delegation", "chief", "delegation.chief", expected=GONE),
    Case("workdays.archive_holiday", "hr_admin", "holiday", expected=GONE),
    Case("planning.archive_evaluation_period", "hr_admin", "new.period", expected=GONE),
    Case("planning.archive_performance_plan", "clerk", "plan.clerk", expected=GONE),
    Case("planning.archive_plan_template", "hr_officer", "template", expected=GONE),
    Case("progress.archive_progress_record", "officer", "progress.officer", expected=GONE),
    Case("progress.archive_feedback_round", "hr_officer", "new.round", expected=GONE),
    Case("progress.archive_performance_dialogue", "chief", "dialogue.officer", expected=GONE),
    Case("appraisal.archive_evaluation", "hr_admin", "evaluation.trainee", expected=GONE),
    Case("appraisal.archive_organization_performance", "hr_admin", "new.performance", expected=GONE),
    Case("appraisal.archive_calibration_session", "hr_admin", "new.session", expected=GONE),
]


@pytest.fixture
def world(world):
    rows, city = world.rows, world.city
    rows["new.employee"] = Employee.create(
        nip="199001012015032019", name="Salah", status=city.officer.status, sex=city.officer.sex,
        birth_date=date(1990, 1, 1),
    )  # fmt: skip
    rows["new.identifier"] = EmployeeIdentifier.create(employee=city.officer, kind="OLD_NIP", number="131999999")
    rows["new.period"] = EvaluationPeriod.create(
        code="2029", name="Salah", starts_on=date(2029, 1, 1), ends_on=date(2029, 12, 31),
        frequency=city.period.frequency, state=PeriodState.PLANNED, plan_deadline=date(2029, 1, 31),
        evaluation_deadline=date(2030, 1, 31),
    )  # fmt: skip
    about = {"unit": city.registry, "period": city.period}
    rows["new.round"] = FeedbackRound.create(name="x", opens_on=date(2026, 1, 1), closes_on=date(2026, 2, 1), **about)
    rows["new.session"] = CalibrationSession.create(held_on=date(2026, 1, 15), **about)
    rows["new.performance"] = OrganizationPerformance.create(
        **{**about, "unit": rows["unit.counter"]}, rating=OrganizationRating.GOOD, set_on=date(2026, 1, 15)
    )
    return world


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_mistaken_row_goes_into_the_bin_and_others_are_refused(world, case):
    if case.label == "plan.clerk":
        _leave_only_the_draft(world)

    check(world, case)

    entry = BinEntry.select().order_by(BinEntry.id.desc()).get()
    assert (entry.model, entry.subject_id) == (verb_named(case.name).model.__name__, world.rows[case.label].id)


def _leave_only_the_draft(world):
    plan = world.rows["plan.clerk"]
    for label in ("feedback.clerk.officer", "progress.clerk", "evaluation.clerk"):
        row = world.rows[label]
        if label == "evaluation.clerk":
            world.rows["shift.registry.clerk"].delete_instance()
        row.delete_instance()
    assert plan.state is PlanState.DRAFT


STAYING = [
    ("organisation.archive_employee", "employee.officer"),
    ("organisation.archive_employee_identifier", "identifier.officer"),
    ("organisation.archive_work_unit", "unit.registry"),
    ("organisation.archive_position", "position.officer"),
    ("organisation.archive_assignment", "assignment.officer"),
    ("planning.archive_evaluation_period", "period"),
    ("planning.archive_performance_plan", "plan.officer"),
    ("progress.archive_feedback_round", "round.registry"),
    ("appraisal.archive_evaluation", "evaluation.chief"),
    ("appraisal.archive_calibration_session", "calibration.registry"),
]


@pytest.mark.parametrize(("name", "label"), STAYING)
def test_what_others_rest_on_stays(world, name, label):
    verb = verb_named(name)

    assert verb.suits(verb.model.get_by_id(world.rows[label].id)) is False


def test_progress_with_a_file_stays(world):
    type(world.rows["evidence.officer"]).update(kind=EvidenceKind.FILE).execute()

    assert verb_named("progress.archive_progress_record").suits(world.rows["progress.officer"]) is False
    assert ProgressRecord.select().where(ProgressRecord.id == world.rows["progress.officer"].id).exists()
