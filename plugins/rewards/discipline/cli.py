"""`kinerja rewards deadlines`: what discipline does by the clock, by hand."""

import typer

from core.commands.shared import Exit, deployment, operator_context, print_json
from core.plugin_api import N_
from plugins.rewards.discipline.services.sweeping import sweep


def add_to(app: typer.Typer) -> None:
    """Add the command of this area to the group of the plugin."""
    app.command("deadlines", help=N_("Count deadlines of discipline, put into effect what is due; safe to repeat."))(
        _sweep
    )


def _sweep() -> int:
    with deployment() as registry:
        # Numbers only: cases are confidential.
        print_json(sweep(operator_context(registry.settings)))
    return Exit.OK
