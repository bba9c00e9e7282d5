"""The aggregate types of each schema, made from the declarations: beside every connection stands its aggregate."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from enum import Enum
from typing import Any, Optional

import strawberry
from strawberry.annotation import StrawberryAnnotation
from strawberry.types.arguments import StrawberryArgument
from strawberry.types.base import StrawberryList, StrawberryObjectDefinition, get_object_definition
from strawberry.types.enum import StrawberryEnumDefinition
from strawberry.types.field import StrawberryField
from strawberry.types.unset import UNSET

from schema.aggregates.sources import PagesAggregate, RootAggregate
from schema.aggregates.terms import BY_KIND, PLAIN, Statistic, TimeBucket
from schema.charts.terms import Chart, chart_arguments
from schema.connections import OrderDirection
from schema.engine.fields import Column, EngineField, Expression, Pages, Relation, RootPages
from schema.engine.kinds import ANYTHING, BY_TYPE
from schema.filters import Inputs, bare_type, row_class, unwrap

Fields = Callable[[], list[StrawberryField]]


class Aggregates:
    """The aggregate types of one schema, each made when first needed and filled when strawberry asks."""

    def __init__(self, schema: strawberry.Schema, inputs: Inputs) -> None:
        self.schema = schema
        self.inputs = inputs
        self._made: dict[str, Any] = {}
        self._fields: dict[StrawberryObjectDefinition, Fields] = {}

    def fields_of(self, definition: StrawberryObjectDefinition) -> list[StrawberryField] | None:
        """Return the fields of a type made here, None for any other type."""
        fields = self._fields.get(definition)
        return None if fields is None else fields()

    def beside(self, fields: Sequence[StrawberryField]) -> list[EngineField]:
        """Return an aggregate field for each connection among the fields of a type."""
        return [
            self._beside(field, field.source)
            for field in fields
            if isinstance(field, EngineField) and isinstance(field.source, Pages | RootPages)
        ]

    def arguments(self, field: EngineField) -> list[StrawberryArgument]:
        """Return what every aggregate takes; the connection's own arguments come beside it."""
        assert isinstance(field.source, RootAggregate | PagesAggregate)  # noqa: S101 - asked for these only
        rows = field.rows  # type: ignore[attr-defined]
        name = _name(rows)
        return [
            _argument("filter", self.inputs.filter_for(rows), "Which rows; the same as of the connection."),
            _argument(
                "group_by",
                list[self._group_by(rows, name)],  # type: ignore[misc]
                "By what groups are made; without it all rows are one group.",
            ),
            _argument(
                "having",
                list[self._having(rows, name)],  # type: ignore[misc]
                "Which groups; all of these hold.",
            ),
            _argument(
                "order_by",
                list[self._order(rows, name)],  # type: ignore[misc]
                "In which order; ties, and groups without an order, by their keys as groupBy names them.",
            ),
            _argument("first", int, "At most so many groups, after `having` and `orderBy`."),
        ]

    def _beside(self, field: EngineField, source: Pages | RootPages) -> EngineField:
        rows = row_class(field)
        made = EngineField(
            python_name=f"{field.python_name}_aggregate",
            graphql_name=f"{field.graphql_name}Aggregate" if field.graphql_name else None,
            source=RootAggregate(source) if isinstance(source, RootPages) else PagesAggregate(source),
            description=f"Counts, sums and other statistics, in groups, of the same rows: {field.description}",
            type_annotation=StrawberryAnnotation(self._aggregate(rows)),
        )
        made.origin = field.origin
        made.rows = rows  # type: ignore[attr-defined]
        return made

    def _make(self, name: str, description: str, fields: Fields, *, is_input: bool = False) -> Any:
        if name not in self._made:
            self._made[name] = cls = bare_type(name, description, [], is_input=is_input)
            self._fields[cls.__strawberry_definition__] = fields
        return self._made[name]

    def _aggregate(self, rows: Any) -> Any:
        name = _name(rows)
        return self._make(f"{name}Aggregate", f"Groups of rows of {name}.", lambda: self._aggregate_fields(rows, name))

    def _aggregate_fields(self, rows: Any, name: str) -> list[StrawberryField]:
        group = self._make(
            f"{name}AggregateGroup", f"A group of rows of {name}.", lambda: self._group_fields(rows, name)
        )
        chart = _output("chart", Chart, "The groups as a chart: what you may see of them, nothing more.")
        chart.arguments = [
            *chart_arguments(),
            _argument("value", self._field_enum(rows, name), "Field whose statistic is drawn; without it the count."),
            _argument("statistic", Statistic, "Statistic of that field; SUM of numbers by default."),
        ]
        return [
            _output("groups", list[group], "The groups that remain after `having` and `first`."),  # type: ignore[valid-type]
            _output("groupCount", int, "Number of groups after `having`, before `first`."),
            _output(
                "withheldGroups",
                int,
                "Number of groups left out because they hold few people whom you may not see; they are in no figure.",
            ),
            chart,
        ]

    def _group_fields(self, rows: Any, name: str) -> list[StrawberryField]:
        keys = self._make(
            f"{name}AggregateKeys", f"What the rows of {name} in a group share.", lambda: self._keys(rows)
        )
        values = self._make(f"{name}AggregateValues", f"Statistics by field of {name}.", lambda: self._values(rows))
        return [
            _output("keys", keys, "What the rows of the group share; null where not grouped by, or without a value."),
            _output("count", int, "Number of rows."),
            _output("values", values, "Statistics by field."),
        ]

    def _keys(self, rows: Any) -> list[StrawberryField]:
        return [
            _output(self._graphql_name(field), _optional(_shown_key(field)), str(field.description))
            for field in self._countable(rows)
        ]

    def _values(self, rows: Any) -> list[StrawberryField]:
        return [
            _output(self._graphql_name(field), _statistics(field), str(field.description))
            for field in self._countable(rows)
        ]

    def _field_enum(self, rows: Any, name: str) -> Any:
        made = f"{name}AggregateField"
        if made not in self._made:
            fields = self._countable(rows)
            members = Enum(made, {field.python_name.upper(): self._graphql_name(field) for field in fields})  # type: ignore[misc]
            strawberry.enum(members, name=made, description=f"A field of {name} that aggregates take.")
            definition: StrawberryEnumDefinition = members.__strawberry_definition__  # type: ignore[attr-defined]
            for value, field in zip(definition.values, fields, strict=True):
                value.description = str(field.description)
            self._made[made] = members
        return self._made[made]

    def _group_by(self, rows: Any, name: str) -> Any:
        return self._make(
            f"{name}AggregateBy",
            f"One key by which rows of {name} are grouped.",
            lambda: [
                _input("field", self._field_enum(rows, name), "The field; of a relation the groups have the object."),
                _input("bucket", _optional(TimeBucket), "Span of time, for dates and moments; DAY by default."),
            ],
            is_input=True,
        )

    def _having(self, rows: Any, name: str) -> Any:
        def fields() -> list[StrawberryField]:
            return [
                _input("value", _optional(self._field_enum(rows, name)), "The field; without it the group itself."),
                _input("statistic", Statistic, "The statistic of the field; COUNT of the group itself."),
                *(
                    _input(word, _optional(self.inputs.scalar_filter(kind_name, kind)), text)
                    for word, kind_name, kind, text in (
                        ("number", "Decimal", Decimal, "Conditions on a number."),
                        ("date", "Date", _type_named("Date"), "Conditions on a date."),
                        ("moment", "DateTime", _type_named("DateTime"), "Conditions on a moment."),
                    )
                ),
            ]

        text = f"A condition on groups of {name}: one statistic, and what it has to be."
        return self._make(f"{name}AggregateHaving", text, fields, is_input=True)

    def _order(self, rows: Any, name: str) -> Any:
        def fields() -> list[StrawberryField]:
            field = _optional(self._field_enum(rows, name))
            return [
                _input("key", field, "By this key of the groups."),
                _input("value", field, "By a statistic of this field; without key and value by the count."),
                _input("statistic", _optional(Statistic), "The statistic of `value`."),
                _input(
                    "direction", _optional(OrderDirection), "ASC by default; groups without a value come last in both."
                ),
            ]

        return self._make(f"{name}AggregateOrder", f"One key of an order of groups of {name}.", fields, is_input=True)

    def _countable(self, rows: Any) -> list[EngineField]:
        """Return the fields that aggregates take: those that a filter takes, so that nothing else leaks here."""
        fields = self.schema.get_fields(get_object_definition(rows, strict=True))
        return [field for field in fields if isinstance(field, EngineField) and _is_countable(field)]

    def _graphql_name(self, field: StrawberryField) -> str:
        return self.schema.config.name_converter.from_field(field)


