"""Whoever has no part in a case is answered the same with cases as without any, and reads of a case are kept."""

from contextlib import suppress

import pytest

from core.bin.gathering import gather
from core.bin.services import _told
from core.database import database
from core.live.models import LiveEvent
from core.policy import as_condition, visible
from core.registry import active_registry
from core.webhooks.services import event_types
from plugins.rewards.discipline import services
from plugins.rewards.discipline.models import TABLES, CaseRead, SalaryStop
from plugins.rewards.discipline.reads import Noted
from schema.execution import execute
from tests.plugins.rewards.discipline.doors.traces import OUTSIDERS, keys, take_out
from tests.support.walk.office import Browser, open_office


@pytest.fixture(scope="module")
def world(database_url, tmp_path_factory):
    with open_office(database_url, tmp_path_factory.mktemp("confidential")) as world:
        SalaryStop.delete().execute()
        yield world


class _Back(Exception):  # noqa: N818 - not an error
    """Takes back what the block did."""


QUERIES = (
    "{ %s { totalCount nodes { id } } }",
    "{ %sAggregate { withheldGroups groups { count } } }",
)


@pytest.mark.parametrize("name", OUTSIDERS)
def test_every_answer_is_the_same_as_if_there_were_no_cases(world, name):
    schema = world.app.extensions["kinerja.schema"]
    roots = [
        field for field in schema.graphql.query_type.fields if "iscipline" in field or "anction" in field or
        field in {"decisionDeliveries", "temporaryReleases", "employees", "liveEvents"}
    ]  # fmt: skip
    documents = [
        *(QUERIES[0] % root for root in roots if not root.endswith("Aggregate")),
        *(f"{{ {root} {{ withheldGroups groups {{ count }} }} }}" for root in roots if root.endswith("Aggregate")),
        "{ employees(filter: {disciplineCases: {some: {}}}) { totalCount } }",
        "{ employees(orderBy: [{name: ASC}]) { nodes { name disciplineCases { totalCount } } } }",
        "{ eventTypes { name } }",
        *(f'{{ node(id: "{table.__name__}:{key}") {{ id }} }}' for table in TABLES for key in keys(table)),
        *(f'{{ history(subjectType: "{t.__name__}", subjectId: {k}) {{ id }} }}' for t in TABLES[:1] for k in keys(t)),
    ]
    case = world.rows["case.officer"]
    change = """mutation ($id: ID!, $version: Int!) { takeUpCase(input: {caseId: $id, version: $version}) {
        disciplineCase { id } problems { code path message } } }"""

    def answers():
        found = [execute(schema, world.context(name), document) for document in documents]
        given = {"id": f"DisciplineCase:{case.id}", "version": case.version}
        found.append(execute(schema, world.context(name), change, given))
        for answer in found:
            answer.pop("extensions", None)
            for error in answer.get("errors", ()):
                error.get("extensions", {}).pop("requestId", None)
        return found

    # Somebody of the team asks first: what was planned for him serves nobody else.
    for document in documents:
        execute(schema, world.context("head"), document)
    before = answers()
    with suppress(_Back), database.atomic():
        take_out()
        after = answers()
        raise _Back

    assert before == after
    assert not any("rewards.discipline" in str(answer) for answer in before)


def test_events_of_discipline_are_told_to_no_webhook_and_stand_in_no_list(world):
    named = {event.name for event in active_registry().events if event.name.startswith("rewards.discipline")}
    with suppress(_Back), database.atomic():
        services.dismiss(world.context("chief"), world.rows["case.clerk"].id, reason="Keliru", late_reason="Libur")
        assert LiveEvent.select().where(LiveEvent.name == "rewards.discipline_step_done").exists()
        actor = world.context("system_admin").actor
        shown = {row.name for row in LiveEvent.select().where(as_condition(visible(actor, LiveEvent)))}
        assert shown
        assert not shown & named
        raise _Back

    assert named
    assert not named & {name for name, _ in event_types()}


def test_what_goes_into_the_bin_with_an_employee_names_no_case(world):
    ctx = world.context("hr_admin")
    gathered = gather(ctx, [world.rows["employee.clerk"]])

    told = _told(gathered, 1)

    assert any(type(row) in TABLES for row in gathered.going.values())
    assert not {model for model, _ in told.going} & set(TABLES)
    assert not {model for model, _, _ in told.emptied} & set(TABLES)


def test_pages_and_files_keep_who_read_a_case(world, monkeypatch):
    monkeypatch.setattr(Noted, "__call__", NOTED)
    case = world.rows["case.officer"]
    CaseRead.delete().execute()

    browser = Browser(world, "other")
    assert browser.get(f"/admin/rewards-discipline-case/details/?id={case.id}").status_code == 200
    assert browser.get("/admin/rewards-discipline-case/export?format=json").status_code == 200
    answer = Browser(world, "auditor").get(f"/admin/rewards-discipline-case/details/?id={case.id}")

    assert answer.status_code == 404
    kept = {(row.reader.name, row.channel.value, row.part) for row in CaseRead.select() if row.case_id == case.id}
    assert {("Dewi Lestari", "PAGE", "DisciplineCase"), ("Dewi Lestari", "EXPORT", "DisciplineCase")} <= kept
    assert {name for name, _, _ in kept} == {"Dewi Lestari"}


NOTED = Noted.__call__
