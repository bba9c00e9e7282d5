"""What holds for every type of the whole application's schema, all first-party plugins on."""

import pytest
from graphql import GraphQLEnumType, GraphQLInputObjectType, GraphQLNonNull, GraphQLObjectType

from core.plugin_host import build_registry, installed
from schema.aggregates.sources import PagesAggregate
from schema.application import application_schema
from schema.engine.fields import Batch, Column, EngineField, Expression, Key, Pages, Relation


@pytest.fixture(scope="module")
def registry():
    from core.settings import Settings

    return build_registry(Settings(secret_key="x" * 40), list(installed()), web=True)


@pytest.fixture(scope="module")
def schema(registry):
    return application_schema(registry)


def entities(schema):
    return [kind for kind in schema.catalogue.types.values() if kind.model is not None]


def own_types(schema):
    return [kind for name, kind in sorted(schema.graphql.type_map.items()) if not name.startswith("__")]


def test_every_field_of_every_entity_declares_one_of_the_four_sources(schema):
    assert entities(schema)
    for kind in entities(schema):
        for field in kind.fields.values():
            assert isinstance(field.strawberry, EngineField), f"{kind.name}.{field.name}"
            assert isinstance(field.source, Key | Column | Expression | Relation | Pages | Batch | PagesAggregate)


def test_no_field_has_a_resolver_of_its_own(schema):
    for kind in schema.catalogue.types.values():
        for field in kind.fields.values():
            assert field.strawberry.base_resolver is None, f"{kind.name}.{field.name}"


def test_what_the_policy_may_hide_is_nullable(schema, registry):
    masks = {entry.model: set(entry.masks) for entry in registry.policies}
    wrong = [
        f"{kind.name}.{field.name}"
        for kind in entities(schema)
        for field in kind.fields.values()
        if isinstance(field.graphql.type, GraphQLNonNull)
        and (
            isinstance(field.source, Relation)
            or (isinstance(field.source, Column) and field.source.field.name in masks.get(kind.model, ()))
        )
    ]

    assert wrong == []


def test_every_entity_has_a_policy(schema, registry):
    covered = {entry.model for entry in registry.policies}

    assert [kind.name for kind in entities(schema) if kind.model not in covered] == []


def test_everything_is_described(schema):
    missing = []
    for kind in own_types(schema):
        if not kind.description:
            missing.append(kind.name)
        if isinstance(kind, GraphQLObjectType | GraphQLInputObjectType):
            for name, field in kind.fields.items():
                if not field.description:
                    missing.append(f"{kind.name}.{name}")
                for argument, given in getattr(field, "args", {}).items():
                    if not given.description:
                        missing.append(f"{kind.name}.{name}({argument})")
        if isinstance(kind, GraphQLEnumType):
            missing += [f"{kind.name}.{name}" for name, value in kind.values.items() if not value.description]

    assert missing == [], missing


def test_every_mutation_names_its_input_and_payload_after_itself(schema):
    for name, field in schema.graphql.mutation_type.fields.items():
        own = name[0].upper() + name[1:]
        assert str(field.type) == f"{own}Payload!"
        assert {str(argument.type) for argument in field.args.values()} <= {f"{own}Input!"}, name
