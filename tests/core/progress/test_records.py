"""Recording, correcting and removing progress, by the right people only."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from core.errors import Refused
from core.history.models import HistoryRecord
from core.identity.models import Account, RoleGrant
from core.planning.models import EvaluationPeriod, PerformancePlan
from core.planning.terms import MeasuringPattern, PeriodState, PlanState
from core.progress import services
from core.progress.models import Evidence, ProgressRecord
from tests.support.calls import call_as, on, system_context
from tests.support.city import build_city
from tests.support.plans import approved_plan, indicator_of, indicators_of, results_of

MAY = on(date(2026, 5, 20))
DAY = date(2026, 5, 4)


def report(indicator, **changes):
    return services.NewProgress(**{"happened_on": DAY, "quantity": Decimal(3), "indicator_id": indicator.id, **changes})


def refused(run):
    with pytest.raises(Refused) as caught:
        run()
    return [(problem.code, ".".join(str(part) for part in problem.path)) for problem in caught.value.problems]


def officer_of_hr(city, role="hr_officer", unit=None):
    account = Account.create(username=f"hr-{role}", employee=city.other_chief, display_name="HR")
    RoleGrant.create(account=account, role=role, unit=unit, valid_from=date(2026, 1, 1))
    return city.other_chief.id


@pytest.fixture
def city(db):
    return build_city()


@pytest.fixture
def plan(city):
    return approved_plan(city, city.officer)


def test_the_holder_records_progress(db, city, plan):
    indicator = indicators_of(plan)[0]
    record = services.record_progress(call_as(db, city.officer.id, MAY), report(indicator, note=" Terbit "))
    kept = ProgressRecord.get_by_id(record.id)
    assert (kept.plan_id, kept.work_result_id, kept.indicator_id) == (plan.id, results_of(plan)[0].id, indicator.id)
    assert (kept.happened_on, kept.quantity, kept.note) == (DAY, Decimal(3), "Terbit")
    assert kept.recorded_by_id == city.officer.id
    assert HistoryRecord.select().where(HistoryRecord.subject_type == "ProgressRecord").count() == 1


def test_a_whole_work_result_takes_a_note_without_quantity(db, city, plan):
    result = results_of(plan)[1]
    record = services.record_progress(
        call_as(db, city.officer.id, MAY), services.NewProgress(DAY, None, "Rapat", work_result_id=result.id)
    )
    assert (record.work_result_id, record.indicator_id) == (result.id, None)


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("chief", ("FORBIDDEN", "input")),
        ("head", ("FORBIDDEN", "input")),
        ("clerk", ("NOT_FOUND", "input.indicatorId")),
        ("other", ("NOT_FOUND", "input.indicatorId")),
    ],
)
def test_nobody_else_records_progress(db, city, plan, who, expected):
    ctx = call_as(db, getattr(city, who).id, MAY)
    assert refused(lambda: services.record_progress(ctx, report(indicators_of(plan)[0]))) == [expected]
    assert ProgressRecord.select().count() == 0


def test_the_office_of_the_unit_may_record_and_correct(db, city, plan):
    inside = call_as(db, officer_of_hr(city, unit=city.agency), MAY)
    record = services.record_progress(inside, report(indicators_of(plan)[0]))
    corrected = services.correct_progress(inside, record.id, 1, {"quantity": Decimal(4)})
    assert (corrected.quantity, corrected.version) == (Decimal(4), 2)


def test_the_office_of_another_unit_may_not(db, city, plan):
    outside = call_as(db, officer_of_hr(city, unit=city.archive), MAY)
    assert refused(lambda: services.record_progress(outside, report(indicators_of(plan)[0]))) == [
        ("NOT_FOUND", "input.indicatorId")
    ]


def test_ids_must_agree(db, city, plan):
    other = approved_plan(city, city.clerk)
    ctx = call_as(db, city.officer.id, MAY)
    bad = report(indicators_of(plan)[0], work_result_id=results_of(plan)[1].id, plan_id=other.id)
    assert refused(lambda: services.record_progress(ctx, bad)) == [
        ("WRONG_WORK_RESULT", "input.workResultId"),
        ("WRONG_PLAN", "input.planId"),
    ]
    assert refused(lambda: services.record_progress(ctx, services.NewProgress(DAY))) == [
        ("TARGET_MISSING", "input.indicatorId")
    ]
    unknown = services.NewProgress(DAY, Decimal(1), work_result_id=999)
    assert refused(lambda: services.record_progress(ctx, unknown)) == [("NOT_FOUND", "input.workResultId")]
    assert ProgressRecord.select().count() == 0


def test_a_draft_takes_no_progress_and_a_plan_under_revision_does(db, city):
    plan = approved_plan(city, city.officer, state=PlanState.DRAFT)
    ctx = call_as(db, city.officer.id, MAY)
    assert refused(lambda: services.record_progress(ctx, report(indicators_of(plan)[0]))) == [
        ("PLAN_NOT_APPROVED", "input")
    ]
    PerformancePlan.update(revision=1).execute()
    assert services.record_progress(ctx, report(indicators_of(plan)[0])).id


def test_a_closed_period_takes_nothing(db, city, plan):
    ctx = call_as(db, city.officer.id, MAY)
    record = services.record_progress(ctx, report(indicators_of(plan)[0]))
    EvaluationPeriod.update(state=PeriodState.CLOSED).execute()
    closed = [("PERIOD_CLOSED", "input")]
    assert refused(lambda: services.record_progress(ctx, report(indicators_of(plan)[0]))) == closed
    assert refused(lambda: services.correct_progress(ctx, record.id, 1, {"note": "x"})) == closed
    assert refused(lambda: services.remove_progress(ctx, record.id, 1, "Salah")) == closed
    assert refused(lambda: services.add_evidence_link(ctx, record.id, "https://a.go.id/")) == closed
    assert ProgressRecord.get_by_id(record.id).version == 1


def test_today_is_counted_in_the_institutions_time_zone(db, city, plan):
    # 18:00 UTC is already the next day in Jakarta.
    ctx = call_as(db, city.officer.id, MAY + timedelta(hours=13))
    assert services.record_progress(ctx, report(indicators_of(plan)[0], happened_on=date(2026, 5, 21))).id


def test_a_correction_needs_the_version_and_keeps_the_rules(db, city, plan):
    ctx = call_as(db, city.officer.id, MAY)
    record = services.record_progress(ctx, report(indicators_of(plan)[0]))
    assert refused(lambda: services.correct_progress(ctx, record.id, 2, {"note": "x"})) == [
        ("STALE_VERSION", "input.version")
    ]
    assert refused(lambda: services.correct_progress(ctx, record.id, 1, {"happened_on": date(2027, 1, 1)})) == [
        ("DATE_IN_FUTURE", "input.happenedOn")
    ]
    assert refused(lambda: services.correct_progress(ctx, record.id, 1, {"quantity": None})) == [
        ("NOTHING_REPORTED", "input.note")
    ]
    superior = call_as(db, city.chief.id, MAY)
    assert refused(lambda: services.correct_progress(superior, record.id, 1, {"note": "x"})) == [
        ("FORBIDDEN", "input.id")
    ]
    colleague = call_as(db, city.clerk.id, MAY)
    assert refused(lambda: services.correct_progress(colleague, record.id, 1, {"note": "x"})) == [
        ("NOT_FOUND", "input.id")
    ]
    kept = ProgressRecord.get_by_id(record.id)
    assert (kept.version, kept.quantity, kept.note) == (1, Decimal(3), "")


def test_removing_takes_a_reason_and_the_evidence_with_it(db, city, plan):
    ctx = call_as(db, city.officer.id, MAY)
    record = services.record_progress(ctx, report(indicators_of(plan)[0]))
    services.add_evidence_link(ctx, record.id, "https://denpasarkota.go.id/akta", "Daftar akta")
    assert refused(lambda: services.remove_progress(ctx, record.id, 1, " ")) == [("REASON_MISSING", "input.reason")]
    assert refused(lambda: services.remove_progress(ctx, record.id, 9, "Ganda")) == [("STALE_VERSION", "input.version")]
    assert (ProgressRecord.select().count(), Evidence.select().count()) == (1, 1)
    assert services.remove_progress(ctx, record.id, 1, " Ganda ") == record.id
    assert (ProgressRecord.select().count(), Evidence.select().count()) == (0, 0)
    gone = list(HistoryRecord.select().where(HistoryRecord.action == "delete").order_by(HistoryRecord.id))
    assert [(row.subject_type, row.reason) for row in gone] == [("Evidence", "Ganda"), ("ProgressRecord", "Ganda")]
    assert ctx.reason is None


def test_links_are_checked_limited_and_removed(db, city, plan):
    ctx = call_as(db, city.officer.id, MAY)
    record = services.record_progress(ctx, report(indicators_of(plan)[0]))
    assert refused(lambda: services.add_evidence_link(ctx, record.id, "javascript:alert(1)")) == [
        ("URL_INVALID", "input.url")
    ]
    made = [services.add_evidence_link(ctx, record.id, f" https://a.go.id/{number} ") for number in range(20)]
    assert (made[0].title, made[0].url) == ("https://a.go.id/0", "https://a.go.id/0")
    assert refused(lambda: services.add_evidence_link(ctx, record.id, "https://a.go.id/21")) == [
        ("EVIDENCE_FULL", "input.progressRecordId")
    ]
    stranger = call_as(db, city.other.id, MAY)
    assert refused(lambda: services.remove_evidence(stranger, made[0].id, 1)) == [("NOT_FOUND", "input.id")]
    assert refused(lambda: services.remove_evidence(ctx, made[0].id, 2)) == [("STALE_VERSION", "input.version")]
    assert services.remove_evidence(ctx, made[0].id, 1) == made[0].id
    assert Evidence.select().count() == 19


def test_actual_values_follow_the_measuring_pattern(db, city, plan):
    result = results_of(plan)[0]
    count = indicators_of(plan)[0]
    position = indicator_of(result, "Cakupan", pattern=MeasuringPattern.POSITION, target=("90", "90"), sequence=2)
    release = indicator_of(
        result,
        "Indeks",
        pattern=MeasuringPattern.RELEASE,
        target=("80", "85"),
        release_on=date(2026, 5, 10),
        sequence=3,
    )
    empty = indicator_of(result, "Lain", sequence=4)
    ctx = call_as(db, city.officer.id, MAY)
    for day, value in ((4, 80), (5, 85), (6, 90)):
        services.record_progress(ctx, report(position, happened_on=date(2026, 5, day), quantity=Decimal(value)))
        services.record_progress(ctx, report(count, happened_on=date(2026, 5, day), quantity=Decimal(day - 1)))
    found = services.actual_values(ctx, [count.id, position.id, release.id, empty.id])
    assert found[count.id].measurement.value == Decimal(12)
    assert found[count.id].achievement.percent == Decimal("12.00")
    assert found[position.id].measurement.value == Decimal(90)
    assert found[release.id].measurement.value is None
    assert found[empty.id].measurement.state == "NO_VALUE"
    services.record_progress(ctx, report(release, happened_on=date(2026, 5, 10), quantity=Decimal(82)))
    assert services.actual_values(ctx, [release.id])[release.id].measurement.value == Decimal(82)
    assert services.actual_values(ctx, [release.id], date(2026, 5, 9))[release.id].measurement.value is None
    assert services.actual_values(ctx, [count.id], date(2026, 5, 4))[count.id].measurement.value == Decimal(3)


def test_actual_values_are_for_those_who_see_the_progress(db, city, plan):
    indicator = indicators_of(plan)[0]
    services.record_progress(call_as(db, city.officer.id, MAY), report(indicator))
    seen = {
        who: bool(services.actual_values(call_as(db, getattr(city, who).id, MAY), [indicator.id]))
        for who in ("officer", "chief", "head", "secretary", "clerk", "other_chief", "other")
    }
    assert [who for who, sees in seen.items() if sees] == ["officer", "chief", "head", "secretary"]
    assert services.actual_values(system_context(db, MAY), [indicator.id])
