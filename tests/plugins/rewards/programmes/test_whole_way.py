"""The whole way through GraphQL: programme, run, nomination, verification, panel, decision, objection, certificate."""

from datetime import date

import pytest

from core.certificates.reading import check_certificate
from core.live.models import LiveEvent
from plugins.rewards.programmes.services.running import work_runs
from tests.plugins.rewards.programmes.conftest import sanction
from tests.support.grants import give_role

DECIDED, LAST_DAY, GRANTED = date(2026, 1, 15), date(2026, 1, 20), date(2026, 1, 21)
"""A Thursday; three working days later; the day after."""


def change(ask, name, who, input, selection, day=DECIDED):
    """Call a mutation and return its payload."""
    kind = name[0].upper() + name[1:]
    query = (
        f"mutation($input: {kind}Input!) {{ {name}(input: $input) {{ {selection} problems {{ code message path }} }} }}"
    )
    answer = ask(query, who, day, input=input)
    assert "errors" not in answer, answer
    return answer["data"][name]


def done(ask, name, who, input, selection, day=DECIDED):
    """Call a mutation that works."""
    payload = change(ask, name, who, input, selection, day)
    assert payload["problems"] == []
    return payload


def codes(ask, name, who, input, day=DECIDED):
    """Call a mutation that is refused, and return the codes."""
    return [one["code"] for one in change(ask, name, who, input, "__typename", day)["problems"]]


NOMINATION = "nomination { id version state objectionUntil }"


@pytest.fixture
def verified(office, city, ask):
    """A nomination of the officer Budi by his chief, verified, with a panel of three."""
    programme = done(
        ask, "createRewardProgramme", "other_chief",
        {"code": "teladan", "template": "employee_of_month", "criteria": [], "minScores": 2},
        "programme { id name kind legalBasis objectionDays criteria { revision } }",
    )["programme"]  # fmt: skip
    assert (programme["kind"], programme["objectionDays"]) == ("EMPLOYEE_OF_PERIOD", 3)
    round_ = done(
        ask, "createRewardRound", "other_chief",
        {"programmeId": programme["id"], "name": "Januari", "startsOn": "2026-01-01", "endsOn": "2026-01-31"},
        "round { id state }",
    )["round"]["id"]  # fmt: skip
    for name in ("secretary", "other", "chief"):
        member = {"roundId": round_, "employeeId": f"Employee:{getattr(city, name).id}"}
        done(ask, "addPanelMember", "other_chief", member, "member { id }")
    nominated = done(
        ask, "nominate", "chief",
        {"roundId": round_, "employeeId": f"Employee:{city.officer.id}", "basis": "SUPERIOR",
         "statement": "Antrean turun separuh.", "evidence": ["https://example.go.id/laporan"]},
        NOMINATION,
    )["nomination"]  # fmt: skip
    checked = done(
        ask, "verifyNomination", "other_chief",
        {"id": nominated["id"], "version": 1, "accepted": True, "checked": ["statement_true"]}, NOMINATION,
    )["nomination"]  # fmt: skip
    assert checked["state"] == "VERIFIED"
    return {"programme": programme["id"], "round": round_, "id": checked["id"]}


def score(ask, verified, *names):
    for number, name in enumerate(names):
        done(ask, "scoreNomination", name, {"id": verified["id"], "score": 80 + number}, "score { score }")


def decide(ask, verified, day=DECIDED):
    decree = {"id": verified["id"], "decreeNumber": "800/12/2026", "decreeDocument": "https://jdih.example.go.id/12"}
    return done(ask, "awardNomination", "other_chief", decree, NOMINATION, day)["nomination"]


