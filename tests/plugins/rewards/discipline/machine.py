"""Each step of a case as one call, and the way of a case as the law has it, written down apart from the program."""

from datetime import date, timedelta

import numpy as np

from core.workdays.services import load_holidays
from plugins.rewards.discipline.models import Summons
from plugins.rewards.discipline.terms import Authority, Impact, RemedyOutcome, Step

IMPACTS = {"LIGHT": Impact.UNIT, "MEDIUM": Impact.AGENCY, "HEAVY": Impact.STATE}

WAY = {
    "REPORTED": "TAKE_UP HAND_UP DISMISS ASSIGN",
    "DISMISSED": "",
    "TAKEN_UP": "HAND_UP DISMISS CHARGE FORM_TEAM RELEASE SUMMON ASSIGN",
    "SUMMONED": "CHARGE FORM_TEAM RELEASE NOTE_ABSENCE NOTE_APPEARANCE ASSIGN",
    "ABSENT": "CHARGE FORM_TEAM RELEASE SUMMON_AGAIN ASSIGN",
    "SUMMONED_AGAIN": "CHARGE FORM_TEAM RELEASE NOTE_SECOND_ABSENCE NOTE_APPEARANCE ASSIGN",
    "UNHEARD": "CHARGE RELEASE PROPOSE CLEAR ASSIGN",
    "APPEARED": "CHARGE FORM_TEAM RELEASE EXAMINE ASSIGN",
    "EXAMINED": "RELEASE PROPOSE CLEAR ASSIGN",
    "PROPOSED": "RELEASE CLEAR DECIDE ASSIGN",
    "CLEARED": "",
    "DECIDED": "DELIVER NOTE_NOT_PRESENT ANNUL ASSIGN",
    "NOT_PRESENT": "DISPATCH ANNUL ASSIGN",
    "SENT": "NOTE_RECEIPT ANNUL ASSIGN",
    "RECEIVED": "PUT_IN_EFFECT FILE_REMEDY ANSWER_REMEDY DECIDE_REMEDY ANNUL ASSIGN",
    "IN_EFFECT": "FILE_REMEDY ANSWER_REMEDY DECIDE_REMEDY ANNUL CLOSE ASSIGN",
    "ANNULLED": "",
    "CLOSED": "",
}
"""The steps that may follow in each state."""

LEADS = {
    "TAKE_UP": "TAKEN_UP",
    "DISMISS": "DISMISSED",
    "SUMMON": "SUMMONED",
    "NOTE_ABSENCE": "ABSENT",
    "SUMMON_AGAIN": "SUMMONED_AGAIN",
    "NOTE_SECOND_ABSENCE": "UNHEARD",
    "NOTE_APPEARANCE": "APPEARED",
    "EXAMINE": "EXAMINED",
    "PROPOSE": "PROPOSED",
    "CLEAR": "CLEARED",
    "DECIDE": "DECIDED",
    "DELIVER": "RECEIVED",
    "NOTE_NOT_PRESENT": "NOT_PRESENT",
    "DISPATCH": "SENT",
    "NOTE_RECEIPT": "RECEIVED",
    "PUT_IN_EFFECT": "IN_EFFECT",
    "ANNUL": "ANNULLED",
    "CLOSE": "CLOSED",
}
"""The state after each step that has one of its own."""

PATHS = {
    "REPORTED": [],
    "DISMISSED": ["DISMISS"],
    "TAKEN_UP": ["TAKE_UP"],
    "SUMMONED": ["TAKE_UP", "CHARGE", "SUMMON"],
    "ABSENT": ["TAKE_UP", "CHARGE", "SUMMON", "NOTE_ABSENCE"],
    "SUMMONED_AGAIN": ["TAKE_UP", "CHARGE", "SUMMON", "NOTE_ABSENCE", "SUMMON_AGAIN"],
    "UNHEARD": ["TAKE_UP", "CHARGE", "SUMMON", "NOTE_ABSENCE", "SUMMON_AGAIN", "NOTE_SECOND_ABSENCE"],
    "APPEARED": ["TAKE_UP", "CHARGE", "SUMMON", "NOTE_APPEARANCE"],
}
PATHS["EXAMINED"] = [*PATHS["APPEARED"], "EXAMINE"]
PATHS["PROPOSED"] = [*PATHS["EXAMINED"], "PROPOSE"]
PATHS["CLEARED"] = [*PATHS["EXAMINED"], "CLEAR"]
PATHS["DECIDED"] = [*PATHS["PROPOSED"], "DECIDE"]
PATHS["NOT_PRESENT"] = [*PATHS["DECIDED"], "NOTE_NOT_PRESENT"]
PATHS["SENT"] = [*PATHS["NOT_PRESENT"], "DISPATCH"]
PATHS["RECEIVED"] = [*PATHS["DECIDED"], "DELIVER"]
PATHS["IN_EFFECT"] = [*PATHS["RECEIVED"], "PUT_IN_EFFECT"]
PATHS["ANNULLED"] = [*PATHS["DECIDED"], "ANNUL"]
PATHS["CLOSED"] = [*PATHS["IN_EFFECT"], "CLOSE"]
"""A way to each state."""

