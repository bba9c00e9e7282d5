"""What each step keeps, and what it is refused for."""

from datetime import date

import pytest

from core.organisation.models import ReportingLine
from core.plugin_api import Refused
from plugins.rewards.discipline.models import Breach, DisciplineClock, DisciplineReport, TemporaryRelease
from plugins.rewards.discipline.services import rule_proposal
from plugins.rewards.discipline.terms import (
    Authority,
    BreachState,
    CaseState,
    ClockKind,
    ClockState,
    Impact,
    SanctionLevel,
)
from tests.plugins.rewards.discipline.conftest import ACT, code_of


def refused(call, *args, **values):
    with pytest.raises(Refused) as refusal:
        call(*args, **values)
    return code_of(refusal)


def clock(case, kind):
    return DisciplineClock.get((DisciplineClock.case == case) & (DisciplineClock.kind == kind))


def test_a_report_opens_a_case_with_the_superior_s_duty(desk):
    made = desk.report_breach(
        employee_id=desk.city.officer.id, act_first_on=ACT[0], act_last_on=ACT[1], text=" Seen. ", source="WBS"
    )
    case = desk.case(made.case_id)

    assert (case.state, case.superior_id, case.unit_name) == (
        CaseState.REPORTED,
        desk.city.chief.id,
        "Bidang Pencatatan Sipil",
    )
    assert (made.text, made.is_reporter_protected) == ("Seen.", True)
    assert case.is_confidential
    duty = clock(case, ClockKind.SUPERIOR_ACTS)
    assert (duty.state, duty.due_on) == (ClockState.RUNNING, date(2026, 3, 11))


def test_numbers_do_not_tell_how_many_cases_there_are(desk):
    numbers = [desk.case(desk.reported(employee=person)).number for person in (desk.city.officer, desk.city.other)]

    assert all(number.startswith("HD-2026-") and len(number) == 16 for number in numbers)
    assert len(set(numbers)) == 2


def test_a_superior_who_is_involved_is_replaced_by_the_next_higher_one(desk):
    assert desk.case(desk.reported(superior_is_involved=True)).superior == desk.city.head
    case = desk.reported(employee=desk.city.other)
    desk.hand_up(case, reason="Took part in it.")
    assert desk.case(case).superior == desk.city.head
    states = [
        row.state for row in DisciplineClock.select().where(DisciplineClock.case == case).order_by(DisciplineClock.id)
    ]
    assert states == [ClockState.LAPSED, ClockState.RUNNING]


def test_somebody_without_a_superior_needs_one_named(desk):
    head = desk.city.secretary

    assert refused(desk.reported, employee=head) == ["DISCIPLINE_NO_SUPERIOR"]
    assert refused(desk.reported, employee=head, superior_id=head.id) == ["DISCIPLINE_NO_SUPERIOR"]
    assert desk.case(desk.reported(employee=head, superior_id=desk.city.head.id)).superior == desk.city.head


def test_days_lie_in_order(desk):
    assert refused(desk.reported, act=(ACT[1], ACT[0])) == ["DATES_REVERSED"]
    assert refused(desk.reported, reported_on=date(2026, 2, 1)) == ["DISCIPLINE_DAY_TOO_EARLY"]
    assert refused(desk.reported, reported_on=date(2026, 3, 3)) == ["DISCIPLINE_DAY_TO_COME"]
    case = desk.reported()
    assert refused(desk.take_up, case, on=date(2026, 2, 27)) == ["DISCIPLINE_DAY_TOO_EARLY"]
    assert refused(desk.take_up, case, act_last_on=date(2026, 3, 3)) == ["DISCIPLINE_DAY_TO_COME"]


def test_taking_up_puts_the_days_right_and_the_rules_follow(desk):
    case = desk.reported()

    desk.take_up(case, act_first_on=date(2021, 8, 1), act_last_on=date(2021, 8, 30))

    assert desk.case(case).rules["rewards.sanctions"]["regulation"].startswith("PP 53/2010")


