"""Feedback: who may give it, and what the rated person can learn of the giver."""

from datetime import date, timedelta

import pytest

from core import policy
from core.errors import Refused
from core.identity.models import Account, RoleGrant
from core.organisation.models import Employee
from core.planning.models import EvaluationPeriod
from core.planning.terms import BehaviorValue, PeriodState, PlanState
from core.platform.models import OutboxEvent
from core.policy import as_condition
from core.progress import services
from core.progress.models import Feedback, FeedbackRequest, FeedbackRound
from core.progress.rules.feedback import is_shown_to_subject
from core.progress.terms import FeedbackTone, GiverRelation
from tests.support.calls import call_as, on
from tests.support.city import build_city, person, post, report
from tests.support.plans import approved_plan, results_of

MAY = on(date(2026, 5, 20))
PEER = GiverRelation.PEER


def refused(run):
    with pytest.raises(Refused) as caught:
        run()
    return [(problem.code, ".".join(str(part) for part in problem.path)) for problem in caught.value.problems]


def words(text="Teliti dan tepat waktu", **target):
    return services.NewFeedback(FeedbackTone.POSITIVE, text, **target)


def give(db, giver, at=MAY, **target):
    return services.give_feedback(call_as(db, giver.id, at), words(**target))


def seen_by(db, employee):
    ctx = call_as(db, employee.id, MAY)
    return list(Feedback.select().where(as_condition(policy.visible(ctx.actor, Feedback))).order_by(Feedback.id))


def readable(db, employee, field):
    ctx = call_as(db, employee.id, MAY)
    rows = as_condition(policy.visible(ctx.actor, Feedback))
    mask = as_condition(policy.fields(ctx.actor, Feedback)[field])
    return [row.id for row in Feedback.select().where(rows & mask).order_by(Feedback.id)]


@pytest.fixture
def city(db):
    return build_city()


@pytest.fixture
def plan(city):
    return approved_plan(city, city.officer)


@pytest.fixture
def peers(city):
    made = []
    for number in range(3):
        colleague = person(f"19950101201803100{number + 1}", f"Rekan {number}")
        post(colleague, city.registry, f"Analis {number}", "PELAKSANA", is_head=False)
        report(colleague, city.chief)
        made.append(colleague)
    return made


def test_the_relation_is_derived_from_the_lines(db, city, plan):
    assert give(db, city.chief, plan_id=plan.id).relation is GiverRelation.SUPERIOR
    assert give(db, city.clerk, employee_id=city.officer.id).relation is GiverRelation.PEER
    above = approved_plan(city, city.chief)
    row = give(db, city.officer, employee_id=city.chief.id)
    assert (row.plan_id, row.employee_id, row.relation) == (above.id, city.chief.id, GiverRelation.SUBORDINATE)
    assert (row.giver_id, row.given_on) == (city.officer.id, date(2026, 5, 20))


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("officer", ("FEEDBACK_ON_ONESELF", "input.planId")),
        ("head", ("NO_RELATION", "input.planId")),
        ("other", ("NOT_FOUND", "input.planId")),
    ],
)
def test_others_give_no_feedback(db, city, plan, who, expected):
    assert refused(lambda: give(db, getattr(city, who), plan_id=plan.id)) == [expected]
    assert Feedback.select().count() == 0


def test_feedback_is_checked(db, city, plan):
    other = approved_plan(city, city.clerk)
    given = services.NewFeedback(
        FeedbackTone.CONSTRUCTIVE,
        " ",
        plan_id=plan.id,
        work_result_id=results_of(other)[0].id,
        behavior_value=BehaviorValue.LOYAL,
    )
    assert refused(lambda: services.give_feedback(call_as(db, city.chief.id, MAY), given)) == [
        ("TEXT_MISSING", "input.text"),
        ("TWO_SUBJECTS", "input.behaviorValue"),
        ("NOT_FOUND", "input.workResultId"),
    ]
    chief = call_as(db, city.chief.id, MAY)
    assert refused(lambda: services.give_feedback(chief, words())) == [("TARGET_MISSING", "input.planId")]
    both = words(plan_id=plan.id, employee_id=city.officer.id)
    assert refused(lambda: services.give_feedback(chief, both)) == [("TARGET_MISSING", "input.planId")]
    assert refused(lambda: give(db, city.chief, plan_id=999)) == [("NOT_FOUND", "input.planId")]
    assert refused(lambda: give(db, city.chief, employee_id=999)) == [("NOT_FOUND", "input.employeeId")]
    assert refused(lambda: give(db, city.chief, employee_id=city.head.id)) == [
        ("PLAN_NOT_APPROVED", "input.employeeId")
    ]
    EvaluationPeriod.update(state=PeriodState.CLOSED).execute()
    assert refused(lambda: give(db, city.chief, plan_id=plan.id)) == [("PERIOD_CLOSED", "input")]
    assert Feedback.select().count() == 0


