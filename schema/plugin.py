"""The built-in plugin that shows core through GraphQL."""

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from core.errors import CannotStart, Problem
from core.plugin_api import N_, Capability, Pages, Plugin, Registry, TranslationSource, hookimpl

PLUGIN = Plugin(
    name="schema",
    title=N_("GraphQL API"),
    description=N_("Reads and changes everything through GraphQL at /graphql."),
    kinerja=">=0.1",
)

_AREAS = (
    "organisation", "workdays", "law", "planning", "progress", "appraisal", "dashboard", "identity", "history", "live",
)  # fmt: skip


@hookimpl
def register_schema() -> Sequence[object]:
    """The types, queries and mutations of every area of core."""
    parts = [import_module(f"schema.{area}").PARTS for area in _AREAS]
    import_module("schema.enum_values").describe_core_enums()
    return parts


@hookimpl
def register_pages() -> Sequence[Pages]:
    """The endpoint, and the evidence files beside it."""
    return [Pages("/graphql", _mount), Pages("/files", _mount_files)]


@hookimpl
def register_translations() -> Sequence[TranslationSource]:
    """The Indonesian texts of the API."""
    return [TranslationSource(Path(__file__).parent / "translations")]


@hookimpl
def register_capabilities() -> Sequence[Capability]:
    """The schema as text, for `kinerja schema`."""
    return [Capability("schema.sdl@1", schema_text)]


def schema_text(registry: Registry) -> str:
    """Return the schema of an application as SDL."""
    from schema.build import sdl

    return sdl(application_schema(registry))


def application_schema(registry: Registry) -> Any:
    """Return the schema of an application: core's areas and the plugins that are on."""
    from schema.build import SchemaClash, build_schema
    from schema.live_declare import check_events

    try:
        schema = build_schema(registry.schema_parts)
        check_events(schema, (event.name for event in registry.events))
    except SchemaClash as clash:
        text = N_("The GraphQL schema cannot be built: {fault}")
        raise CannotStart([Problem("SCHEMA_CLASH", text, params={"fault": clash})]) from clash
    return schema


def _mount_files(app: Any, registry: Registry) -> None:
    from schema.files import mount

    mount(app, registry)


def _mount(app: Any, registry: Registry) -> None:
    from schema.view import graphql_blueprint

    schema = application_schema(registry)
    app.extensions["kinerja.schema"] = schema
    app.register_blueprint(graphql_blueprint(schema, registry.settings))
