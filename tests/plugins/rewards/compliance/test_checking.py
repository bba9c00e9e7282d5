"""The daily check: what is owed, what was done, who is reminded and when a superior is told."""

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

import pytest

from core.attendance.models import Leave
from core.attendance.terms import LeaveKind
from core.errors import Refused
from core.history.models import HistoryRecord
from core.live.models import LiveEvent
from core.organisation.models import Employee
from core.organisation.terms import EmployeeState
from core.planning.terms import PlanState
from core.progress.models import Feedback, ProgressRecord
from core.progress.terms import FeedbackTone, GiverRelation
from core.work import UnitOfWork
from plugins.rewards.compliance.models import ComplianceNotice, ComplianceRule, Obligation
from plugins.rewards.compliance.reading import compliance_of_units
from plugins.rewards.compliance.services import checking
from plugins.rewards.compliance.services.checking import check_compliance
from plugins.rewards.compliance.services.exempting import accept_late, grant_exemption, withdraw_exemption
from plugins.rewards.compliance.services.rules import change_rule, create_rule, end_rule
from plugins.rewards.compliance.terms import ComplianceDuty as Duty
from plugins.rewards.compliance.terms import ExemptReason, NoticeKind
from plugins.rewards.compliance.terms import ObligationState as State
from tests.support.calls import call_as, on, system_context
from tests.support.city import person, post
from tests.support.grants import give_role
from tests.support.plans import plan_of, result_of
from tests.support.statements import counted_statements


@pytest.fixture
def world(city, db):
    """Plans of officer, clerk and chief for 2026, and the steps of the tests."""

    class World:
        def check(self, day):
            return check_compliance(system_context(db, on(day)))

        def ctx(self, who, day=date(2026, 3, 2)):
            return call_as(db, who.id, on(day))

        def rule(self, duty=Duty.PROGRESS, unit=None, **values):
            return create_rule(
                system_context(db),
                **{
                    "unit_id": (unit or city.root).id, "duty": duty, "name": "Laporan", "valid_from": date(2026, 1, 1),
                    **values,
                },
            )  # fmt: skip

        def report(self, who, happened_on, entered_on):
            plan = self.plans[who]
            record = ProgressRecord.create(plan=plan, work_result=self.results[who], happened_on=happened_on, note="-")
            ProgressRecord.update(created_at=on(entered_on)).where(ProgressRecord.id == record.id).execute()

        def obligations(self, **only):
            query = Obligation.select().order_by(Obligation.duty, Obligation.number, Obligation.about)
            for name, wanted in only.items():
                query = query.where(getattr(Obligation, name) == wanted)
            return list(query)

    found = World()
    found.city, found.db = city, db
    found.plans = {
        name: plan_of(getattr(city, name), city.period, state=PlanState.APPROVED)
        for name in ("officer", "clerk", "chief")
    }
    found.results = {name: result_of(plan) for name, plan in found.plans.items()}
    return found


def states(rows):
    return Counter(row.state for row in rows)


def refused(code):
    return pytest.raises(Refused, match=f"^{code}:")


def notices(kind=NoticeKind.REMINDER):
    return [
        (row.employee_id, row.number, row.sent_on)
        for row in ComplianceNotice.select().where(ComplianceNotice.kind == kind).order_by(ComplianceNotice.id)
    ]


def test_without_a_rule_nobody_owes_anything(world):
    assert vars(world.check(date(2026, 3, 2))) == {"noted": 0, "changed": 0, "reminders": 0, "notes": 0}
    assert not Obligation.select().exists()


