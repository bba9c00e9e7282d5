"""Plans and work results as GraphQL shows them: to whom, how deep, and in how many statements."""

from datetime import date

import pytest

from core.organisation.models import Employee, ReportingLine
from core.planning.models import PerformancePlan, WorkResult
from core.planning.services import revise_plan
from schema.execution import execute
from tests.support.calls import call_as
from tests.support.city import START, build_city, post
from tests.support.grants import give_role
from tests.support.plans import approved_plan, results_of
from tests.support.schemas import core_schema


@pytest.fixture
def city(db):
    return build_city()


@pytest.fixture
def ask_as(db):
    """Read as somebody."""

    def run(who, query, **variables):
        response = execute(core_schema(), call_as(db, who.id), query, variables)
        assert "errors" not in response, response["errors"]
        return response["data"]

    return run


@pytest.fixture
def cascade(city):
    """Four levels of plans, each first result supporting the first one above."""
    plans = {
        who: approved_plan(city, getattr(city, who), statements=(f"{who} satu", f"{who} dua"))
        for who in ("secretary", "head", "chief", "officer")
    }
    for above, below in (("secretary", "head"), ("head", "chief"), ("chief", "officer")):
        parent, child = results_of(plans[above])[0], results_of(plans[below])[0]
        WorkResult.update(parent=parent).where(WorkResult.id == child.id).execute()
    return plans


def test_a_four_level_cascade_is_read_in_one_query(city, ask_as, cascade):
    data = ask_as(
        city.secretary,
        """query($id: ID!) { node(id: $id) { ... on PerformancePlan { workResults { nodes { statement
             children(first: 9) { nodes { statement holder { name } children(first: 9) { nodes { statement
               children(first: 9) { nodes { statement unit { code }
                 indicators { nodes { targetMin } } } } } } } } } } } } }""",
        id=f"PerformancePlan:{cascade['secretary'].id}",
    )

    officer = {"statement": "officer satu", "unit": {"code": "11"}, "indicators": {"nodes": [{"targetMin": "100"}]}}
    chief = {"statement": "chief satu", "children": {"nodes": [officer]}}
    head = {"statement": "head satu", "holder": {"name": "Ketut Wirawan"}, "children": {"nodes": [chief]}}
    assert data["node"]["workResults"]["nodes"] == [
        {"statement": "secretary satu", "children": {"nodes": [head]}},
        {"statement": "secretary dua", "children": {"nodes": []}},
    ]


def test_the_way_up_is_read_as_far_as_it_is_seen(city, ask_as, cascade):
    query = """query($id: ID!) { node(id: $id) { ... on WorkResult { parent { statement parent { statement } } } } }"""
    key = f"WorkResult:{results_of(cascade['officer'])[0].id}"

    up = {"statement": "chief satu", "parent": {"statement": "head satu"}}
    assert ask_as(city.chief, query, id=key)["node"] == {"parent": up}
    assert ask_as(city.officer, query, id=key)["node"] == {"parent": {"statement": "chief satu", "parent": None}}
    assert ask_as(city.clerk, query, id=key)["node"] is None


