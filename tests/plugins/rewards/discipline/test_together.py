"""Two at the same moment: one sanction for a breach, one of each step."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

from core.database import database
from core.plugin_api import Refused
from plugins.rewards.discipline.models import Breach, DecisionDelivery, DisciplineClock, SanctionDecision
from plugins.rewards.discipline.services.sweeping import sweep
from plugins.rewards.discipline.terms import ClockKind, ClockState, Impact
from tests.plugins.rewards.discipline.conftest import ACT

THREADS = 6


def at_once(*works):
    """Run all in threads with connections of their own; codes of refusals are answers, too."""
    barrier = Barrier(len(works))

    def run(work):
        with database.connection_context():
            barrier.wait()
            try:
                return bool(work())
            except Refused as refused:
                return refused.problems[0].code

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def test_cases_on_the_same_breach_that_are_decided_at_once_give_one_sanction(desk):
    """Charging the second is refused already: here the charges slipped through."""
    cases = []
    for number in range(THREADS):
        desk.at(date(2026, 3, 2))
        case = desk.taken_up(act=(date(2026, 2, 9 + number), date(2026, 2, 9 + number)))
        desk.charge(case, item_code="3.e", impact=Impact.UNIT)
        cases.append(desk.proposed(desk.examined(case)))
    Breach.update(first_on=ACT[0], last_on=ACT[1]).execute()

    def decide(case):
        return lambda: desk.decide(case, sanction="LIGHT_1", decree_number=f"800/{case}")

    answers = at_once(*map(decide, cases))

    assert sorted(map(str, answers)) == ["DISCIPLINE_TWICE"] * (THREADS - 1) + ["True"]
    assert SanctionDecision.select().count() == 1


def test_a_step_that_is_done_several_times_at_once_is_done_once(desk):
    case = desk.decided()

    answers = at_once(*[lambda: desk.deliver(case)] * THREADS)

    assert answers.count(True) == 1
    assert set(answers) <= {True, "STALE_VERSION", "DISCIPLINE_STEP"}
    assert DecisionDelivery.select().count() == 1
    assert DisciplineClock.select().where(DisciplineClock.kind == ClockKind.OBJECTION).count() == 1


def test_of_delivery_and_annulment_at_once_only_one_comes_first(desk):
    case = desk.decided()

    answers = at_once(
        lambda: desk.deliver(case), lambda: desk.annul(case, reason="Wrong person.", decree_number="800/9")
    )

    delivered, annulled = answers
    assert True in answers
    decision = desk.decision(case)
    if annulled is True:
        assert decision.annulled_on == desk.day
        assert desk.case(case).state.value == "ANNULLED"
    else:
        assert delivered is True
        assert desk.case(case).state.value == "RECEIVED"


def test_the_same_breach_charged_in_several_cases_at_once_is_charged_once(desk):
    cases = [desk.taken_up() for _ in range(THREADS)]

    def charge(case):
        return lambda: desk.charge(case, item_code="3.e", impact=Impact.UNIT)

    answers = at_once(*map(charge, cases))

    assert sorted(map(str, answers)) == ["DISCIPLINE_TWICE"] * (THREADS - 1) + ["True"]
    assert Breach.select().count() == 1


def test_the_job_and_a_step_at_once_do_not_stand_in_each_other_s_way(desk):
    reported = [desk.reported() for _ in range(3)]
    desk.at(date(2026, 3, 16))

    def take_up(case):
        return lambda: desk.take_up(case, late_reason="Was on leave.")

    answers = at_once(*map(take_up, reported), *[lambda: sweep(desk.ctx)] * 3)

    assert answers == [True] * 6
    assert not DisciplineClock.select().where(DisciplineClock.state == ClockState.RUNNING).exists()


def test_ten_days_that_are_reported_several_times_at_once_are_reported_once(desk):
    ten = [date(2026, 2, day) for day in (2, 3, 4, 5, 6, 9, 10, 11, 12, 13)]

    def report():
        return desk.report_salary_stop(employee_id=desk.city.officer.id, absent_days=ten)

    answers = at_once(*[report] * THREADS)

    assert sorted(map(str, answers)) == ["DISCIPLINE_STOP_TWICE"] * (THREADS - 1) + ["True"]
