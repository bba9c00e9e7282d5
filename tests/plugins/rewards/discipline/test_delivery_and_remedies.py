"""Delivery, the 15th working day, and remedies, with their clocks and what they change."""

from datetime import date

import pytest

from core.plugin_api import Refused
from core.workdays.models import Holiday
from core.workdays.terms import HolidayKind
from plugins.rewards.discipline.effects import ever_sanctioned, sanction_spells
from plugins.rewards.discipline.models import DisciplineClock, DisciplineRemedy, SanctionDecision
from plugins.rewards.discipline.reading import explain
from plugins.rewards.discipline.services.sweeping import sweep
from plugins.rewards.discipline.terms import (
    CaseState,
    ClockKind,
    ClockState,
    DecisionState,
    RemedyKind,
    RemedyOutcome,
    SanctionLevel,
)
from tests.plugins.rewards.discipline.conftest import code_of
from tests.plugins.rewards.discipline.machine import counted
from tests.support.statements import counted_statements

YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def refused(call, *args, **values):
    with pytest.raises(Refused) as refusal:
        call(*args, **values)
    return code_of(refusal)


def clock(case, kind):
    return DisciplineClock.get((DisciplineClock.case == case) & (DisciplineClock.kind == kind))


def spells(first=YEAR[0], last=YEAR[1], people=None):
    return [(one.code, one.effective_on, one.until) for one in sanction_spells(people, first, last)]


def test_a_decision_is_delivered_in_14_working_days(desk):
    case = desk.decided()
    due = clock(case, ClockKind.DELIVERY).due_on
    assert due == counted(date(2026, 3, 11), 14)
    desk.at(counted(due, 1))

    assert refused(desk.deliver, case) == ["DISCIPLINE_CLOCK_BROKEN"]
    desk.deliver(case, late_reason="The post was closed.")
    assert clock(case, ClockKind.DELIVERY).state is ClockState.BROKEN


def test_whoever_is_not_there_is_sent_it_in_3_working_days(desk):
    case = desk.decided()
    desk.at(date(2026, 3, 12)).note_not_present(case)
    assert clock(case, ClockKind.DISPATCH).due_on == date(2026, 3, 17)
    assert refused(desk.dispatch, case, sent_by="") == ["TEXT_MISSING"]
    desk.at(date(2026, 3, 17)).dispatch(case, sent_by="Pos 77")
    received = desk.at(date(2026, 3, 30)).note_receipt(case)

    assert (received.was_present, received.received_on) == (False, date(2026, 3, 30))
    assert desk.decision(case).effective_on == counted(date(2026, 3, 30), 15)


def test_a_decision_takes_effect_on_the_15th_working_day_and_not_before(desk):
    case = desk.received("MEDIUM_1")
    day = desk.decision(case).effective_on
    assert day == counted(date(2026, 3, 12), 15)
    assert spells() == []
    assert refused(desk.at(date(2026, 3, 31)).put_in_effect, case) == ["DISCIPLINE_NOT_YET"]

    desk.at(date(2026, 12, 1)).put_in_effect(case)

    assert spells() == [("MEDIUM_1", day, date(day.year + 1, day.month, day.day - 1))]


def test_a_holiday_that_is_entered_later_moves_what_is_still_to_come(desk):
    case = desk.received()
    before = desk.decision(case).effective_on
    due = clock(case, ClockKind.OBJECTION).due_on
    Holiday.create(day=date(2026, 3, 13), name="Hari jadi kota", kind=HolidayKind.REGIONAL)

    assert sweep(desk.ctx)["recounted"] == 2
    assert desk.decision(case).effective_on == counted(before, 1)
    assert clock(case, ClockKind.OBJECTION).due_on == counted(due, 1)


def test_the_job_puts_into_effect_what_is_due_and_may_run_again(desk):
    case = desk.received()
    desk.at(desk.decision(case).effective_on)

    assert [sweep(desk.ctx)["in_effect"] for _ in range(2)] == [1, 0]
    assert desk.case(case).state is CaseState.IN_EFFECT


