"""`kinerja rewards expire` and `points-check`: what the clock does, by hand, and a check of the books."""

import typer

from core.commands.shared import Exit, deployment, operator_context, say
from core.plugin_api import N_
from plugins.rewards.points.checks import CHECKS
from plugins.rewards.points.services.earning import expire_points


def add_to(app: typer.Typer) -> None:
    """Add the commands of this area to the group of the plugin."""
    app.command("expire", help=N_("Let the points expire whose day has come; safe to repeat."))(_expire)
    app.command("points-check", help=N_("Check that the books of points are balanced."))(_check)


def _expire() -> int:
    with deployment() as registry:
        count = expire_points(operator_context(registry.settings))
        say(N_("{count} points have expired."), count=count)
    return Exit.OK


def _check() -> int:
    with deployment() as registry:
        ctx = operator_context(registry.settings)
        problems = [problem for check in CHECKS for problem in check.run(ctx)]
        for problem in problems:
            say(problem.text, **problem.params)
        if problems:
            return Exit.PROBLEM
        say(N_("The books of points are balanced."))
    return Exit.OK
