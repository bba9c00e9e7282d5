"""From the report to the day of effect through GraphQL, each person seeing what is theirs to see and nothing else."""

from datetime import date
from itertools import pairwise

from plugins.rewards.discipline.effects import sanction_spells
from plugins.rewards.discipline.models import CaseRead, DisciplineCase
from plugins.rewards.discipline.terms import SanctionLevel
from tests.support.grants import give_role

PEOPLE = ("secretary", "head", "chief", "officer", "clerk", "other_chief", "other")
COUNTS = "{ disciplineCases { totalCount } disciplineReports { totalCount } sanctionDecisions { totalCount } }"


def day(number, month=6):
    return date(2026, month, number)


def who_sees(town, on):
    return {who for who in PEOPLE if town.ask(who, on, COUNTS)["disciplineCases"]["totalCount"]}


def employee(town, who):
    return f"Employee:{getattr(town.city, who).id}"


def reported(town):
    """The clerk reports the officer; return the case as its superior sees it."""
    answer = town.act(
        "clerk", day(22), "reportBreach", "isReported", employeeId=employee(town, "officer"), actFirstOn="2026-06-15",
        text="Menyebarkan ujaran yang merongrong persatuan", source="Percakapan di kantor",
    )  # fmt: skip
    assert answer is True
    assert who_sees(town, day(22)) == {"chief"}
    query = """{ disciplineCases { nodes {
        id version state employee { name } reports { nodes { text source reporter { name } } }
    } } }"""
    (case,) = town.ask("chief", day(22), query)["disciplineCases"]["nodes"]
    # The superior knows what was reported, and not by whom.
    assert case["reports"]["nodes"] == [
        {"text": "Menyebarkan ujaran yang merongrong persatuan", "source": None, "reporter": None}
    ]
    return case


def step(town, case, who, on, mutation, **given):
    answer = town.act(who, on, mutation, caseId=case["id"], version=case["version"], **given)
    assert isinstance(answer, dict), answer
    case.update(answer)
    return case["state"]


def examined(town, case):
    """Walk from the report to the minutes."""
    # Whoever forms a team sees those whom he names.
    give_role(town.city.chief, "rewards.discipline")
    assert step(town, case, "chief", day(23), "takeUpCase") == "TAKEN_UP"
    assert step(town, case, "chief", day(23), "chargeWithBreach", itemCode="3.a") == "TAKEN_UP"
    assert town.act(
        "chief", day(24), "summonToExamination", caseId=case["id"], version=case["version"], examineOn="2026-06-30"
    ) == ["DISCIPLINE_TEAM_MISSING"]
    members = [
        {"employeeId": employee(town, "head"), "role": "CHAIR", "element": "HR"},
        {"employeeId": employee(town, "other_chief"), "role": "SECRETARY", "element": "OVERSIGHT"},
        {"employeeId": employee(town, "chief"), "role": "MEMBER", "element": "SUPERIOR"},
    ]
    assert step(town, case, "chief", day(24), "formExaminationTeam", members=members) == "TAKEN_UP"
    assert who_sees(town, day(24)) == {"chief", "head", "other_chief"}
    summons = {"examineOn": "2026-06-30", "letterNumber": "800/12", "place": "Ruang rapat"}
    assert step(town, case, "chief", day(24), "summonToExamination", **summons) == "SUMMONED"
    # From the summons on the person knows.
    assert who_sees(town, day(24)) == {"chief", "head", "other_chief", "officer"}
    assert step(town, case, "head", day(30), "noteAppearanceAtExamination") == "APPEARED"
    minutes = {"minutes": "Berita acara", "isSignedByExaminer": True, "isSignedByExamined": False}
    assert town.act("head", day(30), "recordExamination", caseId=case["id"], version=case["version"], **minutes) == [
        "DISCIPLINE_REFUSAL_UNNOTED"
    ]
    refusal = {"refusalReason": "Tidak setuju dengan isinya"}
    assert step(town, case, "head", day(30), "recordExamination", **minutes, **refusal) == "EXAMINED"


def test_report_to_effect(town):
    case = reported(town)
    examined(town, case)

    query = "query ($id: ID!) { ruleProposal(caseId: $id) { sanction explanation } }"
    rule = town.ask("head", day(1, 7), query, id=case["id"])["ruleProposal"]
    assert (rule["sanction"], rule["explanation"]["steps"][0]["item"]) == ("HEAVY_1", "3.a")
    assert step(town, case, "head", day(1, 7), "proposeSanction", sanction="HEAVY_1", report="Terbukti") == "PROPOSED"
    decree = {"sanction": "HEAVY_1", "decreeNumber": "888/17/2026", "deciderTitle": "Wali Kota"}
    assert step(town, case, "head", day(6, 7), "decideSanction", **decree) == "DECIDED"
    # Nobody is told of a decision that has not reached him.
    assert town.ask("officer", day(6, 7), COUNTS)["sanctionDecisions"] == {"totalCount": 0}
    assert step(town, case, "head", day(14, 7), "deliverDecision") == "RECEIVED"

    query = """query ($id: ID!) { node(id: $id) { ... on DisciplineCase {
        decisions { nodes { sanction effectiveOn until explanation } }
        clocks(filter: {kind: {in: [DELIVERY, OBJECTION, APPEAL]}}) { nodes { kind state dueOn isOverdue } }
    } } }"""
    seen = town.ask("officer", day(15, 7), query, id=case["id"])["node"]
    (decision,) = seen["decisions"]["nodes"]
    assert (decision["sanction"], decision["effectiveOn"], decision["until"]) == ("HEAVY_1", "2026-08-04", "2027-08-03")
    assert any("HEAVY_1" in line for line in decision["explanation"])
    assert [(clock["kind"], clock["state"], clock["dueOn"]) for clock in seen["clocks"]["nodes"]] == [
        ("DELIVERY", "MET", "2026-07-24"), ("OBJECTION", "RUNNING", "2026-08-03"),
    ]  # fmt: skip

    early = town.act("head", day(3, 8), "putSanctionInEffect", caseId=case["id"], version=case["version"])
    assert isinstance(early, list), early
    assert sanction_spells(None, day(1, 7), day(31, 12)) == []
    assert step(town, case, "head", day(4, 8), "putSanctionInEffect") == "IN_EFFECT"
    (spell,) = sanction_spells(None, day(1, 7), day(31, 12))
    assert (spell.employee_id, spell.level, spell.effective_on) == (
        town.city.officer.id, SanctionLevel.HEAVY, day(4, 8),
    )  # fmt: skip


