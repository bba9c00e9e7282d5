"""An evaluation from the unit's performance to the last word on an objection, by the right people only."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from core.appraisal.models import CreditPoints, Evaluation, Objection, OrganizationPerformance
from core.appraisal.services import conclusions, objections, performances, ratings
from core.appraisal.services.handover import drop_drafts_after_end, hand_over_pending
from core.appraisal.terms import EvaluationState, ObjectionState, Predicate, Rating
from core.errors import Problem, Refused
from core.events import Event
from core.history.models import HistoryRecord
from core.organisation.models import ReportingLine
from core.organisation.services.assignments import assign
from core.organisation.terms import AssignmentKind, SupervisionGap
from core.planning.models import EvaluationPeriod, PerformancePlan
from core.planning.terms import PeriodState, PlanState
from tests.core.appraisal.conftest import FINAL_DAY, codes

OTHERS = ("secretary", "head", "chief", "officer", "clerk", "other_chief", "other")


def refused(act):
    """Run an act that is to be refused, and see that nothing was written."""
    before = HistoryRecord.select().count()
    with pytest.raises(Refused) as refusal:
        act()
    assert HistoryRecord.select().count() == before
    return codes(refusal)


def test_the_whole_walk(stage):
    performance = stage.set_performance()
    assert (performance.rating.value, performance.set_by, performance.set_on) == ("GOOD", stage.city.head, FINAL_DAY)

    rated = stage.rate(result="BELOW", behavior="MEETS")
    assert (rated.state, rated.predicate) == (EvaluationState.RATED, None)

    final = stage.finalise(rated)
    assert (final.state, final.predicate) == (EvaluationState.FINAL, Predicate.NEEDS_IMPROVEMENT)
    assert (final.received_on, final.organization_performance) == (FINAL_DAY, performance)
    assert str(CreditPoints.get().points) == "9.38"

    acknowledged = conclusions.acknowledge_evaluation(stage.as_("officer", date(2026, 3, 5)), final.id, final.version)
    assert (acknowledged.state, acknowledged.received_on) == (EvaluationState.ACKNOWLEDGED, FINAL_DAY)

    objection = stage.object(final, day=date(2026, 3, 15))
    assert (objection.decider, objection.due_on) == (stage.city.head, date(2026, 3, 15))
    assert Evaluation.get_by_id(final.id).state is EvaluationState.OBJECTED

    stage.decide(objection, outcome=ObjectionState.CHANGED, result_rating=Rating.MEETS)
    decided = Evaluation.get_by_id(final.id)
    assert (decided.state, decided.result_rating, decided.predicate) == (
        EvaluationState.DECIDED, Rating.MEETS, Predicate.GOOD,
    )  # fmt: skip
    assert str(CreditPoints.get().points) == "12.5"
    assert decided.explanation["objection"]["before"]["predicate"] == "NEEDS_IMPROVEMENT"
    assert refused(lambda: stage.object(decided, day=date(2026, 3, 15))) == [("DECISION_IS_FINAL", ("objectionId",))]
    assert refused(lambda: stage.decide(Objection.get())) == [("DECISION_IS_FINAL", ("objectionId",))]


def test_every_figure_explains_itself(stage):
    quarter = stage.window(1)
    stage.set_performance(window=quarter)
    stage.finalise(stage.rate(window=quarter, result="ABOVE", behavior="ABOVE"))
    explanation = stage.final().explanation
    assert explanation["inputs"] == {
        "result_rating": "MEETS",
        "result_rating_from": "EVALUATOR",
        "behavior_rating": "MEETS",
        "organization_rating": "GOOD",
        "evaluator_id": stage.city.chief.id,
        "finalised_by_id": stage.city.chief.id,
        "plan_revision": 1,
        "starts_on": "2026-01-01",
        "ends_on": "2026-12-31",
        "rule_day": "2026-12-31",
        "periodic": [
            {
                "evaluation_id": Evaluation.get(Evaluation.window_number == 1).id,
                "window": "Triwulan 1",
                "state": "FINAL",
                "predicate": "VERY_GOOD",
            }
        ],
    }
    assert [step["step"] for step in explanation["steps"]] == [
        "ORGANIZATION_PERFORMANCE", "DISTRIBUTION", "PREDICATE", "CREDIT_POINTS",
    ]  # fmt: skip
    assert explanation["rule"]["regulation"] == "PermenPANRB 6/2022"
    assert explanation["rule"]["valid_from"] == "2022-01-01"
    distribution, predicate, credit = explanation["steps"][1:]
    assert (distribution["skipped"], distribution["rule"]["revision"]) == ("TOO_FEW_EMPLOYEES", 1)
    assert (predicate["predicate"], predicate["rule"]["revision"]) == ("GOOD", 1)
    assert (credit["months"], credit["percentage"], credit["coefficient"], credit["points"]) == (
        12, "100", "12.5", "12.50",
    )  # fmt: skip


def test_without_the_units_performance_there_is_no_predicate(stage):
    rated = stage.rate()
    assert refused(lambda: stage.finalise(rated)) == [("ORGANIZATION_PERFORMANCE_MISSING", ("evaluationId",))]
    stage.set_performance(window=stage.window(1))
    assert refused(lambda: stage.finalise(rated)) == [("ORGANIZATION_PERFORMANCE_MISSING", ("evaluationId",))]
    stage.set_performance(unit="agency", by="secretary")
    assert refused(lambda: stage.finalise(rated)) == [("ORGANIZATION_PERFORMANCE_MISSING", ("evaluationId",))]
    stage.set_performance()
    assert stage.finalise(rated).predicate is Predicate.GOOD


@pytest.mark.parametrize("who", ["secretary", "chief", "officer", "clerk", "other_chief", "other"])
def test_only_the_leader_above_sets_a_units_performance(stage, who):
    [(code, _)] = refused(lambda: stage.set_performance(by=who))
    assert code in {"FORBIDDEN", "NOT_FOUND"}
    assert OrganizationPerformance.select().count() == 0


def test_whoever_manages_evaluation_sets_it_too_but_not_of_the_own_unit(stage):
    stage.grant("chief")
    assert refused(lambda: stage.set_performance(by="chief")) == [("FORBIDDEN", ("unitId",))]
    assert stage.set_performance(unit="archive", by="chief").unit == stage.city.archive


def test_the_leader_further_up_speaks_for_a_unit_without_head(stage):
    from core.organisation.models import Assignment

    Assignment.update(valid_to=date(2026, 2, 1)).where(Assignment.employee == stage.city.chief.id).execute()
    assert stage.set_performance().set_by == stage.city.head


def test_a_performance_may_be_set_again_until_a_final_evaluation_rests_on_it(stage):
    first = stage.set_performance()
    again = stage.set_performance(rating="POOR", version=first.version)
    assert (again.id, again.rating.value) == (first.id, "POOR")
    assert refused(lambda: stage.set_performance(version=first.version)) == [("STALE_VERSION", ("version",))]
    stage.finalise(stage.rate())
    assert refused(stage.set_performance) == [("ORGANIZATION_PERFORMANCE_IN_USE", ("rating",))]


def test_a_window_of_another_period_is_refused(stage):
    other = EvaluationPeriod.create(
        code="2027", name="Tahun 2027", starts_on=date(2027, 1, 1), ends_on=date(2027, 12, 31), frequency="QUARTERLY",
        plan_deadline=date(2027, 1, 31), evaluation_deadline=date(2028, 1, 31),
    )  # fmt: skip
    foreign = stage.window(1)
    foreign.period = other
    foreign.number = 9
    foreign.save()
    assert refused(lambda: stage.set_performance(window=foreign)) == [("WINDOW_OF_ANOTHER_PERIOD", ("windowId",))]


def test_nothing_moves_in_a_period_that_is_not_open(stage):
    rated, final = stage.rate(), stage.final("clerk")
    stage.grant("head")
    EvaluationPeriod.update(state=PeriodState.CLOSED).execute()
    assert refused(stage.set_performance) == [("PERIOD_NOT_OPEN", ("periodId",))]
    assert refused(stage.rate) == [("PERIOD_NOT_OPEN", ("evaluationId",))]
    assert refused(lambda: stage.finalise(rated)) == [("PERIOD_NOT_OPEN", ("evaluationId",))]
    reopen = lambda: conclusions.reopen_evaluation(stage.as_("head"), final.id, final.version, "keliru")  # noqa: E731
    assert refused(reopen) == [("PERIOD_NOT_OPEN", ("evaluationId",))]
    opened = lambda: ratings.open_evaluations(stage.as_("head"), stage.city.agency.id, stage.city.period.id, None)  # noqa: E731
    assert refused(opened) == [("PERIOD_NOT_OPEN", ("periodId",))]
    # The time to object runs on.
    assert stage.object(final, by="clerk").state is ObjectionState.FILED


def test_drafts_are_opened_in_bulk_and_once(stage):
    opened = ratings.open_evaluations(stage.as_("head"), stage.city.agency.id, stage.city.period.id, None)
    assert (len(opened.made), opened.existing) == (6, 0)
    assert {row.evaluator_id for row in opened.made} == {
        stage.city.secretary.id, stage.city.head.id, stage.city.chief.id, stage.city.other_chief.id,
    }  # fmt: skip
    again = ratings.open_evaluations(stage.as_("head"), stage.city.agency.id, stage.city.period.id, None)
    assert (len(again.made), again.existing) == (0, 6)
    quarter = ratings.open_evaluations(
        stage.as_("chief"), stage.city.registry.id, stage.city.period.id, stage.window(2).id
    )
    assert (len(quarter.made), quarter.made[0].kind.value) == (3, "PERIODIC")
    assert Evaluation.select().count() == 9


def test_drafts_are_opened_for_plans_in_effect_in_the_window_only(stage):
    PerformancePlan.update(state=PlanState.DRAFT, revision=0).where(
        PerformancePlan.id == stage.plans["officer"].id
    ).execute()
    PerformancePlan.update(starts_on=date(2026, 7, 1)).where(PerformancePlan.id == stage.plans["clerk"].id).execute()
    opened = ratings.open_evaluations(
        stage.as_("chief"), stage.city.registry.id, stage.city.period.id, stage.window(1).id
    )
    assert [row.employee_id for row in opened.made] == [stage.city.chief.id]
    assert refused(stage.rate) == [("PLAN_NOT_APPROVED", ("planId",))]
    assert refused(lambda: stage.rate("clerk", window=stage.window(1))) == [("PLAN_OUTSIDE_SPAN", ("windowId",))]


@pytest.mark.parametrize("who", ["chief", "officer", "other_chief"])
def test_who_does_not_lead_the_unit_opens_no_drafts(stage, who):
    [(code, _)] = refused(
        lambda: ratings.open_evaluations(stage.as_(who), stage.city.agency.id, stage.city.period.id, None)
    )
    assert code in {"FORBIDDEN", "NOT_FOUND"}


@pytest.mark.parametrize("who", [who for who in OTHERS if who != "chief"])
def test_only_the_evaluator_rates_and_finalises(stage, who):
    [(code, _)] = refused(lambda: stage.rate(by=who))
    assert code in {"FORBIDDEN", "NOT_FOUND"}
    rated = stage.rate()
    stage.set_performance()
    [(code, _)] = refused(lambda: stage.finalise(rated, by=who))
    assert code in {"FORBIDDEN", "NOT_FOUND"}
    [(code, _)] = refused(lambda: stage.rate(by=who))
    assert code in {"FORBIDDEN", "NOT_FOUND"}


def test_ratings_may_come_one_by_one(stage):
    draft = stage.rate(behavior=None)
    assert draft.state is EvaluationState.DRAFT
    assert refused(lambda: stage.finalise(draft)) == [("NOT_RATED", ("evaluationId",))]
    rated = ratings.rate_evaluation(
        stage.as_("chief"),
        ratings.Ratings(evaluation_id=draft.id, version=draft.version, behavior_rating=Rating.ABOVE),
    )
    assert (rated.state, rated.result_rating, rated.behavior_rating, rated.result_note) == (
        EvaluationState.RATED, Rating.MEETS, Rating.ABOVE, "Hasil kerja",
    )  # fmt: skip


def test_ratings_name_one_subject_a_version_and_something(stage):
    draft, ctx = stage.rate(), stage.as_("chief")
    given = ratings.Ratings
    plan = stage.plans["officer"].id
    for asked, expected in [
        (given(behavior_rating=Rating.ABOVE), ("ONE_SUBJECT", ("evaluationId",))),
        (given(evaluation_id=draft.id, plan_id=plan), ("ONE_SUBJECT", ("evaluationId",))),
        (given(evaluation_id=draft.id, behavior_rating=Rating.ABOVE), ("VERSION_MISSING", ("version",))),
        (given(plan_id=plan, behavior_rating=Rating.ABOVE), ("VERSION_MISSING", ("version",))),
        (given(evaluation_id=draft.id, version=9, behavior_rating=Rating.ABOVE), ("STALE_VERSION", ("version",))),
        (given(evaluation_id=draft.id, version=draft.version), ("NOTHING_GIVEN", ("behaviorRating",))),
        (given(evaluation_id=999_999, version=1), ("NOT_FOUND", ("evaluationId",))),
    ]:
        assert refused(lambda asked=asked: ratings.rate_evaluation(ctx, asked)) == [expected]


def test_the_rating_of_a_head_is_the_units(stage):
    missing = lambda: stage.rate("chief", by="head", result=None)  # noqa: E731
    assert refused(missing) == [("ORGANIZATION_PERFORMANCE_MISSING", ("resultRating",))]
    performance = stage.set_performance(rating="OUTSTANDING")
    wrong = lambda: stage.rate("chief", by="head", result="MEETS")  # noqa: E731
    assert refused(wrong) == [("RESULT_RATING_IS_THE_UNITS", ("resultRating",))]
    rated = stage.rate("chief", by="head", result=None)
    assert rated.result_rating is Rating.ABOVE
    stage.set_performance(rating="GOOD", version=performance.version)
    final = stage.finalise(rated, by="head")
    assert (final.result_rating, final.predicate) == (Rating.MEETS, Predicate.GOOD)
    assert final.explanation["inputs"]["result_rating_from"] == "ORGANIZATION_PERFORMANCE"
    assert [step["step"] for step in final.explanation["steps"]] == [
        "ORGANIZATION_PERFORMANCE", "RESULT_RATING_OF_HEAD", "DISTRIBUTION", "PREDICATE",
    ]  # fmt: skip
    objection = stage.object(final, by="chief")
    wrong = lambda: stage.decide(  # noqa: E731
        objection, by="secretary", outcome=ObjectionState.CHANGED, result_rating=Rating.ABOVE
    )
    assert refused(wrong) == [("RESULT_RATING_IS_THE_UNITS", ("resultRating",))]
    stage.decide(objection, by="secretary", outcome=ObjectionState.CHANGED, behavior_rating=Rating.BELOW)
    assert Evaluation.get_by_id(final.id).predicate is Predicate.POOR


def test_a_final_evaluation_is_rated_no_more(stage):
    final = stage.final()
    assert refused(stage.rate) == [("EVALUATION_IS_FINAL", ("evaluationId",))]
    assert refused(lambda: stage.finalise(final)) == [("EVALUATION_IS_FINAL", ("evaluationId",))]


def test_an_evaluation_seen_in_an_older_version_is_not_finalised(stage):
    stage.set_performance()
    rated = stage.rate()
    stage.rate(result="ABOVE")
    assert refused(lambda: stage.finalise(rated, version=1)) == [("STALE_VERSION", ("version",))]


def test_an_evaluation_of_the_numeric_scale_is_refused_by_its_name(stage):
    PerformancePlan.update(starts_on=date(2011, 1, 1)).execute()
    EvaluationPeriod.update(starts_on=date(2021, 1, 1), ends_on=date(2021, 12, 31)).execute()
    stage.set_performance()
    rated = stage.rate()
    assert refused(lambda: stage.finalise(rated)) == [("NUMERIC_SCALE_IN_FORCE", ("evaluationId",))]
    EvaluationPeriod.update(starts_on=date(2011, 1, 1), ends_on=date(2011, 12, 31)).execute()
    assert refused(lambda: stage.finalise(rated)) == [("NO_RULE_IN_FORCE", ("evaluationId",))]


def test_a_year_before_the_rule_of_credit_points_gives_none(stage):
    PerformancePlan.update(starts_on=date(2022, 1, 1), ends_on=date(2022, 12, 31)).execute()
    EvaluationPeriod.update(starts_on=date(2022, 1, 1), ends_on=date(2022, 12, 31)).execute()
    final = stage.final()
    assert final.predicate is Predicate.GOOD
    assert final.explanation["steps"][-1]["rule"] is None
    assert final.explanation["steps"][1]["skipped"] == "NO_RULE_IN_FORCE"
    assert CreditPoints.select().count() == 0


def test_credit_points_are_for_functional_positions_and_the_year_only(stage):
    quarter = stage.window(1)
    stage.set_performance(window=quarter)
    stage.finalise(stage.rate(window=quarter))
    stage.final("clerk")
    assert CreditPoints.select().count() == 0


def test_a_part_of_the_year_gives_a_part_of_the_points(stage):
    PerformancePlan.update(starts_on=date(2026, 11, 1)).where(PerformancePlan.id == stage.plans["officer"].id).execute()
    stage.final()
    credit = CreditPoints.get()
    assert (credit.months, str(credit.points), credit.position_kind) == (2, "2.08", "AHLI_PERTAMA")


@pytest.mark.parametrize("who", [who for who in OTHERS if who != "officer"])
def test_only_the_rated_person_acknowledges_and_objects(stage, who):
    final = stage.final()
    for act in (
        lambda: conclusions.acknowledge_evaluation(stage.as_(who), final.id, final.version),
        lambda: stage.object(final, by=who),
    ):
        [(code, _)] = refused(act)
        assert code in {"FORBIDDEN", "NOT_FOUND"}


def test_an_evaluation_is_acknowledged_once(stage):
    final = stage.final()
    ctx = stage.as_("officer")
    conclusions.acknowledge_evaluation(ctx, final.id, final.version)
    again = lambda: conclusions.acknowledge_evaluation(ctx, final.id, final.version + 1)  # noqa: E731
    assert refused(again) == [("NOTHING_TO_ACKNOWLEDGE", ("evaluationId",))]


def test_the_fourteenth_day_is_in_time_and_the_fifteenth_is_not(stage):
    final = stage.final()
    late = lambda: stage.object(final, day=FINAL_DAY + timedelta(days=15))  # noqa: E731
    assert refused(late) == [("OBJECTION_TOO_LATE", ("evaluationId",))]
    assert stage.object(final, day=FINAL_DAY + timedelta(days=14)).decider == stage.city.head
    again = lambda: stage.object(final, day=FINAL_DAY + timedelta(days=14))  # noqa: E731
    assert refused(again) == [("OBJECTION_ALREADY_FILED", ("evaluationId",))]


def test_the_institution_may_count_working_days(stage):
    final = stage.final()
    stage.settings = stage.settings.model_copy(update={"objection_day_kind": "working"})
    late = lambda: stage.object(final, day=date(2026, 3, 20))  # noqa: E731
    assert refused(late) == [("OBJECTION_TOO_LATE", ("evaluationId",))]
    assert stage.object(final, day=date(2026, 3, 19)).due_on == date(2026, 3, 19)


def test_an_objection_states_reasons_and_waits_for_the_result(stage):
    draft = stage.rate()
    assert refused(lambda: stage.object(draft)) == [("NOT_FOUND", ("evaluationId",))]
    stage.set_performance()
    stage.finalise(draft)
    assert refused(lambda: stage.object(draft, reason="  ")) == [("REASON_MISSING", ("reason",))]


def test_an_objection_that_nobody_can_hear_names_the_gap(stage):
    final = stage.final()
    line = ReportingLine.employee == stage.city.chief.id
    ReportingLine.update(superior=None, gap=SupervisionGap.NO_HEAD).where(line).execute()
    with pytest.raises(Refused) as refusal:
        stage.object(final)
    [problem] = refusal.value.problems
    assert problem.code == "OBJECTION_NO_SUPERIOR"
    assert problem.params["gap"] == "NO_HEAD"
    assert problem.params["evaluator"] == "Siti Aminah"
    ReportingLine.delete().where(line).execute()
    assert refused(lambda: stage.object(final)) == [("OBJECTION_NO_SUPERIOR", ("evaluationId",))]
    Evaluation.update(evaluator=None).execute()
    assert refused(lambda: stage.object(final)) == [("OBJECTION_NO_EVALUATOR", ("evaluationId",))]
    assert Objection.select().count() == 0


def test_what_is_not_final_is_not_objected_to(stage, ctx):
    rated = stage.rate()
    assert refused(lambda: objections.file_objection(ctx, rated.id, "x")) == [("NOT_FINAL", ("evaluationId",))]


def test_what_a_plugin_has_against_it_keeps_an_evaluation_from_becoming_final(stage, monkeypatch):
    stage.set_performance()
    rated = stage.rate()
    problem = Problem("REWARDS_PENDING", "A reward is pending. Decide it.", ("plan",))
    registry = SimpleNamespace(validate_appraisal=lambda appraisal: (problem,) if appraisal.id == rated.id else ())
    monkeypatch.setattr(conclusions, "active_registry", lambda: registry)
    assert refused(lambda: stage.finalise(rated)) == [("REWARDS_PENDING", ("evaluationId", "plan"))]
    assert Evaluation.get_by_id(rated.id).state is EvaluationState.RATED


@pytest.mark.parametrize("who", [who for who in OTHERS if who != "head"])
def test_only_the_evaluators_superior_decides(stage, who):
    objection = stage.object(stage.final())
    [(code, _)] = refused(lambda: stage.decide(objection, by=who))
    assert code in {"FORBIDDEN", "NOT_FOUND"}


def test_who_rated_as_acting_superior_does_not_judge_over_it(stage, ctx):
    assign(
        ctx,
        employee_id=stage.city.head.id,
        position_id=stage.city.positions["chief"].id,
        kind=AssignmentKind.PLH,
        valid_from=FINAL_DAY,
        valid_to=FINAL_DAY,
    )
    stage.set_performance(by="secretary")
    final = stage.finalise(stage.rate(by="head"), by="head")

    objection = stage.object(final)

    assert final.evaluator_id == stage.city.chief.id
    assert objection.decider_id == stage.city.secretary.id
    assert refused(lambda: stage.decide(objection)) == [("FORBIDDEN", ("objectionId",))]
    assert stage.decide(objection, by="secretary").state is ObjectionState.UPHELD


def test_an_objection_goes_on_to_who_is_to_hear_it_when_its_decider_has_left(stage):
    stage.grant("clerk", unit=stage.city.agency)
    objection = stage.object(stage.final())
    hand_on = objections.hand_on_objection
    assert refused(lambda: hand_on(stage.as_("clerk"), objection.id, 1)) == [("DECIDER_IS_RIGHT", ("objectionId",))]
    ReportingLine.update(superior=stage.city.secretary).where(ReportingLine.employee == stage.city.chief).execute()

    for who in ("officer", "chief", "head", "secretary"):
        [(code, _)] = refused(lambda who=who: hand_on(stage.as_(who), objection.id, 1))
        assert code == "FORBIDDEN"
    handed_on = hand_on(stage.as_("clerk"), objection.id, 1)

    assert handed_on.decider_id == stage.city.secretary.id
    assert refused(lambda: stage.decide(handed_on)) == [("FORBIDDEN", ("objectionId",))]
    assert stage.decide(handed_on, by="secretary").state is ObjectionState.UPHELD
    assert refused(lambda: hand_on(stage.as_("clerk"), objection.id, 3)) == [("DECISION_IS_FINAL", ("objectionId",))]


def test_who_was_found_to_have_rated_since_cannot_decide(stage):
    objection = stage.object(stage.final())
    explanation = Evaluation.get().explanation
    explanation["inputs"]["finalised_by_id"] = stage.city.head.id
    Evaluation.update(explanation=explanation).execute()

    assert refused(lambda: stage.decide(objection)) == [("DECIDER_RATED_IT", ("objectionId",))]
    assert Objection.get().state is ObjectionState.FILED


def test_both_sides_are_heard_and_the_decision_is_complete(stage):
    objection = stage.object(stage.final())
    changed = ObjectionState.CHANGED
    for values, expected in [
        ({"evaluator_statement": None}, [("EVALUATOR_NOT_HEARD", ("evaluatorStatement",))]),
        ({"text": "", "evaluator_statement": ""},
         [("REASON_MISSING", ("decision",)), ("EVALUATOR_NOT_HEARD", ("evaluatorStatement",))]),
        ({"outcome": ObjectionState.FILED}, [("BAD_OUTCOME", ("outcome",))]),
        ({"result_rating": Rating.ABOVE}, [("RATINGS_NOT_WANTED", ("outcome",))]),
        ({"outcome": changed}, [("NOTHING_CHANGED", ("resultRating",))]),
        ({"outcome": changed, "result_rating": Rating.MEETS}, [("NOTHING_CHANGED", ("resultRating",))]),
        ({"version": 7}, [("STALE_VERSION", ("version",))]),
    ]:  # fmt: skip
        assert refused(lambda values=values: stage.decide(objection, **values)) == expected
    answer = objections.answer_objection
    assert refused(lambda: answer(stage.as_("officer"), objection.id, 1, "x")) == [("FORBIDDEN", ("objectionId",))]
    assert refused(lambda: answer(stage.as_("chief"), objection.id, 1, " ")) == [("TEXT_MISSING", ("statement",))]
    answered = answer(stage.as_("chief"), objection.id, objection.version, "Sudah dibahas")
    decided = stage.decide(objection, version=answered.version, evaluator_statement=None)
    assert (decided.state, decided.evaluator_statement) == (ObjectionState.UPHELD, "Sudah dibahas")
    evaluation = Evaluation.get()
    assert (evaluation.state, evaluation.predicate) == (EvaluationState.DECIDED, Predicate.GOOD)
    assert evaluation.explanation["objection"]["state"] == "UPHELD"


def test_an_evaluation_is_reopened_with_a_reason_by_who_manages(stage):
    final = stage.final()
    stage.grant("head")
    act = conclusions.reopen_evaluation
    assert refused(lambda: act(stage.as_("head"), final.id, final.version, " ")) == [("REASON_MISSING", ("reason",))]
    for who in ("secretary", "chief", "officer"):
        assert refused(lambda who=who: act(stage.as_(who), final.id, final.version, "keliru")) == [
            ("FORBIDDEN", ("evaluationId",))
        ]
    reopened = act(stage.as_("head"), final.id, final.version, "Salah orang")
    assert (reopened.state, reopened.predicate, reopened.received_on) == (EvaluationState.RATED, None, None)
    assert CreditPoints.select().count() == 0
    assert {row.reason for row in HistoryRecord.select().where(HistoryRecord.subject_type == "CreditPoints")} == {
        None, "Salah orang",
    }  # fmt: skip
    again = stage.finalise(reopened, day=date(2026, 4, 1))
    assert (again.predicate, again.received_on) == (Predicate.GOOD, date(2026, 4, 1))
    stage.object(again, day=date(2026, 4, 2))
    held = Evaluation.get_by_id(again.id)
    assert refused(lambda: act(stage.as_("head"), held.id, held.version, "lagi")) == [
        ("CANNOT_REOPEN", ("evaluationId",))
    ]


def test_nobody_reopens_the_own_evaluation(stage):
    stage.grant("officer")
    final = stage.final()
    act = lambda: conclusions.reopen_evaluation(stage.as_("officer"), final.id, final.version, "x")  # noqa: E731
    assert refused(act) == [("FORBIDDEN", ("evaluationId",))]


def test_silence_counts_as_acceptance_after_the_time_set(stage, ctx):
    from core.actor import system_actor
    from core.context import Context
    from tests.support.calls import on

    final = stage.final()

    def by_night(day, **values):
        settings = stage.settings.model_copy(update=values)
        return conclusions.deem_accepted(Context(actor=system_actor(day), settings=settings, now=on(day)))

    assert by_night(date(2026, 3, 19)) == 0
    assert by_night(date(2026, 6, 1), deemed_acceptance_days=0) == 0
    assert by_night(date(2026, 3, 20)) == 1
    assert Evaluation.get_by_id(final.id).state is EvaluationState.ACKNOWLEDGED
    assert by_night(date(2026, 3, 20)) == 0
    with pytest.raises(Refused):
        conclusions.deem_accepted(stage.as_("chief"))


def test_a_new_evaluator_takes_over_what_is_pending(stage, ctx):
    from core.planning.services import change_evaluator

    stage.grant("secretary")
    pending, final = stage.rate(window=stage.window(1)), stage.final()
    plan = PerformancePlan.get_by_id(stage.plans["officer"].id)
    change_evaluator(stage.as_("secretary"), plan.id, plan.version, stage.city.other_chief.id, FINAL_DAY)
    assert Evaluation.get_by_id(pending.id).evaluator == stage.city.other_chief
    assert Evaluation.get_by_id(final.id).evaluator == stage.city.chief
    assert stage.rate(by="other_chief", window=stage.window(1), result="ABOVE").result_rating is Rating.ABOVE
    before = HistoryRecord.select().count()
    hand_over_pending(Event(1, "planning.evaluator_changed", {"plan_id": plan.id}, ctx.now), ctx)
    hand_over_pending(Event(2, "planning.evaluator_changed", {"plan_id": 999_999}, ctx.now), ctx)
    drop_drafts_after_end(Event(3, "planning.plan_ended", {"plan_id": 999_999}, ctx.now), ctx)
    assert HistoryRecord.select().count() == before


def test_an_ended_plan_takes_its_later_drafts_along(stage, ctx):
    windows = [stage.window(number) for number in (2, 3, 4)]
    for window in windows:
        ratings.open_evaluations(stage.as_("chief"), stage.city.registry.id, stage.city.period.id, window.id)
    stage.rate(window=windows[2])
    plan = stage.plans["officer"]
    PerformancePlan.update(ends_on=date(2026, 5, 31), state=PlanState.ENDED).where(
        PerformancePlan.id == plan.id
    ).execute()
    drop_drafts_after_end(Event(1, "planning.plan_ended", {"plan_id": plan.id}, ctx.now), ctx)
    left = Evaluation.select().where(Evaluation.plan == plan.id).order_by(Evaluation.window_number)
    assert [(row.window_number, row.state.value) for row in left] == [(2, "DRAFT"), (4, "RATED")]
    assert Evaluation.select().count() == 8


def test_who_is_slower_by_a_moment_is_told_to_load_again(stage, monkeypatch):
    stage.set_performance()
    monkeypatch.setattr(performances, "performance_of", lambda *_: None)
    assert refused(stage.set_performance) == [("STALE_VERSION", ("unitId",))]
    assert OrganizationPerformance.select().count() == 1
