"""The small city in the autumn of its year, with plans in every state."""

from datetime import date
from decimal import Decimal

import pytest

from core.appraisal.models import Evaluation
from core.appraisal.terms import EvaluationKind, EvaluationState, Predicate
from core.planning.terms import PlanState
from core.progress.models import ProgressRecord
from tests.support.calls import call_as, on
from tests.support.city import build_city
from tests.support.plans import approved_plan, indicators_of, plan_of

TODAY = date(2026, 7, 20)


def report(plan, *days):
    """Report progress on a plan on those days."""
    indicator = indicators_of(plan)[0]
    for day in days:
        ProgressRecord.create(
            plan=plan, work_result=indicator.work_result_id, indicator=indicator, happened_on=day, quantity=Decimal(1)
        )


def evaluated(plan, window=0, **values):
    """An evaluation of the plan, final unless the values say otherwise."""
    return Evaluation.create(
        plan=plan, period=plan.period_id, employee=plan.employee_id, evaluator=plan.evaluator_id, unit=plan.unit_id,
        window_number=window, kind=EvaluationKind.PERIODIC if window else EvaluationKind.ANNUAL,
        **{"state": EvaluationState.FINAL, "predicate": Predicate.GOOD, "received_on": date(2026, 7, 1)} | values,
    )  # fmt: skip


@pytest.fixture
def city(db):
    return build_city()


@pytest.fixture
def plans(city):
    """Approved plans of head, chief and officer; the clerk's waits for the chief, the other's is a draft."""
    approved = {name: approved_plan(city, getattr(city, name)) for name in ("head", "chief", "officer")}
    clerk = plan_of(city.clerk, city.period, state=PlanState.SUBMITTED)
    return {**approved, "clerk": clerk, "other": plan_of(city.other, city.period)}


@pytest.fixture
def calls(db, city):
    """Open a call of somebody of the city, on the day of these tests unless another is named."""

    def as_person(name, day=TODAY):
        return call_as(db, getattr(city, name).id, on(day))

    return as_person