def test_progress_of_each_month_is_owed_and_settled_by_the_day_on_which_it_was_entered(world):
    city = world.city
    world.rule()
    world.report("officer", date(2026, 1, 20), date(2026, 2, 6))
    world.report("clerk", date(2026, 1, 20), date(2026, 2, 9))

    done = world.check(date(2026, 2, 16))

    assert done.noted == 6
    assert {(row.about_id, row.number): (row.due_on, row.state, row.met_on) for row in world.obligations()} == {
        (city.officer.id, 1): (date(2026, 2, 6), State.ON_TIME, date(2026, 2, 6)),
        (city.clerk.id, 1): (date(2026, 2, 6), State.LATE, date(2026, 2, 9)),
        (city.chief.id, 1): (date(2026, 2, 6), State.OPEN, None),
        (city.officer.id, 2): (date(2026, 3, 6), State.OPEN, None),
        (city.clerk.id, 2): (date(2026, 3, 6), State.OPEN, None),
        (city.chief.id, 2): (date(2026, 3, 6), State.OPEN, None),
    }


def test_the_check_may_run_as_often_as_it_likes(world):
    world.rule()
    day = date(2026, 2, 16)
    first = world.check(day)
    history, events = HistoryRecord.select().count(), LiveEvent.select().count()
    assert (first.noted, first.reminders, first.changed) == (6, 3, 0)

    assert vars(world.check(day)) == {"noted": 0, "changed": 0, "reminders": 0, "notes": 0}
    assert (HistoryRecord.select().count(), LiveEvent.select().count()) == (history, events)


def test_reminders_come_at_their_intervals_then_a_note_to_the_superior_and_no_more(world):
    city = world.city
    rule = world.rule(unit=city.registry, remind_working_days=2, repeat_working_days=3, most_reminders=3)
    world.report("clerk", date(2026, 1, 20), date(2026, 2, 2))
    world.report("chief", date(2026, 1, 20), date(2026, 2, 2))
    day = date(2026, 1, 26)
    while day <= date(2026, 2, 27):
        world.check(day)
        day += timedelta(days=1)

    assert notices() == [
        (city.officer.id, 1, date(2026, 2, 4)),
        (city.officer.id, 2, date(2026, 2, 9)),
        (city.officer.id, 3, date(2026, 2, 12)),
    ]
    assert notices(NoticeKind.NOTE) == [(city.chief.id, 1, date(2026, 2, 20))]
    kept = ComplianceNotice.select().first()
    assert (kept.rule_id, kept.rule_revision, kept.due_on) == (rule.id, 1, date(2026, 2, 6))
    told = Counter(row.name for row in LiveEvent.select())
    assert (told["rewards.compliance_reminded"], told["rewards.compliance_noted"]) == (3, 1)


def test_after_a_standstill_only_one_reminder_goes_out_a_day(world):
    city = world.city
    world.rule(unit=city.registry)

    world.check(date(2026, 2, 26))
    world.check(date(2026, 2, 27))

    assert sorted(notices()) == sorted((who.id, 1, date(2026, 2, 26)) for who in (city.chief, city.officer, city.clerk))


def test_what_was_done_is_no_longer_reminded_of(world):
    city = world.city
    world.rule(unit=city.registry)
    world.report("officer", date(2026, 1, 20), date(2026, 2, 3))
    world.check(date(2026, 2, 5))

    assert {who for who, _, _ in notices()} == {city.clerk.id, city.chief.id}


@pytest.mark.parametrize("part", range(1, 7))
def test_killed_in_the_middle_the_job_goes_on_and_sends_nothing_twice(world, monkeypatch, part):
    world.rule()
    world.rule(Duty.PLAN, due_working_days=1)
    monkeypatch.setattr(checking, "_AT_ONCE", 2)
    flush, flushed = UnitOfWork.flush, []

    def dying(work):
        flushed.append(1)
        if len(flushed) == part:
            raise KeyboardInterrupt
        return flush(work)

    monkeypatch.setattr(UnitOfWork, "flush", dying)
    day = date(2026, 2, 12)
    with pytest.raises(KeyboardInterrupt):
        world.check(day)
    monkeypatch.setattr(UnitOfWork, "flush", flush)
    world.check(day)
    after = (sorted(notices()), sorted(notices(NoticeKind.NOTE)), len(world.obligations()))

    assert len(set(notices())) == len(notices()) > 0
    told = Counter(row.name for row in LiveEvent.select())
    assert told["rewards.compliance_reminded"] == len(notices())
    world.check(day)
    assert (sorted(notices()), sorted(notices(NoticeKind.NOTE)), len(world.obligations())) == after


