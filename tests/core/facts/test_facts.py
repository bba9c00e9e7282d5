"""Indicators bound to facts, measured, and decided on by the superior alone."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial

import pytest

from core.errors import Refused
from core.facts import services
from core.facts.models import FactBinding, FactMeasurement
from core.facts.terms import FactState, FactSubject
from core.history.models import HistoryRecord
from core.planning.content import IndicatorContent, PlanContent, WorkResultContent
from core.planning.models import EvaluationPeriod, Indicator, PerformancePlan
from core.planning.services import AssignRequest, TemplateRequest, assign_template, create_template, update_plan
from core.planning.services.contents import content_of
from core.planning.services.single import remove_indicator
from core.planning.terms import MeasuringPattern, PeriodState, PlanApproach, PlanState
from core.progress.models import Evidence, ProgressRecord
from core.progress.services import actual_values, correct_progress, remove_evidence, remove_progress
from tests.support.calls import call_as, on, system_context
from tests.support.city import build_city
from tests.support.facts import CALLS, SPEED, Source, facts_on, value
from tests.support.grants import give_role
from tests.support.plans import approved_plan, indicators_of

MAY = on(date(2026, 5, 20))
APRIL = (date(2026, 4, 1), date(2026, 5, 20))


@pytest.fixture
def city(db):
    return build_city()


@pytest.fixture
def plan(city):
    return approved_plan(city, city.officer)


@pytest.fixture
def indicator(plan):
    row = indicators_of(plan)[0]
    row.pattern = MeasuringPattern.POSITION
    row.save()
    return row


@pytest.fixture
def source(db):
    with facts_on(Source(lambda subject, first, last: value())) as made:
        yield made


@pytest.fixture
def as_(db):
    return lambda who, at=MAY: call_as(db, who.id, at)


@pytest.fixture
def bound(db, city, plan, indicator, source):
    """The officer's indicator, bound while the plan was open and in force again."""
    PerformancePlan.update(state=PlanState.DRAFT).execute()
    binding = services.bind_fact(call_as(db, city.officer.id, MAY), indicator.id, SPEED)
    PerformancePlan.update(state=PlanState.APPROVED).execute()
    return binding


def refused(run):
    with pytest.raises(Refused) as caught:
        run()
    return [(problem.code, ".".join(str(part) for part in problem.path)) for problem in caught.value.problems]


def kept():
    return [
        sorted(map(str, model.select().dicts()))
        for model in (FactBinding, FactMeasurement, ProgressRecord, Evidence, Indicator, PerformancePlan)
    ]


@pytest.mark.parametrize("who", ["officer", "chief"])
def test_holder_and_superior_bind_a_plan_that_takes_changes(city, plan, indicator, source, as_, who):
    PerformancePlan.update(state=PlanState.DRAFT).execute()
    person = getattr(city, who)

    binding = services.bind_fact(as_(person), indicator.id, SPEED, FactSubject.EMPLOYEE)

    row = FactBinding.get_by_id(binding.id)
    assert (row.plan_id, row.indicator_id, row.fact, row.subject) == (plan.id, indicator.id, SPEED, "EMPLOYEE")
    assert (row.title, row.unit_of_measure, row.bound_by_id) == ("Speed", "min", person.id)
    assert Indicator.get_by_id(indicator.id).fact == SPEED
    assert PerformancePlan.get_by_id(plan.id).version == plan.version + 1
    changed = {(one.subject_type, one.action) for one in HistoryRecord.select()}
    assert changed == {("FactBinding", "create"), ("Indicator", "update")}


def test_what_cannot_be_bound_is_refused_and_changes_nothing(city, plan, indicator, source, as_):
    ctx = as_(city.officer)
    assert refused(lambda: services.bind_fact(ctx, indicator.id, SPEED)) == [("PLAN_NOT_EDITABLE", "input.indicatorId")]
    PerformancePlan.update(state=PlanState.DRAFT).execute()
    before = kept()

    for fact, subject, expected in (
        ("gone.speed", None, ("FACT_UNKNOWN", "input.fact")),
        (SPEED, FactSubject.UNIT, ("FACT_WRONG_SUBJECT", "input.subject")),
        (CALLS, FactSubject.EMPLOYEE, ("FACT_WRONG_SUBJECT", "input.subject")),
    ):
        assert refused(lambda fact=fact, subject=subject: services.bind_fact(ctx, indicator.id, fact, subject)) == [
            expected
        ]
    assert refused(lambda: services.bind_fact(as_(city.clerk), indicator.id, SPEED)) == [
        ("NOT_FOUND", "input.indicatorId")
    ]
    assert kept() == before

    services.bind_fact(ctx, indicator.id, SPEED)
    before = kept()
    assert refused(lambda: services.bind_fact(ctx, indicator.id, CALLS)) == [("FACT_BOUND", "input.indicatorId")]
    EvaluationPeriod.update(state=PeriodState.CLOSED).execute()
    binding = FactBinding.get()
    assert refused(lambda: services.unbind_fact(ctx, binding.id, 1)) == [("PERIOD_CLOSED", "input.id")]
    assert kept() == before


