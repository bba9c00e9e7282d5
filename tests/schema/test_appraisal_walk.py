"""Evaluation through GraphQL: the whole walk, each step by the right person and refused to every other."""

from datetime import date

import pytest

from core.appraisal.models import Evaluation, Objection
from core.history.models import HistoryRecord
from schema.execution import execute
from tests.support.calls import call_as, on
from tests.support.city import build_city
from tests.support.grants import give_role
from tests.support.plans import approved_plan
from tests.support.schemas import core_schema

RECEIVED = date(2026, 3, 1)
PEOPLE = ("secretary", "head", "chief", "officer", "clerk", "other_chief", "other")

EVALUATION = """ { evaluation { id version state resultRating behaviorRating predicate predicateTerm receivedOn
    objectionDueOn acknowledgedAt creditPoints { points months } objection { state } }
    problems { path code message } } """
OBJECTION = """ { objection { id version state dueOn deciderName evaluatorStatement evaluation { state predicate } }
    problems { path code message } } """
CHANGES = {
    "setOrganizationPerformance": """ { organizationPerformance { id version rating setBy { name } setOn }
        problems { path code message } } """,
    "openEvaluations": " { evaluations { id } made existing problems { path code message } } ",
    "rateEvaluation": EVALUATION,
    "finaliseEvaluation": EVALUATION,
    "acknowledgeEvaluation": EVALUATION,
    "reopenEvaluation": EVALUATION,
    "fileObjection": OBJECTION,
    "answerObjection": OBJECTION,
    "decideObjection": OBJECTION,
    "startCalibration": " { session { id version state } problems { path code message } } ",
    "shiftRating": " { shift { id reason } evaluation { version resultRating } problems { path code message } } ",
    "closeCalibration": " { session { id version state } problems { path code message } } ",
    "addRuleVersion": " { ruleVersion { kind revision validFrom } problems { path code message } } ",
}


class People:
    """What people of the city do through GraphQL."""

    def __init__(self, settings, city):
        self.settings, self.city = settings, city
        self.plans = {who: approved_plan(city, getattr(city, who)) for who in PEOPLE}

    def do(self, who, name, day=RECEIVED, **given):
        kind = name[0].upper() + name[1:] + "Input"
        document = f"mutation($input: {kind}!) {{ done: {name}(input: $input){CHANGES[name]} }}"
        ctx = call_as(self.settings, getattr(self.city, who).id, on(day))
        response = execute(core_schema(), ctx, document, {"input": given})
        assert "errors" not in response, response["errors"]
        return response["data"]["done"]

    def done(self, who, name, day=RECEIVED, **given):
        answer = self.do(who, name, day, **given)
        assert answer["problems"] == []
        return next(value for key, value in answer.items() if key != "problems")

    def refused(self, who, name, day=RECEIVED, **given):
        before = HistoryRecord.select().count()
        answer = self.do(who, name, day, **given)
        assert HistoryRecord.select().count() == before
        assert all(value is None for key, value in answer.items() if key != "problems")
        return [(problem["code"], problem["path"]) for problem in answer["problems"]]

    def refused_to_all_but(self, right, name, day=RECEIVED, **given):
        for who in PEOPLE:
            if who not in right:
                [(code, _)] = self.refused(who, name, day, **given)
                assert code in {"FORBIDDEN", "NOT_FOUND"}, (who, name, code)


@pytest.fixture
def people(db):
    return People(db, build_city())


def ids(people):
    return {"unitId": f"WorkUnit:{people.city.registry.id}", "periodId": f"EvaluationPeriod:{people.city.period.id}"}


def finalised(people, who="officer"):
    people.done("head", "setOrganizationPerformance", **ids(people), rating="GOOD")
    rated = people.done(
        "chief", "rateEvaluation", planId=f"PerformancePlan:{people.plans[who].id}", resultRating="BELOW",
        behaviorRating="MEETS",
    )  # fmt: skip
    return people.done("chief", "finaliseEvaluation", evaluationId=rated["id"], version=rated["version"])


