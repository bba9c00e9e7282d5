"""Evaluations, objections and the law as GraphQL shows them: to whom, and in how many statements."""

from datetime import date

import pytest

from core.appraisal.models import (
    CalibrationSession,
    CalibrationShift,
    CreditPoints,
    Evaluation,
    Objection,
    OrganizationPerformance,
)
from core.appraisal.terms import (
    EvaluationKind,
    EvaluationState,
    OrganizationRating,
    Predicate,
    Rating,
)
from core.organisation.models import Employee, ReportingLine, WorkUnit
from core.planning.models import EvaluationWindow
from core.planning.terms import PlanState
from schema.execution import execute
from tests.support.calls import call_as, on
from tests.support.city import START, build_city, post
from tests.support.plans import plan_of
from tests.support.schemas import core_schema

DAY = date(2026, 3, 2)


@pytest.fixture
def city(db):
    return build_city()


@pytest.fixture
def ask_as(db):
    """Read as somebody."""

    def run(who, query, **variables):
        response = execute(core_schema(), call_as(db, who.id, on(DAY)), query, variables)
        assert "errors" not in response, response["errors"]
        return response["data"]

    return run


def employees(city, first, last):
    """Add people under the chief, with plans, final evaluations and all that can hang on them."""
    for number in range(first, last):
        employee = Employee.create(
            nip=f"1985{number:014d}", name=f"Pegawai {number}", status="PNS", sex="MALE", birth_date=date(1985, 1, 1)
        )
        post(employee, city.registry, f"Arsiparis {number}", "AHLI_PERTAMA", is_head=False)
        ReportingLine.create(employee=employee, superior=city.chief, basis="HEAD", valid_from=START)
        plan = plan_of(employee, city.period, state=PlanState.APPROVED)
        annual = None
        for window in (None, EvaluationWindow.get(EvaluationWindow.number == 1)):
            evaluation = Evaluation.create(
                plan=plan, period=city.period, window=window, window_number=window.number if window else 0,
                employee=employee, evaluator=city.chief, unit=city.registry, state=EvaluationState.OBJECTED,
                kind=EvaluationKind.PERIODIC if window else EvaluationKind.ANNUAL, result_rating=Rating.MEETS,
                behavior_rating=Rating.MEETS, predicate=Predicate.GOOD,
                received_on=date(2026, 3, 1 + number % 2), explanation={"inputs": {"result_rating": "MEETS"}},
            )  # fmt: skip
            annual = annual or evaluation
        Objection.create(
            evaluation=annual, employee=employee, decider=city.head, filed_on=DAY, due_on=DAY, reason="Alasan"
        )
        CreditPoints.create(
            evaluation=annual, employee=employee, position_kind="AHLI_PERTAMA", months=12, coefficient="12.5",
            percentage="100", points="12.5", explanation={"points": "12.50"},
        )  # fmt: skip
        session = CalibrationSession.create(unit=city.registry, period=city.period, held_on=DAY)
        CalibrationShift.create(
            session=session, evaluation=annual, result_from=Rating.MEETS, result_to=Rating.ABOVE,
            behavior_from=Rating.MEETS, behavior_to=Rating.MEETS, reason="Alasan", shifted_by=city.head,
        )  # fmt: skip
        unit = WorkUnit.create(code=f"U{number}", name=f"Seksi {number}", parent=city.registry, valid_from=START)
        unit.path = f"{city.registry.path}{unit.id:08d}"
        unit.save()
        OrganizationPerformance.create(
            unit=unit, period=city.period, rating=OrganizationRating.GOOD, set_by=city.chief, set_on=DAY
        )


EVALUATION = """nodes { id kind state predicate predicateTerm objectionDueOn explanation employee { name }
    evaluator { name } unit { code } window { name } plan { id } organizationPerformance { rating }
    objection { state deciderName } creditPoints { points } periodicEvaluations { id kind }
    shifts { nodes { resultTo session { state } } } }"""
LISTS = {
    "evaluations": f"{{ evaluations(first: 100) {{ totalCount {EVALUATION} }} }}",
    "organizationPerformances": """{ organizationPerformances(first: 100) { totalCount nodes { rating unit { code }
        period { code } window { name } setBy { name } evaluations { nodes { id } } } } }""",
    "objections": """{ objections(first: 100) { totalCount nodes { state deciderName employee { name } decider { name }
        evaluation { predicate } } } }""",
    "creditPoints": """{ creditPoints(first: 100) { totalCount nodes { points explanation employee { name }
        evaluation { predicate } } } }""",
    "calibrationSessions": """{ calibrationSessions(first: 100) { totalCount nodes { state unit { code }
        shifts { nodes { reason shiftedBy { name } evaluation { id } } } } } }""",
    "employees": f"""{{ employees(first: 100) {{ totalCount nodes {{ name evaluations {{ {EVALUATION} }}
        creditPoints {{ nodes {{ points }} }} }} }} }}""",
    "performancePlans": f"""{{ performancePlans(first: 100) {{ totalCount
        nodes {{ evaluations {{ {EVALUATION} }} }} }} }}""",
    "workUnits": """{ workUnits(first: 100) { totalCount nodes { organizationPerformances { nodes { rating } }
        evaluations { totalCount } } } }""",
}


