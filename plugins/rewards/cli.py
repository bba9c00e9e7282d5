"""`kinerja rewards`, joined from its areas."""

import typer

from plugins.rewards.points import cli as points
from plugins.rewards.programmes import cli as programmes


def build_app() -> typer.Typer:
    """Return the group."""
    app = typer.Typer(no_args_is_help=True)
    programmes.add_to(app)
    points.add_to(app)
    return app
