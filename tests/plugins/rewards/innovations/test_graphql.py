"""Innovations and compliance asked and changed as a client does."""

from datetime import UTC, date, datetime

import pytest

from core.actor import Actor
from core.context import Context
from core.planning.terms import PlanState
from core.plugin_host import start
from plugins.rewards.compliance.models import Obligation
from plugins.rewards.compliance.services.checking import check_compliance
from schema.application import application_schema
from schema.execution import execute
from tests.support.calls import call_as, on, system_context
from tests.support.facts import CALLS, Source, facts_on, value
from tests.support.grants import give_role
from tests.support.plans import plan_of
from tests.support.statements import counted_statements

MORNING = datetime(2026, 7, 1, 2, 0, tzinfo=UTC)

PROPOSE = """mutation($input: ProposeInnovationInput!) { proposeInnovation(input: $input) {
  innovation { id version stage } problems { code path } } }"""
STEP = """mutation($input: %sInput!) { %s(input: $input) {
  innovation { id version stage adoptedOn closingReason } problems { code } } }"""
MEASURE = """mutation($input: MeasureInnovationEffectInput!) { measureInnovationEffect(input: $input) {
  effect { beforeValue beforeCases afterValue change changePercent isBetter cautions beforeEvidence fact }
  problems { code } } }"""
LIST = """{ innovations { totalCount nodes { title stage contestStanding(on: "2028-05-04") { isReady readyOn group }
  authors { nodes { employee { name } role } } steps { nodes { stage day } } units { totalCount }
  effects { nodes { changePercent } } evidence { nodes { url downloadPath } } } } }"""


@pytest.fixture
def ask(registry, db, city):
    """Ask as somebody, or as a stranger."""
    schema = application_schema(start(db, ["rewards"], web=True))

    def answer(query, who=None, at=MORNING, **variables):
        ctx = (
            Context(actor=Actor(today=at.date()), settings=db, now=at, language="en")
            if who is None
            else call_as(db, who.id, at)
        )
        found = execute(schema, ctx, query, variables)
        assert "errors" not in found, found
        return found["data"]

    return answer


def step(name):
    return STEP % (f"{name[0].upper()}{name[1:]}", name)


def proposal(city, **more):
    return {
        "unitId": f"WorkUnit:{city.registry.id}", "title": "Antrean daring", "problem": "Antre lama",
        "description": "Daring", "category": "TATA_KELOLA", "group": "UMUM", **more,
    }  # fmt: skip


def adopted(ask, city):
    made = ask(PROPOSE, city.officer, input=proposal(city, proposedOn="2026-02-02"))["proposeInnovation"]["innovation"]
    tried = ask(step("tryInnovation"), city.chief, input={**ref(made), "day": "2026-03-02"})["tryInnovation"][
        "innovation"
    ]
    return ask(step("adoptInnovation"), city.chief, input={**ref(tried), "day": "2026-05-04"})["adoptInnovation"][
        "innovation"
    ]


def ref(row):
    return {"id": row["id"], "version": row["version"]}


def test_the_whole_way_of_an_innovation_with_its_effect(ask, city):
    row = adopted(ask, city)
    assert row["stage"] == "ADOPTED"
    spans = {
        "beforeFirst": "2026-02-01", "beforeLast": "2026-02-28", "afterFirst": "2026-06-01", "afterLast": "2026-06-28",
    }  # fmt: skip
    with facts_on(Source(lambda _s, first, _l: value("40" if first.month == 2 else "30", 100))):
        effect = ask(
            MEASURE, city.officer, input={"innovationId": row["id"], "fact": CALLS, "direction": "LOWER", **spans}
        )["measureInnovationEffect"]["effect"]
    assert {name: effect[name] for name in ("beforeValue", "afterValue", "change", "changePercent", "isBetter")} == {
        "beforeValue": "40", "afterValue": "30", "change": "-10", "changePercent": "-25", "isBetter": True,
    }  # fmt: skip
    assert effect["cautions"] == []
    assert effect["beforeEvidence"]["query"] == "tickets"

    (node,) = ask(LIST, city.other)["innovations"]["nodes"]

    assert node["contestStanding"] == {"isReady": True, "readyOn": "2028-05-04", "group": "General"}
    assert [one["stage"] for one in node["steps"]["nodes"]] == ["PROPOSED", "TRIED", "ADOPTED"]
    assert node["effects"]["nodes"] == [{"changePercent": "-25"}]


