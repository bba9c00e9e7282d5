"""`kinerja rewards compliance`: the daily check by hand."""

from typing import Annotated

import typer

from core.commands.shared import Exit, deployment, operator_context, print_json, say
from core.plugin_api import N_
from plugins.rewards.compliance.services.checking import check_compliance

_Json = Annotated[bool, typer.Option("--json", help=N_("Print the answer as JSON."))]


def add_to(app: typer.Typer) -> None:
    """Add the command of this area to the group of the plugin."""
    app.command("compliance", help=N_("Note what is owed, settle what was done, remind; safe to repeat."))(_check)


def _check(json: _Json = False) -> int:
    with deployment() as registry:
        done = check_compliance(operator_context(registry.settings))
        if json:
            print_json(vars(done))
            return Exit.OK
        say(
            N_("New: {noted}. Changed: {changed}. Reminders: {reminders}. Notes to superiors: {notes}."),
            **vars(done),
        )
    return Exit.OK
