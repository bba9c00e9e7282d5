"""Filter and order inputs, made from the declarations of each schema: one schema's inputs never reach another's."""

from collections.abc import Callable, Sequence
from typing import Any, Optional

import strawberry
from strawberry.annotation import StrawberryAnnotation
from strawberry.types.base import StrawberryList, StrawberryObjectDefinition, StrawberryOptional, get_object_definition
from strawberry.types.enum import StrawberryEnumDefinition
from strawberry.types.field import StrawberryField
from strawberry.types.lazy_type import LazyType

from schema.connections import OrderDirection
from schema.engine.fields import Column, EngineField, Expression, Key, Pages, Relation
from schema.engine.kinds import ANYTHING, BY_TYPE

Fields = Callable[[], list[StrawberryField]]

_DESCRIPTIONS = {
    "eq": "Equal to this; null: has no value.",
    "ne": "Not equal to this, or no value; null: has a value.",
    "in": "Equal to one of these.",
    "lt": "Less than this.",
    "lte": "Less than or equal to this.",
    "gt": "Greater than this.",
    "gte": "Greater than or equal to this.",
    "contains": "Has this text in it, whatever its case.",
    "startsWith": "Begins with this text, whatever its case.",
    "isNull": "Whether there is no value.",
}
_ORDERED = ("eq", "ne", "in", "lt", "lte", "gt", "gte", "isNull")
_OPERATORS: dict[str, tuple[str, ...]] = {
    "String": ("eq", "ne", "in", "contains", "startsWith", "isNull"),
    "Boolean": ("eq", "ne", "isNull"),
    "ID": ("eq", "ne", "in"),
}


def bare_type(name: str, description: str, fields: list[StrawberryField], *, is_input: bool = False) -> type[Any]:
    """Return a GraphQL type of exactly these fields."""
    cls = type(name, (), {"__doc__": description})
    cls.__strawberry_definition__ = StrawberryObjectDefinition(  # type: ignore[attr-defined]
        name=name,
        is_input=is_input,
        is_interface=False,
        origin=cls,
        description=description,
        interfaces=[],
        extend=False,
        directives=(),
        is_type_of=None,
        resolve_type=None,
        fields=fields,
    )
    return cls


def unwrap(kind: Any) -> Any:
    """Return a declared type without null and laziness."""
    while True:
        if isinstance(kind, StrawberryOptional):
            kind = kind.of_type
        elif isinstance(kind, LazyType):
            kind = kind.resolve_type()
        else:
            return kind


def row_class(field: StrawberryField) -> Any:
    """Return the entity class that a connection field pages through."""
    definition = get_object_definition(unwrap(field.type))
    inner = None if definition is None else definition.type_var_map.get("T")
    if inner is None or not hasattr(unwrap(inner), "__entity_model__"):
        raise TypeError(f"{field.python_name} pages through rows: annotate it Connection[SomeEntity]")
    return unwrap(inner)


