"""Whatever a client asks, the planned statement and graphql-core print the same bytes, on both databases.

`KINERJA_TEST_EXAMPLES` is the number of random operations for each database (CI takes 1,000). A long run:
`KINERJA_TEST_EXAMPLES=20000 pytest -n 0 --hypothesis-seed=1 tests/schema/test_engine_differential.py`.
"""

import os
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from functools import cache

import orjson
import pytest
import structlog
from hypothesis import HealthCheck, Phase, given, note, settings

from core.actor import system_actor
from core.context import Context
from core.database import database
from core.migrating import migrate_everything
from core.organisation.models import Employee, WorkUnit
from core.plugin_host import build_registry, start
from core.settings import Settings
from schema.aggregates.sources import PagesAggregate, RootAggregate
from schema.application import application_schema
from schema.engine import resolve
from schema.engine.fields import Batch, Column, Expression, Key, Pages, Relation, RootPages
from schema.engine.planned import Planner
from schema.engine.planned.pieces import Call
from schema.execution import execute
from tests.support import databases
from tests.support.calls import NOON
from tests.support.operations import Pool, formatted, operations
from tests.support.walk.world import build_world

EXAMPLES = int(os.environ.get("KINERJA_TEST_EXAMPLES", "100"))
FIRST_PARTY = ("queueing", "rewards", "training")
NASTY = 'Bu "Titi" \\ </script> \n\t\x7f \u2028 é 😀 50%_ \\u0041'
TEXTS = ["", "a", "Dinas", "10", "bidang", '"', "%", "_", "\\", NASTY, "2026", "Budi Santoso"]
TODAY = NOON.date()
LEAST_PLANNED = 0.5
pytestmark = [pytest.mark.slow, pytest.mark.timeout(3600)]


@cache
def whole_schema():
    return application_schema(build_registry(Settings(secret_key="x" * 40), FIRST_PARTY, web=True))


@pytest.fixture(scope="module")
def world(database_url, tmp_path_factory):
    """The world with rows of every type, every plugin on, and texts that are hard to print."""
    folder = tmp_path_factory.mktemp("differential")
    chosen = Settings(
        secret_key="x" * 40, database_url=database_url, var_dir=folder, files_dir=folder / "files",
        graphql_max_rows=5_000_000, graphql_max_depth=40,
    )  # fmt: skip
    databases.open_for_tests(database_url)
    migrate_everything(build_registry(chosen, FIRST_PARTY, web=False).migration_sources)
    start(chosen, FIRST_PARTY)
    made = build_world(chosen)
    Employee.update(phone=NASTY[:32], name=NASTY).where(Employee.id == made.city.clerk.id).execute()
    WorkUnit.update(short_name=NASTY[:16]).execute()
    made.actors["system"] = lambda: system_actor(TODAY)
    yield made
    databases.empty()
    database.close()


@pytest.fixture(scope="module")
def pool(world):
    """Ids, cursors and callers of that world."""
    schema = whole_schema()
    ctx = Context(actor=system_actor(TODAY), settings=world.settings, now=NOON, language="en")
    ids, cursors = {}, {}
    for name, info in schema.catalogue.types["Query"].fields.items():
        if isinstance(info.source, RootPages) and not info.source.args:
            answer = execute(schema, ctx, f"{{ {name}(first: 20) {{ edges {{ cursor node {{ id }} }} }} }}")
            edges = answer["data"][name]["edges"]
            rows = schema.catalogue.types[schema.catalogue.types[info.target].fields["nodes"].target].name
            ids[rows] = [edge["node"]["id"] for edge in edges]
            cursors[rows] = [edge["cursor"] for edge in edges]
    return Pool(ids, cursors, TEXTS, sorted(world.actors))


def ask(ctx, text, variables, *, planned):
    """Return the answer as bytes without its extensions, and why graphql-core gave it."""
    ctx = replace(ctx, settings=ctx.settings.model_copy(update={"graphql_planned": planned}))
    answer = execute(whole_schema(), ctx, text, variables, as_text=True)
    engine = answer.pop("extensions", {}).get("engine", {"reason": "not run"})
    return orjson.dumps(answer, default=str), engine.get("reason", "")


