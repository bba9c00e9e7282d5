"""Checks of the declarations when a schema is built: what leads nowhere stops start-up, not a request."""

from collections.abc import Iterator

import peewee as pw

from schema.engine.catalogue import Catalogue, FieldInfo, TypeInfo
from schema.engine.fields import Batch, Column, Pages, Relation, RootPages


class Unsound(TypeError):  # noqa: N818 - what the declarations are
    """Declarations contradict the tables or each other; the message names every one."""


def check(catalogue: Catalogue) -> None:
    """Raise Unsound unless every declaration of the schema fits its model and its annotation."""
    faults = [fault for kind in catalogue.types.values() for fault in _faults(catalogue, kind)]
    if faults:
        raise Unsound("; ".join(faults))


def _faults(catalogue: Catalogue, kind: TypeInfo) -> Iterator[str]:
    for info in kind.fields.values():
        name = f"{kind.name}.{info.name}"
        source = info.source
        if isinstance(source, Column) and source.field.model is not kind.model:
            yield f"{name} shows a column of {source.field.model.__name__}"
        elif isinstance(source, Relation):
            yield from _of_relation(catalogue, kind, info, source, name)
        elif isinstance(source, Pages | RootPages):
            yield from _of_pages(catalogue, kind, info, source, name)
        elif isinstance(source, Batch) and info.target in catalogue.types and _rows(catalogue, info) is not None:
            yield f"{name} is a batch field and cannot give a connection: annotate it as a list"
    for declared in kind.order:
        if declared.removeprefix("-") not in kind.by_python_name:
            yield f"{kind.name} is ordered by {declared}, which it does not declare"


def _of_relation(catalogue: Catalogue, kind: TypeInfo, info: FieldInfo, source: Relation, name: str) -> Iterator[str]:
    target = catalogue.types.get(str(info.target))
    if target is None or target.model is None or info.is_list:
        yield f"{name} is a relation: annotate it with one entity"
    elif isinstance(source.key, pw.ForeignKeyField):
        if source.key.model is not kind.model:
            yield f"{name} uses a foreign key of {source.key.model.__name__}"
        if source.key.rel_model is not target.model:
            yield f"{name} leads to {source.key.rel_model.__name__}, not to the rows of {target.name}"


def _of_pages(
    catalogue: Catalogue, kind: TypeInfo, info: FieldInfo, source: Pages | RootPages, name: str
) -> Iterator[str]:
    target = _rows(catalogue, info)
    if target is None or target.model is None:
        yield f"{name} pages through rows: annotate it Connection[SomeEntity]"
        return
    for declared in source.order:
        if declared.removeprefix("-") not in target.by_python_name:
            yield f"{name} is ordered by {declared}, which {target.name} does not declare"
    if isinstance(source, Pages):
        if source.field.rel_model is not kind.model:
            yield f"{name}: its foreign key points to {source.field.rel_model.__name__}"
        if source.field.model is not target.model:
            yield f"{name}: its foreign key belongs to {source.field.model.__name__}, not to the rows of {target.name}"


def _rows(catalogue: Catalogue, info: FieldInfo) -> TypeInfo | None:
    """Return the row type of a connection field, None for any other field."""
    connection = catalogue.types.get(str(info.target))
    if connection is None or not {"nodes", "edges", "pageInfo"} <= connection.fields.keys():
        return None
    return catalogue.types.get(str(connection.fields["nodes"].target))
