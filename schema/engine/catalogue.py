"""What the engine knows of one schema: every object type with its model and its fields' sources."""

from dataclasses import dataclass, field
from typing import Any

import peewee as pw
from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    get_named_type,
    get_nullable_type,
    is_list_type,
)
from strawberry.schema.schema_converter import GraphQLCoreConverter

from schema.engine.fields import EngineField, Source
from schema.engine.kinds import BY_TYPE, TEXT, Kind, enum_kind

_KINDS_BY_NAME = {kind.name: kind for kind in BY_TYPE.values()}


@dataclass(frozen=True)
class FieldInfo:
    """One output field: its source, its GraphQL field, the object type it leads to, and the kind of a plain value."""

    name: str
    python_name: str
    source: Source | None
    graphql: GraphQLField
    target: str | None
    is_list: bool
    kind: Kind
    strawberry: Any


@dataclass(frozen=True)
class TypeInfo:
    """One output object type; `model` is None for plain types, `node` names the row type of a connection."""

    name: str
    model: type[pw.Model] | None
    order: tuple[str, ...]
    fields: dict[str, FieldInfo]
    by_python_name: dict[str, FieldInfo]
    answers_to: frozenset[str]


@dataclass
class Catalogue:
    """Every object type of one schema by name."""

    graphql: GraphQLSchema
    types: dict[str, TypeInfo] = field(default_factory=dict)

    def entity(self, name: str) -> TypeInfo | None:
        """Return the type of that name if it shows a model."""
        found = self.types.get(name)
        return found if found is not None and found.model is not None else None


def read_catalogue(schema: GraphQLSchema) -> Catalogue:
    """Read the declarations out of a built schema."""
    catalogue = Catalogue(schema)
    unions: dict[str, set[str]] = {}
    for kind in schema.type_map.values():
        if isinstance(kind, GraphQLUnionType):
            for member in kind.types:
                unions.setdefault(member.name, set()).add(kind.name)
    for kind in schema.type_map.values():
        if isinstance(kind, GraphQLObjectType) and not kind.name.startswith("__"):
            catalogue.types[kind.name] = _type_info(kind, unions.get(kind.name, set()))
    return catalogue


def _type_info(kind: GraphQLObjectType, unions: set[str]) -> TypeInfo:
    definition = kind.extensions.get(GraphQLCoreConverter.DEFINITION_BACKREF)
    origin = getattr(definition, "origin", None)
    fields = {name: _field_info(name, field) for name, field in kind.fields.items()}
    return TypeInfo(
        name=kind.name,
        model=getattr(origin, "__entity_model__", None),
        order=getattr(origin, "__entity_order__", ()),
        fields=fields,
        by_python_name={info.python_name: info for info in fields.values()},
        answers_to=frozenset({kind.name, *(interface.name for interface in kind.interfaces), *unions}),
    )


def _field_info(name: str, field: GraphQLField) -> FieldInfo:
    declared = field.extensions.get(GraphQLCoreConverter.DEFINITION_BACKREF)
    named = get_named_type(field.type)
    composite = isinstance(named, GraphQLObjectType | GraphQLInterfaceType | GraphQLUnionType)
    return FieldInfo(
        name=name,
        python_name=declared.python_name if declared is not None else name,
        source=declared.source if isinstance(declared, EngineField) else None,
        graphql=field,
        target=named.name if composite else None,
        is_list=is_list_type(get_nullable_type(field.type)),
        kind=_kind(named),
        strawberry=declared,
    )


def _kind(named: Any) -> Kind:
    if isinstance(named, GraphQLEnumType):
        definition = named.extensions.get(GraphQLCoreConverter.DEFINITION_BACKREF)
        if definition is not None:
            return enum_kind(named.name, definition.wrapped_cls)
    return _KINDS_BY_NAME.get(named.name, TEXT)