def test_a_plan_shows_all_that_belongs_to_it(db, city, ask_as, cascade):
    plan = cascade["officer"]
    revise_plan(call_as(db, city.officer.id), plan.id, plan.version, "Strategi baru")

    data = ask_as(
        city.officer,
        """{ performancePlans { totalCount nodes { state approach startsOn endsOn revision employee { name }
             evaluator { name } position { title } unit { code } period { code windows { nodes { number name } } }
             workResults { nodes { statement kind isOrphan isUncovered
               indicators { nodes { statement pattern direction } } } }
             expectations(first: 1) { totalCount nodes { value name lines expectation } }
             versions { nodes { revision reason content } } evaluators { nodes { evaluator { name } validFrom } }
             warnings { code } continues { id } } } }""",
    )

    assert data["performancePlans"]["totalCount"] == 1
    shown = data["performancePlans"]["nodes"][0]
    version = shown["versions"]["nodes"][0]
    assert version["content"]["work_results"][0]["statement"] == "officer satu"
    del version["content"]
    assert shown == {
        "state": "DRAFT",
        "approach": "QUANTITATIVE",
        "startsOn": "2026-01-01",
        "endsOn": "2026-12-31",
        "revision": 1,
        "employee": {"name": "Budi Santoso"},
        "evaluator": {"name": "Siti Aminah"},
        "position": {"title": "Administrator Database Kependudukan Ahli Pertama"},
        "unit": {"code": "11"},
        "period": {
            "code": "2026",
            "windows": {"nodes": [{"number": number, "name": f"Triwulan {number}"} for number in (1, 2, 3, 4)]},
        },
        "workResults": {
            "nodes": [
                {
                    "statement": f"officer {word}",
                    "kind": "MAIN",
                    "isOrphan": word == "dua",
                    "isUncovered": False,
                    "indicators": {
                        "nodes": [
                            {
                                "statement": f"Jumlah: officer {word}",
                                "pattern": "COUNT",
                                "direction": "HIGHER_IS_BETTER",
                            }
                        ]
                    },
                }
                for word in ("satu", "dua")
            ]
        },
        "expectations": {
            "totalCount": 7,
            "nodes": [
                {
                    "value": "SERVICE_ORIENTED",
                    "name": "Berorientasi Pelayanan",
                    "lines": [
                        "Memahami dan memenuhi kebutuhan masyarakat",
                        "Ramah, cekatan, solutif, dan dapat diandalkan",
                        "Melakukan perbaikan tiada henti",
                    ],
                    "expectation": "",
                }
            ],
        },
        "versions": {"nodes": [{"revision": 1, "reason": "Strategi baru"}]},
        "evaluators": {"nodes": [{"evaluator": {"name": "Siti Aminah"}, "validFrom": "2026-01-01"}]},
        "warnings": [],
        "continues": None,
    }


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("secretary", {"secretary", "head", "chief", "officer"}),
        ("head", {"head", "chief", "officer"}),
        ("chief", {"chief", "officer"}),
        ("officer", {"officer"}),
        ("clerk", set()),
        ("other_chief", set()),
    ],
)
def test_who_sees_whose_plans(city, ask_as, cascade, who, seen):
    data = ask_as(getattr(city, who), "{ performancePlans { totalCount nodes { id } } }")["performancePlans"]

    assert {node["id"] for node in data["nodes"]} == {f"PerformancePlan:{cascade[name].id}" for name in seen}
    assert data["totalCount"] == len(seen)


def test_an_auditor_of_the_unit_sees_its_plans_and_nothing_else(city, ask_as, cascade):
    give_role(city.clerk, "auditor", city.registry)

    data = ask_as(city.clerk, "{ performancePlans { nodes { employee { name } } } planTemplates { totalCount } }")

    assert [node["employee"]["name"] for node in data["performancePlans"]["nodes"]] == ["Siti Aminah", "Budi Santoso"]


def test_orphans_and_uncovered_results_are_listed(city, ask_as, cascade):
    data = ask_as(
        city.secretary,
        """query($period: ID) { orphanWorkResults(periodId: $period) { nodes { statement } }
             uncoveredWorkResults(periodId: $period) { nodes { statement } }
             workResults(filter: {isOrphan: {eq: true}, plan: {employee: {name: {eq: "Budi Santoso"}}}}) {
               nodes { statement } } none: orphanWorkResults(periodId: "EvaluationPeriod:999999") { totalCount } }""",
        period=f"EvaluationPeriod:{city.period.id}",
    )

    def words(key):
        return sorted(node["statement"] for node in data[key]["nodes"])

    assert words("orphanWorkResults") == ["chief dua", "head dua", "officer dua"]
    assert words("uncoveredWorkResults") == ["chief dua", "head dua", "secretary dua"]
    assert words("workResults") == ["officer dua"]
    assert data["none"] == {"totalCount": 0}