def test_the_rule_of_the_nearest_unit_counts_and_a_change_is_the_next_version(world):
    city = world.city
    world.rule(due_working_days=5)
    near = world.rule(unit=city.registry, due_working_days=3)
    world.check(date(2026, 1, 15))
    changed = change_rule(
        system_context(world.db), near.id, near.version, {"due_working_days": 1}, valid_from=date(2026, 2, 1)
    )
    world.check(date(2026, 2, 16))

    first, second = world.obligations(about=city.officer.id)
    assert (first.rule_id, first.due_on) == (near.id, date(2026, 2, 4))
    assert (second.rule_id, second.due_on) == (changed.id, date(2026, 3, 2))
    assert ComplianceRule.get_by_id(near.id).valid_to == date(2026, 1, 31)
    assert (changed.revision, changed.name) == (2, "Laporan")


def test_a_rule_that_ended_asks_for_nothing_more(world):
    rule = world.rule()
    end_rule(system_context(world.db), rule.id, rule.version, date(2026, 2, 27))

    world.check(date(2026, 2, 16))

    assert {row.number for row in world.obligations()} == {1}


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"name": " "}, "TEXT_MISSING"),
        ({"due_working_days": 61}, "COMPLIANCE_NUMBER"),
        ({"note_working_days": 0}, "COMPLIANCE_NUMBER"),
        ({"exempt": ["SICK"]}, "COMPLIANCE_UNKNOWN_EXEMPTION"),
        ({"exempt_leave": ["PPPK"]}, "COMPLIANCE_UNKNOWN_EXEMPTION"),
        ({"valid_to": date(2025, 12, 31)}, "PERIOD_REVERSED"),
        ({}, "COMPLIANCE_RULE_TWICE"),
    ],
)
def test_a_rule_that_cannot_hold_is_refused(world, values, code):
    if not values:
        world.rule()
    before = ComplianceRule.select().count()
    with refused(code):
        world.rule(**values)

    assert ComplianceRule.select().count() == before


def test_only_the_latest_version_is_changed_and_only_forward(world):
    rule = world.rule()
    ctx = system_context(world.db)
    with refused("COMPLIANCE_RULE_DAY"):
        change_rule(ctx, rule.id, rule.version, {}, valid_from=rule.valid_from)
    change_rule(ctx, rule.id, rule.version, {"most_reminders": 1}, valid_from=date(2026, 2, 1))

    with refused("COMPLIANCE_RULE_OLD"):
        change_rule(ctx, rule.id, None, {}, valid_from=date(2026, 3, 1))
    with refused("COMPLIANCE_RULE_OLD"):
        end_rule(ctx, rule.id, None, date(2026, 3, 1))
    with refused("FORBIDDEN"):
        change_rule(world.ctx(world.city.officer), rule.id, None, {}, valid_from=date(2026, 3, 1))


def test_leave_exempts_for_a_whole_month_and_otherwise_puts_off(world):
    city = world.city
    world.rule()
    for who, kind, first, last in (
        (city.officer, LeaveKind.MATERNITY, date(2026, 1, 1), date(2026, 1, 31)),
        (city.clerk, LeaveKind.ANNUAL, date(2026, 2, 2), date(2026, 2, 3)),
        (city.chief, LeaveKind.COLLECTIVE, date(2026, 1, 1), date(2026, 1, 31)),
    ):
        Leave.create(employee=who, kind=kind, first_day=first, last_day=last)

    world.check(date(2026, 1, 15))

    found = {row.about_id: (row.due_on, row.state, row.exempt_by) for row in world.obligations()}
    assert found == {
        city.officer.id: (date(2026, 2, 6), State.EXEMPT, ExemptReason.LEAVE),
        city.clerk.id: (date(2026, 2, 10), State.OPEN, None),
        city.chief.id: (date(2026, 2, 6), State.OPEN, None),
    }