def test_what_is_not_adopted_is_seen_by_those_concerned_only(ask, city):
    give_role(city.other_chief, "rewards.innovation_officer", city.archive)
    ask(PROPOSE, city.officer, input=proposal(city))
    count = "{ innovations { totalCount } }"

    seen = {name for name in ("officer", "clerk", "chief", "head", "secretary", "other", "other_chief")
            if ask(count, getattr(city, name))["innovations"]["totalCount"]}  # fmt: skip

    assert seen == {"officer", "chief", "head", "secretary"}
    assert ask(count)["innovations"]["totalCount"] == 0


def test_refusals_are_data_with_their_place(ask, city):
    given = proposal(city, group="LAIN")
    found = ask(PROPOSE, city.officer, input=given)["proposeInnovation"]

    assert found == {"innovation": None, "problems": [{"code": "INNOVATION_GROUP", "path": ["input", "group"]}]}


def test_parts_are_set_and_removed(ask, city):
    made = ask(PROPOSE, city.officer, input=proposal(city))["proposeInnovation"]["innovation"]
    author = """mutation($input: SetInnovationAuthorInput!) { setInnovationAuthor(input: $input) {
      author { id version share role } problems { code } } }"""
    clerk = ask(author, city.officer, input={
        "innovationId": made["id"], "employeeId": f"Employee:{city.clerk.id}", "role": "HELPER", "share": "12.5",
    })["setInnovationAuthor"]["author"]  # fmt: skip
    assert (clerk["share"], clerk["role"]) == ("12.5", "HELPER")
    remove = """mutation($input: Remove%(part)sInput!) {
      remove%(part)s(input: $input) { removedId problems { code } } }"""
    found = ask(remove % {"part": "InnovationAuthor"}, city.officer, input=ref(clerk))
    assert found == {"removeInnovationAuthor": {"removedId": clerk["id"], "problems": []}}
    link = """mutation($input: AddInnovationLinkInput!) { addInnovationLink(input: $input) {
      evidence { id version url } problems { code } } }"""
    proof = ask(link, city.officer, input={"innovationId": made["id"], "url": "https://example.go.id/a"})
    row = proof["addInnovationLink"]["evidence"]
    found = ask(remove % {"part": "InnovationEvidence"}, city.officer, input=ref(row))
    assert found["removeInnovationEvidence"]["removedId"] == row["id"]
    update = """mutation($input: UpdateInnovationInput!) { updateInnovation(input: $input) {
      innovation { title units { nodes { unit { code } } } } problems { code } } }"""
    version = ask("{ innovations { nodes { version } } }", city.officer)["innovations"]["nodes"][0]["version"]
    changed = ask(update, city.officer, input={
        "id": made["id"], "version": version, "title": "Lain", "unitIds": [f"WorkUnit:{city.archive.id}"],
    })["updateInnovation"]  # fmt: skip
    assert changed == {"innovation": {"title": "Lain", "units": {"nodes": [{"unit": {"code": "12"}}]}}, "problems": []}
    closed = ask(
        step("declineInnovation"), city.chief,
        input={"id": made["id"], "version": version + 1, "reason": "Mahal"},
    )["declineInnovation"]["innovation"]  # fmt: skip
    assert (closed["stage"], closed["closingReason"]) == ("DECLINED", "Mahal")


def test_units_and_employees_lead_to_innovations_in_as_many_statements_for_one_as_for_many(ask, city):
    adopted(ask, city)
    query = """{ employees { nodes { name innovations { nodes { role innovation { title } } } } }
      workUnits { nodes { innovations { totalCount } } } }"""
    with counted_statements() as one:
        ask(query, city.head)
    for _ in range(4):
        adopted(ask, city)
    with counted_statements() as many:
        found = ask(query, city.head)

    assert len(many) == len(one)
    (officer,) = [node for node in found["employees"]["nodes"] if node["innovations"]["nodes"]]
    assert (officer["name"], len(officer["innovations"]["nodes"])) == ("Budi Santoso", 5)


RULE = """mutation($input: CreateComplianceRuleInput!) { createComplianceRule(input: $input) {
  rule { id version revision dueWorkingDays } problems { code } } }"""