@pytest.mark.parametrize(("sanction", "months"), [("LIGHT_1", 0), ("MEDIUM_1", 12), ("HEAVY_1", 12), ("HEAVY_3", None)])
def test_spells_are_for_others_to_read(desk, sanction, months):
    """A reprimand is over with its day, a dismissal never."""
    case = heavy(desk, sanction) if sanction.startswith("HEAVY") else desk.in_effect(sanction)
    made = desk.decision(case)
    day = made.effective_on

    assert made.months == months
    [spell] = sanction_spells([desk.city.officer.id], *YEAR)
    assert (spell.level, spell.step, spell.code) == (made.level, made.step, sanction)
    assert (spell.until is None) is (months is None)
    assert sanction_spells([desk.city.other.id], *YEAR) == []
    assert sanction_spells(None, YEAR[0], date(day.year, day.month, day.day - 1)) == []
    later = sanction_spells(None, date(2035, 1, 1), date(2035, 12, 31))
    assert len(later) == (months is None)
    ids = lambda *levels: [row[0] for row in ever_sanctioned(*YEAR, *levels).tuples()]  # noqa: E731
    assert ids() == ids(made.level) == [desk.city.officer.id]
    assert ids(*(level for level in SanctionLevel if level is not made.level)) == []


def heavy(desk, sanction):
    """Bring somebody else's case to a heavy sanction in effect."""
    from plugins.rewards.discipline.terms import Impact

    case = desk.at(date(2026, 3, 2)).taken_up(act=(date(2026, 2, 9), date(2026, 2, 9)))
    desk.charge(case, item_code="3.e", impact=Impact.STATE)
    desk.form_team(case, members=desk.team())
    desk.proposed(desk.examined(case), sanction, reason="So proposed.")
    desk.at(date(2026, 3, 11)).decide(
        case, sanction=sanction, decree_number="1", decider_title="Wali Kota", differs_reason="So decided."
    )
    desk.at(date(2026, 3, 12)).deliver(case)
    desk.at(desk.decision(case).effective_on).put_in_effect(case)
    return case


def test_spells_are_one_statement(desk):
    desk.in_effect()

    with counted_statements() as statements:
        sanction_spells(None, *YEAR)
    assert len(statements) == 1


# ---- remedies


def test_an_objection_is_filed_in_14_working_days_and_decided_in_21(desk):
    case = desk.received()
    assert clock(case, ClockKind.OBJECTION).due_on == counted(date(2026, 3, 12), 14)
    filed = desk.at(date(2026, 3, 31)).file_remedy(case, grounds="Was ill.")

    assert filed.kind is RemedyKind.OBJECTION
    assert clock(case, ClockKind.OBJECTION).state is ClockState.MET
    assert clock(case, ClockKind.OBJECTION_DECISION).due_on == counted(date(2026, 3, 31), 21)
    assert refused(desk.file_remedy, case, grounds="Again.") == ["DISCIPLINE_REMEDY_TWICE"]
    assert refused(desk.answer_remedy, case, answer="-") == ["DISCIPLINE_NO_ANSWER_DUE"]


def test_a_late_remedy_says_why(desk):
    case = desk.received()
    desk.at(counted(clock(case, ClockKind.OBJECTION).due_on, 1))

    assert refused(desk.file_remedy, case, grounds="Was ill.") == ["DISCIPLINE_CLOCK_BROKEN"]
    assert desk.file_remedy(case, grounds="Was ill.", late_reason="In hospital.").id


def test_against_dismissal_there_is_an_appeal_that_is_answered_and_decided(desk):
    case = heavy(desk, "HEAVY_3")
    desk.file_remedy(case, grounds="Unjust.", late_reason="Abroad.")
    filed = desk.day
    assert clock(case, ClockKind.APPEAL_ANSWER).due_on == counted(filed, 21)
    assert clock(case, ClockKind.APPEAL_DECISION).due_on == counted(filed, 65)
    desk.answer_remedy(case, answer="It was just.")
    assert refused(desk.answer_remedy, case, answer="Once more.") == ["DISCIPLINE_NO_ANSWER_DUE"]

    desk.decide_remedy(case, outcome=RemedyOutcome.UPHELD, decree_number="BPASN 1", text="Just.")

    assert desk.decision(case).state is DecisionState.IN_EFFECT