def test_who_has_left_owes_nothing_and_a_plan_that_ended_is_owed_no_longer(world):
    city = world.city
    world.rule()
    world.check(date(2026, 1, 15))
    Employee.update(state=EmployeeState.LEFT).where(Employee.id == city.officer.id).execute()
    plan = world.plans["clerk"]
    plan.state = PlanState.ENDED
    plan.save()

    world.check(date(2026, 1, 16))

    found = {row.about_id: (row.state, row.exempt_by) for row in world.obligations()}
    assert found == {
        city.officer.id: (State.EXEMPT, ExemptReason.STATUS),
        city.clerk.id: (State.EXEMPT, ExemptReason.NO_LONGER_OWED),
        city.chief.id: (State.OPEN, None),
    }


def test_hr_exempts_with_reason_and_days_and_takes_it_back(world):
    city = world.city
    world.rule()
    give_role(city.head, "rewards.compliance_officer", city.agency)
    ctx = world.ctx(city.head, date(2026, 1, 15))
    made = grant_exemption(
        ctx, employee_id=city.officer.id, first_day=date(2026, 2, 1), last_day=date(2026, 2, 28), reason="Belajar",
        duty=Duty.PROGRESS,
    )  # fmt: skip
    grant_exemption(
        ctx, employee_id=city.clerk.id, first_day=date(2026, 2, 1), last_day=date(2026, 2, 28), reason="Lain",
        duty=Duty.PLAN,
    )  # fmt: skip
    world.check(date(2026, 1, 15))
    assert {row.about_id: row.exempt_by for row in world.obligations()} == {
        city.officer.id: ExemptReason.GRANTED, city.clerk.id: None, city.chief.id: None,
    }  # fmt: skip

    withdraw_exemption(ctx, made.id, made.version, "Kembali")
    with refused("EXEMPTION_WITHDRAWN"):
        withdraw_exemption(ctx, made.id, None, "Kembali")
    world.check(date(2026, 1, 16))

    assert states(world.obligations()) == {State.OPEN: 3}


def test_nobody_exempts_himself_and_reasons_are_asked_for(world):
    city = world.city
    give_role(city.officer, "rewards.compliance_officer")
    days = {"first_day": date(2026, 2, 1), "last_day": date(2026, 2, 28)}
    with refused("FORBIDDEN"):
        grant_exemption(world.ctx(city.officer), employee_id=city.officer.id, reason="-", **days)
    with refused("REASON_MISSING"):
        grant_exemption(world.ctx(city.officer), employee_id=city.clerk.id, reason=" ", **days)
    with refused("FORBIDDEN"):
        grant_exemption(world.ctx(city.chief), employee_id=city.clerk.id, reason="-", **days)


def test_a_late_report_is_accepted_with_a_reason_by_the_superior_never_by_oneself(world):
    city = world.city
    world.rule()
    world.report("officer", date(2026, 1, 20), date(2026, 2, 20))
    world.check(date(2026, 2, 23))
    (row,) = world.obligations(about=city.officer.id, number=1)
    (other,) = world.obligations(about=city.clerk.id, number=1)
    for who, key, reason, code in (
        (city.officer, row.id, "Sakit", "FORBIDDEN"),
        (city.chief, row.id, " ", "REASON_MISSING"),
        (city.chief, other.id, "Sakit", "COMPLIANCE_NOT_LATE"),
        (city.other, row.id, "Sakit", "NOT_FOUND"),
    ):
        with refused(code):
            accept_late(world.ctx(who), key, None, reason)

    found = accept_late(world.ctx(city.chief), row.id, row.version, "Sistem mati")

    assert (found.state, found.reason) == (State.EXCUSED, "Sistem mati")
    world.check(date(2026, 2, 24))
    assert Obligation.get_by_id(row.id).state is State.EXCUSED