def test_both_ways_print_the_same_bytes(world, pool):
    actors = {name: make() for name, make in world.actors.items()}
    reasons = Counter()

    @settings(
        max_examples=EXAMPLES, deadline=None, database=None, print_blob=False,
        suppress_health_check=list(HealthCheck), phases=[Phase.generate, Phase.shrink],
    )  # fmt: skip
    @given(operations(whole_schema(), pool))
    def agree(operation):
        ctx = Context(actor=actors[operation.caller], settings=world.settings, now=NOON, request_id="r", language="en")
        executed, _ = ask(ctx, operation.text, operation.variables, planned=False)
        planned, reason = ask(ctx, operation.text, operation.variables, planned=True)
        note(f"{operation.caller} {operation.variables}\n{formatted(operation.text)}\n{logs[-1:]}")
        assert planned == executed
        assert reason not in {"the planner failed", "the database refused the statement"}
        reasons[reason] += 1

    with structlog.testing.capture_logs() as logs:
        agree()

    # What is read by objects on purpose, so that the reading can be noted, says nothing about the planner.
    noted = sum(count for reason, count in reasons.items() if reason.startswith("it is kept who reads"))
    assert reasons[""] / (reasons.total() - noted) > LEAST_PLANNED, reasons.most_common()


def rendered(planner, ctx, text):
    """Return the SQL and the values that a planner would send for the caller."""
    document = whole_schema().documents.read(text, ctx.settings)
    asked = planner._operation(document, None)
    given = planner._variables(asked, {})
    return planner._rendered.render(planner._statement(asked, ctx, given), Call(ctx, given))


def test_a_plan_made_for_one_caller_never_serves_another(world, pool):
    schema = whole_schema()
    contexts = [
        Context(actor=replace(make(), today=day), settings=world.settings, now=NOON, request_id="r", language="en")
        for make in world.actors.values()
        for day in (TODAY, TODAY + timedelta(days=400))
    ]
    for name in ("employees", "feedback", "evaluations", "accounts"):
        info = schema.catalogue.types["Query"].fields[name]
        rows = schema.catalogue.types[schema.catalogue.types[info.target].fields["nodes"].target]
        leaves = " ".join(leaf for leaf, field in rows.fields.items() if isinstance(field.source, Column | Expression))
        ones = " ".join(f"{one} {{ id }}" for one, field in rows.fields.items() if isinstance(field.source, Relation))
        text = f"{{ {name} {{ totalCount nodes {{ id {leaves} {ones} }} }} }}"
        expected = [ask(ctx, text, {}, planned=False)[0] for ctx in contexts]
        for _ in range(2):
            assert [ask(ctx, text, {}, planned=True) for ctx in contexts] == [(answer, "") for answer in expected], name
        kept = [rendered(schema.planner, ctx, text) for ctx in contexts]
        assert kept == [rendered(Planner(schema, schema.graphql, schema.catalogue), ctx, text) for ctx in contexts], (
            name
        )
    people = "{ employees { nodes { id nip phone } } }"
    assert len({ask(ctx, people, {}, planned=True)[0] for ctx in contexts}) > 8


def test_no_field_has_a_resolver_of_its_own():
    schema = whole_schema()
    roots = {"Query", "Mutation", "Subscription"}
    for kind in schema.catalogue.types.values():
        for info in kind.fields.values():
            place = f"{kind.name}.{info.name}"
            assert info.strawberry.base_resolver is None, place
            # An aggregate at the root is resolved once, as any other root field is.
            own = "schema.aggregates.answering" if isinstance(info.source, RootAggregate) else "schema.engine.resolve"
            assert info.graphql.resolve.__module__ == own, place
            assert (info.graphql.resolve is resolve._loaded) == (kind.name not in roots), place
            if kind.model is not None:
                assert isinstance(info.source, Key | Column | Relation | Pages | Expression | Batch | PagesAggregate), (
                    place
                )