def test_a_value_is_measured_with_its_evidence_and_by_the_eyes_of_the_system(city, plan, bound, source, as_):
    row = FactMeasurement.get_by_id(services.measure_fact(as_(city.officer), bound.indicator_id).id)

    assert (row.starts_on, row.ends_on, row.value, row.cases) == (*APRIL, Decimal("12.3457"), 40)
    assert row.evidence == {"query": "tickets", "window": ["2026-04-01", "…"]}
    assert (row.state, row.measured_at, row.title, row.unit_of_measure) == (FactState.PROPOSED, MAY, "Speed", "min")
    ((asking, subject, first, last),) = source.asked
    assert (asking.actor.is_system, subject, (first, last)) == (True, city.officer.id, APRIL)
    # Measured only: neither progress nor a rating came of it.
    assert ProgressRecord.select().count() == 0


def test_a_fact_about_units_is_measured_of_the_plans_unit(city, plan, indicator, source, as_):
    PerformancePlan.update(state=PlanState.DRAFT).execute()
    services.bind_fact(as_(city.officer), indicator.id, CALLS)
    PerformancePlan.update(state=PlanState.APPROVED).execute()

    services.measure_fact(as_(city.chief), indicator.id, starts_on=date(2026, 1, 1), ends_on=date(2026, 1, 31))

    assert source.asked[0][1:] == (plan.unit_id, date(2026, 1, 1), date(2026, 1, 31))


def test_measuring_again_replaces_a_proposal_and_leaves_what_was_decided(city, bound, source, as_):
    first = services.measure_fact(as_(city.officer), bound.indicator_id)
    source.answer = lambda *_: value("9", 41)
    again = services.measure_fact(as_(city.officer, on(date(2026, 5, 21))), bound.indicator_id)
    assert (again.id, again.version) == (first.id, 2)
    (row,) = FactMeasurement.select()
    assert (row.value, row.cases, row.ends_on) == (Decimal(9), 41, date(2026, 5, 21))

    services.reject_fact(as_(city.chief), row.id, 2, "Bulan salah")
    services.measure_fact(as_(city.officer), bound.indicator_id)

    states = [(one.state, one.comment) for one in FactMeasurement.select().order_by(FactMeasurement.id)]
    assert states == [(FactState.REJECTED, "Bulan salah"), (FactState.PROPOSED, "")]
    actions = [one.action for one in HistoryRecord.select().where(HistoryRecord.subject_type == "FactMeasurement")]
    assert sorted(actions) == ["create", "create", "update", "update"]


def test_what_cannot_be_measured_says_why_and_keeps_nothing(city, plan, bound, source, as_):
    def measured(who=city.officer, **span):
        return refused(lambda: services.measure_fact(as_(who), bound.indicator_id, **span))

    before = kept()
    assert measured(starts_on=date(2026, 5, 2), ends_on=date(2026, 5, 1)) == [("DATES_REVERSED", "input.endsOn")]
    assert measured(ends_on=date(2026, 5, 21)) == [("DATE_IN_FUTURE", "input.endsOn")]
    assert measured(starts_on=date(2025, 12, 31)) == [("DATE_OUTSIDE_PLAN", "input.startsOn")]
    assert measured(window_id=0) == [("NOT_FOUND", "input.windowId")]
    assert measured(city.head, ends_on=date(2026, 5, 1)) == [("FORBIDDEN", "input.indicatorId")]
    assert measured(city.clerk) == [("NOT_FOUND", "input.indicatorId")]
    for answer in (None, value(cases=0)):
        source.answer = lambda *_, answer=answer: answer
        assert measured() == [("FACT_NO_CASES", "input.indicatorId")]
    source.answer = lambda *_: value("NaN")
    assert measured() == [("FACT_FAILED", "input.indicatorId")]
    source.answer = lambda *_: 1 // 0
    assert measured() == [("FACT_FAILED", "input.indicatorId")]
    other = indicators_of(plan)[-1]
    assert refused(lambda: services.measure_fact(as_(city.officer), other.id)) == [
        ("FACT_NOT_BOUND", "input.indicatorId")
    ]
    PerformancePlan.update(revision=0, state=PlanState.DRAFT).execute()
    assert measured() == [("PLAN_NOT_APPROVED", "input.indicatorId")]
    PerformancePlan.update(revision=1, state=PlanState.APPROVED).execute()
    assert kept()[1:4] == before[1:4]