def test_without_an_answer_it_is_decided_on_what_there_is_and_the_clock_is_broken_loudly(desk):
    case = heavy(desk, "HEAVY_3")
    desk.file_remedy(case, grounds="Unjust.", late_reason="Abroad.")
    outcome = {"outcome": RemedyOutcome.UPHELD, "decree_number": "BPASN 1", "text": "Just."}
    desk.at(counted(desk.day, 22))

    assert refused(desk.decide_remedy, case, **outcome) == ["DISCIPLINE_CLOCK_BROKEN"]
    desk.decide_remedy(case, late_reason="No answer came.", **outcome)
    assert clock(case, ClockKind.APPEAL_ANSWER).state is ClockState.BROKEN
    assert clock(case, ClockKind.APPEAL_DECISION).state is ClockState.MET


def test_a_remedy_may_change_the_sanction_and_there_is_still_one(desk):
    case = desk.in_effect("LIGHT_2")
    day = desk.decision(case).effective_on
    desk.file_remedy(case, grounds="Too hard.", late_reason="Ill.")
    values = {"outcome": RemedyOutcome.CHANGED, "decree_number": "2", "text": "Too hard."}
    assert refused(desk.decide_remedy, case, sanction="LIGHT_2", **values) == ["DISCIPLINE_SAME_SANCTION"]

    desk.decide_remedy(case, sanction="LIGHT_1", **values)

    assert spells() == [("LIGHT_1", day, day)]
    states = [row.state for row in SanctionDecision.select().order_by(SanctionDecision.id)]
    assert states == [DecisionState.REPLACED, DecisionState.IN_EFFECT]
    assert desk.decision(case).replaces_id is not None


def test_an_annulled_sanction_never_was(desk):
    case = desk.in_effect("MEDIUM_1")
    desk.file_remedy(case, grounds="Unjust.", late_reason="Ill.")

    desk.decide_remedy(case, outcome=RemedyOutcome.ANNULLED, decree_number="2", text="No proof.")

    assert spells() == []
    assert desk.case(case).state is CaseState.ANNULLED
    assert DisciplineRemedy.get().outcome is RemedyOutcome.ANNULLED


def test_annulling_by_the_authority_ends_an_open_remedy_and_its_clocks(desk):
    case = desk.received()
    desk.file_remedy(case, grounds="Unjust.")

    desk.annul(case, reason="Wrong person.", decree_number="3")

    assert DisciplineRemedy.get().outcome is RemedyOutcome.ANNULLED
    assert not DisciplineClock.select().where(DisciplineClock.state == ClockState.RUNNING).exists()


def test_a_case_closes_when_no_remedy_can_come_any_more(desk):
    case = desk.in_effect()
    filing = clock(case, ClockKind.OBJECTION).due_on
    assert filing < desk.day
    desk.close(case)

    assert desk.case(case).state is CaseState.CLOSED
    assert clock(case, ClockKind.OBJECTION).state is ClockState.LAPSED
    assert spells()


def test_an_open_remedy_keeps_a_case_open(desk):
    case = desk.in_effect()
    desk.file_remedy(case, grounds="Unjust.", late_reason="Ill.")

    assert refused(desk.close, case) == ["DISCIPLINE_REMEDY_OPEN"]


def test_a_remedy_may_hold_up_the_effect_where_the_setting_says_so(desk):
    desk.choose(remedy_suspends_effect=True)
    case = desk.received()
    desk.file_remedy(case, grounds="Unjust.")
    desk.at(date(2026, 4, 20))

    assert sweep(desk.ctx)["in_effect"] == 0
    assert refused(desk.put_in_effect, case) == ["DISCIPLINE_SUSPENDED"]
    desk.decide_remedy(case, outcome=RemedyOutcome.UPHELD, decree_number="2", text="Just.", late_reason="Much to read.")
    desk.put_in_effect(case)
    assert desk.decision(case).effective_on == date(2026, 4, 20)


def test_a_decision_explains_itself_from_what_was_frozen(desk):
    made = desk.decision(desk.decided("MEDIUM_1"))

    lines = explain(made, "en")

    assert lines[0].startswith("Pasal 3 huruf e:")
    assert lines[0].endswith("a breach of level LIGHT, impact UNIT, gives LIGHT_1.")
    assert lines[1].startswith(
        "One examination, one sanction, the heaviest: the rules give LIGHT_1, decided was MEDIUM_1"
    )
    assert "It differs because: So decided." in lines
    assert any(line.startswith("rewards.sanctions: PP 94/2021 Pasal 8, revision 2") for line in lines)
    assert "Dibedakan" not in "".join(explain(made, "id"))
