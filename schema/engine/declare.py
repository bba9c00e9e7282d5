"""The vocabulary of schema modules: entity, column, relation, pages, expression, batch and the root fields."""

import inspect
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import peewee as pw
import strawberry
from strawberry.types.base import get_object_definition

from schema.engine import fields as f

C = TypeVar("C")


def _field(source: f.Source, description: str, name: str | None = None, deprecation_reason: str | None = None) -> Any:
    # Any, as strawberry.field has it: the class attribute stands for the value that its annotation names.
    return f.EngineField(
        source=source, graphql_name=name, description=description, deprecation_reason=deprecation_reason
    )


@strawberry.interface(description="Anything that has a global id.")
class Node:
    """Anything that has a global id."""

    id: strawberry.ID = _field(f.Key(), 'Global id, like "Employee:12".')


def entity(
    model: type[pw.Model], *, name: str | None = None, description: str | None = None, order: Sequence[str] = ()
) -> Callable[[type[C]], type[C]]:
    """Make a class the GraphQL type that shows the rows of `model`; its docstring is the description.

    `order` is the default order of its connections: names of declared fields, with "-" before descending ones.
    """

    def wrap(cls: type[C]) -> type[C]:
        made = strawberry.type(cls, name=name, description=description or inspect.cleandoc(cls.__doc__ or ""))
        definition = get_object_definition(made, strict=True)
        for field in definition.fields:
            if not isinstance(field, f.EngineField):
                raise TypeError(
                    f"{definition.name}.{field.python_name} declares no source: "
                    "give it column, relation, pages, expression or batch"
                )
        made.__entity_model__ = model  # type: ignore[attr-defined]
        made.__entity_order__ = tuple(order)  # type: ignore[attr-defined]
        return made

    return wrap


def column(
    field: pw.Field,
    description: str,
    *,
    name: str | None = None,
    filterable: bool = True,
    orderable: bool = True,
    deprecation_reason: str | None = None,
    at: Callable[..., Any] | None = None,
) -> Any:
    """Declare a field that shows a column (masked as the policy says); `at(t, day)` gives its value on a day."""
    source = f.Column(field, filterable=filterable, orderable=orderable, at=at)
    return _field(source, description, name, deprecation_reason)


def relation(
    key: pw.ForeignKeyField | Callable[..., Any],
    description: str,
    *,
    name: str | None = None,
    filterable: bool = True,
    orderable: bool = True,
    at: Callable[..., Any] | None = None,
) -> Any:
    """Declare a field that shows one other row, by a foreign key or by an expression over the row giving its key.

    The expression is `key(t)`, or `key(t, actor)` where it depends on the actor's day.

    Annotate it as nullable: a row that the caller may not see is null. `at(t, day)` gives the key on a day.
    """
    return _field(f.Relation(key, filterable=filterable, orderable=orderable, at=at), description, name)


def pages(
    field: pw.ForeignKeyField,
    description: str,
    *,
    name: str | None = None,
    where: Callable[[Any], Any] | None = None,
    order: Sequence[str] = (),
    filterable: bool = True,
    at: Callable[..., Any] | None = None,
    key_at: Callable[..., Any] | None = None,
) -> Any:
    """Declare a connection of the rows whose foreign key `field` points here; `where(t)` narrows it for good.

    `at(t, day)` narrows it to the rows of a day. `key_at(t, day)` gives what stands for `field` on a day; with it the
    rows are those of the day also where `asOf` stands further up.
    """
    source = f.Pages(field, where, tuple(order), filterable=filterable, at=at, key_at=key_at)
    return _field(source, description, name)


def expression(
    build: Callable[..., Any],
    description: str,
    *,
    name: str | None = None,
    filterable: bool = True,
    orderable: bool = True,
    at: Callable[..., Any] | None = None,
) -> Any:
    """Declare a field that shows a SQL expression over the row: `build(t)` or `build(t, actor)` gets the table alias.

    `at(t, day)` gives the expression for a day.

    The policy's masks do not reach into the expression: use no masked column in it.
    """
    return _field(f.Expression(build, filterable=filterable, orderable=orderable, at=at), description, name)


def batch(
    resolve_many: Callable[..., Sequence[Any]],
    description: str,
    *,
    needs: Sequence[pw.Field] = (),
    args: Mapping[str, Any] | None = None,
    name: str | None = None,
) -> Any:
    """Declare a field computed for all rows at once: `resolve_many(ctx, parents, **args)` gives one value for each.

    A parent has `id` and the columns in `needs` (foreign keys as `unit_id`), unmasked. For an entity, give keys
    (a key, None, or a list of keys); the engine loads those rows under policy.
    """
    source = f.Batch(resolve_many, tuple(needs), dict(args or {}), filterable=False, orderable=False)
    return _field(source, description, name)


def root_pages(
    description: str,
    *,
    where: Callable[..., Any] | None = None,
    args: Mapping[str, Any] | None = None,
    order: Sequence[str] = (),
    name: str | None = None,
    at: Callable[..., Any] | None = None,
) -> Any:
    """Declare a root connection over all visible rows; `where(ctx, t, **args)` narrows it, `at(t, day)` to a day."""
    return _field(f.RootPages(where, dict(args or {}), tuple(order), at=at), description, name)


def root_one(
    find: Callable[..., Any],
    description: str,
    *,
    args: Mapping[str, Any] | None = None,
    name: str | None = None,
    is_dated: bool = False,
) -> Any:
    """Declare a root field that shows one row: `find(ctx, **args)` gives a condition over the model, a key or None.

    With `is_dated` it takes `asOf` for what is below it.
    """
    at = (lambda _t, _day: True) if is_dated else None
    return _field(f.RootOne(find, dict(args or {}), at=at), description, name)


def root_value(
    resolve: Callable[..., Any], description: str, *, args: Mapping[str, Any] | None = None, name: str | None = None
) -> Any:
    """Declare a computed root field: `resolve(ctx, **args)` gives an instance of a plain strawberry type or a scalar.

    Arguments are taken from the annotations of `resolve` unless `args` names them.
    """
    taken = _arguments_of(resolve) if args is None else dict(args)
    return _field(f.RootValue(resolve, taken), description, name)


def _arguments_of(function: Callable[..., Any]) -> dict[str, Any]:
    parameters = list(inspect.signature(function).parameters.values())[1:]
    return {
        parameter.name: (parameter.annotation, None, parameter.default)
        if parameter.default is not inspect.Parameter.empty
        else parameter.annotation
        for parameter in parameters
    }