def test_a_draft_takes_no_feedback(db, city):
    plan = approved_plan(city, city.officer, state=PlanState.DRAFT)
    assert refused(lambda: give(db, city.chief, plan_id=plan.id)) == [("PLAN_NOT_APPROVED", "input")]


@pytest.mark.parametrize("givers", [1, 2, 3])
def test_the_rated_person_sees_peers_words_from_the_minimum_on(db, city, plan, peers, givers):
    rows = [give(db, giver, plan_id=plan.id) for giver in peers[:givers]]
    rows.append(give(db, peers[0], plan_id=plan.id))
    shown = is_shown_to_subject(PEER, givers, db.feedback_min_givers)
    assert [row.id for row in seen_by(db, city.officer)] == ([row.id for row in rows] if shown else [])
    assert readable(db, city.officer, "giver") == []
    assert readable(db, city.officer, "given_on") == []
    assert readable(db, city.officer, "created_at") == []


def test_the_superiors_words_are_shown_at_once_with_the_name(db, city, plan, peers):
    row = give(db, city.chief, plan_id=plan.id)
    give(db, peers[0], plan_id=plan.id)
    assert [shown.id for shown in seen_by(db, city.officer)] == [row.id]
    assert readable(db, city.officer, "giver") == [row.id]
    assert readable(db, city.officer, "given_on") == [row.id]


def test_relations_are_counted_apart(db, city, peers):
    plan = approved_plan(city, city.chief)
    for giver in (peers[0], peers[1], city.other_chief):
        give(db, giver, plan_id=plan.id)
    assert seen_by(db, city.chief) == []
    give(db, peers[2], plan_id=plan.id)
    assert {row.relation for row in seen_by(db, city.chief)} == {GiverRelation.SUBORDINATE}


def test_a_head_does_not_see_feedback_on_himself_as_head_of_the_unit(db, city):
    plan = approved_plan(city, city.chief)
    give(db, city.officer, plan_id=plan.id)
    assert seen_by(db, city.chief) == []
    assert [row.giver_id for row in seen_by(db, city.head)] == [city.officer.id]


def test_an_officer_with_the_right_to_names_does_not_see_those_on_himself(db, city, plan, peers):
    account = Account.create(username="hr", employee=city.officer)
    for role in ("auditor", "hr_admin"):
        RoleGrant.create(account=account, role=role, valid_from=date(2026, 1, 1))
    for giver in peers[:2]:
        give(db, giver, plan_id=plan.id)
    assert seen_by(db, city.officer) == []
    give(db, peers[2], plan_id=plan.id)
    assert len(seen_by(db, city.officer)) == 3
    for field in ("giver", "request", "given_on", "created_at", "updated_at"):
        assert readable(db, city.officer, field) == []


def test_who_reads_and_who_reads_names(db, city, plan, peers):
    row = give(db, peers[0], plan_id=plan.id)
    for role, where in (("hr_officer", city.other), ("auditor", city.other_chief)):
        account = Account.create(username=role, employee=where)
        RoleGrant.create(account=account, role=role, valid_from=date(2026, 1, 1))
    names = {
        who: (len(seen_by(db, giver)), readable(db, giver, "giver") == [row.id])
        for who, giver in {
            "giver": peers[0],
            "peer": peers[1],
            "evaluator": city.chief,
            "head above": city.head,
            "hr_officer": city.other,
            "auditor": city.other_chief,
        }.items()
    }
    assert names == {
        "giver": (1, True),
        "peer": (0, False),
        "evaluator": (1, True),
        "head above": (1, False),
        "hr_officer": (1, False),
        "auditor": (1, True),
    }


def hr(city, unit=None):
    account = Account.create(username="hr", employee=city.other)
    RoleGrant.create(account=account, role="hr_officer", unit=unit, valid_from=date(2026, 1, 1))
    return city.other


