"""Every plugin that is installed or was ever on, with what it gives and what fails in it."""

from typing import Any

import peewee as pw

from core import plugin_state
from core.events import open_failures
from core.i18n import N_, translate
from core.platform.models import PluginState
from core.plugin_host import installed
from core.registry import Registry

STATES = {
    "built in": N_("built in"),
    "on": N_("on"),
    "off": N_("off"),
    "gone": N_("off, not installed"),
}


def plugin_rows(registry: Registry) -> list[dict[str, Any]]:
    """Return a row for each plugin: name, state, version, title, contributes, faults and tables."""
    remembered = {state.name: state for state in _remembered()}
    versions = installed()
    failures = _failures()
    rows = [
        {
            "name": plugin.record.name,
            "state": "built in" if plugin.is_built_in else "on",
            "version": plugin.version,
            "title": translate(plugin.record.title),
            "contributes": registry.counts(plugin.record.name),
            "faults": [line for line in failures if line.startswith(f"{plugin.record.name}.")],
            "tables": registry.tables_of(plugin.record.name),
        }
        for plugin in registry.plugins
    ]
    for name in sorted({*versions, *remembered} - {row["name"] for row in rows}):
        state = remembered.get(name)
        rows.append(
            {
                "name": name,
                "state": "off" if name in versions else "gone",
                "version": versions.get(name) or (state.distribution_version if state else ""),
                "title": translate(state.title) if state else "",
                "contributes": {},
                "faults": [],
                "tables": plugin_state.remembered_tables(state) if state else [],
            }
        )
    return rows


def _failures() -> list[str]:
    try:
        return open_failures()
    except pw.DatabaseError:
        return []


def _remembered() -> list[PluginState]:
    try:
        return plugin_state.states()
    except pw.DatabaseError:
        # Before the first migration nothing is remembered yet.
        return []