@pytest.mark.parametrize("step", ["take_up", "dismiss"])
def test_a_step_that_comes_late_says_why(desk, step):
    case = desk.reported()
    values = {"reason": "Nothing in it."} if step == "dismiss" else {}
    desk.at(date(2026, 3, 12))

    assert refused(getattr(desk, step), case, **values) == ["DISCIPLINE_CLOCK_BROKEN"]
    getattr(desk, step)(case, late_reason="Was on leave.", **values)

    broken = clock(case, ClockKind.SUPERIOR_ACTS)
    assert (broken.state, broken.done_on, broken.reason) == (ClockState.BROKEN, date(2026, 3, 12), "Was on leave.")


def test_done_in_time_and_noted_later_is_in_time(desk):
    case = desk.reported()

    desk.at(date(2026, 3, 30)).take_up(case, on=date(2026, 3, 11))

    assert clock(case, ClockKind.SUPERIOR_ACTS).state is ClockState.MET


def test_a_dismissal_has_a_reason(desk):
    assert refused(desk.dismiss, desk.reported(), reason=" ") == ["TEXT_MISSING"]


# ---- charges


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"item_code": "9.z"}, "DISCIPLINE_ITEM"),
        ({"item_code": "3.e"}, "DISCIPLINE_IMPACT"),
        ({"item_code": "3.a", "first_on": date(2026, 1, 30)}, "DISCIPLINE_OUTSIDE_ACT"),
        ({"item_code": "3.a", "last_on": date(2026, 2, 7)}, "DISCIPLINE_OUTSIDE_ACT"),
        ({"item_code": "4.f"}, "DISCIPLINE_ABSENT_DAYS"),
        ({"item_code": "4.f", "absent_days": [date(2026, 2, 2), date(2026, 2, 3)]}, "DISCIPLINE_BELOW_BANDS"),
        ({"item_code": "4.f", "absent_days": [date(2026, 1, 2)]}, "DISCIPLINE_OUTSIDE_ACT"),
        (
            {
                "item_code": "4.f",
                "absent_days": [date(2026, 2, 2)],
                "earlier_absent_days": [date(2026, 2, 3)],
            },
            "DISCIPLINE_DAY_LATE",
        ),
        ({"item_code": "3.a", "repeats_id": 1}, "DISCIPLINE_NO_REPEAT"),
    ],
)
def test_a_charge_that_the_law_does_not_have_is_refused(desk, values, code):
    case = desk.taken_up()

    assert refused(desk.charge, case, **values) == [code]


def test_absence_counts_the_days_of_the_year(desk):
    case = desk.taken_up()
    days = [date(2026, 2, 2), date(2026, 2, 3), date(2026, 2, 6)]

    breach = desk.charge(
        case, item_code="4.f", absent_days=days, earlier_absent_days=[date(2026, 1, 5), date(2025, 12, 30)]
    )

    assert (breach.days_in_year, breach.days_in_a_row, breach.sanction) == (4, 2, "LIGHT_2")
    assert breach.level is SanctionLevel.LIGHT
    assert rule_proposal(desk.ctx, case).sanction == "LIGHT_2"


def test_the_same_day_of_absence_is_not_charged_twice(desk):
    days = [date(2026, 2, 2), date(2026, 2, 4), date(2026, 2, 6)]
    desk.charge(desk.taken_up(), item_code="4.f", absent_days=days)
    other = desk.taken_up()

    shared = [days[0], date(2026, 2, 3), date(2026, 2, 5)]
    assert refused(desk.charge, other, item_code="4.f", absent_days=shared) == ["DISCIPLINE_TWICE"]
    # Other days of the same weeks are another breach; those before count.
    new = desk.charge(
        other, item_code="4.f", absent_days=[date(2026, 2, 3), date(2026, 2, 5)], earlier_absent_days=days[:2]
    )
    assert (new.days_in_year, new.sanction) == (4, "LIGHT_2")


def test_other_days_of_the_same_breach_are_another_breach(desk):
    desk.charged()
    case = desk.taken_up(act=(date(2026, 2, 9), date(2026, 2, 10)))

    assert desk.charge(case, item_code="3.e", impact=Impact.UNIT).id


def test_nobody_is_sanctioned_twice_for_the_same_breach(desk):
    desk.in_effect()
    case = desk.taken_up()

    assert refused(desk.charge, case, item_code="3.e", impact=Impact.AGENCY) == ["DISCIPLINE_TWICE"]


