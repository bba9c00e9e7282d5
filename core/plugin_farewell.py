"""The process in which a plugin that was switched off is imported once more to say goodbye."""

import json
import sys
from importlib import import_module

import pluggy

from core import hookspecs
from core.database import connect, database
from core.settings import Settings


def request_for(settings: Settings, name: str, module: str) -> str:
    """Return what this process is told on its standard input; secrets never stand on a command line."""
    return json.dumps(
        {"database_url": settings.database_url, "plugin": name, "module": module, "path": [p for p in sys.path if p]}
    )


def main() -> None:
    """Read the request, connect to the database and call the plugin's `plugin_disabled`."""
    request = json.load(sys.stdin)
    sys.path += [place for place in request["path"] if place not in sys.path]
    manager = pluggy.PluginManager(hookspecs.PROJECT)
    manager.add_hookspecs(hookspecs)
    connect(request["database_url"])
    try:
        manager.register(import_module(request["module"]), name=request["plugin"])
        manager.hook.plugin_disabled()
    finally:
        database.close()


if __name__ == "__main__":
    main()
