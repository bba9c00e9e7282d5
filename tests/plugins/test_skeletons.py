"""The first-party plugins: their rows in GraphQL, under the policy of what they are about, a statement per field."""

from datetime import date
from pathlib import Path

import pytest

from core.database import database
from core.i18n import has_translation
from core.migrating import migrate_everything
from core.organisation.models import Employee, WorkUnit
from core.plugin_host import build_registry, start
from core.registry import active_registry
from plugins.queueing.models import QueueService, ServicePoint
from plugins.rewards.models import Award, AwardKind
from plugins.training.models import TrainingPlanItem, TrainingState
from schema.application import application_schema
from schema.execution import execute
from tests.support.calls import call_as, system_context
from tests.support.city import build_city, person

NAMES = ["queueing", "rewards", "training"]
DAY = date(2026, 1, 10)


@pytest.fixture
def schema(db):
    """The schema of the application with all first-party plugins on, and their tables."""
    migrate_everything(build_registry(db, NAMES, web=False).migration_sources)
    return application_schema(start(db, NAMES, web=True))


@pytest.fixture
def city(schema):
    return build_city()


def award(employee, title="Satyalancana Karya Satya X"):
    return Award.create(employee=employee, kind=AwardKind.SERVICE_MEDAL, title=title, awarded_on=DAY)


def item(employee, title="Pelatihan Pelayanan Prima"):
    return TrainingPlanItem.create(employee=employee, year=2026, title=title, learning_hours=20)


def service(unit, name="KTP-el"):
    point = ServicePoint.create(unit=unit, code=f"p-{name}", name="Loket")
    return QueueService.create(point=point, unit=unit, code="ktp", name=name, prefix="A")


EMPLOYEES = """{ employees(orderBy: [{name: ASC}]) { nodes { name
  rewards { totalCount nodes { title kind awardedOn employee { name } } }
  trainingPlan { nodes { title year learningHours state completedOn } } } } }"""


def test_awards_and_training_are_fields_of_their_employee(schema, city, db):
    award(city.officer)
    item(city.officer)

    answer = execute(schema, system_context(db), EMPLOYEES)

    shown = {node["name"]: node for node in answer["data"]["employees"]["nodes"]}
    assert shown["Budi Santoso"]["rewards"] == {
        "totalCount": 1,
        "nodes": [
            {
                "title": "Satyalancana Karya Satya X",
                "kind": "SERVICE_MEDAL",
                "awardedOn": "2026-01-10",
                "employee": {"name": "Budi Santoso"},
            }
        ],
    }
    assert shown["Budi Santoso"]["trainingPlan"]["nodes"] == [
        {
            "title": "Pelatihan Pelayanan Prima",
            "year": 2026,
            "learningHours": 20,
            "state": TrainingState.PLANNED.value,
            "completedOn": None,
        }
    ]
    assert shown["Siti Aminah"]["rewards"] == {"totalCount": 0, "nodes": []}


def test_queues_are_fields_of_their_unit(schema, city, db):
    service(city.registry)
    query = """{ workUnits(filter: {code: {eq: "11"}}) { nodes {
      servicePoints { nodes { name unit { code } } } queueServices(filter: {name: {eq: "KTP-el"}}) { nodes { prefix } }
      queueMetrics(from: "2026-01-01", to: "2026-01-31") { arrivals waitP90 } } } }"""

    answer = execute(schema, system_context(db), query)

    assert answer["data"]["workUnits"]["nodes"][0] == {
        "servicePoints": {"nodes": [{"name": "Loket", "unit": {"code": "11"}}]},
        "queueServices": {"nodes": [{"prefix": "A"}]},
        "queueMetrics": [{"arrivals": 0, "waitP90": None}],
    }


def test_rows_are_seen_by_whoever_sees_the_employee_and_by_nobody_else(schema, city, db):
    mine, strange = award(city.officer), award(city.other, "Penghargaan Inovasi")
    query = "query($id: ID!) { node(id: $id) { id ... on Award { title } } }"

    def seen(viewer, row):
        return execute(schema, call_as(db, viewer.id), query, {"id": f"Award:{row.id}"})["data"]["node"]

    assert seen(city.officer, mine) == {"id": f"Award:{mine.id}", "title": "Satyalancana Karya Satya X"}
    assert seen(city.chief, mine) is not None
    assert seen(city.officer, strange) is None
    assert seen(city.other, strange)["title"] == "Penghargaan Inovasi"


@pytest.mark.parametrize("size", [5, 50])
def test_a_list_with_the_fields_of_all_plugins_costs_the_same_for_any_number_of_rows(
    schema, city, db, monkeypatch, size
):
    for number in range(size):
        employee = person(f"19910517201503{1000 + number}", f"Pegawai {number}")
        award(employee)
        item(employee)
        service(city.registry, f"Layanan {number}")
    statements = []
    run = type(database.obj).execute_sql

    def counted(self, sql, *args, **kwargs):
        statements.append(sql)
        return run(self, sql, *args, **kwargs)

    monkeypatch.setattr(type(database.obj), "execute_sql", counted)
    query = """{ employees(first: 50) { nodes { name rewards { nodes { title } } trainingPlan { nodes { title } } } }
                 workUnits { nodes { queueServices(first: 50) { nodes { name } } } } }"""

    answer = execute(schema, system_context(db), query)

    assert "errors" not in answer
    assert len(statements) == 1


def test_core_can_delete_what_a_plugin_points_to_while_the_plugin_is_off(schema, city, db):
    lone, place = person("199005172015031999", "Tanpa Jabatan"), WorkUnit.create(code="99", name="X", valid_from=DAY)
    award(lone)
    item(lone)
    service(place)
    start(db, [])

    Employee.delete().where(Employee.id == lone.id).execute()
    WorkUnit.delete().where(WorkUnit.id == place.id).execute()

    assert [model.select().count() for model in (Award, TrainingPlanItem, QueueService)] == [0, 0, 0]


def test_each_plugin_has_a_readme_and_texts_in_indonesian(schema):
    for plugin in active_registry().plugins:
        assert has_translation(plugin.record.title, "id"), plugin.record.title
        assert has_translation(plugin.record.description, "id"), plugin.record.description
    for name in NAMES:
        assert (Path(__file__).parents[2] / "plugins" / name / "README.md").read_text().startswith("# ")
