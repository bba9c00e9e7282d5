"""Applications of tests without plugins: built once for the same settings, put in force again for each test."""

from dataclasses import replace
from typing import Any

import orjson
from flask import Flask

from core import jobs
from core.app import create_app
from core.plugin_host import build_registry, put_in_force
from core.rates import rates_for, tries_for
from core.registry import Registry
from core.settings import Settings

_FOLDERS = {"var_dir", "files_dir"}

_built: dict[bytes, Flask] = {}
_registries: dict[bytes, Registry] = {}


def started(settings: Settings) -> Registry:
    """Put the registry of an application without web parts in force, as `plugin_host.start` does."""
    key = _key(settings)
    if key not in _registries:
        _registries[key] = build_registry(settings)
    registry = replace(_registries[key], settings=settings)
    put_in_force(registry)
    return registry


def app_of(settings: Settings, **changed: Any) -> Flask:
    """Return an application as `create_app` builds it, with rates, jobs and folders of its own.

    Only for tests that leave the application itself, its routes and its hooks, as they are.
    """
    settings = settings.model_copy(update=changed)
    key = _key(settings)
    app = _built.get(key)
    if app is None:
        app = _built[key] = create_app(settings, [])
        return app
    registry = app.extensions["kinerja"]
    object.__setattr__(registry, "settings", settings)
    put_in_force(registry)
    jobs.install(jobs.JobQueue(settings, registry.jobs))
    app.extensions["kinerja_rates"] = rates_for(settings)
    app.extensions["kinerja_tries"] = tries_for(settings)
    return app


def _key(settings: Settings) -> bytes:
    return orjson.dumps(settings.model_dump(mode="json", exclude=_FOLDERS), option=orjson.OPT_SORT_KEYS)