class Inputs:
    """The filter and order inputs of one schema, each made when first needed and filled when strawberry asks."""

    def __init__(self, schema: strawberry.Schema) -> None:
        self.schema = schema
        self._made: dict[str, type[Any]] = {}
        self._fields: dict[StrawberryObjectDefinition, Fields] = {}

    def fields_of(self, definition: StrawberryObjectDefinition) -> list[StrawberryField] | None:
        """Return the fields of an input made here, None for any other type."""
        fields = self._fields.get(definition)
        return None if fields is None else fields()

    def filter_for(self, entity: Any) -> type[Any]:
        """Return the filter input over rows of an entity."""
        name = _name(entity)
        return self._make(
            f"{name}Filter", f"Conditions on rows of {name}; all of them hold.", lambda: self._filter_fields(entity)
        )

    def order_for(self, entity: Any) -> type[Any]:
        """Return the order input over rows of an entity."""
        name = _name(entity)
        return self._make(
            f"{name}Order",
            f"One key of an order of {name}: name exactly one field.",
            lambda: self._order_fields(entity),
        )

    def _make(self, name: str, description: str, fields: Fields) -> type[Any]:
        if name not in self._made:
            self._made[name] = cls = bare_type(name, description, [], is_input=True)
            self._fields[cls.__strawberry_definition__] = fields
        return self._made[name]

    def _filter_fields(self, entity: Any) -> list[StrawberryField]:
        own = self.filter_for(entity)
        fields = [
            _input("and", list[own], "All of these hold."),  # type: ignore[valid-type]
            _input("or", list[own], "At least one of these holds."),  # type: ignore[valid-type]
            _input("not", own, "This does not hold."),
            _input("isNull", bool, "Only directly inside a relation: whether there is no such row."),
        ]
        for field in self._declared(entity):
            made = self._filter_of(field) if field.source.filterable else None
            if made is not None:
                fields.append(_input(self._graphql_name(field), made, str(field.description)))
        return fields

    def _filter_of(self, field: EngineField) -> type[Any] | None:
        source = field.source
        if isinstance(source, Key):
            return self.scalar_filter("ID", strawberry.ID)
        if isinstance(source, Relation):
            return self.filter_for(unwrap(field.type))
        if isinstance(source, Pages):
            return self._list_filter(row_class(field))
        if isinstance(source, Column | Expression):
            kind = unwrap(field.type)
            if isinstance(kind, StrawberryEnumDefinition):
                return self.scalar_filter(kind.name, kind)
            if kind in BY_TYPE and BY_TYPE[kind] is not ANYTHING:
                return self.scalar_filter(BY_TYPE[kind].name, kind)
        return None

    def scalar_filter(self, name: str, kind: Any) -> type[Any]:
        """Return the filter input over plain values of a kind."""
        is_enum = isinstance(kind, StrawberryEnumDefinition)
        operators = ("eq", "ne", "in", "isNull") if is_enum else _OPERATORS.get(name, _ORDERED)
        leaf: Any = kind.wrapped_cls if is_enum else kind

        def fields() -> list[StrawberryField]:
            types: dict[str, Any] = {"in": list[leaf], "isNull": bool}
            return [_input(operator, types.get(operator, leaf), _DESCRIPTIONS[operator]) for operator in operators]

        return self._make(f"{name}Filter", f"Conditions on a value of type {name}; all of them hold.", fields)

    def _list_filter(self, entity: Any) -> type[Any]:
        name = _name(entity)
        own = self.filter_for(entity)
        return self._make(
            f"{name}ListFilter",
            f"Conditions on the rows of {name} that belong to a row.",
            lambda: [
                _input("some", own, "At least one of them meets this."),
                _input("none", own, "None of them meets this."),
            ],
        )

    def _order_fields(self, entity: Any) -> list[StrawberryField]:
        fields = []
        for field in self._declared(entity):
            if not field.source.orderable:
                continue
            kind = unwrap(field.type)
            made: Any = None
            if isinstance(field.source, Relation):
                made = self.order_for(kind)
            elif isinstance(field.source, Key | Column | Expression) and (
                isinstance(kind, StrawberryEnumDefinition) or kind is strawberry.ID or _is_orderable(kind)
            ):
                made = OrderDirection
            if made is not None:
                fields.append(_input(self._graphql_name(field), made, str(field.description)))
        return fields

    def _declared(self, entity: Any) -> Sequence[EngineField]:
        fields = self.schema.get_fields(get_object_definition(entity, strict=True))
        return [field for field in fields if isinstance(field, EngineField)]

    def _graphql_name(self, field: StrawberryField) -> str:
        return self.schema.config.name_converter.from_field(field)


def _is_orderable(kind: Any) -> bool:
    return not isinstance(kind, StrawberryList) and kind in BY_TYPE and BY_TYPE[kind] is not ANYTHING


def _name(entity: Any) -> str:
    return get_object_definition(entity, strict=True).name


def _input(name: str, kind: Any, description: str) -> StrawberryField:
    return StrawberryField(
        python_name=f"{name}_",
        graphql_name=name,
        type_annotation=StrawberryAnnotation(Optional[kind]),  # noqa: UP045 - the kind is a value here
        description=description,
    )
