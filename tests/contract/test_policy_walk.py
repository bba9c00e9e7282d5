"""Everybody walks over everything: each role × type × way to read, and each role × mutation.

What is expected stands in tests/support/walk: rows.py (who sees which rows and fields) and acts.py (who may do what).
A model, a masked field or a mutation without an expectation fails here.
"""

from contextlib import suppress
from functools import cache

import peewee as pw
import pytest
from graphql import GraphQLNonNull

from core.database import database, is_sqlite
from core.migrating import migrate_everything
from core.plugin_host import build_registry, start
from core.policy import as_condition, fields, visible
from core.registry import active_registry
from core.settings import Settings
from core.workdays.models import Holiday
from schema.application import application_schema
from schema.engine.fields import Column, Pages, Relation, RootPages
from schema.execution import execute
from tests.support import databases
from tests.support.walk.acts import ACTS
from tests.support.walk.reads import unnoted
from tests.support.walk.rows import READS, SEES, Facts, visible_ids
from tests.support.walk.world import EMPLOYEES, GRANTS, build_world

CALLERS = ("anonymous", *EMPLOYEES, *(name for name in GRANTS if name not in EMPLOYEES), "chief_reading")
PAGE = 200
FIRST_PARTY = ("queueing", "rewards", "training")


@cache
def whole_schema():
    return application_schema(build_registry(Settings(secret_key="x" * 40), FIRST_PARTY, web=True))


@pytest.fixture(scope="module")
def world(database_url, tmp_path_factory):
    """The world in an application with every plugin of this repository on; no test leaves a change behind."""
    folder = tmp_path_factory.mktemp("walk")
    settings = Settings(
        secret_key="x" * 40,
        database_url=database_url,
        var_dir=folder,
        files_dir=folder / "files",
        # Whole lists inside lists, of every type at once.
        graphql_max_cost=10_000_000,
    )
    databases.open_for_tests(database_url)
    migrate_everything(build_registry(settings, FIRST_PARTY, web=False).migration_sources)
    start(settings, FIRST_PARTY)
    with unnoted():
        yield build_world(settings)
    databases.empty()
    database.close()


@pytest.fixture(scope="module")
def facts(world):
    return Facts(world)


@pytest.fixture(scope="module")
def present(world):
    """Every row of every table, as text."""
    return tables()


def ask(ctx, query, **variables):
    response = execute(whole_schema(), ctx, query, variables)
    assert "errors" not in response, (query, response["errors"])
    return response["data"]


def key_of(global_id):
    return int(global_id.rpartition(":")[2])


def keys(nodes):
    return [key_of(node["id"]) for node in nodes]


def entities():
    """Every type of the schema that shows a model, by model."""
    return {info.model: info for info in whole_schema().catalogue.types.values() if info.model is not None}


def lists():
    """Root connections without conditions of their own, by model: (field, type)."""
    catalogue = whole_schema().catalogue
    found = {}
    for field in catalogue.types["Query"].fields.values():
        if isinstance(field.source, RootPages):
            node = catalogue.types[catalogue.types[field.target].fields["nodes"].target]
            is_whole = field.source.where is None
            found.setdefault(node.model, []).append((field.name, is_whole))
    return found


def test_the_schema_is_whole(world):
    assert len(entities()) > 30
    assert sum(is_whole for fields_of in lists().values() for _, is_whole in fields_of) > 20


def test_every_model_and_every_masked_field_has_an_expectation(world):
    models = set(active_registry().models)
    masked = {(entry.model, name) for entry in active_registry().policies for name in entry.masks}

    assert models == set(SEES)
    assert masked == set(READS)


def test_the_world_has_a_row_of_every_model(world):
    assert [model.__name__ for model in SEES if not model.select().exists()] == []


def test_every_row_is_hidden_from_somebody_or_open_to_all_known(world, facts):
    """An expectation that lets everybody see everything would prove nothing."""
    open_to_all = {model.__name__ for model in SEES}
    for who in world.callers.values():
        if who.is_known:
            for model in SEES:
                if visible_ids(facts, who, model) != {row.id for row in facts.rows(model).values()}:
                    open_to_all.discard(model.__name__)

    assert open_to_all == {
        "WorkUnit", "WorkUnitRevision", "Grade", "PositionKind", "Position", "Holiday", "RuleVersion",
        "EvaluationPeriod", "EvaluationWindow", "RegisteredOperation", "ComplianceRule",
    }  # fmt: skip


