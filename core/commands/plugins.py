"""`kinerja plugins`: what is installed and on, a new plugin to start from, and the purge of one that is off."""

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from core import plugin_state
from core.commands.shared import connected, deployment, out, print_json, say
from core.database import utc_now
from core.errors import refuse
from core.i18n import N_, translate
from core.plugin_host import build_registry
from core.plugin_overview import STATES, plugin_rows
from core.plugin_skeleton import write_skeleton


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(help=N_("Plugins: list them, start a new one, purge one that is off."), no_args_is_help=True)
    group.command("list", help=N_("List the plugins that are installed or were ever on."))(_list)
    group.command("new", help=N_("Write the files of a new plugin to start from."))(_new)
    group.command("purge", help=N_("Export and drop the tables of a plugin that is off, without its code."))(_purge)
    app.add_typer(group, name="plugins")


def _list(as_json: Annotated[bool, typer.Option("--json", help=N_("Print the answer as JSON."))] = False) -> None:
    with connected() as settings:
        registry = build_registry(settings)
        rows = plugin_rows(registry)
    if as_json:
        print_json(rows)
        return
    table = Table()
    for heading in (N_("Plugin"), N_("State"), N_("Version"), N_("Title"), N_("Contributes"), N_("Faults")):
        table.add_column(translate(heading))
    for row in rows:
        contributes = ", ".join(
            f"{hook.removeprefix('register_')} {count}" for hook, count in row["contributes"].items()
        )
        state = translate(STATES[row["state"]])
        table.add_row(row["name"], state, row["version"], escape(row["title"]), contributes, str(len(row["faults"])))
    out().print(table)


def _new(
    name: Annotated[str, typer.Argument(help=N_("Its name: lower-case letters and digits."))],
    folder: Annotated[Path, typer.Option(help=N_("Where the plugin's folder is made."))] = Path("plugins"),
) -> None:
    for path in write_skeleton(name, folder):
        out().print(escape(str(path)))
    say(N_('Now add to pyproject.toml under [project.entry-points."kinerja.plugins"]:'))
    out().print(f'    {name} = "plugins.{name}.plugin"', markup=False)
    say(N_("Then: uv pip install -e . ; add {name} to the setting plugins; kinerja migrate"), name=name)


def _purge(
    name: Annotated[str, typer.Argument(help=N_("The plugin, which must be off."))],
    export_to: Annotated[Path | None, typer.Option(help=N_("Folder for the export (default: var_dir/purged)."))] = None,
    confirm: Annotated[str, typer.Option(help=N_("The plugin's name again, instead of being asked."))] = "",
) -> None:
    with deployment() as registry:
        tables = plugin_state.tables_to_purge(name)
        say(
            N_("These tables of {name} will be exported and dropped: {tables}"),
            name=name,
            tables=", ".join(tables) or "-",
        )
        given = confirm or typer.prompt(translate(N_("Type the plugin's name to go on")))
        if given != name:
            raise refuse(
                "PURGE_NOT_CONFIRMED",
                N_("{given} is not {name}; nothing was dropped. Repeat with the right name."),
                given=given,
                name=name,
            )
        folder = export_to or registry.settings.var_dir / "purged" / f"{name}-{utc_now():%Y%m%dT%H%M%SZ}"
        for path in plugin_state.purge(name, folder):
            out().print(escape(str(path)))
        say(N_("{name} is purged; the export stands in {folder}."), name=name, folder=folder)