def test_the_whole_walk(people):
    performance = {**ids(people), "rating": "GOOD", "basis": "Laporan kinerja"}
    people.refused_to_all_but({"head"}, "setOrganizationPerformance", **performance)
    set_by_head = people.done("head", "setOrganizationPerformance", **performance)
    assert (set_by_head["rating"], set_by_head["setBy"]["name"]) == ("GOOD", "Ketut Wirawan")

    people.refused_to_all_but({"chief", "head", "secretary"}, "openEvaluations", **ids(people))
    opened = people.do("chief", "openEvaluations", **ids(people))
    assert (opened["made"], opened["existing"], opened["problems"]) == (3, 0, [])
    # The chief does not see the own draft.
    assert len(opened["evaluations"]) == 2

    draft = Evaluation.get(Evaluation.employee == people.city.officer.id)
    rating = {
        "evaluationId": f"Evaluation:{draft.id}",
        "version": 1,
        "resultRating": "BELOW",
        "behaviorRating": "MEETS",
    }
    people.refused_to_all_but({"chief"}, "rateEvaluation", **rating)
    rated = people.done("chief", "rateEvaluation", **rating)
    assert (rated["state"], rated["predicate"]) == ("RATED", None)

    which = {"evaluationId": rated["id"], "version": rated["version"]}
    people.refused_to_all_but({"chief"}, "finaliseEvaluation", **which)
    final = people.done("chief", "finaliseEvaluation", **which)
    assert (final["state"], final["predicate"], final["predicateTerm"]) == (
        "FINAL", "NEEDS_IMPROVEMENT", "Butuh Perbaikan",
    )  # fmt: skip
    assert (final["receivedOn"], final["objectionDueOn"]) == ("2026-03-01", "2026-03-15")
    assert final["creditPoints"] == {"points": "9.38", "months": 12}

    which = {"evaluationId": final["id"], "version": final["version"]}
    people.refused_to_all_but({"officer"}, "acknowledgeEvaluation", **which)
    seen = people.done("officer", "acknowledgeEvaluation", **which)
    assert seen["state"] == "ACKNOWLEDGED"

    objection = {"evaluationId": final["id"], "reason": "Target kedua tercapai"}
    fourteenth, fifteenth = date(2026, 3, 15), date(2026, 3, 16)
    people.refused_to_all_but({"officer"}, "fileObjection", fourteenth, **objection)
    assert people.refused("officer", "fileObjection", fifteenth, **objection) == [
        ("OBJECTION_TOO_LATE", ["input", "evaluationId"])
    ]
    filed = people.done("officer", "fileObjection", fourteenth, **objection)
    assert (filed["state"], filed["dueOn"], filed["deciderName"]) == ("FILED", "2026-03-15", "Ketut Wirawan")
    assert filed["evaluation"]["state"] == "OBJECTED"

    answer = {"objectionId": filed["id"], "version": filed["version"], "statement": "Target kedua terlambat"}
    people.refused_to_all_but({"chief"}, "answerObjection", fourteenth, **answer)
    answered = people.done("chief", "answerObjection", fourteenth, **answer)

    decision = {
        "objectionId": filed["id"], "version": answered["version"], "outcome": "CHANGED",
        "decision": "Bukti baru diterima", "resultRating": "MEETS",
    }  # fmt: skip
    people.refused_to_all_but({"head"}, "decideObjection", fifteenth, **decision)
    decided = people.done("head", "decideObjection", fifteenth, **decision)
    assert (decided["state"], decided["evaluation"]) == ("CHANGED", {"state": "DECIDED", "predicate": "GOOD"})
    assert people.refused("officer", "fileObjection", fifteenth, **objection) == [
        ("DECISION_IS_FINAL", ["input", "objectionId"])
    ]
    assert people.refused("head", "decideObjection", fifteenth, **{**decision, "version": decided["version"]}) == [
        ("DECISION_IS_FINAL", ["input", "objectionId"])
    ]
    assert Objection.select().count() == 1


def test_reopening_and_calibration(people):
    final = finalised(people)
    which = {"evaluationId": final["id"], "version": final["version"], "reason": "Salah rating"}
    people.refused_to_all_but(set(), "reopenEvaluation", **which)
    give_role(people.city.secretary, "hr_admin")
    reopened = people.done("secretary", "reopenEvaluation", **which)
    assert (reopened["state"], reopened["predicate"], reopened["creditPoints"]) == ("RATED", None, None)

    people.refused_to_all_but({"secretary", "head", "chief"}, "startCalibration", **ids(people))
    session = people.done("head", "startCalibration", **ids(people))
    shift = {
        "sessionId": session["id"], "evaluationId": final["id"], "version": reopened["version"], "resultTo": "MEETS",
        "reason": "Sama dengan bidang lain",
    }  # fmt: skip
    people.refused_to_all_but({"secretary", "head", "chief"}, "shiftRating", **shift)
    answer = people.do("head", "shiftRating", **shift)
    assert (answer["evaluation"]["resultRating"], answer["shift"]["reason"]) == ("MEETS", "Sama dengan bidang lain")
    close = {"sessionId": session["id"], "version": session["version"]}
    people.refused_to_all_but({"secretary", "head", "chief"}, "closeCalibration", **close)
    assert people.done("head", "closeCalibration", **close)["state"] == "CLOSED"