def test_what_was_dismissed_or_annulled_may_be_taken_up_again(desk):
    first = desk.charged()
    desk.dismiss(first, reason="Nobody saw it.")
    second = desk.decided()
    desk.annul(second, reason="Wrong form.", decree_number="800/9")

    assert desk.charged()


def test_two_open_cases_cannot_both_be_decided_on_the_same_breach(desk):
    """The charge is refused already; where it slipped through, the decision is."""
    first = desk.decided()
    second = desk.taken_up(act=(date(2026, 2, 9), date(2026, 2, 9)))
    desk.charge(second, item_code="3.e", impact=Impact.UNIT)
    Breach.update(first_on=ACT[0], last_on=ACT[1]).where(Breach.case == second).execute()
    desk.at(date(2026, 3, 11)).summon(second, examine_on=date(2026, 3, 12))
    desk.at(date(2026, 3, 12)).note_appearance(second)
    desk.examine(second, minutes="-", is_signed_by_examiner=True, is_signed_by_examined=True)
    desk.propose(second, sanction="LIGHT_1", report="-")

    assert first != second
    assert refused(desk.decide, second, sanction="LIGHT_1", decree_number="2") == ["DISCIPLINE_TWICE"]


def test_a_repeat_of_the_same_kind_is_heavier(desk):
    first = desk.in_effect("LIGHT_2")
    earlier = Breach.get(Breach.case == first)
    case = desk.taken_up(act=(date(2026, 4, 6), date(2026, 4, 6)))

    desk.charge(case, item_code="3.e", impact=Impact.UNIT, repeats_id=earlier.id)

    proposal = rule_proposal(desk.ctx, case)
    assert proposal.sanction == "LIGHT_3"
    assert proposal.explanation["steps"][0]["basis"] == "REPEAT"


# ---- summons and examination


def test_the_first_summons_may_lie_seven_working_days_ahead_at_most(desk):
    case = desk.charged()

    assert refused(desk.summon, case, examine_on=date(2026, 3, 12)) == ["DISCIPLINE_CLOCK_BROKEN"]
    assert desk.summon(case, examine_on=date(2026, 3, 11)).number == 1
    assert clock(case, ClockKind.EXAMINATION_DAY).due_on == date(2026, 3, 11)


def test_or_at_least_where_the_setting_says_so(desk):
    desk.choose(summons_interval="at_least")
    case = desk.charged()

    assert refused(desk.summon, case, examine_on=date(2026, 3, 10)) == ["DISCIPLINE_CLOCK_BROKEN"]
    desk.summon(case, examine_on=date(2026, 3, 12))
    assert clock(case, ClockKind.EXAMINATION_DAY).due_on == date(2026, 3, 12)


@pytest.mark.parametrize("day", [date(2026, 3, 2), date(2026, 3, 7), date(2026, 3, 19)])
def test_an_examination_is_on_a_working_day_after_the_summons(desk, day):
    """7 March is a Saturday, 19 March 2026 is Nyepi."""
    assert refused(desk.summon, desk.charged(), examine_on=day) == ["DISCIPLINE_EXAMINATION_DAY"]


def test_whoever_is_absent_twice_is_judged_unheard(desk):
    case = desk.charged()
    desk.summon(case, examine_on=date(2026, 3, 5))
    assert refused(desk.note_absence, case) == ["DISCIPLINE_DAY_TOO_EARLY"]
    desk.at(date(2026, 3, 5)).note_absence(case)
    assert clock(case, ClockKind.SECOND_SUMMONS).due_on == date(2026, 3, 16)
    desk.at(date(2026, 3, 6)).summon(case, examine_on=date(2026, 3, 9))
    desk.at(date(2026, 3, 9)).note_absence(case, note="No word.")

    assert desk.case(case).state is CaseState.UNHEARD
    desk.proposed(case)
    assert desk.decide(case, sanction="LIGHT_1", decree_number="1").sanction == "LIGHT_1"