def test_from_the_run_to_the_certificate(office, city, ask, verified, db):
    run = done(ask, "startEligibilityRun", "other_chief", {"roundId": verified["round"]}, "run { id state }")["run"]
    work_runs(office.system())
    answer = ask(
        "query($id: ID!) { node(id: $id) { ... on EligibilityRun { state people eligible "
        "results(first: 50) { totalCount nodes { findings { kind outcome text textId textEn evidence } } } } } }",
        "other_chief", id=run["id"],
    )["data"]["node"]  # fmt: skip
    assert (answer["state"], answer["people"], answer["results"]["totalCount"]) == ("DONE", 7, 7)
    finding = answer["results"]["nodes"][0]["findings"][0]
    assert (finding["kind"], finding["outcome"]) == ("NO_SANCTION", "MET")
    assert finding["textId"].startswith("Tidak ada hukuman disiplin")

    # The chief sits on the panel and keeps out; the head of the archive does not sit there.
    assert codes(ask, "scoreNomination", "chief", {"id": verified["id"], "score": 100}) == ["FORBIDDEN"]
    assert codes(ask, "awardNomination", "other_chief", {"id": verified["id"], "decreeNumber": "1"}) == [
        "SCORES_MISSING"
    ]
    score(ask, verified, "secretary", "other")

    decided = decide(ask, verified)
    assert (decided["state"], decided["objectionUntil"]) == ("AWARDED", LAST_DAY.isoformat())
    assert codes(ask, "grantAward", "other_chief", {"id": verified["id"]}, LAST_DAY) == ["OBJECTIONS_RUN"]
    award = done(
        ask, "grantAward", "other_chief", {"id": verified["id"], "published": True},
        "award { id title kind decreeNumber state certificate { code verifyPath pdfPath holderName lines } }", GRANTED,
    )["award"]  # fmt: skip

    assert (award["title"], award["kind"], award["decreeNumber"]) == (
        "Pegawai Teladan Bulan Ini", "EMPLOYEE_OF_PERIOD", "800/12/2026",
    )  # fmt: skip
    found = check_certificate(db, award["certificate"]["code"])
    assert (found.holder_name, found.number, found.revoked_on) == ("Budi Santoso", "800/12/2026", None)
    assert award["certificate"]["verifyPath"] == f"/-/verify/{award['certificate']['code']}"
    events = [event.name for event in LiveEvent.select().order_by(LiveEvent.id)]
    assert events[-2:] == ["rewards.award_granted", "rewards.nomination_changed"]
    seen = ask("{ awards { nodes { title employee { name } } } }", "clerk", GRANTED)["data"]["awards"]["nodes"]
    assert seen == [{"title": "Pegawai Teladan Bulan Ini", "employee": {"name": "Budi Santoso"}}]

    revoked = {"id": award["id"], "reason": "Data pendukung tidak benar"}
    assert codes(ask, "revokeAward", "officer", revoked, GRANTED) == ["FORBIDDEN"]
    done(ask, "revokeAward", "other_chief", revoked, "award { state revokedOn }", GRANTED)
    assert check_certificate(db, award["certificate"]["code"]).revoked_on == GRANTED
    assert codes(ask, "revokeAward", "other_chief", revoked, GRANTED) == ["AWARD_REVOKED"]


def test_a_sanction_between_run_and_decision_is_refused_with_the_reason(office, city, ask, verified):
    office.run(office.round(office.plain()))
    score(ask, verified, "secretary", "other")
    sanction(city.officer, "MEDIUM", date(2026, 1, 14), date(2026, 7, 13))

    refused = change(ask, "awardNomination", "other_chief", {"id": verified["id"], "decreeNumber": "1"}, "__typename")

    (problem,) = refused["problems"]
    assert problem["code"] == "NOT_ELIGIBLE"
    assert "Budi Santoso does not fulfil the criteria on this day: A disciplinary record" in problem["message"]
    assert "MEDIUM_1" not in problem["message"]


def test_a_sanction_between_decision_and_grant_stops_the_grant(office, city, ask, verified):
    score(ask, verified, "secretary", "other")
    decide(ask, verified)
    sanction(city.officer, "HEAVY", date(2026, 1, 20), date(2027, 1, 19))

    assert codes(ask, "grantAward", "other_chief", {"id": verified["id"]}, GRANTED) == ["NOT_ELIGIBLE"]


def test_an_objection_stops_the_grant_and_sends_the_decision_back(office, city, ask, verified):
    score(ask, verified, "secretary", "other")
    objection = {"nominationId": verified["id"], "reason": "Bukan pekerjaannya sendiri"}
    assert codes(ask, "objectToAward", "clerk", objection) == ["NOT_FOUND"]
    decide(ask, verified)

    filed = done(ask, "objectToAward", "clerk", objection, "objection { id state }", LAST_DAY)["objection"]
    assert codes(ask, "objectToAward", "clerk", objection, LAST_DAY) == ["OBJECTION_TWICE"]
    assert codes(ask, "objectToAward", "chief", objection, GRANTED) == ["OBJECTION_LATE"]
    assert codes(ask, "grantAward", "other_chief", {"id": verified["id"]}, GRANTED) == ["OBJECTIONS_OPEN"]
    answer = {"id": filed["id"], "upheld": True, "decision": "Benar"}
    assert codes(ask, "decideAwardObjection", "clerk", answer, GRANTED) == ["FORBIDDEN"]
    done(ask, "decideAwardObjection", "other_chief", answer, "objection { state }", GRANTED)

    back = ask(
        "query($id: ID!) { node(id: $id) { ... on Nomination { state decreeNumber } } }",
        "other_chief",
        id=verified["id"],
    )
    assert back["data"]["node"] == {"state": "VERIFIED", "decreeNumber": ""}
    assert codes(ask, "decideAwardObjection", "other_chief", answer, GRANTED) == ["OBJECTION_ANSWERED"]


def test_an_objection_that_is_not_right_leaves_the_decision(office, city, ask, verified):
    score(ask, verified, "secretary", "other")
    decide(ask, verified)
    filed = done(
        ask, "objectToAward", "clerk", {"nominationId": verified["id"], "reason": "Tidak setuju"}, "objection { id }",
    )["objection"]  # fmt: skip

    answer = {"id": filed["id"], "upheld": False, "decision": "Bukti cukup"}
    done(ask, "decideAwardObjection", "other_chief", answer, "objection { state }", LAST_DAY)

    done(ask, "grantAward", "other_chief", {"id": verified["id"]}, "award { id }", GRANTED)