def test_ids_of_another_type_are_refused_at_their_place(people):
    final = finalised(people)
    wrong = "Employee:1"
    for name, given, path in [
        ("setOrganizationPerformance", {**ids(people), "unitId": wrong, "rating": "GOOD"}, "unitId"),
        ("setOrganizationPerformance", {**ids(people), "periodId": wrong, "rating": "GOOD"}, "periodId"),
        ("openEvaluations", {**ids(people), "windowId": wrong}, "windowId"),
        ("rateEvaluation", {"evaluationId": wrong, "version": 1}, "evaluationId"),
        ("rateEvaluation", {"planId": wrong}, "planId"),
        ("finaliseEvaluation", {"evaluationId": "x", "version": 1}, "evaluationId"),
        ("fileObjection", {"evaluationId": wrong, "reason": "x"}, "evaluationId"),
        ("decideObjection", {"objectionId": wrong, "version": 1, "outcome": "UPHELD", "decision": "x"}, "objectionId"),
        ("shiftRating", {"sessionId": wrong, "evaluationId": final["id"], "version": 1, "reason": "x"}, "sessionId"),
    ]:
        assert people.refused("chief", name, **given) == [("BAD_ID", ["input", path])]


def test_a_missing_performance_is_told_in_indonesian_too(people):
    rated = people.done(
        "chief", "rateEvaluation", planId=f"PerformancePlan:{people.plans['officer'].id}", resultRating="MEETS",
        behaviorRating="MEETS",
    )  # fmt: skip
    ctx = call_as(people.settings, people.city.chief.id, on(RECEIVED))
    ctx.language = "id"
    response = execute(
        core_schema(), ctx,
        """mutation($input: FinaliseEvaluationInput!) {
            finaliseEvaluation(input: $input) { problems { code message } } }""",
        {"input": {"evaluationId": rated["id"], "version": rated["version"]}},
    )  # fmt: skip
    [problem] = response["data"]["finaliseEvaluation"]["problems"]
    assert problem["code"] == "ORGANIZATION_PERFORMANCE_MISSING"
    assert problem["message"].startswith("Capaian kinerja organisasi Bidang Pencatatan Sipil untuk Tahun 2026")


def test_only_who_keeps_the_law_adds_a_rule(people):
    rule = {
        "kind": "objection", "regulation": "PP 99/2030", "source": "JDIH", "confidence": "H",
        "validFrom": "2030-01-01", "content": {"days": 10, "day_kind": "working"},
    }  # fmt: skip
    for who in PEOPLE:
        assert people.refused(who, "addRuleVersion", **rule) == [("FORBIDDEN", ["input"])]
    give_role(people.city.secretary, "hr_admin")
    assert people.refused("secretary", "addRuleVersion", **{**rule, "content": [1]}) == [
        ("BAD_RULE_CONTENT", ["input", "content"])
    ]


@pytest.mark.parametrize("text", ["a\0b", "a\ud800b"])
def test_a_text_that_cannot_be_stored_is_refused_at_its_place(people, text):
    final = finalised(people)
    assert people.refused("officer", "fileObjection", evaluationId=final["id"], reason=text) == [
        ("BAD_TEXT", ["input", "reason"])
    ]
    rule = {"kind": "x", "regulation": "x", "source": "x", "confidence": "H", "validFrom": "2030-01-01"}
    assert people.refused("officer", "addRuleVersion", **rule, content={"days": [1, text]}) == [
        ("BAD_TEXT", ["input", "content", "days", "1"])
    ]
    ctx = call_as(people.settings, people.city.officer.id, on(RECEIVED))
    query = 'query($kind: String!) { ruleInForce(kind: $kind, on: "2026-01-01") { revision } }'
    response = execute(core_schema(), ctx, query, {"kind": text})
    assert response["errors"][0]["extensions"]["code"] == "BAD_TEXT"
