"""One strawberry schema for each application, from the parts of core's areas and of the enabled plugins."""

import copy
import inspect
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import strawberry
from graphql import GraphQLSchema, lexicographic_sort_schema, print_schema
from strawberry.annotation import StrawberryAnnotation
from strawberry.exceptions import DuplicatedTypeName
from strawberry.schema.config import StrawberryConfig
from strawberry.types.arguments import StrawberryArgument
from strawberry.types.base import StrawberryObjectDefinition, get_object_definition
from strawberry.types.field import StrawberryField
from strawberry.types.unset import UNSET

from schema.aggregates.building import Aggregates
from schema.aggregates.sources import PagesAggregate, RootAggregate
from schema.as_of import DESCRIPTION
from schema.documents import Documents
from schema.engine.declare import Node
from schema.engine.fields import Batch, Change, EngineField, Pages, RootNode, RootOne, RootPages, RootValue
from schema.engine.parts import SchemaParts, TypeExtension
from schema.engine.planned import Planner
from schema.engine.resolve import attach
from schema.filters import Inputs, bare_type, row_class
from schema.live_declare import Stream
from schema.scalars import SCALARS


class SchemaClash(Exception):  # noqa: N818 - the name says what happened
    """Two owners declare the same name, or a declaration leads nowhere; start-up stops."""


class Schema(strawberry.Schema):
    """A schema whose reads the engine answers; two schemas of one process share declarations and nothing else."""

    def __init__(self, parts: Iterable[SchemaParts]) -> None:
        given = list(parts)
        self._extensions = _extensions(given)
        self._fields: dict[StrawberryObjectDefinition, list[StrawberryField]] = {}
        self.inputs = Inputs(self)
        self.aggregates = Aggregates(self, self.inputs)
        query = _root("Query", "Everything that can be read.", given, [_node_field()])
        mutation = _root("Mutation", "Everything that can be changed.", given, [])
        subscription = _root("Subscription", "Everything that is told when it changes, as a stream.", given, [])
        try:
            super().__init__(
                query=query,
                mutation=mutation if get_object_definition(mutation, strict=True).fields else None,
                subscription=subscription if get_object_definition(subscription, strict=True).fields else None,
                types=[kind for part in given for kind in part.types],
                config=StrawberryConfig(scalar_map=SCALARS),
            )
        except DuplicatedTypeName as clash:
            raise _type_clash(clash) from clash
        except TypeError as error:
            # graphql-core wraps what is raised while it asks for the fields of a type.
            if isinstance(error.__cause__, SchemaClash):
                raise error.__cause__ from None
            raise
        self._check_extensions()
        self.catalogue = attach(self, self.graphql)
        self.documents = Documents(self._schema)
        self.planner = Planner(self)

    @property
    def graphql(self) -> GraphQLSchema:
        """The schema as graphql-core has it."""
        return self._schema

    def get_fields(self, type_definition: StrawberryObjectDefinition) -> list[StrawberryField]:
        """Return the fields of a type in this schema: its own, those of extensions, and with their arguments."""
        if type_definition not in self._fields:
            made = self.inputs.fields_of(type_definition) or self.aggregates.fields_of(type_definition)
            if made is None:
                made = [*type_definition.fields, *self._extra_fields(type_definition)]
                if not type_definition.is_input:
                    made = [self._with_arguments(field) for field in self._with_aggregates(type_definition.name, made)]
            self._fields[type_definition] = made
        return self._fields[type_definition]

    def _extra_fields(self, definition: StrawberryObjectDefinition) -> list[StrawberryField]:
        fields: list[StrawberryField] = []
        owners = {field.python_name: definition.origin.__module__ for field in definition.fields}
        for extension in () if definition.is_input else self._extensions.get(definition.name, ()):
            for field in declared_fields(extension.fields):
                owner = extension.fields.__module__
                if field.python_name in owners:
                    raise _clash(f"{definition.name}.{field.python_name}", owners[field.python_name], owner)
                owners[field.python_name] = owner
                fields.append(field)
        return fields

    def _with_aggregates(self, name: str, fields: list[StrawberryField]) -> list[StrawberryField]:
        present = {field.python_name for field in fields}
        made = self.aggregates.beside(fields)
        for field in made:
            if field.python_name in present:
                raise _clash(
                    f"{name}.{field.python_name}", "its connection", str(field.origin and field.origin.__module__)
                )
        return [*fields, *made]

    def _with_arguments(self, field: StrawberryField) -> StrawberryField:
        if not isinstance(field, EngineField):
            return field
        arguments: list[StrawberryArgument] = []
        source = field.source
        if isinstance(source, Pages | RootPages):
            arguments = self._page_arguments(field)
        if isinstance(source, RootAggregate | PagesAggregate):
            arguments = self.aggregates.arguments(field)
            source = source.of
        if isinstance(source, RootPages | RootOne | RootValue | Batch | Stream):
            arguments += [_argument(name, given) for name, given in source.args.items()]
        if source.at is not None or getattr(source, "key_at", None) is not None:
            arguments.append(_argument("as_of", (date | None, DESCRIPTION, UNSET)))
        if isinstance(source, RootNode):
            arguments = [_argument("id", (strawberry.ID, 'Global id, like "Employee:12".'))]
        elif isinstance(source, Change) and source.input is not None:
            arguments = [_argument("input", (source.input, "What to do."))]
        if not arguments:
            return field
        own = copy.copy(field)
        own.arguments = arguments
        return own

    def _page_arguments(self, field: EngineField) -> list[StrawberryArgument]:
        rows = row_class(field)
        return [
            _argument("first", (int | None, "Number of rows from the start, or after `after`.", UNSET)),
            _argument("after", (str | None, "Cursor that the page comes after.", UNSET)),
            _argument("last", (int | None, "Number of rows from the end, or before `before`.", UNSET)),
            _argument("before", (str | None, "Cursor that the page comes before.", UNSET)),
            _argument("filter", (self.inputs.filter_for(rows) | None, "Which rows.", UNSET)),
            _argument(
                "order_by",
                (list[self.inputs.order_for(rows)] | None, "In which order; ties are kept apart by id.", UNSET),  # type: ignore[misc]
            ),
        ]

    def _check_extensions(self) -> None:
        for target, extensions in self._extensions.items():
            for extension in extensions:
                if target not in self._schema.type_map and not extension.optional:
                    raise SchemaClash(
                        f"{extension.fields.__module__} extends the type {target}, which this schema does not have. "
                        "Correct the name, or say optional=True."
                    )


