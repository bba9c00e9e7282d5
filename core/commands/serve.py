"""`kinerja serve`: the web server."""

from typing import Annotated

import typer

from core.commands.shared import deployment, say
from core.i18n import N_


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("serve", help=N_("Serve GraphQL and the back office."))(_serve)


def _serve(
    host: Annotated[str, typer.Option(help=N_("Address to listen on (default: the setting host)."))] = "",
    port: Annotated[int, typer.Option(help=N_("Port to listen on (default: the setting port)."), min=0, max=65535)] = 0,
    worker: Annotated[
        bool,
        typer.Option(help=N_("Run background jobs too, when they wait in the embedded queue (jobs_backend = sqlite).")),
    ] = True,
) -> None:
    with deployment(web=True) as registry:
        settings = registry.settings
    from core.serving import require_free, serve, worker_beside

    address, number = host or settings.host, port or settings.port
    require_free(address, number)
    shown = f"[{address}]" if ":" in address else address
    say(
        N_("Kinerja serves at http://{address}:{port} (GraphQL: /graphql). Stop with Ctrl+C."),
        address=shown,
        port=number,
    )
    if worker and settings.jobs_backend == "sqlite":
        with worker_beside():
            serve(settings, address, number)
    else:
        serve(settings, address, number)