def test_minutes_note_a_refusal_to_sign_with_its_reason(desk):
    case = desk.charged()
    desk.summon(case, examine_on=date(2026, 3, 5))
    desk.at(date(2026, 3, 5)).note_appearance(case)
    minutes = {"minutes": "Said.", "is_signed_by_examined": False}

    assert refused(desk.examine, case, is_signed_by_examiner=False, **minutes) == ["DISCIPLINE_MINUTES_UNSIGNED"]
    assert refused(desk.examine, case, is_signed_by_examiner=True, **minutes) == ["DISCIPLINE_REFUSAL_UNNOTED"]
    held = desk.examine(case, is_signed_by_examiner=True, refusal_reason="Disagrees.", **minutes)
    assert held.refusal_reason == "Disagrees."


def test_an_examination_after_its_time_says_why(desk):
    case = desk.charged()
    desk.summon(case, examine_on=date(2026, 3, 5))
    desk.at(date(2026, 3, 5)).note_appearance(case)
    signed = {"minutes": "Said.", "is_signed_by_examiner": True, "is_signed_by_examined": True}

    assert refused(desk.at(date(2026, 4, 1)).examine, case, **signed) == ["DISCIPLINE_CLOCK_BROKEN"]
    assert desk.examine(case, late_reason="The examiner fell ill.", **signed)


def test_release_from_the_post_is_for_a_suspected_heavy_breach_and_ends_with_the_decision(desk):
    light = desk.charged(employee=desk.city.other)
    values = {"decree_number": "1", "reason": "Evidence."}
    assert refused(desk.release_from_post, light, **values) == ["DISCIPLINE_RELEASE_LEVEL"]
    case = desk.charged(impact=Impact.STATE)
    desk.release_from_post(case, **values)
    assert refused(desk.release_from_post, case, **values) == ["DISCIPLINE_RELEASED"]
    desk.form_team(case, members=desk.team())
    desk.proposed(desk.examined(case), "HEAVY_1")
    desk.at(date(2026, 3, 11)).decide(case, sanction="HEAVY_1", decree_number="1", decider_title="Wali Kota")

    assert TemporaryRelease.get(TemporaryRelease.case == case).valid_to == date(2026, 3, 11)


# ---- proposal and decision


def test_r18_one_examination_one_sanction_the_heaviest(desk):
    case = desk.taken_up()
    desk.charge(case, item_code="3.e", impact=Impact.AGENCY)
    desk.charge(case, item_code="3.f", impact=Impact.UNIT)
    desk.charge(case, item_code="4.g", impact=Impact.STATE)
    desk.form_team(case, members=desk.team())
    desk.examined(case)

    proposal = rule_proposal(desk.ctx, case)
    assert proposal.sanction == "HEAVY_1"
    assert [step["sanction"] for step in proposal.explanation["steps"]] == ["MEDIUM_1", "LIGHT_1", "HEAVY_1"]
    desk.proposed(case, "HEAVY_1")
    made = desk.decide(case, sanction="HEAVY_1", decree_number="1", decider_title="Wali Kota")

    assert (made.sanction, made.level, made.step, made.months) == ("HEAVY_1", SanctionLevel.HEAVY, 1, 12)
    assert {row.state for row in Breach.select().where(Breach.case == case)} == {BreachState.PROVED}


def test_what_is_not_proved_does_not_count(desk):
    case = desk.taken_up()
    light = desk.charge(case, item_code="3.f", impact=Impact.UNIT)
    medium = desk.charge(case, item_code="3.e", impact=Impact.AGENCY)
    desk.proposed(desk.examined(case), "MEDIUM_1")
    values = {"decree_number": "1", "differs_reason": "Only one was proved."}

    assert refused(desk.decide, case, sanction="LIGHT_1", not_proved=[light.id, medium.id], **values) == [
        "DISCIPLINE_NOTHING_PROVED"
    ]
    made = desk.decide(case, sanction="LIGHT_1", not_proved=[medium.id], **values)

    assert made.rule_sanction == "LIGHT_1"
    assert Breach.get_by_id(medium.id).state is BreachState.NOT_PROVED


