"""The way of a plan through GraphQL, each step by the right person; every wrong one is refused and changes nothing."""

from datetime import date

import pytest

from core.planning.models import EvaluationPeriod, PerformancePlan, PlanTemplate, WorkResult
from core.planning.terms import PlanState
from schema.execution import execute
from tests.support.calls import call_as, on
from tests.support.city import build_city
from tests.support.grants import give_role
from tests.support.plans import approved_plan, plan_of, result_of, results_of
from tests.support.schemas import core_schema

PROBLEMS = "problems { path code message }"
PLAN = f"plan {{ id version state revision returnNote evaluator {{ name }} }} {PROBLEMS}"


@pytest.fixture
def city(db):
    return build_city()


@pytest.fixture
def change(db):
    """Run a mutation as somebody; give its payload."""

    def run(who, field, selection, day=date(2026, 1, 15), **given):
        kind = field[0].upper() + field[1:] + "Input"
        query = f"mutation($input: {kind}!) {{ {field}(input: $input) {{ {selection} }} }}"
        response = execute(core_schema(), call_as(db, who.id, on(day)), query, {"input": given})
        assert "errors" not in response, response["errors"]
        return response["data"][field]

    return run


CONTENT = {
    "workResults": [
        {
            "statement": "Akta kelahiran terbit tepat waktu",
            "indicators": [
                {
                    "statement": "Jumlah akta",
                    "aspect": "QUANTITY",
                    "unitOfMeasure": "akta",
                    "targetMin": "1000",
                    "targetMax": "1200.5",
                }
            ],
        }
    ],
    "expectations": [{"value": "LOYAL", "expectation": "Menjaga data penduduk"}],
    "supportNeeded": "Dua printer",
}


def codes(payload):
    return [(problem["code"], ".".join(problem["path"])) for problem in payload["problems"]]


def test_draft_submit_return_approve_revise(city, change):
    period = f"EvaluationPeriod:{city.period.id}"

    made = change(city.officer, "createPlan", f"{PLAN} warnings {{ code }}", periodId=period, **CONTENT)
    plan = made["plan"]
    assert (codes(made), made["warnings"]) == ([], [])
    assert (plan["state"], plan["revision"], plan["evaluator"]) == ("DRAFT", 0, {"name": "Siti Aminah"})

    def step(who, field, **more):
        nonlocal plan
        payload = change(who, field, PLAN, planId=plan["id"], version=plan["version"], **more)
        assert payload["problems"] == []
        plan = payload["plan"]
        return plan["state"]

    assert step(city.officer, "submitPlan") == "SUBMITTED"
    assert step(city.chief, "returnPlan", note="Tambah target waktu") == "RETURNED"
    assert plan["returnNote"] == "Tambah target waktu"
    assert step(city.officer, "updatePlan", consequences="Pembinaan") == "RETURNED"
    assert step(city.officer, "submitPlan") == "SUBMITTED"
    assert step(city.chief, "approvePlan") == "APPROVED"
    assert plan["revision"] == 1
    assert step(city.officer, "revisePlan", reason="Strategi baru") == "DRAFT"
    assert step(city.officer, "submitPlan") == "SUBMITTED"
    assert step(city.chief, "approvePlan") == "APPROVED"
    assert plan["revision"] == 2


@pytest.mark.parametrize(
    ("field", "state", "right"),
    [
        ("submitPlan", "DRAFT", {"officer"}),
        ("returnPlan", "SUBMITTED", {"chief"}),
        ("approvePlan", "SUBMITTED", {"chief"}),
        ("revisePlan", "APPROVED", {"officer", "chief", "clerk"}),
        ("updatePlan", "DRAFT", {"officer", "chief", "clerk"}),
    ],
)
def test_every_wrong_person_is_refused_and_nothing_changes(city, change, field, state, right):
    give_role(city.clerk, "hr_officer", city.registry)
    plan = approved_plan(city, city.officer, state=PlanState(state))
    more = {"returnPlan": {"note": "x"}, "revisePlan": {"reason": "x"}, "updatePlan": {"consequences": "x"}}.get(
        field, {}
    )
    people = ["secretary", "head", "chief", "officer", "clerk", "other_chief", "other"]

    for who in sorted(set(people) - right):
        payload = change(
            getattr(city, who), field, PLAN, planId=f"PerformancePlan:{plan.id}", version=plan.version, **more
        )
        assert payload["plan"] is None
        assert codes(payload) in ([("FORBIDDEN", "input.planId")], [("NOT_FOUND", "input.planId")])
        assert PerformancePlan.get_by_id(plan.id).version == plan.version


