"""Plans follow what the organisation records, by themselves and after the commit."""

from datetime import date

import pytest

from core import events
from core.organisation.models import Position, PositionKind
from core.organisation.services.assignments import assign
from core.planning.models import PerformancePlan, PlanEvaluator
from core.planning.terms import PlanState
from core.registry import active_registry
from tests.support.calls import on, system_context
from tests.support.plans import approved_plan, results_of

JULY = date(2026, 7, 1)


@pytest.fixture
def on_10_july(monkeypatch):
    """Let handlers of events work on 10 July 2026."""
    monkeypatch.setattr(events, "utc_now", lambda: on(date(2026, 7, 10)))


def new_post(city, unit, *, is_head=False):
    return Position.create(
        code=f"BARU-{unit.code}-{is_head}",
        title="Jabatan baru",
        kind=PositionKind.get(PositionKind.code == "AHLI_PERTAMA"),
        unit=unit,
        is_head=is_head,
        valid_from=date(2026, 1, 1),
    )


def test_a_recorded_move_splits_the_plan(db, city, on_10_july):
    plan = approved_plan(city, city.officer)
    position = new_post(city, city.archive)

    assign(
        system_context(db, on(date(2026, 7, 10))),
        employee_id=city.officer.id, position_id=position.id, valid_from=JULY, ends_previous=True,
    )  # fmt: skip

    assert PerformancePlan.get_by_id(plan.id).state is PlanState.ENDED
    new = PerformancePlan.get(PerformancePlan.continues == plan.id)
    assert (new.position_id, new.evaluator_id, new.starts_on) == (position.id, city.other_chief.id, JULY)
    assert len(results_of(new)) == 2


def test_a_move_of_the_head_gives_the_plans_to_the_successor(db, city, on_10_july):
    plan = approved_plan(city, city.officer, state=PlanState.SUBMITTED)
    own = approved_plan(city, city.chief)
    ctx = system_context(db, on(date(2026, 7, 10)))

    assign(ctx, employee_id=city.chief.id, position_id=new_post(city, city.agency).id, valid_from=JULY,
           ends_previous=True)  # fmt: skip
    assign(ctx, employee_id=city.clerk.id, position_id=city.positions["chief"].id, valid_from=JULY,
           ends_previous=True)  # fmt: skip

    assert PerformancePlan.get_by_id(own.id).state is PlanState.ENDED
    assert PerformancePlan.get_by_id(plan.id).evaluator_id == city.clerk.id
    spans = PlanEvaluator.select().where(PlanEvaluator.plan == plan.id).order_by(PlanEvaluator.valid_from)
    assert [(span.evaluator_id, span.valid_to) for span in spans] == [
        (city.chief.id, date(2026, 6, 30)),
        (city.clerk.id, None),
    ]


def test_a_move_ahead_is_taken_up_by_the_nightly_job(db, city, on_10_july):
    plan = approved_plan(city, city.officer)
    ahead = date(2026, 8, 1)
    assign(
        system_context(db, on(date(2026, 7, 10))),
        employee_id=city.officer.id, position_id=new_post(city, city.archive).id, valid_from=ahead, ends_previous=True,
    )  # fmt: skip
    assert PerformancePlan.get_by_id(plan.id).state is PlanState.APPROVED

    job = next(job for job in active_registry().jobs if job.name == "planning.reconcile")
    job.run(system_context(db, on(ahead)))

    assert PerformancePlan.get_by_id(plan.id).ends_on == date(2026, 7, 31)
    assert PerformancePlan.get(PerformancePlan.continues == plan.id).starts_on == ahead
