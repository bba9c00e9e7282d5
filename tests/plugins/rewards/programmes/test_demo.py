"""The demo city shows recognition: a run, nominations at several steps, awards with certificates."""

from datetime import date

import pytest

from core.appraisal.models import Evaluation
from core.appraisal.terms import EvaluationKind, EvaluationState, Predicate
from core.certificates.models import Certificate
from core.certificates.reading import check_certificate
from core.history.chain import broken_links
from core.planning.models import EvaluationPeriod, PerformancePlan
from core.planning.terms import Frequency, PlanApproach
from plugins.rewards.programmes.demo import load
from plugins.rewards.programmes.models import Award, EligibilityRun, Nomination, RewardProgramme
from plugins.rewards.programmes.terms import NominationState, RunState
from tests.support.calls import on, system_context
from tests.support.city import person, post, unit

TODAY = date(2026, 11, 23)


@pytest.fixture
def agency(registry):
    """An agency with four divisions, three people each, and an agency beside it; all rated last year."""
    root = unit("00", "Kota", None)
    top, beside = unit("04", "Disdukcapil", root), unit("21", "BKPSDM", root)
    period = EvaluationPeriod.create(
        code="2025", name="2025", starts_on=date(2025, 1, 1), ends_on=date(2025, 12, 31), frequency=Frequency.QUARTERLY,
        plan_deadline=date(2025, 1, 31), evaluation_deadline=date(2026, 1, 31),
    )  # fmt: skip
    units = [unit(f"04.{number}", f"Bidang {number}", top) for number in range(1, 5)]
    number = 0
    for where in [*units, beside]:
        for _ in range(3):
            number += 1
            employee = person(f"19900517201503{1000 + number}", f"P{number}")
            position = post(employee, where, f"Staf {number}", "PELAKSANA", is_head=False)
            plan = PerformancePlan.create(
                period=period, employee=employee, position=position, unit=where, starts_on=period.starts_on,
                approach=PlanApproach.QUALITATIVE, ends_on=period.ends_on,
            )  # fmt: skip
            Evaluation.create(
                plan=plan, period=period, employee=employee, unit=where, kind=EvaluationKind.ANNUAL,
                state=EvaluationState.FINAL, predicate=Predicate.GOOD,
            )  # fmt: skip


def test_the_demo_shows_every_step(agency, db):
    load(system_context(db, on(TODAY)), 7)

    assert sorted(row.code for row in RewardProgramme.select()) == ["employee_of_month", "innovation_award", "sks_x"]
    assert {run.state for run in EligibilityRun.select()} == {RunState.DONE}
    states = [row.state for row in Nomination.select()]
    assert {NominationState.NOMINATED, NominationState.VERIFIED, NominationState.GRANTED} <= set(states)
    awards = list(Award.select())
    assert len(awards) == 2
    for award in awards:
        certificate = Certificate.get_by_id(award.certificate_id)
        assert check_certificate(db, certificate.code).holder_name == award.employee.name
    assert list(broken_links()) == []


def test_nothing_happens_in_a_city_without_the_agency(registry, db):
    load(system_context(db, on(TODAY)), 7)

    assert RewardProgramme.select().count() == 0