def test_the_superior_accepts_and_the_value_is_progress_that_says_where_it_came_from(db, city, plan, bound, as_):
    row = services.measure_fact(as_(city.officer), bound.indicator_id)

    services.accept_fact(as_(city.chief), row.id, row.version, " Sesuai ")

    row = FactMeasurement.get_by_id(row.id)
    assert (row.state, row.comment, row.decided_by_id, row.decided_at) == ("ACCEPTED", "Sesuai", city.chief.id, MAY)
    record = ProgressRecord.get()
    assert record.id == row.progress_record_id
    assert (record.indicator_id, record.quantity, record.happened_on, record.recorded_by_id) == (
        bound.indicator_id, Decimal("12.3457"), APRIL[1], city.chief.id,
    )  # fmt: skip
    for part in ("Speed", "12.3457 min", "40", "2026-04-01", "2026-05-20", SPEED):
        assert part in record.note
    evidence = Evidence.get()
    assert (evidence.progress_record_id, evidence.kind, evidence.title) == (record.id, "FACT", record.note)
    actual = actual_values(as_(city.officer), [bound.indicator_id])[bound.indicator_id]
    assert actual.measurement.value == Decimal("12.3457")
    made = {one.subject_type for one in HistoryRecord.select().where(HistoryRecord.action == "create")}
    assert made == {"FactBinding", "FactMeasurement", "ProgressRecord", "Evidence"}


def test_nobody_but_the_evaluator_decides(city, plan, bound, as_):
    row = services.measure_fact(as_(city.officer), bound.indicator_id)
    give_role(city.other, "hr_admin")
    before = kept()

    for who in (city.officer, city.other, city.head):
        for decide in (services.accept_fact, services.reject_fact):
            assert refused(partial(decide, as_(who), row.id, row.version, "Ya")) == [("FORBIDDEN", "input.id")]
    assert refused(lambda: services.accept_fact(as_(city.clerk), row.id, row.version)) == [("NOT_FOUND", "input.id")]
    chief = as_(city.chief)
    assert refused(lambda: services.accept_fact(chief, row.id, row.version + 1)) == [("STALE_VERSION", "input.version")]
    assert refused(lambda: services.reject_fact(chief, row.id, row.version, " ")) == [
        ("COMMENT_MISSING", "input.comment")
    ]
    assert refused(lambda: services.accept_fact(chief, row.id, row.version, "x" * 5_001)) == [
        ("COMMENT_TOO_LONG", "input.comment")
    ]
    assert kept() == before

    row = services.accept_fact(chief, row.id, row.version)
    assert refused(lambda: services.reject_fact(chief, row.id, row.version, "Keliru")) == [("FACT_DECIDED", "input.id")]


def test_an_accepted_value_is_not_corrected_but_may_be_removed(city, plan, bound, as_):
    row = services.measure_fact(as_(city.officer), bound.indicator_id)
    services.accept_fact(as_(city.chief), row.id, row.version)
    record, evidence = ProgressRecord.get(), Evidence.get()
    holder = as_(city.officer)

    assert refused(lambda: correct_progress(holder, record.id, 1, {"quantity": Decimal(99)})) == [
        ("PROGRESS_FROM_FACT", "input.id")
    ]
    assert refused(lambda: remove_evidence(holder, evidence.id, 1)) == [("PROGRESS_FROM_FACT", "input.id")]
    remove_progress(holder, record.id, 1, "Bulan salah")

    row = FactMeasurement.get_by_id(row.id)
    assert (row.state, row.progress_record_id) == (FactState.ACCEPTED, None)


def test_cases_are_not_counted_twice(city, plan, indicator, bound, as_):
    Indicator.update(pattern=MeasuringPattern.COUNT).execute()
    holder, chief = as_(city.officer), as_(city.chief)
    row = services.measure_fact(holder, indicator.id)
    services.accept_fact(chief, row.id, row.version)
    again = services.measure_fact(holder, indicator.id, starts_on=date(2026, 5, 20))

    assert refused(lambda: services.accept_fact(chief, again.id, again.version)) == [("FACT_COUNTED", "input.id")]
    assert ProgressRecord.select().count() == 1
    before = services.measure_fact(holder, indicator.id, starts_on=date(2026, 1, 1), ends_on=date(2026, 3, 31))
    services.accept_fact(chief, before.id, before.version)
    assert ProgressRecord.select().count() == 2


