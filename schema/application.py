"""The schema of an application, built once for the same parts."""

from collections import deque
from typing import Any

from core.errors import CannotStart, Problem
from core.i18n import N_
from core.registry import Registry
from schema.build import Schema, build_schema
from schema.clash import SchemaClash
from schema.live_declare import check_events

# An application builds one; its worker, its command line and tests that start many applications ask again.
_built: deque[tuple[tuple[Any, ...], Schema]] = deque(maxlen=4)


def application_schema(registry: Registry) -> Schema:
    """Return the schema of an application: core's areas and the plugins that are on; the same parts give the same."""
    try:
        schema = _schema_of(registry.schema_parts)
        check_events(schema, (event.name for event in registry.events))
    except SchemaClash as clash:
        text = N_("The GraphQL schema cannot be built: {fault}")
        raise CannotStart([Problem("SCHEMA_CLASH", text, params={"fault": clash})]) from clash
    return schema


def _schema_of(parts: tuple[Any, ...]) -> Schema:
    for place, (known, schema) in enumerate(_built):
        if len(known) == len(parts) and all(one is other for one, other in zip(known, parts, strict=True)):
            # What was asked for longest ago is dropped first.
            del _built[place]
            _built.appendleft((known, schema))
            return schema
    schema = build_schema(parts)
    _built.appendleft((parts, schema))
    return schema