def test_a_human_decides_and_says_why_it_differs(desk):
    case = desk.examined(desk.charged())

    assert refused(desk.proposed, case, "LIGHT_2") == ["DISCIPLINE_DIFFERS"]
    assert refused(desk.proposed, case, "LIGHT_9") == ["DISCIPLINE_SANCTION"]
    desk.proposed(case, "LIGHT_2", reason="Was warned by word of mouth.")
    assert refused(desk.decide, case, sanction="LIGHT_1", decree_number="1") == ["DISCIPLINE_DIFFERS_FROM_PROPOSAL"]
    assert refused(desk.decide, case, sanction="LIGHT_2", decree_number="1") == ["DISCIPLINE_DIFFERS"]
    made = desk.decide(case, sanction="LIGHT_2", decree_number="1", differs_reason="As proposed.")
    assert (made.rule_sanction, made.sanction) == ("LIGHT_1", "LIGHT_2")


def test_a_medium_sanction_is_imposed_as_the_setting_says(desk):
    case = desk.decided("MEDIUM_2", decided_by_id=desk.city.head.id)
    made = desk.decision(case)
    assert (made.months, made.authority) == (12, Authority.NEXT_SUPERIOR)
    assert made.substitute.startswith("Penundaan kenaikan pangkat")


def test_or_as_the_cut_of_the_allowance(desk):
    desk.choose(medium_sanctions="allowance_cut")

    made = desk.decision(desk.decided("MEDIUM_2"))

    assert (made.months, made.substitute) == (9, "")


@pytest.mark.parametrize(
    ("sanction", "values", "code"),
    [
        ("MEDIUM_1", {"authority": Authority.DIRECT_SUPERIOR}, "DISCIPLINE_AUTHORITY"),
        ("MEDIUM_1", {"decided_by_id": "chief"}, "DISCIPLINE_DECIDER"),
        ("LIGHT_1", {"decided_by_id": "head"}, "DISCIPLINE_DECIDER"),
        ("LIGHT_1", {"authority": Authority.APPOINTING_AUTHORITY}, "DISCIPLINE_DECIDER_MISSING"),
        ("LIGHT_1", {"authority": Authority.PRESIDENT, "decided_by_id": "officer"}, "DISCIPLINE_DECIDES_ON_SELF"),
        ("HEAVY_1", {"decider_title": "Wali Kota"}, "DISCIPLINE_TEAM_MISSING"),
    ],
)
def test_who_may_decide(desk, sanction, values, code):
    if "decided_by_id" in values:
        values = {**values, "decided_by_id": getattr(desk.city, values["decided_by_id"]).id}

    assert refused(desk.decided, sanction, **values) == [code]


def test_nobody_above_the_superior_decides_where_the_line_ends(desk):
    ReportingLine.delete().where(ReportingLine.employee == desk.city.chief.id).execute()

    assert refused(desk.decided, "MEDIUM_1") == ["DISCIPLINE_DECIDER"]
    assert desk.at(date(2026, 3, 2))


def test_dishonourable_dismissal_waits_for_the_judgment_on_a_crime(desk):
    act = (date(2020, 2, 3), date(2020, 2, 3))
    case = desk.reported(act=act, is_suspected_crime=True)
    desk.take_up(case)
    desk.charge(case, item_code="3.12-b")
    desk.form_team(case, members=desk.team())
    desk.proposed(desk.examined(case), "HEAVY_5", reason="A crime.")
    values = {"sanction": "HEAVY_5", "decree_number": "1", "decider_title": "Wali Kota", "differs_reason": "A crime."}

    assert refused(desk.decide, case, **values) == ["DISCIPLINE_JUDGMENT"]
    assert desk.decide(case, judgment="1/Pid.Sus/2026", **values).snapshot["judgment"] == "1/Pid.Sus/2026"


def test_who_is_cleared_has_no_sanction(desk):
    case = desk.examined(desk.charged())

    ended = desk.clear(case, reason="Nothing was proved.", decree_number="1")

    assert (ended.state, ended.closing_reason) == (CaseState.CLEARED, "1: Nothing was proved.")
    assert Breach.get(Breach.case == case).state is BreachState.NOT_PROVED


def test_a_report_is_kept_once_for_each_case(desk):
    case = desk.reported()

    assert DisciplineReport.select().where(DisciplineReport.case == case).count() == 1
