"""The memory of plugins: which were ever on, since when, and their tables; the life cycle; and the purge."""

import json
import logging
import subprocess
import sys
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.database import database, transaction, utc_now
from core.errors import refuse
from core.faults import isolated
from core.i18n import N_
from core.migrating import histories_of
from core.platform.models import PluginState

if TYPE_CHECKING:
    from core.registry import LoadedPlugin, Registry

log = logging.getLogger(__name__)

FAREWELL_SECONDS = 120


def remember(registry: "Registry") -> None:
    """Note which plugins are on, tell those that were switched on, and let those say goodbye that were switched off."""
    now = utc_now()
    on = [plugin for plugin in registry.plugins if not plugin.is_built_in]
    for plugin in on:
        tables = sorted([*registry.tables_of(plugin.record.name), *_migration_tables(registry, plugin.record.name)])
        is_new, since = _switch_on(plugin, tables, now)
        if is_new:
            registry.tell_enabled(plugin.record.name, since)
    names = [plugin.record.name for plugin in on]
    gone = PluginState.select().where(PluginState.is_enabled)
    for state in [row for row in gone if row.name not in names]:
        switched = PluginState.update(is_enabled=False, changed_at=now).where(
            (PluginState.id == state.id) & PluginState.is_enabled
        )
        if switched.execute() == 1:
            with isolated(state.name, "plugin_disabled"):
                _say_goodbye(registry, state)


def _migration_tables(registry: "Registry", name: str) -> list[str]:
    return [history.table_name for history in histories_of(registry.migration_sources) if history.owner == name]


def _switch_on(plugin: "LoadedPlugin", tables: list[str], now: datetime) -> tuple[bool, datetime | None]:
    """Note the plugin as on; first, whether this process was the one to do so, second, since when it had been off."""
    known: Mapping[str, Any] = {
        "title": plugin.record.title,
        "module": plugin.module,
        "distribution_version": plugin.version,
        "tables": json.dumps(tables),
    }
    state = PluginState.get_or_none(PluginState.name == plugin.record.name)
    if state is None:
        made = (
            PluginState.insert(name=plugin.record.name, is_enabled=True, changed_at=now, **known)
            .on_conflict_ignore()
            .execute()
        )
        return bool(made), None
    if any(getattr(state, field) != value for field, value in known.items()):
        PluginState.update(**known).where(PluginState.id == state.id).execute()
    switched = PluginState.update(is_enabled=True, changed_at=now).where(
        (PluginState.id == state.id) & ~PluginState.is_enabled
    )
    return switched.execute() == 1, state.changed_at


def _say_goodbye(registry: "Registry", state: PluginState) -> None:
    """Call `plugin_disabled` in a process of its own, so that this one never imports a plugin that is off."""
    from core.plugin_farewell import request_for

    done = subprocess.run(
        [sys.executable, "-m", "core.plugin_farewell"],
        input=request_for(registry.settings, state.name, state.module),
        capture_output=True,
        text=True,
        timeout=FAREWELL_SECONDS,
        check=False,
        cwd=Path(__file__).parent.parent,
    )
    if done.returncode != 0:
        lines = done.stderr.strip().splitlines()
        raise RuntimeError(lines[-1] if lines else f"exit code {done.returncode}")


def states() -> list[PluginState]:
    """Return every plugin that was ever on, by name."""
    return list(PluginState.select().order_by(PluginState.name))


def remembered_tables(state: PluginState) -> list[str]:
    """Return the tables of a plugin that is or was on."""
    return [str(table) for table in json.loads(state.tables)]


def tables_to_purge(name: str) -> list[str]:
    """Return the tables that a purge of `name` drops; refused when it was never on or is on."""
    state = PluginState.get_or_none(PluginState.name == name)
    if state is None:
        raise refuse(
            "PLUGIN_NEVER_ON",
            N_("Plugin {plugin} was never on; there is nothing to purge. See: kinerja plugins list"),
            plugin=name,
        )
    if state.is_enabled:
        raise refuse(
            "PLUGIN_IS_ON",
            N_("Plugin {plugin} is on. Take it off the setting plugins, restart Kinerja, then purge."),
            plugin=name,
        )
    present = set(database.get_tables())
    return [table for table in remembered_tables(state) if table in present]


def purge(name: str, export_to: Path) -> list[Path]:
    """Write each table of the plugin to `export_to` as JSON lines, then drop its tables and forget it."""
    tables = tables_to_purge(name)
    export_to.mkdir(parents=True, exist_ok=True)
    with transaction():
        files = [_export(table, export_to / f"{table}.jsonl") for table in tables]
        for table in _drop_order(tables):
            database.execute_sql(f'DROP TABLE "{table}"')
        PluginState.delete().where(PluginState.name == name).execute()
    return files


def _export(table: str, path: Path) -> Path:
    cursor = database.execute_sql(f'SELECT * FROM "{table}"')  # noqa: S608 - a name from our own memory
    columns = [column[0] for column in cursor.description]
    with path.open("x", encoding="utf-8") as file:
        for row in cursor:
            file.write(json.dumps(dict(zip(columns, row, strict=True)), default=str, ensure_ascii=False) + "\n")
    return path


def _drop_order(tables: list[str]) -> list[str]:
    """Return the tables with those first that no remaining one of them points to."""
    points_to = {
        table: {key.dest_table for key in database.get_foreign_keys(table)} & set(tables) - {table} for table in tables
    }
    ordered: list[str] = []
    while points_to:
        free = next(
            (table for table in sorted(points_to) if all(table not in others for others in points_to.values())),
            min(points_to),
        )
        ordered.append(free)
        del points_to[free]
    return ordered
