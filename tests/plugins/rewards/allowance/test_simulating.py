"""Simulations from what core and discipline know: predicate, attendance, leave and sanctions, under the policy."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest

from core.appraisal.models import Evaluation
from core.appraisal.terms import EvaluationKind, EvaluationState, Predicate
from core.attendance.models import AttendanceDay, Leave
from core.attendance.terms import AttendanceState, LeaveKind
from core.errors import Refused
from core.law.models import RuleVersion
from core.organisation.models import Position
from core.planning.models import EvaluationWindow, PerformancePlan
from core.planning.terms import PlanApproach, PlanState
from core.workdays.rules import is_working_day
from core.workdays.services import load_holidays
from plugins.rewards.allowance import reading
from plugins.rewards.allowance.models import AllowanceLine, AllowanceRun
from plugins.rewards.allowance.rule_sets import TABLE
from plugins.rewards.allowance.services.examples import adopt_example, examples
from plugins.rewards.allowance.services.simulating import (
    delete_old_simulations,
    delete_simulation,
    seen_simulations,
    simulate_unit,
)
from plugins.rewards.allowance.terms import AllowanceGap, BasisBy
from plugins.rewards.discipline.effects import SanctionSpell
from plugins.rewards.discipline.terms import SanctionLevel
from tests.support.calls import call_as, system_context
from tests.support.city import person, post, report
from tests.support.grants import give_role
from tests.support.statements import counted_statements

D = Decimal
JUNE = datetime(2026, 6, 10, 5, 0, tzinfo=UTC)
"""The month of pay; its attendance is that of May, its predicate that of the first quarter."""
MAY = date(2026, 5, 1)


def working_days():
    last = date(2026, 5, 31)
    holidays = load_holidays(MAY, last)
    return [day for n in range(31) if is_working_day(day := MAY + timedelta(days=n), holidays)]


def present(employee, **by_day):
    for day in working_days():
        values = {"state": AttendanceState.PRESENT, **by_day.get(f"d{day.day}", {})}
        AttendanceDay.create(employee=employee, day=day, **values)


def evaluated(city, employee, where, predicate=Predicate.GOOD, number=1, state=EvaluationState.FINAL):
    plan, _ = PerformancePlan.get_or_create(
        period=city.period, employee=employee, position=where,
        defaults={
            "unit": where.unit, "evaluator": city.chief, "approach": PlanApproach.QUANTITATIVE,
            "state": PlanState.APPROVED, "starts_on": date(2026, 1, 1), "ends_on": date(2026, 12, 31),
        },
    )  # fmt: skip
    return Evaluation.create(
        plan=plan, period=city.period, window=EvaluationWindow.get(EvaluationWindow.number == number),
        window_number=number, employee=employee, evaluator=city.chief, unit=where.unit,
        kind=EvaluationKind.PERIODIC, state=state, predicate=predicate,
    )  # fmt: skip


@pytest.fixture
def office(db, city):
    """Officer (class 9) and clerk (class 5) of the registry were there in May; Tulang Bawang's table holds."""
    for name, job_class in (("officer", 9), ("clerk", 5)):
        where = city.positions[name]
        Position.update(job_class=job_class).where(Position.id == where.id).execute()
        evaluated(city, getattr(city, name), where)
        present(getattr(city, name))
    adopt_example(
        system_context(db), code="tulang_bawang", regulation="Perbup 1/2026", valid_from=date(2026, 1, 1),
        basis_by=BasisBy.JOB_CLASS, amounts={"9": "5000000", "5": "2000000"},
    )  # fmt: skip
    return SimpleNamespace(city=city, db=db, officer=city.officer, clerk=city.clerk)


def own(office, employee=None, month=date(2026, 6, 1), at=JUNE):
    who = employee or office.officer
    return seen_simulations(call_as(office.db, who.id, at), [who.id], month)[who.id]


def test_a_month_without_anything(office):
    found = own(office)

    assert (found.month, found.attendance_month) == (date(2026, 6, 1), MAY)
    assert (found.calculation.basis, found.calculation.result) == (D(5000000), D(5000000))
    assert (found.rule.regulation, found.rule.confidence) == ("Perbup 1/2026", "L")
    assert own(office, office.clerk).calculation.result == D(2000000)