def _is_countable(field: EngineField) -> bool:
    if not field.source.filterable or not isinstance(field.source, Column | Expression | Relation):
        return False
    kind = unwrap(field.type)
    if isinstance(field.source, Relation) or isinstance(kind, StrawberryEnumDefinition):
        return True
    return not isinstance(kind, StrawberryList) and kind in BY_TYPE and BY_TYPE[kind] is not ANYTHING


def _kind_name(field: EngineField) -> str:
    kind = unwrap(field.type)
    if isinstance(field.source, Relation) or isinstance(kind, StrawberryEnumDefinition):
        return ""
    return BY_TYPE[kind].name


def _statistics(field: EngineField) -> Any:
    return BY_KIND.get(_kind_name(field), (PLAIN, ()))[0]


def _shown_key(field: EngineField) -> Any:
    kind = unwrap(field.type)
    if isinstance(kind, StrawberryEnumDefinition):
        return kind.wrapped_cls
    # Moments are grouped by local days and longer spans, so that the key is the first day of the span.
    return _type_named("Date") if _kind_name(field) == "DateTime" else kind


def _type_named(name: str) -> Any:
    return next(python for python, kind in BY_TYPE.items() if kind.name == name)


def _name(rows: Any) -> str:
    return get_object_definition(rows, strict=True).name


def _optional(kind: Any) -> Any:
    return Optional[kind]  # noqa: UP045 - the kind is a value here


def _output(name: str, kind: Any, description: str) -> StrawberryField:
    return StrawberryField(
        python_name=f"{name}_",
        graphql_name=name,
        type_annotation=StrawberryAnnotation(kind),
        description=description,
    )


_input = _output


def _argument(name: str, kind: Any, description: str) -> StrawberryArgument:
    return StrawberryArgument(
        python_name=name,
        graphql_name=None,
        type_annotation=StrawberryAnnotation(_optional(kind)),
        description=description,
        default=UNSET,
    )
