"""What is done in discipline: every step of a case, each its own unit of work."""

from plugins.rewards.discipline.services.charges import charge
from plugins.rewards.discipline.services.decisions import annul, clear, close, decide
from plugins.rewards.discipline.services.deliveries import (
    deliver,
    dispatch,
    note_not_present,
    note_receipt,
    put_in_effect,
)
from plugins.rewards.discipline.services.examinations import examine, release_from_post
from plugins.rewards.discipline.services.proposals import propose, rule_proposal
from plugins.rewards.discipline.services.remedies import answer_remedy, decide_remedy, file_remedy
from plugins.rewards.discipline.services.reports import assign_report, dismiss, hand_up, report_breach, take_up
from plugins.rewards.discipline.services.salary_stops import (
    lift_salary_stop,
    reject_salary_stop,
    report_salary_stop,
    set_salary_stop,
    verify_salary_stop,
)
from plugins.rewards.discipline.services.summonses import note_absence, note_appearance, summon
from plugins.rewards.discipline.services.teams import Appointment, form_team, named_by_number

__all__ = [
    "Appointment",
    "annul",
    "answer_remedy",
    "assign_report",
    "charge",
    "clear",
    "close",
    "decide",
    "decide_remedy",
    "deliver",
    "dismiss",
    "dispatch",
    "examine",
    "file_remedy",
    "form_team",
    "hand_up",
    "lift_salary_stop",
    "named_by_number",
    "note_absence",
    "note_appearance",
    "note_not_present",
    "note_receipt",
    "propose",
    "put_in_effect",
    "reject_salary_stop",
    "release_from_post",
    "report_breach",
    "report_salary_stop",
    "rule_proposal",
    "set_salary_stop",
    "summon",
    "take_up",
    "verify_salary_stop",
]
