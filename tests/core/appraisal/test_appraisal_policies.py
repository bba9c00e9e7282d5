"""Who sees an evaluation in which state."""

from datetime import date

import pytest

from core.actor import Actor, system_actor
from core.appraisal.models import (
    CalibrationSession,
    CalibrationShift,
    CreditPoints,
    Evaluation,
    Objection,
    OrganizationPerformance,
)
from core.appraisal.services import calibration, conclusions
from core.appraisal.terms import Rating
from core.identity.actors import actor_for_account
from core.identity.models import Account, RoleGrant
from core.law.models import RuleVersion
from core.planning.models import PlanEvaluator
from core.policy import as_condition, visible

DAY = date(2026, 3, 1)
PEOPLE = ("secretary", "head", "chief", "officer", "clerk", "other_chief", "other")


def seen(stage, model, who):
    rows = visible(stage.as_(who).actor, model)
    return model.select().where(as_condition(rows)).count()


def who_sees(stage, model):
    return {who for who in PEOPLE if seen(stage, model, who)}


def test_a_rating_is_hidden_from_the_rated_person_until_it_is_final(stage):
    stage.set_performance()
    rated = stage.rate()
    above = {"secretary", "head", "chief"}
    assert who_sees(stage, Evaluation) == above
    final = stage.finalise(rated)
    assert who_sees(stage, Evaluation) == above | {"officer"}
    assert who_sees(stage, CreditPoints) == above | {"officer"}
    stage.grant("secretary")
    conclusions.reopen_evaluation(stage.as_("secretary"), final.id, final.version, "keliru")
    assert who_sees(stage, Evaluation) == above


def test_a_head_does_not_see_the_own_draft_through_the_own_unit(stage):
    stage.set_performance()
    stage.rate("chief", by="head", result=None)
    assert who_sees(stage, Evaluation) == {"secretary", "head"}


def test_the_evaluator_in_charge_sees_it_whoever_is_noted(stage):
    stage.rate()
    PlanEvaluator.update(valid_to=date(2026, 2, 1)).where(PlanEvaluator.plan == stage.plans["officer"].id).execute()
    PlanEvaluator.create(plan=stage.plans["officer"], evaluator=stage.city.other_chief, valid_from=date(2026, 2, 2))
    assert "other_chief" in who_sees(stage, Evaluation)
    stage.set_performance()
    assert stage.rate(by="other_chief", result="BELOW").result_rating is Rating.BELOW


def test_a_units_performance_is_seen_by_its_people_and_above(stage):
    stage.set_performance()
    assert who_sees(stage, OrganizationPerformance) == {"secretary", "head", "chief", "officer", "clerk"}


def test_an_objection_is_between_the_parties_and_above(stage):
    stage.object(stage.final())
    assert who_sees(stage, Objection) == {"secretary", "head", "chief", "officer"}


def test_a_session_is_for_the_heads_and_a_shift_not_for_the_shifted(stage):
    stage.set_performance()
    rated = stage.rate()
    chiefs = stage.rate("chief", by="head", result=None)
    session = calibration.start_calibration(stage.as_("head"), stage.city.registry.id, stage.city.period.id, None)
    for evaluation, values in ((rated, {"result_to": Rating.ABOVE}), (chiefs, {"behavior_to": Rating.ABOVE})):
        shift = calibration.Shift(evaluation.id, evaluation.version, "alasan", **values)
        calibration.shift_rating(stage.as_("head"), session.id, shift)
    assert who_sees(stage, CalibrationSession) == {"secretary", "head", "chief"}
    assert (seen(stage, CalibrationShift, "head"), seen(stage, CalibrationShift, "chief")) == (2, 1)


@pytest.mark.parametrize(
    ("role", "inside", "expected"),
    [("auditor", True, 1), ("auditor", False, 0), ("hr_admin", True, 1), ("system_admin", True, 0)],
)
def test_roles_see_their_subtree(stage, role, inside, expected):
    stage.object(stage.final())
    account = Account.create(username="outsider", password_hash="-", display_name="Outsider", employee=None)
    unit = stage.city.agency if inside else stage.city.archive
    RoleGrant.create(account=account, role=role, unit=unit, valid_from=date(2026, 1, 1))
    actor = actor_for_account(account, DAY)
    for model in (Evaluation, Objection, CreditPoints, OrganizationPerformance):
        assert model.select().where(as_condition(visible(actor, model))).count() == expected, model


def test_a_stranger_sees_nothing_and_the_system_all(stage):
    stage.object(stage.final())
    nobody = Actor(today=DAY)
    for model in (Evaluation, Objection, CreditPoints, OrganizationPerformance, CalibrationSession, RuleVersion):
        assert model.select().where(as_condition(visible(nobody, model))).count() == 0
    assert visible(system_actor(DAY), Evaluation) is True


def test_everybody_known_reads_the_law(stage):
    assert who_sees(stage, RuleVersion) == set(PEOPLE)