def test_wrong_input_names_place_code_and_remedy(city, change):
    period = f"EvaluationPeriod:{city.period.id}"
    faulty = {
        "workResults": [
            {
                "id": "Employee:1",
                "statement": "",
                "parentId": "x",
                "indicators": [{"id": "WorkResult:1", "statement": ""}],
            }
        ]
    }

    payload = change(city.officer, "createPlan", PLAN, periodId=period, **faulty)
    assert codes(payload) == [
        ("BAD_ID", "input.workResults.0.id"),
        ("BAD_ID", "input.workResults.0.parentId"),
        ("BAD_ID", "input.workResults.0.indicators.0.id"),
    ]
    payload = change(city.officer, "createPlan", PLAN, periodId="EvaluationPeriod:999999")
    assert codes(payload) == [("NOT_FOUND", "input.periodId")]
    payload = change(city.officer, "createPlan", PLAN, periodId=period, startsOn="2027-01-01")
    assert codes(payload) == [("DATE_OUTSIDE_PERIOD", "input.startsOn"), ("ENDS_BEFORE_START", "input.endsOn")]
    assert PerformancePlan.select().count() == 0


def test_a_closed_period_is_refused_in_the_callers_language(city, db):
    EvaluationPeriod.update(state="CLOSED").execute()
    ctx = call_as(db, city.officer.id)
    ctx.language = "id"

    query = "mutation($input: CreatePlanInput!) { createPlan(input: $input) { problems { code message } } }"
    response = execute(core_schema(), ctx, query, {"input": {"periodId": f"EvaluationPeriod:{city.period.id}"}})

    assert response["data"]["createPlan"]["problems"] == [
        {
            "code": "PERIOD_CLOSED",
            "message": "Periode 2026 sudah ditutup. Minta pengelola kepegawaian membukanya kembali.",
        }
    ]


def test_results_are_linked_and_unlinked(city, change):
    parent = results_of(approved_plan(city, city.chief))[0]
    child = result_of(plan_of(city.officer, city.period))
    selection = f"workResult {{ version parent {{ statement plan {{ id }} holder {{ name }} }} }} {PROBLEMS}"

    linked = change(
        city.officer, "linkWorkResult", selection,
        workResultId=f"WorkResult:{child.id}", parentId=f"WorkResult:{parent.id}", version=child.version,
    )  # fmt: skip

    assert linked["workResult"]["parent"] == {
        "statement": parent.statement,
        "plan": None,
        "holder": {"name": "Siti Aminah"},
    }
    unlinked = change(
        city.officer, "unlinkWorkResult", selection,
        workResultId=f"WorkResult:{child.id}", version=linked["workResult"]["version"],
    )  # fmt: skip
    assert unlinked["workResult"]["parent"] is None
    assert WorkResult.get_by_id(child.id).parent_id is None


def test_a_plan_of_only_additional_results_is_made_with_a_warning(city, change):
    content = {"workResults": [{"statement": "Panitia lomba", "kind": "ADDITIONAL"}]}

    payload = change(
        city.officer, "createPlan", "plan { warnings { code } } warnings { code message }",
        periodId=f"EvaluationPeriod:{city.period.id}", **content,
    )  # fmt: skip

    assert payload == {
        "plan": {"warnings": [{"code": "ONLY_ADDITIONAL"}]},
        "warnings": [
            {
                "code": "ONLY_ADDITIONAL",
                "message": "All work results are additional, so that no main task is planned. Add a main work result.",
            }
        ],
    }


