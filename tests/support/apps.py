"""Applications of tests without plugins: built once for the same settings, put in force again for each test."""

from typing import Any

import orjson
from flask import Flask

from core import jobs
from core.app import create_app
from core.plugin_host import put_in_force
from core.rates import rates_for, tries_for, verification_tries_for
from core.settings import Settings

_FOLDERS = {"var_dir", "files_dir"}

_built: dict[bytes, Flask] = {}


def app_of(settings: Settings, **changed: Any) -> Flask:
    """Return an application as `create_app` builds it, with rates, jobs and folders of its own.

    Only for tests that leave the application itself, its routes and its hooks, as they are.
    """
    settings = settings.model_copy(update=changed)
    key = orjson.dumps(settings.model_dump(mode="json", exclude=_FOLDERS), option=orjson.OPT_SORT_KEYS)
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
    app.extensions["kinerja_verification_tries"] = verification_tries_for(settings)
    return app