def test_who_has_a_conflict_of_interest_keeps_out(office, city, ask, verified):
    score(ask, verified, "other")
    note = {"id": verified["id"], "note": "Ipar"}

    done(ask, "declareConflictOfInterest", "other", note, "score { hasConflict score }")

    assert codes(ask, "scoreNomination", "other", {"id": verified["id"], "score": 90}) == ["CONFLICT_DECLARED"]
    score(ask, verified, "secretary")
    assert codes(ask, "awardNomination", "other_chief", {"id": verified["id"], "decreeNumber": "1"}) == [
        "SCORES_MISSING"
    ]


def test_nobody_scores_people_of_the_own_unit_unless_the_programme_lets_them(office, city, ask, verified):
    member = {"roundId": verified["round"], "employeeId": f"Employee:{city.clerk.id}"}
    done(ask, "addPanelMember", "other_chief", member, "member { id }")
    assert codes(ask, "scoreNomination", "clerk", {"id": verified["id"], "score": 50}) == ["SCORE_OWN_UNIT"]

    done(ask, "updateRewardProgramme", "other_chief", {"id": verified["programme"], "excludesOwnUnit": False},
         "programme { excludesOwnUnit }")  # fmt: skip

    score(ask, verified, "clerk")


@pytest.mark.parametrize("shown", [True, False])
def test_scorers_are_named_as_the_programme_says(office, city, ask, verified, shown):
    done(ask, "updateRewardProgramme", "other_chief", {"id": verified["programme"], "showsScorers": shown},
         "programme { showsScorers }")  # fmt: skip
    score(ask, verified, "secretary", "other")
    query = "{ panelScores { nodes { score member { name } } } }"

    hr = ask(query, "other_chief")["data"]["panelScores"]["nodes"]
    own = ask(query, "secretary")["data"]["panelScores"]["nodes"]
    stranger = ask(query, "clerk")["data"]["panelScores"]["nodes"]

    assert [row["member"] is not None for row in hr] == [shown, shown]
    assert own == [{"score": 80, "member": {"name": "Made Sudana"}}]
    assert stranger == []


def test_a_private_award_is_for_the_person_the_superior_and_hr(office, city, ask, verified):
    score(ask, verified, "secretary", "other")
    decide(ask, verified)
    done(ask, "grantAward", "other_chief", {"id": verified["id"], "published": False}, "award { id }", GRANTED)

    def sees(who):
        return ask("{ awards { totalCount } }", who, GRANTED)["data"]["awards"]["totalCount"]

    assert [sees(who) for who in ("officer", "chief", "other_chief", "clerk", "other")] == [1, 1, 1, 0, 0]


def test_recognition_of_units_counts_without_telling_on_small_ones(office, city, ask, verified):
    score(ask, verified, "secretary", "other")
    decide(ask, verified)
    done(ask, "grantAward", "other_chief", {"id": verified["id"], "published": False}, "award { id }", GRANTED)
    query = """{ workUnits(orderBy: [{code: ASC}]) { nodes { code recognition(from: "2026-01-01", to: "2026-12-31") {
        people awards awardedPeople isPublishedOnly byKind { kind awards } } } } }"""

    nodes = ask(query, "clerk", GRANTED)["data"]["workUnits"]["nodes"]

    found = {node["code"]: node["recognition"] for node in nodes}
    assert found["00"] == {
        "people": 7, "awards": 1, "awardedPeople": 1, "isPublishedOnly": False,
        "byKind": [{"kind": "EMPLOYEE_OF_PERIOD", "awards": 1}],
    }  # fmt: skip
    assert found["11"] == {"people": 3, "awards": 0, "awardedPeople": 0, "isPublishedOnly": True, "byKind": []}
    assert (found["12"]["people"], found["12"]["awards"]) == (2, 0)


def test_who_reads_nominations_sees_counts_by_state(office, city, ask, verified):
    query = "{ nominationsAggregate(groupBy: [{field: STATE}]) { groups { keys { state } count } } }"

    assert ask(query, "other_chief")["data"]["nominationsAggregate"]["groups"] == [
        {"keys": {"state": "VERIFIED"}, "count": 1}
    ]
    assert ask(query, "clerk")["data"]["nominationsAggregate"]["groups"] == []


def test_an_officer_of_a_unit_works_on_its_people_only(office, city, ask, verified):
    give_role(city.other, "rewards.officer", city.archive)

    assert codes(ask, "awardNomination", "other", {"id": verified["id"], "decreeNumber": "1"}) == ["FORBIDDEN"]
    rows = ask("{ eligibilityRuns { totalCount } }", "other")["data"]["eligibilityRuns"]["totalCount"]
    assert rows == 0


def test_a_run_looks_no_further_than_its_round(office, city, ask, verified):
    ahead = {"roundId": verified["round"], "asOf": "2026-02-01"}

    assert codes(ask, "startEligibilityRun", "other_chief", ahead) == ["RUN_DAY"]