def test_compliance_from_the_rule_to_the_report_that_is_accepted(ask, city, db):
    give_role(city.head, "rewards.compliance_officer", city.agency)
    plan_of(city.officer, city.period, state=PlanState.APPROVED)
    rule = {
        "unitId": f"WorkUnit:{city.agency.id}", "duty": "PROGRESS", "name": "Laporan bulanan",
        "validFrom": "2026-06-01", "dueWorkingDays": 4,
    }  # fmt: skip
    made = ask(RULE, city.head, input=rule)["createComplianceRule"]["rule"]
    assert (made["revision"], made["dueWorkingDays"]) == (1, 4)
    assert ask(RULE, city.officer, input=rule)["createComplianceRule"]["problems"] == [{"code": "FORBIDDEN"}]
    check_compliance(system_context(db, on(date(2026, 7, 3))))

    mine = """query($id: ID!) { node(id: $id) { ... on Employee { obligations { nodes {
      id version dueOn state isOverdue number
      rule { name } notices { nodes { kind number sentOn ruleRevision employee { name } } } } } } } }"""
    officer = f"Employee:{city.officer.id}"
    june = ask(mine, city.officer, id=officer)["node"]["obligations"]["nodes"][0]
    assert (june["dueOn"], june["state"], june["isOverdue"], june["rule"]) == (
        "2026-07-06", "OPEN", False, {"name": "Laporan bulanan"},
    )  # fmt: skip
    assert june["notices"]["nodes"] == [
        {
            "kind": "REMINDER",
            "number": 1,
            "sentOn": "2026-07-03",
            "ruleRevision": 1,
            "employee": {"name": "Budi Santoso"},
        }
    ]
    assert ask(mine, city.other_chief, id=officer)["node"] is None
    assert ask("{ obligations { totalCount } }", city.clerk)["obligations"]["totalCount"] == 0

    Obligation.update(state="LATE", met_on=date(2026, 7, 9)).where(Obligation.number == 6).execute()
    accept = """mutation($input: AcceptLateReportInput!) { acceptLateReport(input: $input) {
      obligation { state reason } problems { code } } }"""
    given = {"id": june["id"], "version": june["version"], "reason": "Jaringan putus"}
    assert ask(accept, city.officer, input=given)["acceptLateReport"]["problems"] == [{"code": "FORBIDDEN"}]
    found = ask(accept, city.chief, input=given)["acceptLateReport"]
    assert found == {"obligation": {"state": "EXCUSED", "reason": "Jaringan putus"}, "problems": []}
    unit = """query($id: ID!) { node(id: $id) { ... on WorkUnit { compliance(from: "2026-07-01", to: "2026-08-31") {
      onTime late overdue pending excused exempt onTimePercent exemptReasons { reason count } } } } }"""
    assert ask(unit, city.head, id=f"WorkUnit:{city.agency.id}")["node"]["compliance"] == {
        "onTime": 0, "late": 0, "overdue": 0, "pending": 1, "excused": 1, "exempt": 0, "onTimePercent": None,
        "exemptReasons": [],
    }  # fmt: skip


def test_rules_and_exemptions_are_changed_by_those_who_keep_them(ask, city):
    give_role(city.head, "rewards.compliance_officer", city.agency)
    made = ask(RULE, city.head, input={
        "unitId": f"WorkUnit:{city.agency.id}", "duty": "FEEDBACK", "name": "Umpan balik", "validFrom": "2026-01-01",
    })["createComplianceRule"]["rule"]  # fmt: skip
    change = """mutation($input: ChangeComplianceRuleInput!) { changeComplianceRule(input: $input) {
      rule { id version revision mostReminders name } problems { code } } }"""
    given = {**ref(made), "validFrom": "2026-08-01", "mostReminders": 1}
    changed = ask(change, city.head, input=given)["changeComplianceRule"]["rule"]
    assert (changed["revision"], changed["mostReminders"], changed["name"]) == (2, 1, "Umpan balik")
    end = """mutation($input: EndComplianceRuleInput!) { endComplianceRule(input: $input) {
      rule { validTo } problems { code } } }"""
    ended = ask(end, city.head, input={**ref(changed), "lastDay": "2026-12-31"})["endComplianceRule"]
    assert ended == {"rule": {"validTo": "2026-12-31"}, "problems": []}

    grant = """mutation($input: GrantComplianceExemptionInput!) { grantComplianceExemption(input: $input) {
      exemption { id version duty reason } problems { code } } }"""
    exemption = ask(grant, city.head, input={
        "employeeId": f"Employee:{city.officer.id}", "firstDay": "2026-07-01", "lastDay": "2026-07-31",
        "reason": "Tugas belajar",
    })["grantComplianceExemption"]["exemption"]  # fmt: skip
    assert (exemption["duty"], exemption["reason"]) == (None, "Tugas belajar")
    seen = "{ complianceExemptions { totalCount } }"
    assert ask(seen, city.officer)["complianceExemptions"]["totalCount"] == 1
    assert ask(seen, city.chief)["complianceExemptions"]["totalCount"] == 0
    withdraw = """mutation($input: WithdrawComplianceExemptionInput!) { withdrawComplianceExemption(input: $input) {
      exemption { withdrawnOn withdrawnReason } problems { code } } }"""
    found = ask(withdraw, city.head, input={**ref(exemption), "reason": "Kembali"})["withdrawComplianceExemption"]
    assert found["exemption"] == {"withdrawnOn": "2026-07-01", "withdrawnReason": "Kembali"}
