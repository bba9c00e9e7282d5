"""Every verb of programmes, done as a page does it by somebody who may, and refused to others."""

from datetime import date

import pytest

from core.registry import active_registry
from plugins.rewards.programmes.models import (
    Award,
    EligibilityRun,
    Nomination,
    PanelMember,
    PanelScore,
    RewardCriteria,
)
from plugins.rewards.programmes.terms import (
    AwardKind,
    AwardObjectionState,
    AwardState,
    NominationBasis,
    NominationState,
    RoundState,
    RunState,
)
from plugins.rewards.programmes.verbs import VERBS
from tests.core.verbs.conftest import whole_world  # noqa: F401 - a fixture
from tests.core.verbs.conftest import world as everybody  # noqa: F401 - a fixture
from tests.support.verbs import GONE, Case, check

SPAN = {"starts_on": "2026-02-01", "ends_on": "2026-02-28"}


def key(world, label):
    return world.rows[label].id


CASES = [
    Case(
        "rewards.create_programme", "hr_admin",
        texts=lambda w: {"code": "inovasi", "template": "innovation_award", "name": "", "kind": "", "unit_id": "",
            "description": "", "legal_basis": "Perbup 1/2026", "source": ""},
        expected={"kind": AwardKind.INNOVATION, "legal_basis": "Perbup 1/2026", "quota_per_unit": 5},
    ),
    Case(
        "rewards.update_programme", "hr_admin", "programme.main",
        lambda w: {"name": "Lain", "quota_per_unit": "3", "nominators": "PEER\nSUPERIOR", "checklist": "[]",
            "min_scores": "0", "objection_days": "0", "excludes_own_unit": "1", "shows_scorers": "1", "is_active": "1"},
        expected={"name": "Lain", "quota_per_unit": 3, "nominators": ["PEER", "SUPERIOR"], "shows_scorers": True},
    ),
    Case(
        "rewards.set_criteria", "hr_admin", "criteria.main",
        lambda w: {"criteria": '[{"kind": "SERVICE_YEARS", "years": 3}]', "note": "Baru"},
        expected={"revision": 2, "note": "Baru"}, of=RewardCriteria,
    ),
    Case(
        "rewards.create_round", "hr_admin",
        texts=lambda w: {"programme_id": key(w, "programme.main"), "name": "Februari", **SPAN, "nominations_until": ""},
        expected={"name": "Februari", "nominations_until": date(2026, 2, 28)},
    ),
    Case(
        "rewards.update_round", "hr_admin_archive", "reward_round.archive",
        lambda w: {"name": "Lain", **SPAN, "nominations_until": "2026-03-31"},
        expected={"name": "Lain", "nominations_until": date(2026, 3, 31)},
    ),
    Case(
        "rewards.start_run", "hr_admin", "reward_round.main", lambda w: {"as_of": "2026-08-17"},
        expected={"as_of": date(2026, 8, 17), "state": RunState.WAITING}, of=EligibilityRun,
    ),
    Case("rewards.close_round", "hr_admin", "reward_round.empty", expected={"state": RoundState.CLOSED}),
    Case("rewards.reopen_round", "hr_admin", "reward_round.closed", expected={"state": RoundState.OPEN}),
    Case(
        "rewards.add_panel_member", "hr_admin",
        texts=lambda w: {"round_id": key(w, "reward_round.main"), "employee_id": key(w, "employee.clerk")},
        of=PanelMember,
    ),
    Case("rewards.remove_panel_member", "hr_admin", "panel.spare", expected=GONE),
    Case("rewards.remove_file", "clerk", "reward_file.new_evidence", expected=GONE),
    Case(
        "rewards.nominate", "chief",
        texts=lambda w: {"round_id": key(w, "reward_round.empty"), "employee_id": key(w, "employee.clerk"),
            "basis": "SUPERIOR", "statement": "Rajin", "evidence": "Laporan\nhttps://example.id/"},
        expected={"basis": NominationBasis.SUPERIOR, "evidence": ["Laporan", "https://example.id/"]},
    ),
    Case(
        "rewards.withdraw_nomination", "clerk", "nomination.new", lambda w: {"reason": "Salah orang"},
        expected={"state": NominationState.WITHDRAWN},
    ),
    Case(
        "rewards.verify_nomination", "hr_admin", "nomination.new",
        lambda w: {"is_accepted": "1", "is_all_right": "1", "checked": "", "note": ""},
        expected={"state": NominationState.VERIFIED},
    ),
    Case(
        "rewards.score_nomination", "deputy", "nomination.verified", lambda w: {"score": "77", "note": "Baik"},
        expected={"score": 77, "note": "Baik"}, of=PanelScore,
    ),
    Case(
        "rewards.declare_conflict", "deputy", "nomination.verified", lambda w: {"note": "Ipar"},
        expected={"score": None, "has_conflict": True}, of=PanelScore,
    ),
    Case(
        "rewards.award_nomination", "hr_admin", "nomination.verified",
        lambda w: {"decree_number": "800/1", "decree_document": "", "note": ""},
        expected={"state": NominationState.AWARDED, "decree_number": "800/1"},
    ),
    Case(
        "rewards.decline_nomination", "hr_admin_archive", "nomination.archive", lambda w: {"reason": "Kuota"},
        expected={"state": NominationState.DECLINED},
    ),
    Case(
        "rewards.object_to_decision", "other_chief", "nomination.awarded", lambda w: {"reason": "Keliru"},
        of=Nomination,
    ),
    Case(
        "rewards.decide_objection", "hr_admin", "award_objection.clerk",
        lambda w: {"is_upheld": "1", "decision": "Benar"},
        expected={"state": AwardObjectionState.ACCEPTED, "decision": "Benar"},
    ),
    Case(
        "rewards.grant_award", "hr_admin", "nomination.ready", lambda w: {"is_published": "1", "awarded_on": ""},
        expected={"state": AwardState.GRANTED, "is_published": True}, of=Award,
    ),
    Case(
        "rewards.record_award", "hr_admin",
        texts=lambda w: {"employee_id": key(w, "employee.officer"), "kind": "APPRECIATION", "title": "Lama",
            "awarded_on": "2020-01-01", "decree_number": "1", "is_published": ""},
        expected={"title": "Lama", "is_published": False},
    ),
    Case(
        "rewards.update_award", "hr_admin", "award.private",
        lambda w: {"title": "Benar", "decree_number": "7", "is_published": "1"},
        expected={"title": "Benar", "is_published": True},
    ),
    Case(
        "rewards.revoke_award", "hr_admin", "award.open", lambda w: {"reason": "Keliru"},
        expected={"state": AwardState.REVOKED, "revoked_reason": "Keliru"},
    ),
]  # fmt: skip


@pytest.fixture
def world(everybody):  # noqa: F811 - a fixture
    """The world of the walk."""
    return everybody


@pytest.mark.parametrize(
    "case", [case for case in CASES if case.name != "rewards.object_to_decision"], ids=lambda case: case.name
)
def test_a_verb_is_done_by_who_may_and_by_nobody_else(world, case):
    check(world, case)


def test_an_objection_is_filed_by_who_knows_the_nominee(world):
    from plugins.rewards.programmes.models import AwardObjection
    from tests.support.verbs import do

    (case,) = [case for case in CASES if case.name == "rewards.object_to_decision"]

    made = do(world, case)

    assert isinstance(made, AwardObjection)
    assert made.state is AwardObjectionState.FILED


def test_every_verb_of_the_area_is_done(world):
    assert {verb.name for verb in VERBS} == {case.name for case in CASES}
    assert {verb.name for verb in VERBS} <= {verb.name for verb in active_registry().verbs}
