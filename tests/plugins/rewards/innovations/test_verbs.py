"""Every verb of innovations and compliance, done as a page does it by somebody who may, and refused to others."""

from datetime import date
from decimal import Decimal

import pytest

from core.verbs.performing import is_offered, verb_named
from plugins.rewards.compliance.models import ComplianceRule
from plugins.rewards.compliance.terms import ComplianceDuty, ObligationState
from plugins.rewards.compliance.verbs import VERBS as OF_COMPLIANCE
from plugins.rewards.innovations.models import InnovationEffect, InnovationUnit
from plugins.rewards.innovations.terms import AuthorRole, EffectDirection, InnovationStage
from plugins.rewards.innovations.verbs import VERBS as OF_INNOVATIONS
from tests.core.verbs.conftest import whole_world  # noqa: F401 - a fixture
from tests.core.verbs.conftest import world as everybody  # noqa: F401 - a fixture
from tests.support.facts import CALLS, Source, facts_on, value
from tests.support.verbs import GONE, Case, check


def key(world, label):
    return world.rows[label].id


TEXTS = {"title": "Baru", "problem": "Lama", "description": "Cepat", "category": "TATA_KELOLA", "group": "UMUM"}
DAYS = {
    "before_first": "2026-01-01",
    "before_last": "2026-01-05",
    "after_first": "2026-01-08",
    "after_last": "2026-01-12",
}

CASES = [
    Case(
        "rewards.propose_innovation", "officer",
        texts=lambda w: {
            **TEXTS, "unit_id": key(w, "unit.registry"), "origin_id": "", "origin_note": "", "unit_ids": [],
            "proposed_on": "2026-01-12",
        },
        expected={"title": "Baru", "stage": InnovationStage.PROPOSED, "proposed_on": date(2026, 1, 12)},
    ),
    Case(
        "rewards.change_innovation", "officer", "innovation.proposed",
        texts=lambda w: {**TEXTS, "origin_id": "", "origin_note": ""},
        expected={"title": "Baru", "problem": "Lama"},
    ),
    Case(
        "rewards.set_innovation_units", "officer", "innovation.proposed",
        texts=lambda w: {"unit_ids": [key(w, "unit.archive")]}, of=InnovationUnit,
    ),
    Case(
        "rewards.try_innovation", "chief", "innovation.proposed", texts=lambda w: {"day": "", "reason": "Layak"},
        expected={"stage": InnovationStage.TRIED, "tried_on": date(2026, 1, 15)},
    ),
    Case(
        "rewards.adopt_innovation", "chief", "innovation.tried",
        texts=lambda w: {"day": "2026-01-14", "implemented_on": "2025-06-02", "reason": ""},
        expected={"adopted_on": date(2026, 1, 14), "implemented_on": date(2025, 6, 2)},
    ),
    Case(
        "rewards.decline_innovation", "chief", "innovation.proposed", texts=lambda w: {"day": "", "reason": "Mahal"},
        expected={"stage": InnovationStage.DECLINED, "closing_reason": "Mahal"},
    ),
    Case(
        "rewards.end_innovation", "chief", "innovation.adopted", texts=lambda w: {"day": "", "reason": "Diganti"},
        expected={"stage": InnovationStage.ENDED, "closed_on": date(2026, 1, 15)},
    ),
    Case(
        "rewards.set_innovation_author", "officer",
        texts=lambda w: {
            "innovation_id": key(w, "innovation.proposed"), "employee_id": key(w, "employee.chief"), "role": "HELPER",
            "share": "12.5",
        },
        expected={"role": AuthorRole.HELPER, "share": Decimal("12.5")},
    ),
    Case("rewards.remove_innovation_author", "officer", "innovation_author.clerk", expected=GONE),
    Case(
        "rewards.add_innovation_link", "officer",
        texts=lambda w: {"innovation_id": key(w, "innovation.proposed"), "url": "https://example.id/b", "title": ""},
        expected={"url": "https://example.id/b"},
    ),
    Case("rewards.remove_innovation_evidence", "officer", "innovation_evidence.proposed", expected=GONE),
    Case(
        "rewards.measure_innovation_effect", "officer",
        texts=lambda w: {
            **DAYS, "innovation_id": key(w, "innovation.proposed"), "fact": CALLS, "direction": "LOWER", "unit_id": "",
            "employee_id": "",
        },
        expected={"before_value": Decimal(5), "direction": EffectDirection.LOWER}, of=InnovationEffect,
    ),
    Case(
        "rewards.create_compliance_rule", "hr_admin",
        texts=lambda w: {
            "unit_id": key(w, "unit.registry"), "duty": "FEEDBACK", "name": "Umpan balik", "basis": "",
            "due_working_days": "4", "remind_working_days": "", "repeat_working_days": "", "most_reminders": "",
            "note_working_days": "", "exempt": "PPPK\nLEFT", "exempt_leave": "", "valid_from": "2026-01-15",
            "valid_to": "",
        },
        expected={
            "duty": ComplianceDuty.FEEDBACK, "due_working_days": 4, "most_reminders": 3, "exempt": ["PPPK", "LEFT"],
        },
    ),
    Case(
        "rewards.change_compliance_rule", "hr_admin", "compliance_rule",
        texts=lambda w: {
            "name": "Baru", "basis": "", "due_working_days": "7", "remind_working_days": "", "repeat_working_days": "",
            "most_reminders": "", "note_working_days": "", "exempt": "", "exempt_leave": "", "valid_from": "2026-02-01",
        },
        expected={"revision": 2, "name": "Baru", "due_working_days": 7}, of=ComplianceRule,
    ),
    Case(
        "rewards.end_compliance_rule", "hr_admin", "compliance_rule", texts=lambda w: {"last_day": "2026-01-31"},
        expected={"valid_to": date(2026, 1, 31)},
    ),
    Case(
        "rewards.grant_compliance_exemption", "hr_admin",
        texts=lambda w: {
            "employee_id": key(w, "employee.officer"), "duty": "", "first_day": "2026-02-01", "last_day": "2026-02-28",
            "reason": "Belajar",
        },
        expected={"duty": None, "reason": "Belajar"},
    ),
    Case(
        "rewards.withdraw_compliance_exemption", "hr_admin", "exemption.officer",
        texts=lambda w: {"reason": "Kembali"}, expected={"withdrawn_reason": "Kembali"},
    ),
    Case(
        "rewards.accept_late_report", "chief", "obligation.officer", texts=lambda w: {"reason": "Jaringan"},
        expected={"state": ObligationState.EXCUSED, "reason": "Jaringan"},
    ),
]  # fmt: skip


@pytest.fixture
def world(everybody):  # noqa: F811 - the fixture above
    return everybody


def test_every_verb_of_the_two_areas_is_done_here():
    assert {case.name for case in CASES} == {verb.name for verb in (*OF_INNOVATIONS, *OF_COMPLIANCE)}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_verb_is_done_by_who_may_and_by_nobody_else(world, case):
    with facts_on(Source(lambda *_: value("5", 40))):
        check(world, case)


def test_steps_are_offered_to_those_who_decide_and_never_to_the_author(world):
    names = ("anonymous", "officer", "clerk", "chief", "head", "other_chief", "auditor", "hr_officer", "hr_admin")
    row, verb = world.rows["innovation.proposed"], verb_named("rewards.try_innovation")

    assert [name for name in names if is_offered(world.actors[name](), verb, row)] == ["chief", "head", "hr_admin"]
    adopt = verb_named("rewards.adopt_innovation")
    assert not is_offered(world.actors["chief"](), adopt, row)