@pytest.mark.parametrize("name", CALLERS)
def test_the_policy_shows_exactly_the_expected_rows(world, facts, name):
    actor, who = world.context(name).actor, world.callers[name]

    found = {
        model.__name__: {row.id for row in model.select().where(as_condition(visible(actor, model)))} for model in SEES
    }

    assert found == {model.__name__: visible_ids(facts, who, model) for model in SEES}


@pytest.mark.parametrize("name", CALLERS)
def test_the_policy_unmasks_exactly_the_expected_fields(world, facts, name):
    actor, who = world.context(name).actor, world.callers[name]
    found, expected = {}, {}
    for (model, field), reads in READS.items():
        seen = visible_ids(facts, who, model)
        rule = as_condition(fields(actor, model)[field])
        place = f"{model.__name__}.{field}"
        found[place] = {row.id for row in model.select().where(rule)} & seen
        expected[place] = {row.id for row in facts.rows(model).values() if row.id in seen and reads(facts, who, row)}

    assert found == expected


@pytest.mark.parametrize("name", CALLERS)
def test_lists_and_their_counts_show_exactly_the_expected_rows(world, facts, name):
    ctx, who = world.context(name), world.callers[name]
    found, expected = {}, {}
    for model, info in entities().items():
        everything = [f"{info.name}:{row.id}" for row in facts.rows(model).values()]
        for field, is_whole in lists().get(model, ()):
            page = f"(first: {PAGE})"
            data = ask(ctx, f"{{ {field}{page} {{ totalCount nodes {{ id }} }} }}")[field]
            ids = set(keys(data["nodes"]))
            assert len(ids) == data["totalCount"], field
            seen = visible_ids(facts, who, model)
            if not is_whole:
                assert ids <= seen, field
                continue
            found[field], expected[field] = ids, seen
            filtered = ask(
                ctx,
                f"query($ids: [ID!]) {{ {field}(first: {PAGE}, filter: {{id: {{in: $ids}}}}) "
                "{ totalCount nodes { id } } }",
                ids=everything,
            )[field]
            assert (set(keys(filtered["nodes"])), filtered["totalCount"]) == (seen, len(seen)), field
            negated = ask(
                ctx,
                f"query($ids: [ID!]) {{ {field}(first: {PAGE}, filter: {{not: {{id: {{in: $ids}}}}}}) "
                "{ totalCount nodes { id } } }",
                ids=[f"{info.name}:{key}" for key in seen],
            )[field]
            assert (negated["nodes"], negated["totalCount"]) == ([], 0), field

    assert found == expected


@pytest.mark.parametrize("name", CALLERS)
def test_node_by_id_shows_exactly_the_expected_rows(world, facts, name):
    ctx, who = world.context(name), world.callers[name]
    found, expected = {}, {}
    for model, info in entities().items():
        rows = facts.rows(model).values()
        found[info.name] = set()
        for part in pw.chunked(rows, 20):
            asked = " ".join(f'n{row.id}: node(id: "{info.name}:{row.id}") {{ id }}' for row in part)
            answer = ask(ctx, f"{{ {asked} }}")
            found[info.name] |= {key_of(node["id"]) for node in answer.values() if node}
        expected[info.name] = visible_ids(facts, who, model)

    assert found == expected


def every_row(ctx, info, keys_seen, selection):
    """Ask for a selection of all rows of a type, by its list or else through node(id) in parts; answers by key."""
    root = next((field for field, is_whole in lists().get(info.model, ()) if is_whole), None)
    if root is not None:
        answer = ask(ctx, f"{{ {root}(first: {PAGE}) {{ nodes {{ key: id {selection} }} }} }}")
        return {key_of(row["key"]): row for row in answer[root]["nodes"]}
    found = {}
    for part in pw.chunked(sorted(keys_seen), 15):
        asked = " ".join(
            f'n{key}: node(id: "{info.name}:{key}") {{ ... on {info.name} {{ {selection} }} }}' for key in part
        )
        found |= {int(alias[1:]): row for alias, row in ask(ctx, f"{{ {asked} }}").items()}
    return found


