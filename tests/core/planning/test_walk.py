"""A plan's way through the services, each step by the right person."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from core.errors import Refused
from core.history.models import HistoryRecord
from core.identity.actors import actor_for_account
from core.identity.models import Account, RoleGrant
from core.planning import services
from core.planning.content import IndicatorContent, PlanContent, WorkResultContent, from_json
from core.planning.models import BehaviorExpectation, Indicator, PerformancePlan, PlanEvaluator, PlanVersion, WorkResult
from core.planning.policies import evaluates_today
from core.planning.services import PlanRequest
from core.planning.services.contents import content_of
from core.planning.terms import Aspect, BehaviorValue, PlanState
from core.policy import visible
from tests.support.calls import call_as, on
from tests.support.city import build_city

CONTENT = PlanContent(
    work_results=(
        WorkResultContent(
            statement="Akta kelahiran terbit tepat waktu",
            indicators=(
                IndicatorContent(
                    statement="Jumlah akta",
                    aspect=Aspect.QUANTITY,
                    unit_of_measure="akta",
                    target_min=Decimal(1000),
                    target_max=Decimal(1200),
                ),
            ),
        ),
    ),
    expectations={BehaviorValue.LOYAL: "Menjaga data penduduk"},
    support_needed="Dua printer",
)


@pytest.fixture
def city(db):
    return build_city()


def codes(refusal) -> list[tuple[str, tuple]]:
    return [(problem.code, problem.path) for problem in refusal.value.problems]


def drafted(db, city):
    return services.create_plan(
        call_as(db, city.officer.id), PlanRequest(city.officer.id, city.period.id, content=CONTENT)
    )


def test_an_employee_drafts_his_own_plan(db, city):
    plan = drafted(db, city)

    assert (plan.state, plan.evaluator_id, plan.unit_id) == (PlanState.DRAFT, city.chief.id, city.registry.id)
    assert (plan.starts_on, plan.ends_on, plan.version) == (date(2026, 1, 1), date(2026, 12, 31), 2)
    assert plan.support_needed == "Dua printer"
    assert BehaviorExpectation.select().where(BehaviorExpectation.plan == plan.id).count() == 7
    held = content_of(PerformancePlan.get_by_id(plan.id)).work_results[0].indicators[0]
    assert replace(held, id=None) == CONTENT.work_results[0].indicators[0]
    span = PlanEvaluator.get(PlanEvaluator.plan == plan.id)
    assert (span.evaluator_id, span.valid_from, span.valid_to) == (city.chief.id, date(2026, 1, 1), None)


def test_a_plan_goes_from_draft_to_revision(db, city):
    plan = drafted(db, city)

    plan = services.submit_plan(call_as(db, city.officer.id), plan.id, plan.version)
    assert plan.state is PlanState.SUBMITTED
    plan = services.return_plan(call_as(db, city.chief.id), plan.id, plan.version, "Tambah target waktu")
    assert (plan.state, plan.return_note) == (PlanState.RETURNED, "Tambah target waktu")
    plan = services.submit_plan(call_as(db, city.officer.id), plan.id, plan.version)
    plan = services.approve_plan(call_as(db, city.chief.id), plan.id, plan.version)
    assert (plan.state, plan.revision, plan.approved_at) == (PlanState.APPROVED, 1, on(date(2026, 1, 15)))
    plan = services.revise_plan(call_as(db, city.officer.id), plan.id, plan.version, "Strategi baru")
    assert plan.state is PlanState.DRAFT

    version = PlanVersion.get(PlanVersion.plan == plan.id)
    assert (version.revision, version.reason) == (1, "Strategi baru")
    assert from_json(version.content).work_results[0].statement == "Akta kelahiran terbit tepat waktu"
    record = HistoryRecord.select().where(HistoryRecord.subject_type == "PlanVersion").get()
    assert record.reason == "Strategi baru"
    plan = services.submit_plan(call_as(db, city.officer.id), plan.id, plan.version)
    plan = services.approve_plan(call_as(db, city.chief.id), plan.id, plan.version)
    assert plan.revision == 2


@pytest.mark.parametrize("who", ["officer", "clerk", "head", "secretary", "other_chief", "other"])
def test_only_the_evaluator_returns_and_approves(db, city, who):
    plan = drafted(db, city)
    plan = services.submit_plan(call_as(db, city.officer.id), plan.id, plan.version)
    ctx = call_as(db, getattr(city, who).id)

    for act in (
        lambda: services.approve_plan(ctx, plan.id, plan.version),
        lambda: services.return_plan(ctx, plan.id, plan.version, "Tidak"),
    ):
        with pytest.raises(Refused) as refusal:
            act()
        assert refusal.value.problems[0].code in {"FORBIDDEN", "NOT_FOUND"}
    same = PerformancePlan.get_by_id(plan.id)
    assert (same.state, same.version) == (PlanState.SUBMITTED, plan.version)


def test_updating_changes_adds_and_removes(db, city):
    plan = drafted(db, city)
    first = content_of(plan).work_results[0]
    wanted = PlanContent(
        work_results=(
            WorkResultContent(statement="Baru"),
            replace(first, statement="Diubah", indicators=(IndicatorContent(statement="Lain"),)),
        )
    )

    plan = services.update_plan(call_as(db, city.officer.id), plan.id, plan.version, wanted)

    rows = list(WorkResult.select().where(WorkResult.plan == plan.id).order_by(WorkResult.sequence))
    assert [(row.statement, row.sequence) for row in rows] == [("Baru", 1), ("Diubah", 2)]
    assert rows[1].id == first.id
    assert [row.statement for row in Indicator.select()] == ["Lain"]
    with pytest.raises(Refused) as refusal:
        services.update_plan(call_as(db, city.officer.id), plan.id, plan.version - 1, wanted)
    assert codes(refusal) == [("STALE_VERSION", ("input", "version"))]


def submitted(db, city):
    plan = drafted(db, city)
    return services.submit_plan(call_as(db, city.officer.id), plan.id, plan.version)


def test_a_step_out_of_turn_names_the_states_in_which_it_is_possible(db, city):
    plan = submitted(db, city)

    with pytest.raises(Refused) as refusal:
        services.submit_plan(call_as(db, city.officer.id), plan.id, plan.version)

    assert codes(refusal) == [("PLAN_STATE", ("input", "planId"))]
    assert refusal.value.problems[0].message("en") == (
        "The plan is in the state SUBMITTED. This is possible only in: DRAFT, RETURNED."
    )


def test_a_return_without_note_and_a_revision_without_reason_are_refused(db, city):
    plan = submitted(db, city)
    with pytest.raises(Refused) as refusal:
        services.return_plan(call_as(db, city.chief.id), plan.id, plan.version, " ")
    assert codes(refusal) == [("NOTE_REQUIRED", ("input", "note"))]

    plan = services.approve_plan(call_as(db, city.chief.id), plan.id, plan.version)
    with pytest.raises(Refused) as refusal:
        services.revise_plan(call_as(db, city.officer.id), plan.id, plan.version, "")
    assert codes(refusal) == [("REASON_REQUIRED", ("input", "reason"))]
    assert PlanVersion.select().count() == 0


def test_a_decision_on_an_older_version_is_refused(db, city):
    plan = submitted(db, city)

    with pytest.raises(Refused) as refusal:
        services.approve_plan(call_as(db, city.chief.id), plan.id, plan.version - 1)

    assert codes(refusal) == [("STALE_VERSION", ("input", "version"))]
    assert PerformancePlan.get_by_id(plan.id).state is PlanState.SUBMITTED


def test_an_office_account_without_employee_sees_the_plans_of_its_units(db, city):
    drafted(db, city)
    account = Account.create(username="kepegawaian")
    RoleGrant.create(account=account, role="hr_officer", unit=city.agency, valid_from=date(2026, 1, 1))
    actor = actor_for_account(account, date(2026, 1, 15))

    assert [row.employee_id for row in PerformancePlan.select().where(visible(actor, PerformancePlan))] == [
        city.officer.id
    ]
    assert WorkResult.select().where(visible(actor, WorkResult)).count() == 1
    assert not evaluates_today(actor, PerformancePlan.get())