def test_while_the_source_is_off_the_binding_stays_and_nothing_is_measured(db, city, plan, indicator, as_):
    with facts_on(Source(lambda *_: value())):
        PerformancePlan.update(state=PlanState.DRAFT).execute()
        binding = services.bind_fact(as_(city.officer), indicator.id, SPEED)
        PerformancePlan.update(state=PlanState.APPROVED).execute()

    with pytest.raises(Refused) as caught:
        services.measure_fact(as_(city.officer), indicator.id)

    (problem,) = caught.value.problems
    assert (problem.code, problem.params["plugin"]) == ("FACT_SOURCE_OFF", "dummy")
    assert services.measure_windows(system_context(db, on(date(2026, 4, 2)))) == 0
    PerformancePlan.update(state=PlanState.DRAFT).execute()
    services.unbind_fact(as_(city.officer), binding.id, binding.version)
    assert (FactBinding.select().count(), Indicator.get_by_id(indicator.id).fact) == (0, "")


def test_the_job_measures_each_window_once_when_it_is_over(db, city, plan, bound, source):
    def run(day):
        return services.measure_windows(system_context(db, on(day)))

    assert run(date(2026, 3, 31)) == 0
    source.answer = lambda *_: None
    assert run(date(2026, 4, 1)) == 0
    source.answer = lambda *_: value()
    assert run(date(2026, 4, 2)) == 1
    assert run(date(2026, 4, 3)) == 0
    (row,) = FactMeasurement.select()
    assert (row.starts_on, row.ends_on, row.state) == (date(2026, 1, 1), date(2026, 3, 31), FactState.PROPOSED)
    # Long after its end a window is no longer looked at.
    FactMeasurement.delete().execute()
    assert run(date(2026, 5, 20)) == 0


def test_a_plan_made_from_another_is_bound_as_that_was(db, city, plan, indicator, source):
    Indicator.update(fact=SPEED).where(Indicator.id == indicator.id).execute()
    Indicator.update(fact="gone.speed").where(Indicator.id == indicators_of(plan)[-1].id).execute()
    ctx = system_context(db, MAY)

    assert services.follow_plans(ctx, [plan.id]) == 1
    assert services.follow_plans(ctx, [plan.id]) == 0
    (row,) = FactBinding.select()
    assert (row.indicator_id, row.bound_by_id) == (indicator.id, None)


def test_an_indicator_that_is_removed_takes_its_binding_along(city, plan, bound, as_):
    PerformancePlan.update(state=PlanState.DRAFT).execute()

    remove_indicator(as_(city.officer), bound.indicator_id, None)

    assert FactBinding.select().count() == 0
    gone = HistoryRecord.select().where(HistoryRecord.action == "delete").order_by(HistoryRecord.id)
    assert [one.subject_type for one in gone] == ["FactBinding", "Indicator"]


def test_plans_from_a_template_are_bound_to_its_facts(db, city, source):
    named = IndicatorContent("Waktu layanan", target_min=Decimal(1), target_max=Decimal(9), fact=SPEED)
    content = PlanContent(work_results=(WorkResultContent("Arsip tertata", indicators=(named,)),))
    ctx = system_context(db, MAY)
    template = create_template(ctx, TemplateRequest("ARSIP", "Arsip", PlanApproach.QUANTITATIVE, content))

    assign_template(ctx, AssignRequest(template.id, city.period.id, city.archive.id))

    bound = {row.indicator_id for row in FactBinding.select().where(FactBinding.fact == SPEED)}
    assert bound == {row.id for row in Indicator.select()}
    assert bound


def test_a_plan_that_is_written_without_the_name_stays_bound(city, plan, bound, as_):
    PerformancePlan.update(state=PlanState.DRAFT).execute()
    held = PerformancePlan.get_by_id(plan.id)
    results = tuple(
        replace(result, indicators=tuple(replace(each, fact="") for each in result.indicators))
        for result in content_of(held).work_results or ()
    )

    update_plan(as_(city.officer), plan.id, held.version, PlanContent(work_results=results))

    assert Indicator.get_by_id(bound.indicator_id).fact == SPEED
    assert FactBinding.get().indicator_id == bound.indicator_id
