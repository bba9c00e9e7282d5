"""Applications and registries of tests: built once for the same settings, put in force again for each test."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import orjson
from flask import Flask

from core import jobs
from core.app import create_app
from core.errors import CannotStart
from core.migrating import migrate_everything
from core.plugin_host import build_registry, put_in_force
from core.rates import rates_for, tries_for, verification_tries_for
from core.registry import Registry
from core.settings import Settings

_FOLDERS = {"var_dir", "files_dir"}

_built: dict[bytes, Flask] = {}
_registries: dict[bytes, Registry] = {}


def started(settings: Settings, plugins: Sequence[str] | None = None, *, web: bool = False) -> Registry:
    """Put a registry in force as `plugin_host.start` does; `plugins` are named as there."""
    key = _key(settings, plugins, web)
    if key not in _registries:
        _registries[key] = build_registry(settings, plugins, web=web)
    registry = replace(_registries[key], settings=settings)
    put_in_force(registry)
    return registry


def migrated(settings: Settings, plugins: Sequence[str]) -> Registry:
    """Do the same on a database that may lack the tables of the plugins; they stay for the tests that follow."""
    try:
        return started(settings, plugins)
    except CannotStart:
        migrate_everything(build_registry(settings, plugins, web=False).migration_sources)
        return started(settings, plugins)


def app_of(settings: Settings, plugins: Sequence[str] = (), **changed: Any) -> Flask:
    """Return an application as `create_app` builds it, with rates, jobs and folders of its own.

    Only for tests that leave the application itself, its routes and its hooks, as they are.
    """
    settings = settings.model_copy(update=changed)
    key = _key(settings, plugins, True)
    app = _built.get(key)
    if app is None:
        app = _built[key] = create_app(settings, plugins)
        return app
    registry = app.extensions["kinerja"]
    object.__setattr__(registry, "settings", settings)
    put_in_force(registry)
    jobs.install(jobs.JobQueue(settings, registry.jobs))
    app.extensions["kinerja_rates"] = rates_for(settings)
    app.extensions["kinerja_tries"] = tries_for(settings)
    app.extensions["kinerja_verification_tries"] = verification_tries_for(settings)
    return app


def _key(settings: Settings, plugins: Sequence[str] | None, web: bool) -> bytes:
    parts = [settings.model_dump(mode="json", exclude=_FOLDERS), plugins, web]
    return orjson.dumps(parts, option=orjson.OPT_SORT_KEYS)
