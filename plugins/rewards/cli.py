"""`kinerja rewards`, joined from its areas."""

import typer

from plugins.rewards.compliance import cli as compliance
from plugins.rewards.discipline import cli as discipline
from plugins.rewards.points import cli as points
from plugins.rewards.programmes import cli as programmes


def build_app() -> typer.Typer:
    """Return the group."""
    app = typer.Typer(no_args_is_help=True)
    for area in (programmes, points, compliance, discipline):
        area.add_to(app)
    return app
