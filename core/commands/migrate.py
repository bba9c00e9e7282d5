"""`kinerja migrate`: bring the database's tables up to date, or back."""

from typing import Annotated

import typer

from core import migrating
from core.commands.shared import Exit, connected, print_json, say
from core.i18n import N_, translate
from core.migrating import MigrationHistory, histories_of
from core.plugin_host import build_registry
from core.reference import load_reference_data


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("migrate", help=N_("Bring the database up to date. Make a backup first."))(_migrate)


def _migrate(
    down: Annotated[
        str,
        typer.Option(
            help=N_("Go back instead: revert from the newest through this migration, e.g. core/0007_identity.")
        ),
    ] = "",
    list_all: Annotated[
        bool, typer.Option("--list", help=N_("List all migrations; ends with 3 if any is pending."))
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help=N_("Print the answer as JSON."))] = False,
    yes: Annotated[bool, typer.Option("--yes", help=N_("Do not ask before going back."))] = False,
) -> None:
    with connected() as settings:
        histories = histories_of(build_registry(settings).migration_sources)
        if list_all:
            _list(histories, as_json=as_json)
            return
        if down:
            text = N_("Going back deletes the tables and columns made since. Go on?")
            if not yes:
                typer.confirm(translate(text), abort=True, err=True)
            _answer(migrating.down(histories, down), N_("Reverted: {name}"), as_json=as_json)
            return
        applied = migrating.up(histories)
        load_reference_data()
        _answer(applied, N_("Applied: {name}"), as_json=as_json)


def _list(histories: tuple[MigrationHistory, ...], *, as_json: bool) -> None:
    states = migrating.status(histories)
    if as_json:
        print_json([{"name": state.label, "applied": state.applied} for state in states])
    else:
        for state in states:
            when = state.applied.isoformat(" ", "seconds") if state.applied else translate(N_("pending"))
            say("{when:20} {name}", when=when, name=state.label)
    if any(state.applied is None for state in states):
        raise typer.Exit(Exit.NOT_READY)


def _answer(names: list[str], text: str, *, as_json: bool) -> None:
    if as_json:
        print_json(names)
        return
    for name in names:
        say(text, name=name)
    if not names:
        say(N_("The database is up to date."))