STEPS = [step.value for step in Step if step is not Step.REPORT]


def counted(day, days):
    """Return the `days`-th working day after `day` over the calendar of the database, as numpy counts."""
    closed = np.array(sorted(load_holidays(date(2020, 1, 1), date(2040, 1, 1))), dtype="datetime64[D]")
    return np.busday_offset(day, days, roll="backward", holidays=closed).astype(object)


def do(desk, case, step, **chosen):
    """Do a step today; `chosen`: late (the reason), sanction, examine_in (working days), outcome, level, item, item."""
    late = chosen.get("late", "")
    sanction = chosen.get("sanction", "LIGHT_1")
    calls = {
        "TAKE_UP": lambda: desk.take_up(case, late_reason=late),
        "HAND_UP": lambda: desk.hand_up(case, reason="Involved."),
        "ASSIGN": lambda: desk.assign_report(case, officer_number=desk.officer_for_discipline().nip),
        "DISMISS": lambda: desk.dismiss(case, reason="Nothing in it.", late_reason=late),
        "CHARGE": lambda: desk.charge(
            case, item_code=chosen.get("item", "3.e"), impact=IMPACTS[chosen.get("level", "LIGHT")]
        ),
        "FORM_TEAM": lambda: desk.form_team(case, members=desk.team()),
        "RELEASE": lambda: desk.release_from_post(case, decree_number="1", reason="Heavy."),
        "SUMMON": lambda: _summon(desk, case, 1, chosen),
        "SUMMON_AGAIN": lambda: _summon(desk, case, 2, chosen),
        "NOTE_ABSENCE": lambda: _absent(desk, case, 1),
        "NOTE_SECOND_ABSENCE": lambda: _absent(desk, case, 2),
        "NOTE_APPEARANCE": lambda: desk.note_appearance(case),
        "EXAMINE": lambda: desk.examine(
            case, minutes="Said.", is_signed_by_examiner=True, is_signed_by_examined=True, late_reason=late
        ),
        "PROPOSE": lambda: desk.propose(case, sanction=sanction, report="LHP", reason="Proposed."),
        "CLEAR": lambda: desk.clear(case, reason="Not proved."),
        "DECIDE": lambda: desk.decide(
            case,
            sanction=sanction,
            decree_number="800/1",
            authority=Authority.APPOINTING_AUTHORITY,
            decider_title="Wali Kota",
            differs_reason="Decided.",
        ),
        "DELIVER": lambda: desk.deliver(case, late_reason=late),
        "NOTE_NOT_PRESENT": lambda: desk.note_not_present(case, late_reason=late),
        "DISPATCH": lambda: desk.dispatch(case, sent_by="Pos 1", late_reason=late),
        "NOTE_RECEIPT": lambda: desk.note_receipt(case),
        "PUT_IN_EFFECT": lambda: desk.put_in_effect(case),
        "FILE_REMEDY": lambda: desk.file_remedy(case, grounds="Unjust.", late_reason=late),
        "ANSWER_REMEDY": lambda: desk.answer_remedy(case, answer="Just.", late_reason=late),
        "DECIDE_REMEDY": lambda: desk.decide_remedy(
            case,
            outcome=RemedyOutcome[chosen.get("outcome", "UPHELD")],
            decree_number="BPASN 1",
            text="So.",
            sanction=sanction,
            late_reason=late,
        ),
        "ANNUL": lambda: desk.annul(case, reason="Wrong.", decree_number="800/2"),
        "CLOSE": lambda: desk.close(case),
    }
    return calls[step]()


def _summon(desk, case, number, chosen):
    # A summons is the first or the second by where the case stands: asked for the other one, it is out of turn.
    if number == 1 and desk.case(case).state.value == "ABSENT":
        return _out_of_turn(desk, case)
    if number == 2 and desk.case(case).state.value == "TAKEN_UP":
        return _out_of_turn(desk, case)
    examine_on = counted(desk.day, chosen.get("examine_in", 3))
    return desk.summon(case, examine_on=examine_on, late_reason=chosen.get("late", ""))


def _absent(desk, case, number):
    state = desk.case(case).state.value
    if (number, state) in {(1, "SUMMONED_AGAIN"), (2, "SUMMONED")}:
        return _out_of_turn(desk, case)
    return desk.note_absence(case)


def _out_of_turn(desk, case):
    return desk.close(case)


def later(day, days):
    """Return the day so many calendar days later."""
    return day + timedelta(days=days)


def examination_day(case):
    """Return the day of the latest summons of a case."""
    return Summons.select().where(Summons.case == case).order_by(Summons.number.desc()).get().examine_on