def test_what_is_known_of_days_counts(office):
    days = working_days()
    for day, values in (
        (days[0], {"late_minutes": 40}),
        (days[1], {"has_no_record": True, "late_minutes": 300}),
        (days[2], {"missed_assembly": True}),
    ):
        AttendanceDay.update(values).where(
            (AttendanceDay.employee == office.officer.id) & (AttendanceDay.day == day)
        ).execute()
    # Of 2,000,000 for discipline: 1 %, 1.5 % and 2 %.
    assert own(office).calculation.result == D(5000000 - 20000 - 30000 - 40000)


def test_the_predicate_of_the_last_window_that_is_over_counts_and_no_other(office):
    Evaluation.update(predicate=Predicate.POOR).where(Evaluation.employee == office.officer.id).execute()
    assert own(office).calculation.result == D(3200000)
    # In July it is the second quarter's, of which nothing is final.
    july = own(office, month=date(2026, 7, 31), at=JUNE + timedelta(days=60))
    assert AllowanceGap.PREDICATE in [one.gap for one in july.calculation.missing]
    evaluated(office.city, office.officer, office.city.positions["officer"], number=2, state=EvaluationState.RATED)
    july = own(office, month=date(2026, 7, 31), at=JUNE + timedelta(days=60))
    assert AllowanceGap.PREDICATE in [one.gap for one in july.calculation.missing]


def test_leave_takes_the_place_of_attendance_and_is_missing_where_the_table_is_silent(office):
    first, second = working_days()[:2]
    AttendanceDay.delete().where(
        AttendanceDay.employee == office.officer.id, AttendanceDay.day.in_([first, second])
    ).execute()
    Leave.create(employee=office.officer, kind=LeaveKind.SICK, first_day=first, last_day=second)

    found = own(office).calculation

    assert [(one.gap, one.detail) for one in found.missing] == [(AllowanceGap.SHARE_OF_LEAVE, "SICK")]


@pytest.mark.parametrize(
    ("change", "gap"),
    [
        (lambda o: AttendanceDay.delete().where(AttendanceDay.day == working_days()[0]).execute(), "ATTENDANCE"),
        (lambda o: Position.update(job_class=None).execute(), "BASIS"),
        (lambda o: Position.update(job_class=7).execute(), "BASIS"),
        (lambda o: Evaluation.update(state=EvaluationState.RATED).execute(), "PREDICATE"),
        (lambda o: RuleVersion.delete().where(RuleVersion.kind == TABLE).execute(), "TABLE"),
    ],
)
def test_what_is_missing_is_named(office, change, gap):
    change(office)

    found = own(office).calculation

    assert found.result is None
    assert [one.gap.value for one in found.missing] == [gap]


def test_a_month_of_attendance_that_is_not_over_has_no_result(office):
    found = own(office, at=datetime(2026, 5, 31, 5, 0, tzinfo=UTC))

    assert [one.gap.value for one in found.calculation.missing] == ["MONTH_NOT_OVER"]


@pytest.fixture
def sanctioned(office, monkeypatch):
    """The officer was given an oral reprimand in May, of which the table says 20 % for one month."""
    version = RuleVersion.get(RuleVersion.kind == TABLE)
    version.content["sanctions"]["lines"] = {"LIGHT_1": {"percent": "20", "months": 2}}
    version.save()
    day = date(2026, 5, 12)
    spell = SanctionSpell(office.officer.id, SanctionLevel.LIGHT, 1, "LIGHT_1", day, day)
    monkeypatch.setattr(
        reading, "sanction_spells", lambda ids, _first, _last: [spell] if office.officer.id in ids else []
    )
    return office


def test_a_sanction_is_shown_to_the_person_and_to_who_may_know_of_it(db, sanctioned):
    give_role(sanctioned.city.chief, "rewards.allowance", sanctioned.city.registry)
    give_role(sanctioned.city.head, "rewards.allowance_sanctions")
    key = sanctioned.officer.id

    def seen_by(who):
        found = seen_simulations(call_as(db, who.id, JUNE), [key], date(2026, 6, 1))
        return (found[key].with_sanctions, found[key].calculation.result) if found else None

    assert seen_by(sanctioned.officer) == (True, D(4000000))
    assert seen_by(sanctioned.city.head) == (True, D(4000000))
    # To whoever simulates, it is as if there were none.
    assert seen_by(sanctioned.city.chief) == (False, D(5000000))
    assert seen_by(sanctioned.clerk) is None
    assert seen_by(sanctioned.city.secretary) is None


