"""Performance dialogues: recorded by the leader, read by both, nobody else."""

from datetime import date

import pytest

from core import policy
from core.errors import Refused
from core.identity.models import Account, RoleGrant
from core.planning.models import EvaluationPeriod
from core.planning.terms import PeriodState, PlanState
from core.policy import as_condition
from core.progress import services
from core.progress.models import PerformanceDialogue
from tests.support.calls import call_as, on
from tests.support.city import build_city
from tests.support.plans import approved_plan

MAY = on(date(2026, 5, 20))


def refused(run):
    with pytest.raises(Refused) as caught:
        run()
    return [(problem.code, ".".join(str(part) for part in problem.path)) for problem in caught.value.problems]


def held(plan, **changes):
    values = {"held_on": date(2026, 5, 19), "topic": "Triwulan II", "summary": "Target tercapai sebagian."}
    return services.NewDialogue(plan.id, **{**values, **changes})


@pytest.fixture
def city(db):
    return build_city()


@pytest.fixture
def plan(city):
    return approved_plan(city, city.officer)


def test_the_leader_records_and_changes_a_dialogue(db, city, plan):
    chief = call_as(db, city.chief.id, MAY)
    dialogue = services.record_dialogue(chief, held(plan, agreed_actions=" Pelatihan "))
    assert (dialogue.leader_id, dialogue.agreed_actions) == (city.chief.id, "Pelatihan")
    changed = services.change_dialogue(chief, dialogue.id, 1, {"topic": "Triwulan II 2026"})
    assert (changed.topic, changed.summary, changed.version) == ("Triwulan II 2026", "Target tercapai sebagian.", 2)
    assert refused(lambda: services.change_dialogue(chief, dialogue.id, 1, {"topic": "x"})) == [
        ("STALE_VERSION", "input.version")
    ]


def test_expectations_are_talked_about_before_the_plan_is_set(db, city):
    plan = approved_plan(city, city.officer, state=PlanState.DRAFT)
    chief = call_as(db, city.chief.id, MAY)
    assert services.record_dialogue(chief, held(plan, held_on=date(2025, 12, 10))).id
    assert refused(lambda: services.record_dialogue(chief, held(plan, held_on=date(2025, 9, 1)))) == [
        ("DATE_OUTSIDE_PLAN", "input.heldOn")
    ]


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("officer", ("FORBIDDEN", "input.planId")),
        ("head", ("FORBIDDEN", "input.planId")),
        ("clerk", ("NOT_FOUND", "input.planId")),
        ("other_chief", ("NOT_FOUND", "input.planId")),
    ],
)
def test_nobody_else_records_a_dialogue(db, city, plan, who, expected):
    assert refused(lambda: services.record_dialogue(call_as(db, getattr(city, who).id, MAY), held(plan))) == [expected]
    assert PerformanceDialogue.select().count() == 0


def test_a_dialogue_is_checked(db, city, plan):
    bad = held(plan, held_on=date(2026, 6, 1), topic=" ", summary="", agreed_actions="x" * 20_001)
    chief = call_as(db, city.chief.id, MAY)
    assert refused(lambda: services.record_dialogue(chief, bad)) == [
        ("DATE_IN_FUTURE", "input.heldOn"),
        ("TEXT_MISSING", "input.topic"),
        ("TEXT_MISSING", "input.summary"),
        ("TEXT_TOO_LONG", "input.agreedActions"),
    ]
    EvaluationPeriod.update(state=PeriodState.CLOSED).execute()
    assert refused(lambda: services.record_dialogue(chief, held(plan))) == [("PERIOD_CLOSED", "input")]
    assert PerformanceDialogue.select().count() == 0


def test_both_read_it_and_the_office_but_not_the_head_above(db, city, plan):
    dialogue = services.record_dialogue(call_as(db, city.chief.id, MAY), held(plan))
    account = Account.create(username="hr", employee=city.other)
    RoleGrant.create(account=account, role="hr_officer", unit=city.agency, valid_from=date(2026, 1, 1))

    def sees(employee):
        ctx = call_as(db, employee.id, MAY)
        rows = as_condition(policy.visible(ctx.actor, PerformanceDialogue))
        return PerformanceDialogue.select().where(rows).exists()

    who = ("officer", "chief", "head", "secretary", "clerk", "other_chief", "other")
    assert [name for name in who if sees(getattr(city, name))] == ["officer", "chief", "other"]
    office = call_as(db, city.other.id, MAY)
    assert refused(lambda: services.change_dialogue(office, dialogue.id, 1, {"topic": "x"})) == [
        ("FORBIDDEN", "input.id")
    ]