def test_every_step_is_refused_to_everybody_else_as_if_there_were_no_case(town):
    case = reported(town)
    nothing = town.act("clerk", day(22), "takeUpCase", caseId="DisciplineCase:1", version=1)

    for who in ("clerk", "other", "other_chief", "head", "secretary", "officer"):
        answer = town.act(who, day(23), "takeUpCase", caseId=case["id"], version=case["version"])
        assert answer == nothing == ["NOT_FOUND"], who
    assert DisciplineCase.get().state == "REPORTED"


def test_the_person_acts_on_nothing_but_the_remedy(town):
    case = reported(town)
    examined(town, case)

    for mutation, given in (
        ("proposeSanction", {"sanction": "LIGHT_1", "report": "x"}), ("clearPerson", {"reason": "x"}),
    ):  # fmt: skip
        answer = town.act("officer", day(30), mutation, caseId=case["id"], version=case["version"], **given)
        assert answer == ["FORBIDDEN"], mutation
    query = (
        "{ disciplineCases { nodes { mayDo reports { totalCount } proposals { totalCount } reads { totalCount } } } }"
    )
    (own,) = town.ask("officer", day(30), query)["disciplineCases"]["nodes"]
    assert own == {
        "mayDo": [], "reports": {"totalCount": 0}, "proposals": {"totalCount": 0}, "reads": {"totalCount": 0},
    }  # fmt: skip


def test_chair_and_secretary_know_who_reported(town):
    case = reported(town)
    examined(town, case)
    query = "{ disciplineReports { nodes { source reporter { name } } } }"

    seen = {
        who: town.ask(who, day(30), query)["disciplineReports"]["nodes"] for who in ("head", "other_chief", "chief")
    }

    known = [{"source": "Percakapan di kantor", "reporter": {"name": "Rina Wulandari"}}]
    assert seen["head"] == [{**known[0]}]
    # The secretary sees not who it is where the policy of people hides the person, but where it comes from.
    assert seen["other_chief"] == [{"source": "Percakapan di kantor", "reporter": None}]
    assert seen["chief"] == [{"source": None, "reporter": None}]


def test_who_reads_a_case_is_kept_and_shown_to_chair_and_oversight(town):
    case = reported(town)
    examined(town, case)
    CaseRead.delete().execute()

    town.ask(
        "chief", day(30), "{ disciplineCases { nodes { number } } discipline: disciplineSummonses { nodes { place } } }"
    )
    town.ask("clerk", day(30), "{ disciplineCases { nodes { number } } }")
    town.ask("officer", day(30), "query ($id: ID!) { node(id: $id) { id } }", id=case["id"])

    kept = [(row.reader.name, row.channel.value, row.part) for row in CaseRead.select().order_by(CaseRead.id)]
    assert kept == [
        ("Siti Aminah", "GRAPHQL", "DisciplineCase"),
        ("Siti Aminah", "GRAPHQL", "Summons"),
        ("Budi Santoso", "GRAPHQL", "DisciplineCase"),
    ]
    query = "{ disciplineCaseReads { totalCount } }"
    seen = {who: town.ask(who, day(30), query)["disciplineCaseReads"]["totalCount"] for who in PEOPLE}
    assert {who for who, count in seen.items() if count} == {"head", "other_chief"}


def test_a_member_sees_nothing_after_his_time(town):
    case = reported(town)
    examined(town, case)
    members = [
        {"employeeId": employee(town, "head"), "role": "CHAIR", "element": "HR"},
        {"employeeId": employee(town, "secretary"), "role": "SECRETARY", "element": "OVERSIGHT"},
        {"employeeId": employee(town, "chief"), "role": "MEMBER", "element": "SUPERIOR"},
    ]
    # After the examination the team stays; before the summons it may be changed.
    assert town.act(
        "chief", day(30), "formExaminationTeam", caseId=case["id"], version=case["version"], members=members
    ) == ["DISCIPLINE_STEP"]


def test_case_numbers_and_ids_do_not_count(town):
    for who in ("officer", "other", "clerk"):
        reporter = "chief" if who != "other" else "other_chief"
        town.act(
            reporter, day(22), "reportBreach", "isReported", employeeId=employee(town, who), actFirstOn="2026-06-15",
            text="Dugaan",
        )  # fmt: skip
    numbers = [(row.id, row.number) for row in DisciplineCase.select()]
    ids = sorted(key for key, _ in numbers)
    assert len(ids) == 3
    assert all(later - earlier > 1 for earlier, later in pairwise(ids))
    assert len({number for _, number in numbers}) == 3