def masked_away(facts, who, row, model, field):
    reads = READS.get((model, field))
    return reads is not None and not reads(facts, who, row)


@pytest.mark.parametrize("name", CALLERS)
def test_columns_show_what_is_expected_and_nothing_masked(world, facts, name):
    ctx, who = world.context(name), world.callers[name]
    for model, info in entities().items():
        seen = visible_ids(facts, who, model)
        rows = facts.rows(model)
        masked = [
            field
            for field in info.fields.values()
            if isinstance(field.source, Column) and (model, field.source.field.name) in READS
        ]
        if not masked or not seen:
            continue
        selection = " ".join(field.name for field in masked)
        for key, answer in every_row(ctx, info, seen, selection).items():
            for field in masked:
                column = field.source.field.name
                value = getattr(rows[key], column)
                is_hidden = masked_away(facts, who, rows[key], model, column)
                if is_hidden or value is None:
                    assert answer[field.name] is None, (info.name, key, field.name)
                else:
                    assert answer[field.name] is not None, (info.name, key, field.name)


@pytest.mark.parametrize("name", CALLERS)
def test_paths_to_other_rows_show_exactly_the_expected_ones(world, facts, name):
    ctx, who = world.context(name), world.callers[name]
    seen = {model: visible_ids(facts, who, model) for model in SEES}
    for model, info in entities().items():
        ways = [way for way in (way_of(field) for field in info.fields.values()) if way is not None]
        if not seen[model] or not ways:
            continue
        selection = " ".join(
            f"{field.name}(first: {PAGE}) {{ totalCount nodes {{ id }} }}" if is_pages else f"{field.name} {{ id }}"
            for field, _, is_pages in ways
        )
        answers = every_row(ctx, info, seen[model], selection)
        assert set(answers) == seen[model]
        for field, target, is_pages in ways:
            check = _check_pages if is_pages else _check_relation
            for key, answer in answers.items():
                check((facts, who, seen), (model, key), field, target, answer[field.name])


def way_of(field):
    """Return a field that leads to other rows, with their type and whether it is in pages; None for other fields."""
    catalogue = whole_schema().catalogue
    target = catalogue.types.get(field.target)
    if target is None or any(isinstance(argument.type, GraphQLNonNull) for argument in field.graphql.args.values()):
        return None
    if isinstance(field.source, Pages):
        return field, catalogue.types[target.fields["nodes"].target].model, True
    return None if target.model is None else (field, target.model, False)


def _check_relation(expectation, place, field, target, given):
    (facts, who, seen), (model, key) = expectation, place
    reached = keys(given if isinstance(given, list) else [given] if given else [])
    assert set(reached) <= seen[target], (model, key, field.name)
    if isinstance(field.source, Relation) and isinstance(field.source.key, pw.ForeignKeyField):
        column = field.source.key.name
        row = facts.rows(model)[key]
        value = row.__data__[column]
        is_shown = value in seen[target] and not masked_away(facts, who, row, model, column)
        assert reached == ([value] if is_shown else []), (model, key, field.name)


def _check_pages(expectation, place, field, target, given):
    (facts, who, seen), (model, key) = expectation, place
    reached = keys(given["nodes"])
    assert len(reached) == given["totalCount"], (model, key, field.name)
    # A masked key leads nowhere, in neither direction.
    column = field.source.field.name
    expected = {
        child.id
        for child in facts.rows(target).values()
        if child.__data__[column] == key
        and child.id in seen[target]
        and not masked_away(facts, who, child, target, column)
    }
    if field.source.where is None:
        assert set(reached) == expected, (model, key, field.name)
    else:
        assert set(reached) <= expected, (model, key, field.name)


def filter_of(field):
    """Return the names that a filter over a list takes."""
    argument = whole_schema().graphql.query_type.fields[field].args["filter"]
    return set(argument.type.fields)


