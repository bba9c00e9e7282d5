"""Simulations as clients have them: of a person, of a unit, kept ones, and examples."""

import pytest

from core.attendance.models import AttendanceDay
from core.plugin_host import start
from plugins.rewards.allowance.models import AllowanceRun
from schema.application import application_schema
from schema.execution import execute
from tests.plugins.rewards.allowance.test_simulating import JUNE, office, working_days  # noqa: F401 - a fixture
from tests.support.calls import call_as
from tests.support.city import person, post, report
from tests.support.grants import give_role
from tests.support.statements import counted_statements

OWN = """query($id: ID!, $month: Date!) { node(id: $id) { ... on Employee { allowanceSimulation(month: $month) {
  month attendanceMonth regulation confidence withSanctions basis result
  steps { kind label base percent count amount } missing { gap label } } } } }"""
UNIT = """query($id: ID!, $month: Date!) { node(id: $id) { ... on WorkUnit { allowanceSimulation(month: $month) {
  employees incomplete total withSanctions } } } }"""


@pytest.fixture
def ask(db, office):  # noqa: F811 - a fixture
    """Ask as somebody in June."""
    schema = application_schema(start(db, ["rewards"], web=True))

    def answer(who, query, **variables):
        found = execute(schema, call_as(db, who.id, JUNE), query, variables)
        assert "errors" not in found, found
        return found["data"]

    return answer


def test_a_person_sees_each_step(ask, office):  # noqa: F811 - a fixture
    row = (AttendanceDay.employee == office.officer.id) & (AttendanceDay.day == working_days()[0])
    AttendanceDay.update(late_minutes=65).where(row).execute()

    found = ask(office.officer, OWN, id=f"Employee:{office.officer.id}", month="2026-06-30")["node"]

    assert found["allowanceSimulation"] == {
        "month": "2026-06-01", "attendanceMonth": "2026-05-01", "regulation": "Perbup 1/2026", "confidence": "L",
        "withSanctions": True, "basis": "5000000", "result": "4975000",
        "steps": [
            {"kind": "PERFORMANCE_PART", "label": "Part for performance", "base": "5000000", "percent": "60",
             "count": None, "amount": "3000000"},
            {"kind": "PREDICATE", "label": "Share of the performance part that the predicate does not give: good",
             "base": "3000000", "percent": "0", "count": 1, "amount": "0"},
            {"kind": "DISCIPLINE_PART", "label": "Part for discipline", "base": "5000000", "percent": "40",
             "count": None, "amount": "2000000"},
            {"kind": "LATE", "label": "Days late, by this many minutes or more: 61", "base": "2000000",
             "percent": "1.25", "count": 1, "amount": "-25000"},
        ],
        "missing": [],
    }  # fmt: skip


def test_others_get_nothing_and_whoever_simulates_the_unit(ask, office):  # noqa: F811 - a fixture
    give_role(office.city.chief, "rewards.allowance", office.city.registry)
    officer, registry = f"Employee:{office.officer.id}", f"WorkUnit:{office.city.registry.id}"

    assert ask(office.clerk, OWN, id=officer, month="2026-06-01")["node"]["allowanceSimulation"] is None
    assert ask(office.city.head, UNIT, id=registry, month="2026-06-01")["node"]["allowanceSimulation"] is None
    seen = ask(office.city.chief, OWN, id=officer, month="2026-06-01")["node"]["allowanceSimulation"]
    assert (seen["result"], seen["withSanctions"]) == ("5000000", False)
    assert ask(office.city.chief, UNIT, id=registry, month="2026-06-01")["node"]["allowanceSimulation"] == {
        "employees": 3, "incomplete": 1, "total": "7000000", "withSanctions": False,
    }  # fmt: skip
    above = f"WorkUnit:{office.city.agency.id}"
    assert ask(office.city.chief, UNIT, id=above, month="2026-06-01")["node"]["allowanceSimulation"] is None


def test_a_simulation_is_kept_read_and_deleted(ask, office):  # noqa: F811 - a fixture
    give_role(office.city.chief, "rewards.allowance", office.city.registry)
    made = ask(
        office.city.chief,
        """mutation($unit: ID!) { simulateAllowance(input: {unitId: $unit, month: "2026-06-01"}) {
          run { id employees incomplete lines { totalCount nodes { employee { name } result steps { amount }
            missing { gap label } } } } problems { code } } }""",
        unit=f"WorkUnit:{office.city.registry.id}",
    )["simulateAllowance"]["run"]
    assert (made["employees"], made["incomplete"], made["lines"]["totalCount"]) == (3, 1, 3)
    missing = [line["missing"] for line in made["lines"]["nodes"] if line["missing"]]
    assert missing == [[{"gap": "BASIS", "label": "The table has no basis for the position."}]]
    assert ask(office.clerk, "{ allowanceRuns { totalCount } allowanceLines { totalCount } }") == {
        "allowanceRuns": {"totalCount": 0}, "allowanceLines": {"totalCount": 0},
    }  # fmt: skip
    gone = ask(
        office.city.chief,
        "mutation($id: ID!) { deleteAllowanceRun(input: {id: $id}) { deletedId problems { code } } }",
        id=made["id"],
    )["deleteAllowanceRun"]
    assert gone == {"deletedId": made["id"], "problems": []}
    assert AllowanceRun.select().count() == 0


def test_examples_are_offered_and_adopted_by_who_keeps_the_law(ask, office):  # noqa: F811 - a fixture
    give_role(office.city.head, "hr_admin")
    found = ask(office.clerk, "{ allowanceExamples { code name confidence source } }")["allowanceExamples"]
    assert [one["code"] for one in found] == ["kepahiang", "tulang_bawang", "permentan_68_2012"]
    adopt = """mutation($amounts: JSON!) { adoptAllowanceExample(input: {code: "permentan_68_2012",
      regulation: "Perbup 2/2027", validFrom: "2027-01-01", basisBy: POSITION_KIND, amounts: $amounts}) {
      ruleVersion { kind revision validFrom } problems { code } } }"""
    for who, amounts, code in (
        (office.clerk, {"PELAKSANA": "1"}, "FORBIDDEN"), (office.city.head, {"PELAKSANA": 1}, "BAD_RULE_CONTENT"),
        (office.city.head, 5, "BAD_RULE_CONTENT"),
    ):  # fmt: skip
        refused = ask(who, adopt, amounts=amounts)["adoptAllowanceExample"]
        assert [problem["code"] for problem in refused["problems"]] == [code]
    made = ask(office.city.head, adopt, amounts={"PELAKSANA": "1500000"})["adoptAllowanceExample"]
    assert made["ruleVersion"] == {"kind": "rewards.allowance_table", "revision": 1002, "validFrom": "2027-01-01"}


def test_many_people_take_as_many_statements_as_few(ask, office):  # noqa: F811 - a fixture
    give_role(office.city.chief, "hr_admin")
    query = '{ employees(first: 100) { nodes { allowanceSimulation(month: "2026-06-01") { result } } } }'
    with counted_statements() as few:
        ask(office.city.chief, query)
    for number in range(45):
        one = person(f"19900{number % 9 + 1}172015031{number + 10:03}", f"Pegawai {number:02}")
        post(one, office.city.registry, f"Staf {number}", "PELAKSANA", is_head=False)
        report(one, office.city.chief)
    with counted_statements() as many:
        found = ask(office.city.chief, query)

    assert len(found["employees"]["nodes"]) == 52
    assert len(many) == len(few)
