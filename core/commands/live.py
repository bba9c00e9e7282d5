"""`kinerja live`: the process that holds many live streams."""

from typing import Annotated

import typer

from core.commands.shared import deployment, say
from core.i18n import N_


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("live", help=N_("Serve live streams (subscriptions) only, many at once, beside kinerja serve."))(_live)


def _live(
    host: Annotated[str, typer.Option(help=N_("Address to listen on (default: the setting host)."))] = "",
    port: Annotated[
        int, typer.Option(help=N_("Port to listen on (default: the setting live_port)."), min=0, max=65535)
    ] = 0,
) -> None:
    with deployment(web=True) as registry:
        settings = registry.settings
    from core.serving import require_free, serve_live

    address, number = host or settings.host, port or settings.live_port
    require_free(address, number)
    shown = f"[{address}]" if ":" in address else address
    say(
        N_("Kinerja serves live streams at http://{address}:{port}/graphql/stream. Stop with Ctrl+C."),
        address=shown,
        port=number,
    )
    serve_live(settings, address, number)