@pytest.mark.parametrize("name", CALLERS)
def test_filters_over_other_rows_find_nothing_by_hidden_ones(world, facts, name):
    ctx, who = world.context(name), world.callers[name]
    catalogue = whole_schema().catalogue
    seen = {model: visible_ids(facts, who, model) for model in SEES}
    tried = 0
    for model, info in entities().items():
        root = next((field for field, is_whole in lists().get(model, ()) if is_whole), None)
        if root is None:
            continue
        for field in info.fields.values():
            if field.name not in filter_of(root) or field.target is None:
                continue
            target = catalogue.types[field.target]
            is_pages = isinstance(field.source, Pages)
            if is_pages:
                target = catalogue.types[target.fields["nodes"].target]
            hidden = [
                f"{target.name}:{row.id}"
                for row in facts.rows(target.model).values()
                if row.id not in seen[target.model]
            ]
            inner = "{id: {in: $ids}}"
            condition = f"{{{field.name}: {{some: {inner}}}}}" if is_pages else f"{{{field.name}: {inner}}}"
            query = f"query($ids: [ID!]) {{ {root}(filter: {condition}) {{ totalCount nodes {{ id }} }} }}"
            assert ask(ctx, query, ids=hidden)[root] == {"totalCount": 0, "nodes": []}, (root, field.name)
            tried += 1

    assert tried > 60


@pytest.mark.parametrize("name", CALLERS)
def test_filters_and_orders_over_masked_columns_tell_nothing(world, facts, name):
    ctx, who = world.context(name), world.callers[name]
    for model, info in entities().items():
        root = next((field for field, is_whole in lists().get(model, ()) if is_whole), None)
        seen = visible_ids(facts, who, model)
        rows = {row.id: row for row in facts.rows(model).values() if row.id in seen}
        for field in info.fields.values():
            column = field.source.field.name if isinstance(field.source, Column) else ""
            if root is None or (model, column) not in READS or field.name not in filter_of(root):
                continue
            hidden = {key for key, row in rows.items() if masked_away(facts, who, row, model, column)}
            query = f"{{ {root}(first: {PAGE}, filter: {{{field.name}: {{isNull: false}}}}) {{ nodes {{ id }} }} }}"
            assert not set(keys(ask(ctx, query)[root]["nodes"])) & hidden, (root, field.name)
            for key in sorted(hidden):
                value = getattr(rows[key], column)
                if isinstance(value, str):
                    query = f"query($v: String) {{ {root}(filter: {{{field.name}: {{eq: $v}}}}) {{ nodes {{ id }} }} }}"
                    assert key not in keys(ask(ctx, query, v=value)[root]["nodes"]), (root, field.name)
            query = f"{{ {root}(first: {PAGE}, orderBy: [{{{field.name}: ASC}}]) {{ nodes {{ id }} }} }}"
            ordered = [key for key in keys(ask(ctx, query)[root]["nodes"]) if key in hidden]
            assert ordered == sorted(ordered), (root, field.name)


def shown_count(aggregate):
    """The count of the one group of an aggregate without keys; None where it is withheld."""
    return aggregate["groups"][0]["count"] if aggregate["groups"] else None


@pytest.mark.parametrize("name", CALLERS)
def test_aggregates_count_exactly_the_expected_rows(world, facts, name):
    """Every root aggregate, and of every field how many values it counts: no hidden row, no masked value."""
    ctx, who = world.context(name), world.callers[name]
    tried = 0
    for model, info in entities().items():
        seen = visible_ids(facts, who, model)
        rows = [row for row in facts.rows(model).values() if row.id in seen]
        for root, is_whole in lists().get(model, ()):
            if not is_whole:
                continue
            values = whole_schema().catalogue.types[f"{info.name}AggregateValues"].fields
            counts = " ".join(f"{field} {{ count nulls }}" for field in values)
            query = f"{{ {root}Aggregate {{ withheldGroups groups {{ count values {{ {counts} }} }} }} }}"
            answer = ask(ctx, query)[f"{root}Aggregate"]
            if answer["withheldGroups"]:
                assert seen, root
                assert not answer["groups"], root
                continue
            group = answer["groups"][0]
            assert group["count"] == len(seen), root
            for field in values:
                counted = group["values"][field]
                assert counted["count"] + counted["nulls"] == len(seen), (root, field)
                source = info.fields[field].source
                if isinstance(source, Column):
                    column = source.field.name
                    read = [row for row in rows if not masked_away(facts, who, row, model, column)]
                    expected = sum(row.__data__[column] is not None for row in read)
                    assert counted["count"] == expected, (root, field)
            tried += 1

    assert tried > 10


