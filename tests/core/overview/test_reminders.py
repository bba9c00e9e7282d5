"""Reminders: who sends them to whom, once a day, one by one or for a whole list."""

from datetime import date

import pytest

from core import jobs
from core.errors import Refused
from core.history.models import HistoryRecord
from core.identity.models import Account, RoleGrant
from core.jobs import JobQueue
from core.organisation.models import WorkUnit
from core.overview.models import Reminder, ReminderOrder
from core.overview.reminders import Thing, order_reminders, remind, reminders_to, send_ordered
from core.overview.terms import DutyKind, OrderState
from core.planning.models import PerformancePlan
from core.registry import active_registry
from tests.core.overview.conftest import TODAY
from tests.support.calls import call_as, on, system_context
from tests.support.city import START

TOMORROW = date(2026, 7, 21)


@pytest.fixture
def queue(db):
    """The queue of background jobs; nothing works through it."""
    jobs.install(JobQueue(db, active_registry().jobs))


@pytest.fixture
def accounts(city):
    for name in ("head", "chief", "officer"):
        Account.create(username=name, display_name=name, employee=getattr(city, name))


def plan_owed(city, about="clerk"):
    return Thing(DutyKind.PLAN, getattr(city, about).id, city.period.id)


def code(refusal):
    return refusal.value.problems[0].code


def test_a_superior_reminds_and_the_person_is_told_on_its_own_page(city, plans, calls, accounts):
    sent = remind(calls("head"), plan_owed(city))

    (told,) = reminders_to(calls("chief"))
    assert told == sent
    assert (told.employee_id, told.about_id, told.sender_name, told.sent_on) == (
        city.chief.id, city.clerk.id, "head", TODAY,
    )  # fmt: skip
    assert reminders_to(calls("clerk")) == []
    (record,) = HistoryRecord.select()
    assert (record.action, record.subject_type, record.actor_name) == ("create", "Reminder", "head")


def test_nobody_is_reminded_of_the_same_twice_a_day(city, plans, calls, accounts):
    remind(calls("head"), plan_owed(city))

    with pytest.raises(Refused) as refusal:
        remind(calls("head"), plan_owed(city))
    assert code(refusal) == "REMINDED_TODAY"
    assert Reminder.select().count() == HistoryRecord.select().count() == 1

    remind(calls("head", TOMORROW), plan_owed(city))
    remind(calls("head"), plan_owed(city, "other"))
    assert Reminder.select().count() == 3


@pytest.mark.parametrize(
    ("who", "about", "expected"),
    [
        ("officer", "clerk", "NOT_FOUND"),
        ("other_chief", "clerk", "NOT_FOUND"),
        ("officer", "officer", "NOT_FOUND"),
        ("chief", "clerk", "REMINDS_ONESELF"),
        ("head", "officer", "NOT_FOUND"),
    ],
)
def test_what_is_not_owed_or_not_seen_is_refused(city, plans, calls, accounts, who, about, expected):
    with pytest.raises(Refused) as refusal:
        remind(calls(who), plan_owed(city, about))

    assert code(refusal) == expected
    assert Reminder.select().count() == 0


def test_who_only_reads_does_not_remind(db, city, plans):
    account = Account.create(username="auditor", employee=city.secretary)
    RoleGrant.create(account=account, role="auditor", unit=city.agency, valid_from=START)
    ctx = call_as(db, city.secretary.id, on(TODAY))
    ctx.actor = type(ctx.actor)(today=TODAY, account_id=account.id, name="auditor", grants=ctx.actor.grants)

    with pytest.raises(Refused) as one:
        remind(ctx, plan_owed(city))
    with pytest.raises(Refused) as all_of_them:
        order_reminders(ctx, city.agency.id, city.period.id, None)

    assert (code(one), code(all_of_them)) == ("FORBIDDEN", "FORBIDDEN")
    assert Reminder.select().count() == ReminderOrder.select().count() == 0


def test_a_plan_without_an_evaluator_leaves_nobody_to_remind(city, plans, calls, accounts):
    PerformancePlan.update(evaluator=None).where(PerformancePlan.id == plans["officer"].id).execute()
    thing = Thing(DutyKind.PERIODIC_EVALUATION, city.officer.id, city.period.id, 1)

    with pytest.raises(Refused) as refusal:
        remind(calls("head"), thing)

    assert code(refusal) == "NOBODY_TO_REMIND"


def test_a_whole_list_is_reminded_in_the_background_as_whoever_ordered_it(db, city, plans, calls, accounts, queue):
    remind(calls("head"), plan_owed(city))
    order = order_reminders(calls("head"), city.agency.id, city.period.id, DutyKind.PLAN)

    assert Reminder.select().count() == 1
    assert send_ordered(system_context(db, on(TODAY))) == 2

    order = ReminderOrder.get_by_id(order.id)
    assert (order.state, order.sent) == (OrderState.DONE, 2)
    assert {(row.employee_id, row.sender_name) for row in Reminder.select()} == {
        (city.chief.id, "head"), (city.other.id, "head"), (city.other_chief.id, "head"),
    }  # fmt: skip
    assert send_ordered(system_context(db, on(TODAY))) == 0


def test_the_same_order_twice_is_one(city, plans, calls, accounts, queue):
    first = order_reminders(calls("head"), city.agency.id, city.period.id, None)

    assert order_reminders(calls("head"), city.agency.id, city.period.id, None) == first
    assert ReminderOrder.select().count() == 1


def test_an_order_of_one_who_lost_the_right_sends_nothing(db, city, plans, calls, accounts, queue):
    order = order_reminders(calls("chief"), city.registry.id, city.period.id, None)
    Account.update(is_active=False).where(Account.username == "chief").execute()

    assert send_ordered(system_context(db, on(TODAY))) == 0

    assert ReminderOrder.get_by_id(order.id).state is OrderState.DONE
    assert Reminder.select().count() == 0


@pytest.mark.parametrize("where", ["agency", "archive", "root"])
def test_nobody_orders_reminders_above_or_beside_his_own_unit(city, plans, calls, accounts, queue, where):
    with pytest.raises(Refused) as refusal:
        order_reminders(calls("chief"), getattr(city, where).id, city.period.id, None)

    assert code(refusal) == "FORBIDDEN"
    assert ReminderOrder.select().count() == 0
    assert WorkUnit.select().count() == 4