def build_schema(parts: Iterable[SchemaParts]) -> Schema:
    """Build the schema of one application; every clash or dead end stops here with a message."""
    return Schema(parts)


def sdl(schema: Schema) -> str:
    """Return the schema as SDL, the same text for the same declarations."""
    return print_schema(lexicographic_sort_schema(schema.graphql)) + "\n"


def declared_fields(cls: type[Any]) -> list[EngineField]:
    """Return the engine fields of a plain class (root fields, fields of an extension) in the order of the class."""
    annotations: Mapping[str, Any] = inspect.get_annotations(cls)
    fields = []
    for name, value in vars(cls).items():
        if not isinstance(value, EngineField):
            continue
        value.python_name = name
        value.origin = cls
        if name in annotations:
            value.type_annotation = StrawberryAnnotation(annotations[name], namespace=vars(sys.modules[cls.__module__]))
        elif value.type_annotation is None:
            raise TypeError(f"{cls.__module__}.{cls.__name__}.{name} has no annotation: write what it gives")
        fields.append(value)
    for name in annotations:
        if not isinstance(cls.__dict__.get(name), EngineField):
            raise TypeError(f"{cls.__module__}.{cls.__name__}.{name} declares no source")
    return fields


def _node_field() -> EngineField:
    return EngineField(
        python_name="node",
        source=RootNode(),
        description="Anything by its global id; null when it is absent or hidden from the caller.",
        type_annotation=StrawberryAnnotation(Node | None),
    )


def _root(name: str, description: str, parts: Sequence[SchemaParts], built_in: list[EngineField]) -> type[Any]:
    fields: list[StrawberryField] = list(built_in)
    owners = {field.python_name: "the engine" for field in built_in}
    for part in parts:
        cls = getattr(part, name.lower())
        for field in declared_fields(cls) if cls is not None else ():
            if field.python_name in owners:
                raise _clash(f"{name}.{field.python_name}", owners[field.python_name], cls.__module__)
            owners[field.python_name] = cls.__module__
            fields.append(field)
    return bare_type(name, description, fields)


def _extensions(parts: Sequence[SchemaParts]) -> dict[str, list[TypeExtension]]:
    found: dict[str, list[TypeExtension]] = {}
    for part in parts:
        for extension in part.extensions:
            found.setdefault(extension.target, []).append(extension)
    return found


def _argument(name: str, given: Any) -> StrawberryArgument:
    """Return an argument from an annotation, or from a tuple of annotation, description and default."""
    annotation, description, default = (*given, None, UNSET)[:3] if isinstance(given, tuple) else (given, None, UNSET)
    if isinstance(given, tuple) and len(given) == 2:
        default = UNSET
    return StrawberryArgument(
        python_name=name,
        graphql_name=None,
        type_annotation=StrawberryAnnotation(annotation),
        description=description,
        default=default,
    )


def _clash(name: str, first: str, second: str) -> SchemaClash:
    return SchemaClash(f"{name} is declared by {first} and by {second}. Rename one of them.")


def _type_clash(clash: DuplicatedTypeName) -> SchemaClash:
    owners = [getattr(cls, "__module__", "?") for cls in (clash.first_cls, clash.second_cls)]
    # strawberry keeps the name in its message only.
    return _clash(f"The type {clash.message.split()[1]}", owners[0], owners[1])