@pytest.mark.parametrize("name", CALLERS[1::5])
def test_aggregates_below_rows_count_what_the_lists_below_them_show(world, name):
    ctx = world.context(name)
    for model, info in entities().items():
        root = next((field for field, is_whole in lists().get(model, ()) if is_whole), None)
        ways = [field.name for field in info.fields.values() if isinstance(field.source, Pages)]
        if root is None or not ways:
            continue
        parts = " ".join(f"{way} {{ totalCount }} {way}Aggregate {{ groups {{ count }} }}" for way in ways)
        for node in ask(ctx, f"{{ {root}(first: {PAGE}) {{ nodes {{ {parts} }} }} }}")[root]["nodes"]:
            for way in ways:
                assert shown_count(node[f"{way}Aggregate"]) in {node[way]["totalCount"], None}, (root, way)


def test_rules_about_rows_build_expressions_and_ask_nothing(world, monkeypatch):
    contexts = [world.context(name) for name in CALLERS]

    def asked(_self, sql, *_args, **_kwargs):
        raise AssertionError(sql)

    monkeypatch.setattr(type(database.obj), "execute_sql", asked)
    for ctx in contexts:
        for model in active_registry().models:
            visible(ctx.actor, model.alias())
            fields(ctx.actor, model.alias())


def mutations():
    return whole_schema().graphql.mutation_type.fields


def test_every_mutation_has_an_expectation(world):
    assert set(mutations()) == set(ACTS)


def tables():
    """Return every row of every table as text."""
    return {
        name: sorted(map(repr, database.execute_sql(f'SELECT * FROM "{name}"').fetchall()))
        for name in database.get_tables()
        if not name.startswith("sqlite_")
    }


def writes():
    """How much this connection has written so far; what was taken back counts too."""
    if is_sqlite():
        return database.connection().total_changes
    # A transaction is given its number by the first thing that it writes or locks.
    return database.execute_sql("SELECT pg_current_xact_id_if_assigned()").fetchone()[0]


class _Back(Exception):  # noqa: N818 - not an error
    """Takes back what an allowed mutation did."""


def test_every_kind_of_writing_is_seen_and_reading_is_none(world):
    row = world.rows["holiday"]
    kinds = {
        "read": Holiday.select(),
        "update": Holiday.update(name="another").where(Holiday.id == row.id),
        "insert": Holiday.insert(day=row.day, name="one more", kind=row.kind),
        "delete": Holiday.delete(),
    }
    seen = []
    for name, kind in kinds.items():
        with suppress(_Back), database.atomic():
            before = writes()
            kind.execute()
            seen += [name] if writes() != before else []
            raise _Back

    assert seen == ["update", "insert", "delete"]


def change(world, present, name, act, caller):
    """Do a mutation and take it back; return its problems' codes, what it changed, and the answer."""
    ctx = world.context(caller)
    answer, after = {}, present
    given = f"(input: $input) {{ problems {{ code path message }} {act.selection} }}"
    if act.input is None:
        query, variables = f"mutation {{ {name} {{ problems {{ code path message }} }} }}", {}
    else:
        kind = mutations()[name].args["input"].type
        query, variables = f"mutation($input: {kind}) {{ {name}{given} }}", {"input": act.input(world)}
    with suppress(_Back), database.atomic():
        before = writes()
        answer = ask(ctx, query, **variables)[name]
        # What has not written has changed nothing, and what an allowed one changes is its own tests' matter.
        if writes() != before and caller not in act.allowed:
            after = tables()
        raise _Back
    changed = {table for table, rows in after.items() if rows != present[table]}
    return [problem["code"] for problem in answer["problems"]] + act.inner(answer), changed, answer


REFUSALS = {"FORBIDDEN", "NOT_FOUND", "UNAUTHENTICATED"}


@pytest.mark.parametrize("name", ACTS)
def test_only_the_expected_callers_change_anything(world, present, name):
    act = ACTS[name]
    wrong, done = {}, []
    for caller in CALLERS:
        codes, changed, answer = change(world, present, name, act, caller)
        if caller in act.allowed:
            if REFUSALS & set(codes):
                wrong[caller] = answer
            done += [caller] if not codes else []
        elif changed or not codes or (not act.works and not REFUSALS & set(codes)):
            wrong[caller] = (codes, changed)

    assert tables() == present
    assert wrong == {}
    assert bool(done) is act.works, answer