def new_round(city, **changes):
    values = {
        "name": "Umpan balik Mei", "period_id": city.period.id, "unit_id": city.registry.id,
        "opens_on": date(2026, 5, 20), "closes_on": date(2026, 5, 31), "peers": 2,
    }  # fmt: skip
    return services.NewRound(**{**values, **changes})


def test_a_round_asks_by_relation(db, city, plan, peers):
    approved_plan(city, city.chief)
    started = services.start_feedback_round(call_as(db, hr(city).id, MAY), new_round(city))
    asked = list(FeedbackRequest.select().order_by(FeedbackRequest.id))
    of_officer = [row.relation for row in asked if row.employee_id == city.officer.id]
    of_chief = [(row.giver_id, row.relation) for row in asked if row.employee_id == city.chief.id]
    assert of_officer == [GiverRelation.SUPERIOR, PEER, PEER]
    assert of_chief[0] == (city.head.id, GiverRelation.SUPERIOR)
    assert of_chief[1] == (city.other_chief.id, PEER)
    assert {giver for giver, _ in of_chief[2:]} == {city.officer.id, city.clerk.id, *(peer.id for peer in peers)}
    assert started.requests == len(asked)
    assert set(started.too_few) == {city.officer.id, city.chief.id}
    assert OutboxEvent.select().where(OutboxEvent.payload.contains("giver")).count() == 0


def test_only_the_office_of_the_unit_runs_rounds(db, city, plan):
    wanted = new_round(city)
    assert refused(lambda: services.start_feedback_round(call_as(db, city.chief.id, MAY), wanted)) == [
        ("FORBIDDEN", "input.unitId")
    ]
    hr(city, city.archive)
    assert refused(lambda: services.start_feedback_round(call_as(db, city.other.id, MAY), wanted)) == [
        ("FORBIDDEN", "input.unitId")
    ]
    assert (FeedbackRound.select().count(), FeedbackRequest.select().count()) == (0, 0)


def test_a_round_is_checked(db, city):
    ctx = call_as(db, hr(city).id, MAY)
    bad = new_round(city, name=" ", closes_on=date(2026, 5, 1), relations=())
    assert refused(lambda: services.start_feedback_round(ctx, bad)) == [
        ("DATES_REVERSED", "input.closesOn"),
        ("NOBODY_ASKED", "input.relations"),
        ("NAME_INVALID", "input.name"),
        ("NOBODY_RATED", "input.unitId"),
    ]
    assert FeedbackRound.select().count() == 0


def test_requests_are_hidden_from_the_rated_person(db, city, plan, peers):
    approved_plan(city, city.chief)
    services.start_feedback_round(call_as(db, hr(city).id, MAY), new_round(city, peers=5))

    def requests(employee):
        ctx = call_as(db, employee.id, MAY)
        rows = as_condition(policy.visible(ctx.actor, FeedbackRequest))
        return list(FeedbackRequest.select().where(rows))

    mine = requests(city.officer)
    assert [(row.giver_id, row.employee_id) for row in mine] == [(city.officer.id, city.chief.id)]
    assert {row.giver_id for row in requests(city.clerk)} == {city.clerk.id}
    assert len(requests(city.other)) == FeedbackRequest.select().count()
    assert requests(city.secretary) == []


def test_a_request_is_answered_once_in_its_days(db, city, plan, peers):
    services.start_feedback_round(call_as(db, hr(city).id, MAY), new_round(city, peers=5))
    request = FeedbackRequest.get((FeedbackRequest.employee == city.officer.id) & (FeedbackRequest.relation == PEER))
    giver = Employee.get_by_id(request.giver_id)
    for wrong in (city.officer, city.other, city.secretary):
        assert refused(lambda wrong=wrong: give(db, wrong, request_id=request.id)) == [("NOT_FOUND", "input.requestId")]
    assert refused(lambda: give(db, giver, at=on(date(2026, 6, 1)), request_id=request.id)) == [
        ("ROUND_NOT_OPEN", "input.requestId")
    ]
    assert Feedback.select().count() == 0
    row = give(db, giver, request_id=request.id)
    assert (row.plan_id, row.relation, row.request_id) == (plan.id, PEER, request.id)
    assert FeedbackRequest.get_by_id(request.id).answered_at == MAY
    assert refused(lambda: give(db, giver, at=MAY + timedelta(days=1), request_id=request.id)) == [
        ("ALREADY_ANSWERED", "input.requestId")
    ]
    assert Feedback.select().count() == 1
