"""Templates: made, changed, and handed out to many."""

from datetime import date
from decimal import Decimal

import pytest

from core.errors import Refused
from core.organisation.models import Assignment, Employee, Position, PositionKind
from core.planning.content import IndicatorContent, PlanContent, WorkResultContent
from core.planning.models import BehaviorExpectation, PerformancePlan, PlanEvaluator, PlanTemplate
from core.planning.services import (
    AssignOutcome,
    AssignRequest,
    TemplateRequest,
    assign_template,
    create_template,
    update_template,
)
from core.planning.services.contents import content_of
from core.planning.terms import BehaviorValue, Perspective, PlanApproach, PlanState
from tests.support.city import START
from tests.support.grants import give_role
from tests.support.plans import indicators_of, plan_of, results_of

CONTENT = PlanContent(
    work_results=(
        WorkResultContent(
            "Arsip tertata",
            parent_statement="Tata kelola arsip",
            indicators=(IndicatorContent("Jumlah berkas", target_min=Decimal(10), target_max=Decimal(12)),),
        ),
        WorkResultContent("Layanan ramah", success_measure="Tanpa keluhan"),
    ),
    expectations={BehaviorValue.LOYAL: "Jaga rahasia"},
    consequences="Pembinaan",
)
REQUEST = TemplateRequest("ARSIP", "Arsip", PlanApproach.QUANTITATIVE, CONTENT)


@pytest.fixture
def office(city, as_):
    give_role(city.clerk, "hr_officer", city.agency)
    return as_(city.clerk)


@pytest.fixture
def template(office):
    return create_template(office, REQUEST)


def outcomes(answers):
    return {answer.employee_id: answer.outcome for answer in answers}


def test_a_template_is_made_and_changed(city, office, template, refused):
    assert refused(lambda: create_template(office, REQUEST)) == [("CODE_TAKEN", "input.code")]
    wrong = TemplateRequest(" ", "", PlanApproach.QUANTITATIVE, PlanContent(work_results=(WorkResultContent(""),)))
    assert refused(lambda: create_template(office, wrong)) == [
        ("EMPTY", "input.code"),
        ("EMPTY", "input.name"),
        ("EMPTY", "input.workResults.0.statement"),
    ]

    changed = update_template(office, template.id, template.version, name="Arsip daerah")

    assert (changed.name, changed.content) == ("Arsip daerah", PlanTemplate.get_by_id(template.id).content)
    assert refused(lambda: update_template(office, template.id, 1, name="Lain")) == [("STALE_VERSION", "input.version")]


@pytest.mark.parametrize(("who", "code"), [("chief", "FORBIDDEN"), ("officer", "NOT_FOUND")])
def test_only_the_office_changes_templates(city, as_, template, refused, who, code):
    found = refused(lambda: update_template(as_(getattr(city, who)), template.id, template.version, name="X"))

    assert [each[0] for each in found] == [code]
    assert PlanTemplate.get_by_id(template.id).name == "Arsip"


def test_a_template_goes_to_a_unit_and_below_without_those_who_have_a_plan(city, office, template):
    existing = plan_of(city.officer, city.period)

    answers = assign_template(office, AssignRequest(template.id, city.period.id, city.agency.id))

    assert outcomes(answers) == {
        city.head.id: AssignOutcome.CREATED,
        city.chief.id: AssignOutcome.CREATED,
        city.officer.id: AssignOutcome.HAS_PLAN,
        city.clerk.id: AssignOutcome.CREATED,
        city.other_chief.id: AssignOutcome.CREATED,
        city.other.id: AssignOutcome.CREATED,
    }
    assert next(answer.plan_id for answer in answers if answer.employee_id == city.officer.id) == existing.id
    plan = PerformancePlan.get(PerformancePlan.employee == city.other.id)
    assert (plan.state, plan.evaluator_id, plan.unit_id) == (PlanState.DRAFT, city.other_chief.id, city.archive.id)
    assert (plan.starts_on, plan.ends_on, plan.consequences) == (START, date(2026, 12, 31), "Pembinaan")
    assert [(row.statement, row.sequence) for row in results_of(plan)] == [("Arsip tertata", 1), ("Layanan ramah", 2)]
    assert [(row.statement, row.target_max) for row in indicators_of(plan)] == [("Jumlah berkas", Decimal(12))]
    assert content_of(plan).expectations[BehaviorValue.LOYAL] == "Jaga rahasia"
    assert BehaviorExpectation.select().where(BehaviorExpectation.plan == plan.id).count() == 7
    assert PlanEvaluator.get(PlanEvaluator.plan == plan.id).evaluator_id == city.other_chief.id