def test_plans_evaluations_and_feedback_are_owed_too(world):
    city = world.city
    world.rule(Duty.PLAN, due_working_days=0)
    world.rule(Duty.EVALUATION, due_working_days=10)
    world.rule(Duty.FEEDBACK, due_working_days=5)
    Feedback.create(
        plan=world.plans["clerk"], employee=city.clerk, giver=city.chief, relation=GiverRelation.SUPERIOR,
        tone=FeedbackTone.POSITIVE, text="Baik", given_on=date(2026, 3, 2),
    )  # fmt: skip
    Feedback.update(created_at=on(date(2026, 3, 2))).execute()

    world.check(date(2026, 4, 2))

    plans = {row.about_id: (row.due_on, row.state) for row in world.obligations(duty=Duty.PLAN)}
    assert len(plans) == 7
    assert plans[city.officer.id] == (date(2026, 1, 31), State.ON_TIME)
    assert plans[city.other.id] == (date(2026, 1, 31), State.OPEN)
    evaluations = {
        (row.about_id, row.number): (row.employee_id, row.due_on) for row in world.obligations(duty=Duty.EVALUATION)
    }
    assert evaluations[city.officer.id, 1] == (city.chief.id, date(2026, 4, 14))
    assert evaluations[city.chief.id, 1] == (city.head.id, date(2026, 4, 14))
    assert {number for _, number in evaluations} == {1, 2}
    feedback = {(row.about_id, row.number): row.state for row in world.obligations(duty=Duty.FEEDBACK)}
    assert feedback[city.clerk.id, 1] is State.ON_TIME
    assert feedback[city.officer.id, 1] is State.OPEN


def test_how_a_unit_stands_is_counted_as_the_caller_sees_it(world):
    city = world.city
    world.rule()
    world.report("officer", date(2026, 1, 20), date(2026, 2, 6))
    world.report("clerk", date(2026, 1, 20), date(2026, 2, 9))
    world.check(date(2026, 2, 16))
    span = (date(2026, 2, 1), date(2026, 3, 31))
    ctx = world.ctx(city.head, date(2026, 2, 16))
    with counted_statements() as statements:
        found = compliance_of_units(ctx, [city.agency.id, city.archive.id], *span)
    assert len(statements) == 2

    whole, archive = found[city.agency.id], found[city.archive.id]
    assert (whole.on_time, whole.late, whole.overdue, whole.pending) == (1, 1, 1, 3)
    assert whole.on_time_percent == Decimal("33.3")
    assert archive.on_time_percent is None
    own = compliance_of_units(world.ctx(city.officer, date(2026, 2, 16)), [city.agency.id], *span)[city.agency.id]
    assert (own.on_time, own.late, own.overdue, own.pending) == (1, 0, 0, 1)


def test_statements_of_a_check_do_not_grow_with_people(world):
    city = world.city
    world.rule()
    with counted_statements() as few:
        world.check(date(2026, 1, 15))
    Obligation.delete().execute()
    for number in range(30):
        one = person(f"19900517201503{number % 2 + 1}{number + 100}", f"Pegawai {number}")
        post(one, city.archive, f"Arsiparis {number}", "PELAKSANA", is_head=False)
        plan_of(one, city.period, state=PlanState.APPROVED)
    with counted_statements() as many:
        world.check(date(2026, 1, 15))

    assert Obligation.select().count() == 33
    # Obligations and their history are written many rows at a time.
    assert len(many) - len(few) <= 4


def test_a_span_that_is_long_over_is_looked_at_as_long_as_something_of_it_is_open(world):
    city = world.city
    world.rule(unit=city.registry)
    for name in ("officer", "clerk", "chief"):
        world.report(name, date(2026, 1, 20), date(2026, 2, 2))
    world.check(date(2026, 2, 16))
    assert states(world.obligations(number=1)) == {State.ON_TIME: 3}
    late = plan_of(city.other, city.period, state=PlanState.APPROVED, unit=city.registry)
    world.check(date(2026, 6, 1))
    assert not world.obligations(number=1, about=city.other.id)
    (march,) = world.obligations(number=3, about=city.other.id)

    ProgressRecord.create(plan=late, work_result=result_of(late), happened_on=date(2026, 3, 9), note="-")
    ProgressRecord.update(created_at=on(date(2026, 9, 1))).where(ProgressRecord.plan == late.id).execute()
    world.check(date(2026, 9, 2))

    assert Obligation.get_by_id(march.id).state is State.LATE
