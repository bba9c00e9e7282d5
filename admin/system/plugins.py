"""Back office: plugins that are on, off or gone, what they give, and what they lack."""

from typing import Any

from flask import request
from flask_admin import expose

from admin.system.page import SystemPage
from core.database import database
from core.errors import not_found
from core.faults import recent_faults
from core.i18n import N_
from core.migrating import histories_of, pending
from core.plugin_overview import STATES, plugin_rows
from core.policy import is_confidential
from core.registry import active_registry

TONES = {"built in": "info", "on": "ok", "off": "", "gone": "warn"}


class PluginsPage(SystemPage):
    """Every plugin that is installed or was ever on."""

    covers = ("plugin_state",)

    def __init__(self) -> None:
        """Stand at /admin/system/plugins/."""
        super().__init__(N_("Plugins"), "plugins")

    @expose("/")
    def index(self) -> Any:
        """List them."""
        return self.page("plugins", rows=_rows(), states=STATES, tones=TONES)

    @expose("/details")
    def details(self) -> Any:
        """Show one, with the numbers of rows in its tables."""
        name = request.args.get("name", "")
        row = next((row for row in _rows() if row["name"] == name), None)
        if row is None:
            raise not_found(id=name)
        return self.page("plugin", row=row, states=STATES, tones=TONES, tables=_counted(row["tables"]))


def _rows() -> list[dict[str, Any]]:
    registry = active_registry()
    lacking = pending(histories_of(registry.migration_sources))
    rows = plugin_rows(registry)
    for row in rows:
        prefix = f"{row['name']}/"
        row["pending"] = [label.removeprefix(prefix) for label in lacking if label.startswith(prefix)]
        row["faults"] = [*row["faults"], *(f"{fault.doing}: {fault.error}" for fault in recent_faults(row["name"]))]
    return rows


def _counted(tables: list[str]) -> list[tuple[str, int | None]]:
    """Return each table that tells of its rows with their number, None for one that is not there."""
    secret = {model._meta.table_name for model in active_registry().models if is_confidential(model)}
    present = set(database.get_tables())
    quoted = [(table, table.replace('"', '""')) for table in tables if table not in secret]
    return [
        (table, int(database.execute_sql(f'SELECT COUNT(*) FROM "{name}"').fetchone()[0]))  # noqa: S608 - our own names
        if table in present
        else (table, None)
        for table, name in quoted
    ]