def test_the_office_runs_periods(city, change):
    give_role(city.clerk, "hr_officer")
    selection = f"period {{ id version state windows {{ totalCount }} }} {PROBLEMS}"

    period = change(
        city.clerk, "createPeriod", selection,
        code="2027", name="Tahun 2027", startsOn="2027-01-01", endsOn="2027-12-31", frequency="MONTHLY",
    )["period"]  # fmt: skip
    assert (period["state"], period["windows"]) == ("PLANNED", {"totalCount": 12})
    opened = change(city.clerk, "openPeriod", selection, periodId=period["id"], version=period["version"])["period"]
    assert opened["state"] == "OPEN"
    closed = change(city.clerk, "closePeriod", selection, periodId=period["id"], version=opened["version"])
    assert closed["period"]["state"] == "CLOSED"
    refused = change(city.chief, "openPeriod", selection, periodId=period["id"], version=3, reason="x")
    assert (codes(refused), refused["period"]) == ([("FORBIDDEN", "input.periodId")], None)


def test_a_template_goes_to_many_with_an_answer_each(city, change):
    give_role(city.clerk, "hr_officer")
    made = change(
        city.clerk, "createTemplate", f"template {{ id version name content }} {PROBLEMS}",
        code="ARSIP", name="Arsip", **CONTENT,
    )["template"]  # fmt: skip
    assert made["content"]["work_results"][0]["indicators"][0]["target_max"] == "1200.5"
    renamed = change(
        city.clerk, "updateTemplate", "template { name content } problems { code }",
        templateId=made["id"], version=made["version"], name="Arsip daerah",
    )  # fmt: skip
    assert renamed["template"] == {"name": "Arsip daerah", "content": made["content"]}

    answers = change(
        city.clerk, "assignTemplate",
        f"answers {{ outcome employee {{ name }} plan {{ state workResults {{ totalCount }} }} {PROBLEMS} }}",
        templateId=made["id"], periodId=f"EvaluationPeriod:{city.period.id}", unitId=f"WorkUnit:{city.archive.id}",
    )["answers"]  # fmt: skip

    drafted = {"state": "DRAFT", "workResults": {"totalCount": 1}}
    assert answers == [
        {"outcome": "CREATED", "employee": {"name": "Agus Pratama"}, "plan": drafted, "problems": []},
        {"outcome": "CREATED", "employee": {"name": "Dewi Lestari"}, "plan": drafted, "problems": []},
    ]
    assert PlanTemplate.select().count() == 1


def test_the_office_hands_a_plan_to_another_evaluator(city, change):
    give_role(city.clerk, "hr_officer")
    plan = approved_plan(city, city.officer)

    payload = change(
        city.clerk, "changePlanEvaluator",
        "plan { evaluator { name } evaluators { nodes { evaluator { name } validFrom validTo } } }",
        planId=f"PerformancePlan:{plan.id}", version=plan.version, evaluatorId=f"Employee:{city.head.id}",
        on="2026-01-10",
    )  # fmt: skip

    assert payload["plan"] == {
        "evaluator": {"name": "Ketut Wirawan"},
        "evaluators": {
            "nodes": [
                {"evaluator": {"name": "Siti Aminah"}, "validFrom": "2026-01-01", "validTo": "2026-01-09"},
                {"evaluator": {"name": "Ketut Wirawan"}, "validFrom": "2026-01-10", "validTo": None},
            ]
        },
    }
    refused = change(
        city.clerk, "movePlan", f"plan {{ id }} previous {{ id }} {PROBLEMS}",
        planId=f"PerformancePlan:{plan.id}", version=plan.version + 2, on="2026-01-10",
    )  # fmt: skip
    assert (refused["plan"], codes(refused)) == (None, [("NOT_MOVED", "input.on")])


@pytest.mark.parametrize(("starts", "ends"), [("9999-01-01", "9999-12-31"), ("0001-01-01", "0001-12-31")])
def test_a_period_beyond_all_years_is_refused_and_not_made(city, change, starts, ends):
    give_role(city.officer, "hr_admin")
    before = EvaluationPeriod.select().count()

    payload = change(
        city.officer,
        "createPeriod",
        f"period {{ id }} {PROBLEMS}",
        code="X",
        name="X",
        startsOn=starts,
        endsOn=ends,
        frequency="MONTHLY",
    )

    assert [(problem["code"], problem["path"]) for problem in payload["problems"]] == [
        ("DATE_OUT_OF_RANGE", ["input", "startsOn"]),
        ("DATE_OUT_OF_RANGE", ["input", "endsOn"]),
    ]
    assert EvaluationPeriod.select().count() == before
