"""The built-in plugin that shows core through GraphQL."""

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from core.plugin_api import N_, Capability, Pages, Plugin, Registry, TranslationSource, hookimpl

PLUGIN = Plugin(
    name="schema",
    title=N_("GraphQL API"),
    description=N_("Reads and changes everything through GraphQL at /graphql."),
    kinerja=">=0.1",
)

_AREAS = (
    "organisation",
    "attendance",
    "workdays",
    "law",
    "planning",
    "progress",
    "facts",
    "appraisal",
    "dashboard",
    "identity",
    "history",
    "operations",
    "webhooks",
    "certificates",
    "live",
)


@hookimpl
def register_schema() -> Sequence[object]:
    """The types, queries and mutations of every area of core."""
    parts = [import_module(f"schema.{area}").PARTS for area in _AREAS]
    import_module("schema.enum_values").describe_core_enums()
    return parts


@hookimpl
def register_pages() -> Sequence[Pages]:
    """The endpoint, and the evidence files, views and charts beside it."""
    return [
        Pages("/graphql", _mount),
        Pages("/files", _mount_files),
        Pages("/views", _mount_views),
        Pages("/charts", _mount_charts),
    ]


@hookimpl
def register_translations() -> Sequence[TranslationSource]:
    """The Indonesian texts of the API."""
    return [TranslationSource(Path(__file__).parent / "translations")]


@hookimpl
def register_capabilities() -> Sequence[Capability]:
    """The schema as text, for `kinerja schema`, and as the language of operations, for core."""
    from schema.operation_language import LANGUAGE

    return [Capability("schema.sdl@1", schema_text), Capability("schema.operations@1", LANGUAGE)]


def schema_text(registry: Registry) -> str:
    """Return the schema of an application as SDL."""
    from schema.application import application_schema
    from schema.build import sdl

    return sdl(application_schema(registry))


def _mount_files(app: Any, registry: Registry) -> None:
    from schema.files import mount

    mount(app, registry)


def _mount_views(app: Any, registry: Registry) -> None:
    from schema.views import views_blueprint

    app.register_blueprint(views_blueprint(app.extensions["kinerja.schema"], registry.settings))


def _mount_charts(app: Any, registry: Registry) -> None:
    from schema.charts.view import charts_blueprint

    app.register_blueprint(charts_blueprint(app.extensions["kinerja.schema"], registry.settings))


def _mount(app: Any, registry: Registry) -> None:
    from schema.application import application_schema
    from schema.view import graphql_blueprint

    schema = application_schema(registry)
    app.extensions["kinerja.schema"] = schema
    app.register_blueprint(graphql_blueprint(schema, registry.settings))
