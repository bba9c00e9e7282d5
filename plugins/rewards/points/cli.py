"""`kinerja rewards points-…`: whether the books are right, and what is done by the clock done now."""

import typer

from core.commands.shared import Exit, deployment, operator_context, say
from core.plugin_api import N_
from plugins.rewards.points.checks import CHECKS
from plugins.rewards.points.services.earning import expire_points, take_back_gone


def add_to(app: typer.Typer) -> None:
    """Add the commands of this area to the group of the plugin."""
    app.command("points-check", help=N_("Check that the books of points are balanced."))(_check)
    app.command("points-expire", help=N_("Let points expire now, and take back what was withdrawn."))(_expire)


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


def _expire() -> int:
    with deployment() as registry:
        ctx = operator_context(registry.settings)
        taken, gone = take_back_gone(ctx), expire_points(ctx)
        say(N_("{taken} earnings were taken back, {gone} points have expired."), taken=taken, gone=gone)
    return Exit.OK