@pytest.mark.parametrize("name", LISTS)
def test_fifty_rows_take_as_many_statements_as_five(city, ask_as, count_statements, name):
    employees(city, 0, 5)
    with count_statements() as few:
        before = ask_as(city.head, LISTS[name])[name]["totalCount"]
    employees(city, 5, 50)
    with count_statements() as many:
        after = ask_as(city.head, LISTS[name])[name]["totalCount"]
    assert after - before >= 45
    assert len(many) == len(few)


def test_rule_versions_take_one_statement_a_list(city, ask_as, count_statements):
    query = "{ ruleVersions { totalCount nodes { kind revision regulation validFrom validTo content } } }"
    with count_statements() as found:
        versions = ask_as(city.other, query)["ruleVersions"]
    assert versions["totalCount"] == 6
    # All but one say who asks.
    assert len(found) == 3
    matrix = next(row for row in versions["nodes"] if row["kind"] == "predicate_matrix")
    assert matrix["content"]["cells"]["BELOW"]["ABOVE"] == "NEEDS_IMPROVEMENT"


@pytest.mark.parametrize(
    ("kind", "day", "regulation"),
    [
        ("predicate_matrix", "2026-12-31", "PermenPANRB 6/2022"),
        ("numeric_scale", "2021-12-31", "PP 30/2019 Pasal 41"),
        ("predicate_matrix", "2021-12-31", None),
    ],
)
def test_the_rule_of_a_day_is_asked_for(city, ask_as, kind, day, regulation):
    found = ask_as(
        city.other,
        "query($kind: String!, $on: Date!) { ruleInForce(kind: $kind, on: $on) { regulation } }",
        kind=kind,
        on=day,
    )["ruleInForce"]
    assert (found["regulation"] if found else None) == regulation


def test_evaluations_are_filtered_and_seen_as_the_policy_says(city, ask_as):
    employees(city, 0, 3)
    query = """query($filter: EvaluationFilter) { evaluations(filter: $filter) { totalCount
        nodes { employee { name } window { name } } } }"""
    annual = {"kind": {"eq": "ANNUAL"}, "employee": {"name": {"eq": "Pegawai 1"}}}
    assert ask_as(city.chief, query, filter=annual)["evaluations"] == {
        "totalCount": 1,
        "nodes": [{"employee": {"name": "Pegawai 1"}, "window": None}],
    }
    someone = Employee.get(Employee.name == "Pegawai 2")
    assert ask_as(someone, query)["evaluations"]["totalCount"] == 2
    assert ask_as(city.other, query)["evaluations"]["totalCount"] == 0


CHECK = """{ unit { code } organizationRating rule { kind revision regulation validFrom validTo } headCount unrated
    counts { predicate term count } skipped
    warnings { code predicates count headCount share limit message } }"""


def test_the_distribution_is_checked_before_anything_is_set(city, ask_as):
    employees(city, 0, 10)
    someone = list(Employee.select().where(Employee.name.startswith("Pegawai")).order_by(Employee.id))
    variables = {"unit": f"WorkUnit:{city.registry.id}", "period": f"EvaluationPeriod:{city.period.id}"}
    now = ask_as(
        city.chief,
        f"query($unit: ID!, $period: ID!) {{ distributionCheck(unitId: $unit, periodId: $period) {CHECK} }}",
        **variables,
    )["distributionCheck"]
    assert (now["skipped"], now["organizationRating"], now["headCount"], now["warnings"]) == (
        "NO_ORGANIZATION_PERFORMANCE", None, 10, [],
    )  # fmt: skip
    assert now["rule"] == {
        "kind": "distribution", "revision": 1, "regulation": "SE MenPANRB 3/2023", "validFrom": "2023-01-31",
        "validTo": None,
    }  # fmt: skip
    what_if = ask_as(
        city.chief,
        f"""query($unit: ID!, $period: ID!, $proposals: [DistributionProposal!]!) {{ distributionWhatIf(unitId: $unit,
            periodId: $period, organizationRating: GOOD, proposals: $proposals) {CHECK} }}""",
        proposals=[
            {"employeeId": f"Employee:{employee.id}", "resultRating": "ABOVE", "behaviorRating": "ABOVE"}
            for employee in someone[:3]
        ],
        **variables,
    )["distributionWhatIf"]
    assert what_if["unit"] == {"code": "11"}
    assert [(row["term"], row["count"]) for row in what_if["counts"] if row["count"]] == [
        ("Sangat Baik", 3),
        ("Baik", 7),
    ]
    [warning] = what_if["warnings"]
    assert (warning["code"], warning["predicates"], warning["limit"]) == (
        "MUST_EXIST",
        ["NEEDS_IMPROVEMENT", "POOR"],
        "1",
    )
    assert "None of 10 employees gets Butuh Perbaikan / Kurang" in warning["message"]


def test_the_distribution_is_not_for_everybody(city, db):
    query = "query($unit: ID!, $period: ID!) { distributionCheck(unitId: $unit, periodId: $period) { headCount } }"
    variables = {"unit": f"WorkUnit:{city.registry.id}", "period": f"EvaluationPeriod:{city.period.id}"}
    for who, code in ((city.officer, "FORBIDDEN"), (city.other_chief, "FORBIDDEN")):
        response = execute(core_schema(), call_as(db, who.id, on(DAY)), query, variables)
        assert response["errors"][0]["extensions"]["code"] == code
    response = execute(core_schema(), call_as(db, city.chief.id, on(DAY)), query, {**variables, "unit": "Employee:1"})
    assert response["errors"][0]["extensions"]["code"] == "BAD_ID"
