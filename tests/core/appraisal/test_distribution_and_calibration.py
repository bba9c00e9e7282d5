"""The distribution of predicates among a leader's people, before and while they are given; calibration."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.appraisal.models import CalibrationSession, CalibrationShift, Evaluation
from core.appraisal.services import calibration, conclusions
from core.appraisal.services.distribution import Proposal, distribution_check, distribution_what_if
from core.appraisal.terms import CalibrationState, EvaluationState, OrganizationRating, Predicate, Rating
from core.errors import Refused
from core.history.models import HistoryRecord
from core.organisation.models import Employee
from core.planning.models import PerformancePlan
from core.planning.terms import PlanState
from tests.core.appraisal.conftest import codes
from tests.core.appraisal.test_evaluation_walk import refused
from tests.support.city import person, post, report
from tests.support.plans import approved_plan

SMALL = {"distribution_min_head_count": 2}


def staff(stage, count):
    """Add people to the registry, under its chief, with approved plans."""
    added = []
    for number in range(count):
        someone = person(
            f"1990{number // 28 + 1:02d}{number % 28 + 1:02d}201503{1 + number % 2}{number % 999 + 1:03d}",
            f"Staf {number}",
        )
        post(someone, stage.city.registry, f"Staf {number}", "PELAKSANA", is_head=False)
        report(someone, stage.city.chief)
        name = f"staff{number}"
        setattr(stage.city, name, someone)
        stage.plans[name] = approved_plan(stage.city, someone)
        added.append(name)
    return added


def small(stage, **values):
    stage.settings = stage.settings.model_copy(update={**SMALL, **values})


def check(stage, unit="registry", by="chief", window=None):
    return distribution_check(
        stage.as_(by), getattr(stage.city, unit).id, stage.city.period.id, window.id if window else None
    )


def test_a_good_unit_of_ten_without_anybody_below_wants_a_reason(stage):
    people = [*staff(stage, 8), "officer", "clerk"]
    stage.set_performance(rating="GOOD")
    for number, who in enumerate(people):
        result = "ABOVE" if number < 3 else "MEETS"
        stage.rate(who, result=result, behavior="ABOVE" if number < 3 else "MEETS")
    report_now = check(stage)
    assert report_now.check.counts[Predicate.VERY_GOOD] == 3
    assert report_now.check.counts[Predicate.GOOD] == 7
    [warning] = report_now.check.warnings
    assert (warning.code.value, warning.count, warning.head_count) == ("MUST_EXIST", 0, 10)

    first = Evaluation.get(Evaluation.employee == stage.city.officer.id)
    with pytest.raises(Refused) as refusal:
        stage.finalise(first)
    [problem] = refusal.value.problems
    assert (problem.code, problem.path) == ("DISTRIBUTION_REASON_MISSING", ("input", "distributionReason"))
    assert "Butuh Perbaikan / Kurang" in problem.message("en")
    assert Evaluation.get_by_id(first.id).state is EvaluationState.RATED

    final = stage.finalise(first, reason=" Semua target tercapai ")
    assert (final.predicate, final.distribution_reason) == (Predicate.GOOD, "Semua target tercapai")
    step = final.explanation["steps"][1]
    assert (step["warnings"][0]["code"], step["reason"]) == ("MUST_EXIST", "Semua target tercapai")

    stage.rate(people[0], result="BELOW", behavior="MEETS")
    mended = stage.finalise(Evaluation.get(Evaluation.employee == stage.city.clerk.id), reason="tidak perlu")
    assert mended.distribution_reason == ""
    assert check(stage).check.warnings == ()


def test_a_small_unit_is_not_compared_and_says_so(stage):
    stage.set_performance()
    stage.rate(result="ABOVE", behavior="ABOVE")
    found = check(stage).check
    assert (found.skipped.value, found.head_count, found.unrated) == ("TOO_FEW_EMPLOYEES", 2, 1)


def test_all_below_count_but_not_the_head_itself(stage):
    small(stage)
    stage.set_performance("agency", by="secretary")
    found = check(stage, "agency", by="head").check
    assert (found.head_count, found.unrated) == (5, 5)
    assert check(stage, "root", by="secretary").check.skipped.value == "NO_ORGANIZATION_PERFORMANCE"
    assert check(stage, "root", by="secretary").check.head_count == 6


def test_a_head_is_compared_among_the_people_of_the_leader_above(stage):
    small(stage)
    stage.set_performance(rating="OUTSTANDING")
    stage.set_performance("agency", by="secretary", rating="VERY_POOR")
    rated = stage.rate("chief", by="head", result=None, behavior="ABOVE")
    assert refused(lambda: stage.finalise(rated, by="head")) == [
        ("DISTRIBUTION_REASON_MISSING", ("distributionReason",))
    ]
    final = stage.finalise(rated, by="head", reason="Kinerja bidang istimewa")
    assert final.predicate is Predicate.VERY_GOOD
    assert final.explanation["steps"][2]["unit_id"] == stage.city.agency.id


def test_the_head_of_the_whole_has_nobody_beside(stage):
    stage.grant("head")
    PerformancePlan.update(evaluator=stage.city.head.id).where(
        PerformancePlan.id == stage.plans["secretary"].id
    ).execute()
    stage.set_performance("root", by="head")
    final = stage.finalise(stage.rate("secretary", by="head", result=None), by="head")
    assert final.explanation["steps"][2]["skipped"] == "NOT_COUNTED"


def test_a_plan_that_ended_before_does_not_count(stage):
    small(stage)
    ended = stage.plans["officer"]
    PerformancePlan.update(ends_on=date(2026, 6, 30), state=PlanState.ENDED).where(
        PerformancePlan.id == ended.id
    ).execute()
    stage.set_performance(rating="VERY_POOR")
    assert check(stage).check.head_count == 1
    final = stage.finalise(stage.rate(result="ABOVE", behavior="ABOVE"))
    assert final.explanation["steps"][1]["skipped"] == "NOT_COUNTED"


def test_what_if_shows_the_warnings_before_anything_is_set(stage):
    small(stage)
    city = stage.city
    before = HistoryRecord.select().count()

    def what_if(by="chief", rating=OrganizationRating.OUTSTANDING, proposals=()):
        return distribution_what_if(
            stage.as_(by), city.registry.id, city.period.id, None, organization_rating=rating, proposals=proposals
        )

    both = [Proposal(who.id, Rating.ABOVE, Rating.ABOVE) for who in (city.officer, city.clerk)]
    found = what_if(proposals=both)
    assert [warning.code.value for warning in found.check.warnings] == ["ABOVE_MAXIMUM"]
    assert found.performance is OrganizationRating.OUTSTANDING
    assert what_if(proposals=both[:1]).check.unrated == 1
    assert what_if(rating=None, proposals=both).check.skipped.value == "NO_ORGANIZATION_PERFORMANCE"
    strangers = [
        *both,
        Proposal(city.other.id, Rating.ABOVE, Rating.ABOVE),
        Proposal(999_999, Rating.MEETS, Rating.MEETS),
    ]
    with pytest.raises(Refused) as refusal:
        what_if(proposals=strangers)
    assert [(problem.code, problem.path) for problem in refusal.value.problems] == [
        ("NOT_UNDER_THIS_LEADER", ("proposals", 2, "employeeId")),
        ("NOT_UNDER_THIS_LEADER", ("proposals", 3, "employeeId")),
    ]
    assert Evaluation.select().count() == 0
    assert HistoryRecord.select().count() == before
    for who in ("officer", "other_chief"):
        with pytest.raises(Refused):
            what_if(by=who)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(OrganizationRating),
    st.lists(st.tuples(st.sampled_from(Rating), st.sampled_from(Rating)), min_size=2, max_size=2),
)
def test_no_distribution_ever_changes_a_predicate(stage, performance, pairs):
    """Whatever the pattern says: the predicates are those of the matrix, with or without a reason."""
    from core.appraisal.rules.matrix import predicate_for
    from core.database import database
    from core.law.in_force import rule_in_force

    small(stage)
    matrix = rule_in_force("predicate_matrix", date(2026, 12, 31))
    with database.atomic() as undone:
        stage.set_performance(rating=performance)
        rated = [stage.rate(who, result=a, behavior=b) for who, (a, b) in zip(("officer", "clerk"), pairs, strict=True)]
        for evaluation, pair in zip(rated, pairs, strict=True):
            final = stage.finalise(evaluation, reason="alasan")
            assert final.predicate is predicate_for(matrix, *pair)
        undone.rollback()


def test_a_calibration_records_every_shift(stage):
    stage.set_performance()
    rated = stage.rate(result="ABOVE", behavior="ABOVE")
    session = calibration.start_calibration(
        stage.as_("head"), stage.city.agency.id, stage.city.period.id, None, note=" Rapat "
    )
    assert (session.note, session.held_on) == ("Rapat", date(2026, 3, 1))
    shift = calibration.shift_rating(
        stage.as_("head"),
        session.id,
        calibration.Shift(rated.id, rated.version, "Target sama dengan bidang lain", result_to=Rating.MEETS),
    )
    assert (shift.result_from, shift.result_to, shift.behavior_to, shift.shifted_by) == (
        Rating.ABOVE, Rating.MEETS, Rating.ABOVE, stage.city.head,
    )  # fmt: skip
    changed = Evaluation.get_by_id(rated.id)
    assert (changed.result_rating, changed.state) == (Rating.MEETS, EvaluationState.RATED)
    assert (
        HistoryRecord.get(HistoryRecord.subject_type == "CalibrationShift").reason == "Target sama dengan bidang lain"
    )
    closed = calibration.close_calibration(stage.as_("head"), session.id, session.version, "Selesai")
    assert (closed.state, closed.note) == (CalibrationState.CLOSED, "Selesai")
    again = lambda: calibration.shift_rating(  # noqa: E731
        stage.as_("head"), session.id, calibration.Shift(rated.id, changed.version, "x", result_to=Rating.ABOVE)
    )
    assert refused(again) == [("CALIBRATION_CLOSED", ("sessionId",))]
    assert stage.finalise(changed).predicate is Predicate.GOOD


def test_nobody_shifts_the_own_evaluation(stage):
    stage.set_performance()
    final = stage.finalise(stage.rate("chief", by="head", result=None), by="head")
    session = calibration.start_calibration(stage.as_("chief"), stage.city.registry.id, stage.city.period.id, None)
    shift = calibration.Shift(final.id, final.version, "alasan", behavior_to=Rating.ABOVE)
    act = lambda: calibration.shift_rating(stage.as_("chief"), session.id, shift)  # noqa: E731
    assert refused(act) == [("FORBIDDEN", ("evaluationId",))]
    assert calibration.close_calibration(stage.as_("chief"), session.id, 1).note == ""


def test_a_shift_that_does_not_belong_is_refused(stage):
    stage.set_performance()
    rated, draft = stage.rate(), stage.rate("clerk", behavior=None)
    foreign = stage.rate("other", by="other_chief")
    quarter = stage.rate(window=stage.window(1))
    chief_rated = stage.rate("chief", by="head", result=None)
    session = calibration.start_calibration(stage.as_("head"), stage.city.registry.id, stage.city.period.id, None)

    def shift(evaluation, by="head", reason="alasan", result="ABOVE", version=None):
        return calibration.shift_rating(
            stage.as_(by),
            session.id,
            calibration.Shift(evaluation.id, version or evaluation.version, reason, result_to=Rating(result)),
        )

    assert refused(lambda: shift(foreign)) == [("NOT_IN_THIS_SESSION", ("evaluationId",))]
    assert refused(lambda: shift(quarter)) == [("NOT_IN_THIS_SESSION", ("evaluationId",))]
    assert refused(lambda: shift(draft)) == [("NOT_RATED", ("evaluationId",))]
    assert refused(lambda: shift(rated, reason=" ")) == [("REASON_MISSING", ("reason",))]
    assert refused(lambda: shift(rated, result="MEETS")) == [("NOTHING_CHANGED", ("resultTo",))]
    assert refused(lambda: shift(rated, version=9)) == [("STALE_VERSION", ("version",))]
    assert refused(lambda: shift(chief_rated)) == [("RESULT_RATING_IS_THE_UNITS", ("resultTo",))]
    for who in ("secretary", "officer", "other_chief"):
        expected = [] if who == "secretary" else [("NOT_FOUND", ("sessionId",))]
        if expected:
            assert refused(lambda who=who: shift(rated, by=who)) == expected
    [(code, _)] = refused(lambda: shift(chief_rated, by="chief"))
    assert code in {"NOT_FOUND", "FORBIDDEN"}
    stage.finalise(rated)
    assert refused(lambda: shift(Evaluation.get_by_id(rated.id))) == [("EVALUATION_IS_FINAL", ("evaluationId",))]
    assert CalibrationShift.select().count() == 0


@pytest.mark.parametrize("who", ["officer", "clerk", "other_chief", "other"])
def test_only_who_leads_or_manages_starts_a_calibration(stage, who):
    [(code, _)] = refused(
        lambda: calibration.start_calibration(stage.as_(who), stage.city.registry.id, stage.city.period.id, None)
    )
    assert code in {"FORBIDDEN", "NOT_FOUND"}
    assert CalibrationSession.select().count() == 0


def test_conclusions_need_the_current_version(stage):
    final = stage.final()
    with pytest.raises(Refused) as refusal:
        conclusions.acknowledge_evaluation(stage.as_("officer"), final.id, 1)
    assert codes(refusal) == [("STALE_VERSION", ("version",))]
    assert Employee.select().count() == 7
