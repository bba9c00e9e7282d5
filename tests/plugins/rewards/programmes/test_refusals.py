"""What is refused at each step, and that nothing changed then; quotas hold when many decide at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest

from core.database import database
from core.errors import Refused
from plugins.rewards.programmes.models import Nomination, PanelMember, RewardCriteria, RewardProgramme, RewardRound
from plugins.rewards.programmes.services import awards, deciding, nominating, programmes, rounds, scoring
from plugins.rewards.programmes.terms import AwardKind, NominationBasis, NominationState
from tests.support.city import person, post

SUPERIOR, PEER, RULE = NominationBasis.SUPERIOR, NominationBasis.PEER, NominationBasis.RULE


def codes(call, *args, **more):
    """Return the codes with which a call is refused."""
    with pytest.raises(Refused) as refused:
        call(*args, **more)
    return [problem.code for problem in refused.value.problems]


@pytest.fixture
def round_(office):
    return office.round(office.plain(quota_per_unit=1))


def proposal(round_, employee, basis=PEER, statement="Baik", evidence=()):
    return {
        "round_id": round_.id, "employee_id": employee.id, "basis": basis, "statement": statement, "evidence": evidence,
    }  # fmt: skip


def verified(office, round_, employee):
    made = nominating.nominate(office.system(), **proposal(round_, employee))
    return nominating.verify_nomination(office.system(), made.id, None, accepted=True)


@pytest.mark.parametrize(
    ("who", "whom", "basis", "more", "expected"),
    [
        ("clerk", "clerk", PEER, {}, "NOMINATION_OWN"),
        ("clerk", "officer", SUPERIOR, {}, "NOMINATION_NOT_SUPERIOR"),
        ("chief", "officer", RULE, {}, "FORBIDDEN"),
        ("clerk", "officer", PEER, {"statement": "  "}, "TEXT_MISSING"),
        ("clerk", "officer", PEER, {"statement": "a\x00b"}, "TEXT_INVALID"),
        ("clerk", "officer", PEER, {"statement": "x" * 10_001}, "TEXT_TOO_LONG"),
        ("clerk", "officer", PEER, {"evidence": ["x"] * 21}, "EVIDENCE_TOO_MUCH"),
        ("clerk", "other", PEER, {}, "NOT_FOUND"),
        ("other_chief", "officer", RULE, {}, "NOT_ELIGIBLE_IN_RUN"),
    ],
)
def test_nominations_that_are_refused(office, city, round_, who, whom, basis, more, expected):
    given = proposal(round_, getattr(city, whom), basis) | more

    assert codes(nominating.nominate, office.as_(who), **given) == [expected]
    assert Nomination.select().count() == 0


def test_somebody_is_nominated_once_in_a_round_and_in_its_time(office, city, round_):
    nominating.nominate(office.as_("clerk"), **proposal(round_, city.officer))

    assert codes(nominating.nominate, office.as_("chief"), **proposal(round_, city.officer, SUPERIOR)) == [
        "NOMINATED_ALREADY"
    ]
    late = office.as_("clerk", date(2027, 1, 1))
    assert "NOMINATIONS_CLOSED" in codes(nominating.nominate, late, **proposal(round_, city.chief))


def test_a_way_of_nominating_that_the_programme_does_not_know(office, city):
    only_rule = office.round(office.programme())

    assert codes(nominating.nominate, office.as_("clerk"), **proposal(only_rule, city.officer)) == ["NOMINATION_BASIS"]


def test_by_the_rule_somebody_eligible_is_nominated_with_the_result(office, city, round_):
    office.run(round_)

    made = nominating.nominate(office.officer(), **proposal(round_, city.officer, RULE))

    assert made.result.is_eligible
    assert made.result.employee_id == city.officer.id


def test_a_colleague_is_not_told_that_somebody_is_sanctioned(office, city, round_):
    from tests.plugins.rewards.programmes.conftest import sanction

    sanction(city.officer)

    made = nominating.nominate(office.as_("clerk"), **proposal(round_, city.officer))

    assert made.state is NominationState.NOMINATED
    assert made.findings is None


def test_the_checklist_is_ticked_off_before_the_panel(office, city):
    round_ = office.round(office.programme("kplb", criteria=[]))
    made = nominating.nominate(office.as_("chief"), **proposal(round_, city.officer, SUPERIOR))
    verify = nominating.verify_nomination

    assert codes(verify, office.officer(), made.id, None, accepted=True, checked=["year_in_rank"]) == [
        "CHECKLIST_INCOMPLETE"
    ]
    assert codes(verify, office.officer(), made.id, None, accepted=True, checked=["more"]) == ["CHECKLIST_ITEM_UNKNOWN"]
    assert codes(verify, office.officer(), made.id, None, accepted=False) == ["TEXT_MISSING"]
    assert codes(verify, office.as_("chief"), made.id, None, accepted=True) == ["FORBIDDEN"]
    assert codes(verify, office.officer(), made.id, 7, accepted=False, note="-") == ["STALE_VERSION"]
    done = verify(office.officer(), made.id, None, accepted=False, note="Tanpa bukti")
    assert (done.state, done.verification_note) == (NominationState.REJECTED, "Tanpa bukti")
    assert codes(verify, office.officer(), made.id, None, accepted=False, note="-") == ["NOMINATION_STEP"]


def test_nobody_works_on_a_nomination_of_their_own(office, city, round_):
    made = nominating.nominate(office.as_("head"), **proposal(round_, city.other_chief, SUPERIOR))

    assert codes(nominating.verify_nomination, office.officer(), made.id, None, accepted=True) == [
        "NOMINATION_ABOUT_YOURSELF"
    ]


def test_steps_are_taken_in_their_order_only(office, city, round_):
    made = nominating.nominate(office.as_("clerk"), **proposal(round_, city.officer))
    rounds.add_panel_member(office.system(), round_id=round_.id, employee_id=city.secretary.id)

    assert codes(deciding.award_nomination, office.officer(), made.id, None, decree_number="1") == ["NOMINATION_STEP"]
    assert codes(deciding.decline_nomination, office.officer(), made.id, None, "-") == ["NOMINATION_STEP"]
    assert codes(deciding.grant_award, office.officer(), made.id, None) == ["NOMINATION_STEP"]
    assert codes(scoring.score_nomination, office.as_("secretary"), made.id, score=5) == ["NOT_FOUND"]
    assert Nomination.get_by_id(made.id).state is NominationState.NOMINATED


def test_a_decision_needs_a_decree_and_a_usable_address(office, city, round_):
    made = verified(office, round_, city.officer)

    assert codes(deciding.award_nomination, office.officer(), made.id, None, decree_number=" ") == ["TEXT_MISSING"]
    wrong = {"decree_number": "1", "decree_document": "javascript:alert(1)"}
    assert codes(deciding.award_nomination, office.officer(), made.id, None, **wrong) != []
    assert codes(deciding.decline_nomination, office.officer(), made.id, None, " ") == ["TEXT_MISSING"]
    done = deciding.decline_nomination(office.officer(), made.id, None, "Kuota")
    assert (done.state, done.reason) == (NominationState.DECLINED, "Kuota")


def test_scores_lie_between_0_and_100_and_not_for_reports(office, city, round_):
    made = verified(office, round_, city.officer)
    for who in ("secretary", "chief"):
        rounds.add_panel_member(office.system(), round_id=round_.id, employee_id=getattr(city, who).id)

    assert codes(scoring.score_nomination, office.as_("secretary"), made.id, score=101) == ["REWARD_NUMBER"]
    assert codes(scoring.score_nomination, office.as_("chief"), made.id, score=50) == ["SCORE_OWN_REPORT"]
    assert codes(scoring.declare_conflict, office.as_("chief"), made.id, " ") == ["TEXT_MISSING"]
    first = scoring.score_nomination(office.as_("secretary"), made.id, score=0)
    again = scoring.score_nomination(office.as_("secretary"), made.id, score=100)
    assert (first.id, again.score) == (again.id, 100)


def test_a_panel_has_everybody_once_and_keeps_who_has_scored(office, city, round_):
    made = verified(office, round_, city.officer)
    member = rounds.add_panel_member(office.officer(), round_id=round_.id, employee_id=city.secretary.id)

    assert codes(rounds.add_panel_member, office.officer(), round_id=round_.id, employee_id=city.secretary.id) == [
        "PANEL_MEMBER_TWICE"
    ]
    scoring.score_nomination(office.as_("secretary"), made.id, score=1)
    assert codes(rounds.remove_panel_member, office.officer(), member.id, None) == ["PANEL_MEMBER_SCORED"]
    assert PanelMember.select().count() == 1


def test_a_round_ends_when_everything_is_decided(office, city, round_):
    made = nominating.nominate(office.as_("clerk"), **proposal(round_, city.officer))

    assert codes(rounds.close_round, office.officer(), round_.id, None) == ["ROUND_UNFINISHED"]
    assert codes(nominating.withdraw_nomination, office.as_("chief"), made.id, None, "-") == ["NOT_FOUND"]
    nominating.withdraw_nomination(office.as_("clerk"), made.id, None, "Salah orang")
    rounds.close_round(office.officer(), round_.id, None)
    assert codes(nominating.nominate, office.as_("clerk"), **proposal(round_, city.chief)) == ["ROUND_CLOSED"]
    rounds.reopen_round(office.officer(), round_.id, None)
    assert codes(rounds.reopen_round, office.officer(), round_.id, None) == ["ROUND_OPEN"]


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"code": "Ä"}, "PROGRAMME_CODE"),
        ({"code": "plain"}, "PROGRAMME_CODE_TAKEN"),
        ({"name": ""}, "TEXT_MISSING"),
        ({"quota_per_unit": 0}, "REWARD_NUMBER"),
        ({"objection_days": 61}, "REWARD_NUMBER"),
        ({"confidence": "X"}, "BAD_CONFIDENCE"),
        ({"nominators": ["MAYOR"]}, "NOMINATORS_UNKNOWN"),
        ({"checklist": [{"code": "a"}]}, "CHECKLIST_UNUSABLE"),
        ({"checklist": [{"code": "a", "id": "x", "en": "y"}] * 2}, "CHECKLIST_UNUSABLE"),
        ({"criteria": [{"kind": "HEIGHT"}]}, "CRITERIA_UNUSABLE"),
        ({"template": "medal"}, "TEMPLATE_UNKNOWN"),
    ],
)
def test_programmes_that_cannot_be_set_up(office, changed, expected):
    office.plain()

    given = {"code": "new", "name": "Baru"} | changed

    assert codes(programmes.create_programme, office.officer(), **given) == [expected]
    assert RewardProgramme.select().count() == 1


def test_criteria_change_by_versions_only(office, round_):
    programme = round_.programme
    same = programmes.newest_criteria(programme.id).criteria

    assert codes(programmes.set_criteria, office.officer(), programme.id, same) == ["CRITERIA_SAME"]
    assert codes(programmes.set_criteria, office.officer(), programme.id, [{"kind": "X"}]) == ["CRITERIA_UNUSABLE"]
    programmes.set_criteria(office.officer(), programme.id, [{"kind": "SERVICE_YEARS", "years": 5}], "Baru")
    assert [row.revision for row in RewardCriteria.select().order_by(RewardCriteria.revision)] == [1, 2]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"ends_on": date(2025, 12, 31)}, "PERIOD_REVERSED"),
        ({"nominations_until": date(2025, 12, 31)}, "NOMINATIONS_END_EARLY"),
        ({"name": " "}, "TEXT_MISSING"),
    ],
)
def test_rounds_that_cannot_be_opened(office, round_, values, expected):
    given = {"name": "2026", "starts_on": date(2026, 1, 1), "ends_on": date(2026, 12, 31)} | values

    found = codes(rounds.create_round, office.officer(), programme_id=round_.programme_id, **given)

    assert expected in found
    assert RewardRound.select().count() == 1


def test_awards_of_former_years_are_entered_and_corrected_those_of_here_are_not(office, city, round_):
    old = {
        "employee_id": city.officer.id, "kind": AwardKind.APPRECIATION, "title": "Lama",
        "awarded_on": date(2020, 8, 17), "decree_number": "5",
    }  # fmt: skip
    assert codes(awards.record_award, office.officer(), **old | {"awarded_on": date(2026, 8, 1)}) == ["AWARD_AHEAD"]
    assert codes(awards.record_award, office.as_("chief"), **old) == ["FORBIDDEN"]
    entered = awards.record_award(office.officer(), **old)
    assert awards.update_award(office.officer(), entered.id, None, {"title": "Benar"}).title == "Benar"
    made = verified(office, round_, city.clerk)
    deciding.award_nomination(office.officer(), made.id, None, decree_number="1")
    given = deciding.grant_award(office.officer(), made.id, None)
    assert codes(awards.update_award, office.officer(), given.id, None, {"title": "X"}) == ["AWARD_FIXED"]
    hidden = awards.update_award(office.officer(), given.id, None, {"is_published": False})
    assert not hidden.is_published


@pytest.mark.parametrize(("depth", "expected"), [(None, 2), (1, 1), (2, 2)])
def test_the_quota_counts_by_the_unit_of_its_depth(office, city, depth, expected):
    """Two divisions of one agency: each has a place of its own, or both share that of the agency."""
    round_ = office.round(office.plain(quota_per_unit=1, quota_depth=depth))
    waiting = [verified(office, round_, employee).id for employee in (city.officer, city.other, city.clerk)]

    for place, key in enumerate(waiting):
        if place < expected:
            deciding.award_nomination(office.system(), key, None, decree_number="1")
        else:
            assert codes(deciding.award_nomination, office.system(), key, None, decree_number="1") == ["QUOTA_REACHED"]


def test_a_quota_holds_when_many_decide_at_once(office, city, db):
    round_ = office.round(office.plain(quota_per_unit=2))
    people = [person(f"19910517201503{1000 + number}", f"P{number}") for number in range(8)]
    for number, one in enumerate(people):
        post(one, city.registry, f"T{number}", "PELAKSANA", is_head=False)
    waiting = [verified(office, round_, one).id for one in people]
    barrier = Barrier(len(waiting))

    def decide(key):
        with database.connection_context():
            barrier.wait()
            try:
                deciding.award_nomination(office.system(), key, None, decree_number="1")
            except Refused as refused:
                return refused.problems[0].code
            return "done"

    with ThreadPoolExecutor(len(waiting)) as pool:
        found = sorted(pool.map(decide, waiting))

    assert found == ["QUOTA_REACHED"] * 6 + ["done"] * 2
    assert Nomination.select().where(Nomination.state == NominationState.AWARDED).count() == 2
