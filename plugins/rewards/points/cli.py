"""`kinerja rewards expire`: what points do by the clock, by hand."""

import typer

from core.commands.shared import Exit, deployment, operator_context, say
from core.plugin_api import N_
from plugins.rewards.points.services.earning import expire_points


def add_to(app: typer.Typer) -> None:
    """Add the command of this area to the group of the plugin."""
    app.command("expire", help=N_("Let the points expire whose day has come; safe to repeat."))(_expire)


def _expire() -> int:
    with deployment() as registry:
        count = expire_points(operator_context(registry.settings))
        say(N_("{count} points have expired."), count=count)
    return Exit.OK