def test_in_the_third_month_a_sanction_of_two_months_takes_nothing(sanctioned):
    for number in range(31):
        day = date(2026, 6, 1) + timedelta(days=number)
        AttendanceDay.create(employee=sanctioned.officer, day=day, state=AttendanceState.PRESENT)
    evaluated(sanctioned.city, sanctioned.officer, sanctioned.city.positions["officer"], number=2)
    july = own(sanctioned, month=date(2026, 7, 1), at=JUNE + timedelta(days=40))

    assert july.calculation.result == D(5000000)


def test_a_simulation_of_a_unit_is_kept_with_its_table(db, office):
    give_role(office.city.chief, "rewards.allowance", office.city.registry)
    ctx = call_as(db, office.city.chief.id, JUNE)

    run = simulate_unit(ctx, office.city.registry.id, date(2026, 6, 20))

    # The chief has neither class nor attendance: that is said and not guessed.
    assert (run.employees, run.incomplete, run.with_sanctions) == (3, 1, False)
    assert (run.month, run.attendance_month, run.rule["regulation"]) == (date(2026, 6, 1), MAY, "Perbup 1/2026")
    lines = {line.employee_id: line for line in AllowanceLine.select().where(AllowanceLine.run == run.id)}
    assert lines[office.officer.id].result == D(5000000)
    assert lines[office.city.chief.id].result is None
    assert lines[office.city.chief.id].missing == [{"gap": "BASIS", "detail": ""}]
    for line in lines.values():
        if line.result is not None:
            assert sum(D(step["amount"]) for step in line.steps) == line.result
    with pytest.raises(Refused) as refusal:
        simulate_unit(ctx, office.city.archive.id, date(2026, 6, 20))
    assert [problem.code for problem in refusal.value.problems] == ["FORBIDDEN"]
    assert AllowanceRun.select().count() == 1


def test_without_a_table_nothing_is_simulated(db, city):
    with pytest.raises(Refused) as refusal:
        simulate_unit(system_context(db, JUNE), city.registry.id, date(2026, 6, 1))
    assert [problem.code for problem in refusal.value.problems] == ["NO_RULE_IN_FORCE"]
    assert AllowanceRun.select().count() == 0


def test_simulations_go_by_hand_and_by_the_clock(db, office):
    ctx = system_context(db, JUNE)
    first, second = (simulate_unit(ctx, office.city.registry.id, date(2026, 6, 1)) for _ in range(2))
    delete_simulation(ctx, first.id)
    assert [row.id for row in AllowanceRun.select()] == [second.id]
    assert delete_old_simulations(system_context(db, JUNE + timedelta(days=365))) == 0
    assert delete_old_simulations(system_context(db, JUNE + timedelta(days=366))) == 1
    assert AllowanceLine.select().count() == 0


def test_many_people_take_as_many_statements_as_few(db, office):
    ctx = system_context(db, JUNE)
    with counted_statements() as few:
        reading.simulations(ctx, [office.officer.id], date(2026, 6, 1), sanctions_of=None)
    ids = [office.officer.id]
    for number in range(40):
        one = person(f"19900{number % 9 + 1}172015031{number + 10:03}", f"Pegawai {number:02}")
        post(one, office.city.registry, f"Staf {number}", "PELAKSANA", is_head=False)
        report(one, office.city.chief)
        ids.append(one.id)
    with counted_statements() as many:
        found = reading.simulations(ctx, ids, date(2026, 6, 1), sanctions_of=None)

    assert len(found) == 41
    assert len(many) == len(few) <= 8


@pytest.mark.parametrize(
    "values", [{"code": "nowhere"}, {"amounts": {"9": 5}}, {"amounts": ["9"]}, {"regulation": " "}]
)
def test_an_example_is_adopted_whole_or_not(db, registry, values):
    given = {
        "code": "kepahiang", "regulation": "Perbup 1/2026", "valid_from": date(2026, 1, 1),
        "basis_by": BasisBy.JOB_CLASS, "amounts": {"9": "5000000"}, **values,
    }  # fmt: skip

    with pytest.raises(Refused) as refusal:
        adopt_example(system_context(db), **given)

    assert [problem.code for problem in refusal.value.problems] in (
        ["ALLOWANCE_EXAMPLE"], ["BAD_RULE_CONTENT"], ["TEXT_MISSING"],
    )  # fmt: skip
    assert RuleVersion.select().where(RuleVersion.kind == TABLE).count() == 0


def test_no_table_is_in_force_by_itself(registry):
    assert len(examples()) == 3
    assert RuleVersion.select().where(RuleVersion.kind == TABLE).count() == 0