def test_filters_reach_through_relations(city, ask_as, cascade):
    data = ask_as(
        city.secretary,
        """{ performancePlans(filter: {unit: {code: {eq: "11"}}, state: {eq: APPROVED},
               workResults: {some: {parent: {isNull: false}}}}, orderBy: [{employee: {name: ASC}}]) {
               nodes { employee { name } } }
             periods(filter: {code: {eq: "2026"}}) { nodes { plans { totalCount } } }
             indicators(filter: {workResult: {statement: {contains: "head"}}}) { totalCount }
             employees(filter: {plans: {none: {}}}, orderBy: [{name: ASC}]) { nodes { name plans { totalCount } } }
             workUnits(filter: {code: {eq: "11"}}) { nodes { plans { totalCount } } } }""",
    )

    assert [node["employee"]["name"] for node in data["performancePlans"]["nodes"]] == ["Budi Santoso", "Siti Aminah"]
    assert data["periods"]["nodes"] == [{"plans": {"totalCount": 4}}]
    assert data["indicators"] == {"totalCount": 2}
    assert [node["name"] for node in data["employees"]["nodes"]] == ["Agus Pratama", "Dewi Lestari", "Rina Wulandari"]
    assert data["workUnits"]["nodes"] == [{"plans": {"totalCount": 2}}]


def test_the_seven_values_are_shown_in_official_words(city, ask_as):
    values = ask_as(city.clerk, "{ behaviorValues { value name lines } }")["behaviorValues"]

    assert [row["name"] for row in values] == [
        "Berorientasi Pelayanan", "Akuntabel", "Kompeten", "Harmonis", "Loyal", "Adaptif", "Kolaboratif"
    ]  # fmt: skip
    assert values[5]["lines"] == [
        "Cepat menyesuaikan diri menghadapi perubahan",
        "Terus berinovasi dan mengembangkan kreativitas",
        "Bertindak proaktif",
    ]


LISTS = {
    "performancePlans": """{ performancePlans(first: 100) { totalCount nodes { state employee { name }
        evaluator { name } position { title } unit { code } period { code } warnings { code }
        workResults { nodes { statement parent { statement } children { totalCount }
          indicators { nodes { statement } } } }
        expectations { nodes { value lines } } versions { totalCount }
        evaluators { nodes { evaluator { name } } } } } }""",
    "workResults": """{ workResults(first: 100) { totalCount nodes { statement isOrphan isUncovered holder { name }
        plan { state } parent { statement } indicators { totalCount } } } }""",
    "indicators": "{ indicators(first: 100) { totalCount nodes { statement workResult { statement } } } }",
    "orphanWorkResults": "{ orphanWorkResults(first: 100) { totalCount nodes { statement holder { name } } } }",
    "uncoveredWorkResults": "{ uncoveredWorkResults(first: 100) { totalCount nodes { statement holder { name } } } }",
    "employees": "{ employees(first: 100) { nodes { name plans { nodes { state } } evaluatedPlans { totalCount } } } }",
    "periods": "{ periods { nodes { code windows { nodes { name } } plans(first: 60) { nodes { state } } } } }",
    "planTemplates": "{ planTemplates(first: 100) { totalCount nodes { code content } } }",
}


def _staff(city, numbers):
    for number in numbers:
        employee = Employee.create(
            nip=f"1990010120150311{number:02d}", name=f"Pegawai {number}", status="PNS", sex="MALE",
            birth_date=date(1990, 1, 1),
        )  # fmt: skip
        post(employee, city.registry, f"Operator {number}", "PELAKSANA", is_head=False)
        ReportingLine.create(employee=employee, superior=city.chief, basis="HEAD", valid_from=START)
        approved_plan(city, employee, statements=("Satu",))


@pytest.mark.parametrize("name", list(LISTS))
def test_fifty_rows_take_as_many_statements_as_five(city, ask_as, count_statements, name):
    approved_plan(city, city.chief, statements=("Bidang",))
    _staff(city, range(5))
    with count_statements() as few:
        ask_as(city.secretary, LISTS[name])
    _staff(city, range(5, 50))

    with count_statements() as many:
        data = ask_as(city.secretary, LISTS[name])

    assert len(many) == len(few)
    if name == "performancePlans":
        assert data[name]["totalCount"] == PerformancePlan.select().count() == 51