def test_handing_out_again_changes_nothing(city, office, template):
    request = AssignRequest(template.id, city.period.id, city.archive.id)
    assign_template(office, request)
    before = [(row.id, row.version) for row in PerformancePlan.select().order_by(PerformancePlan.id)]

    answers = assign_template(office, request)

    assert set(outcomes(answers).values()) == {AssignOutcome.HAS_PLAN}
    assert [(row.id, row.version) for row in PerformancePlan.select().order_by(PerformancePlan.id)] == before


def test_a_filter_by_kind_of_position(city, office, template):
    request = AssignRequest(template.id, city.period.id, city.agency.id, position_kinds=("PELAKSANA", "AHLI_PERTAMA"))

    assert set(outcomes(assign_template(office, request))) == {city.officer.id, city.clerk.id, city.other.id}


def test_an_unknown_kind_of_position_is_named(city, office, template):
    request = AssignRequest(template.id, city.period.id, city.agency.id, position_kinds=("PELAKSANA", "JURU"))

    with pytest.raises(Refused) as refusal:
        assign_template(office, request)

    [problem] = refusal.value.problems
    assert (problem.code, problem.path) == ("UNKNOWN_POSITION_KIND", ("input", "positionKinds", 1))
    assert PerformancePlan.select().count() == 0


def test_who_cannot_take_the_template_is_told_why(city, office):
    content = PlanContent(work_results=(WorkResultContent("Layanan", perspective=Perspective.SERVICE_RECIPIENT),))
    template = create_template(office, TemplateRequest("JPT", "JPT", PlanApproach.QUALITATIVE, content))

    answers = assign_template(office, AssignRequest(template.id, city.period.id, city.agency.id))

    assert outcomes(answers)[city.head.id] is AssignOutcome.CREATED
    other = next(answer for answer in answers if answer.employee_id == city.other.id)
    assert (other.outcome, [problem.code for problem in other.problems]) == (
        AssignOutcome.REFUSED, ["PERSPECTIVE_NOT_ALLOWED"]
    )  # fmt: skip
    assert PerformancePlan.select().count() == 1


def test_who_hands_out_where(city, as_, template, refused):
    chief = as_(city.chief)

    assert len(assign_template(chief, AssignRequest(template.id, city.period.id, city.registry.id))) == 3
    for unit in (city.agency.id, None):
        assert refused(lambda key=unit: assign_template(chief, AssignRequest(template.id, city.period.id, key))) == [
            ("FORBIDDEN", "input.unitId")
        ]
    late = AssignRequest(template.id, city.period.id, city.registry.id, starts_on=date(2027, 1, 1))
    assert refused(lambda: assign_template(chief, late)) == [("DATE_OUTSIDE_PERIOD", "input.startsOn")]


def _crowd(city, count):
    kind = PositionKind.get(PositionKind.code == "PELAKSANA")
    for number in range(count):
        employee = Employee.create(
            nip=f"1990010120150310{number:02d}", name=f"Pegawai {number}", status="PNS", sex="MALE",
            birth_date=date(1990, 1, 1),
        )  # fmt: skip
        position = Position.create(code=f"X{number}", title="Operator", kind=kind, unit=city.archive, valid_from=START)
        Assignment.create(employee=employee, position=position, unit=city.archive, valid_from=START)


def test_fifty_people_take_hardly_more_statements_than_five(city, office, template, statements):
    _crowd(city, 5)
    few = statements(lambda: assign_template(office, AssignRequest(template.id, city.period.id, city.archive.id)))
    PerformancePlan.delete().execute()
    Employee.update(name=Employee.name).execute()
    for number in range(5, 55):
        kind = PositionKind.get(PositionKind.code == "PELAKSANA")
        employee = Employee.create(
            nip=f"1990010120150320{number:02d}", name=f"Pegawai {number}", status="PNS", sex="FEMALE",
            birth_date=date(1990, 1, 1),
        )  # fmt: skip
        position = Position.create(code=f"Y{number}", title="Operator", kind=kind, unit=city.archive, valid_from=START)
        Assignment.create(employee=employee, position=position, unit=city.archive, valid_from=START)

    many = statements(lambda: assign_template(office, AssignRequest(template.id, city.period.id, city.archive.id)))

    assert PerformancePlan.select().count() == 57
    # Rows are written in parts of two hundred; nothing is asked or written per person.
    assert many <= few + 10
