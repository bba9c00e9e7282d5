"""`kinerja demo`: a city with a year behind it, served on this machine."""

import os
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from core.commands.shared import connected, err, operator_context, out, print_json, say
from core.demo.accounts import DemoLogin, read_logins, write_logins
from core.demo.loading import STEPS, is_loaded, load
from core.i18n import N_, translate
from core.migrating import migrate_everything
from core.plugin_host import build_registry, start
from core.reference import load_reference_data
from core.settings import Settings

PLUGINS = "rewards,training,queueing"
_LOGINS = "demo-logins.json"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("demo", help=N_("Load a demo city into var/demo.db and serve it on this machine."))(_demo)


def _demo(
    port: Annotated[int, typer.Option(help=N_("Port to listen on."), min=1, max=65535)] = 8000,
    load_only: Annotated[bool, typer.Option("--load-only", help=N_("Load the data and stop."))] = False,
    fresh: Annotated[bool, typer.Option("--fresh", help=N_("Throw the demo's own database away first."))] = False,
    json: Annotated[bool, typer.Option("--json", help=N_("Print address and log-ins as JSON."))] = False,
) -> None:
    from core.serving import require_free, serve, worker_beside

    _use_own_database(fresh=fresh)
    if not load_only:
        require_free("127.0.0.1", port)
    with connected() as settings:
        logins = _prepare(settings)
    address = f"http://127.0.0.1:{port}"
    _show(address, logins, settings.var_dir / _LOGINS, as_json=json)
    if load_only:
        return
    with worker_beside():
        serve(settings, "127.0.0.1", port)


def _use_own_database(*, fresh: bool) -> None:
    # Server and worker processes read their settings from the environment again.
    os.environ.setdefault("KINERJA_VAR_DIR", "var")
    var = Path(os.environ["KINERJA_VAR_DIR"])
    if "KINERJA_DATABASE_URL" not in os.environ:
        path = var / "demo.db"
        if fresh:
            for name in (path, path.with_name("demo.db-wal"), path.with_name("demo.db-shm")):
                name.unlink(missing_ok=True)
        os.environ["KINERJA_DATABASE_URL"] = f"sqlite:///{path}"
    os.environ.setdefault("KINERJA_PLUGINS", PLUGINS)
    os.environ.setdefault("KINERJA_INSTITUTION_NAME", "Pemerintah Kota Bandar Madani (demo)")


def _prepare(settings: Settings) -> list[DemoLogin]:
    file = settings.var_dir / _LOGINS
    migrate_everything(build_registry(settings).migration_sources)
    load_reference_data()
    registry = start(settings)
    if is_loaded() and file.exists():
        return read_logins(file)
    ctx = operator_context(registry.settings)
    with Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), console=err()
    ) as bar:
        task = bar.add_task(translate(N_("Loading the demo city")), total=STEPS + len(registry.demo_data))

        def on_step(text: str) -> None:
            bar.update(task, description=translate(text), advance=1)

        load(ctx, registry.demo_data, on_step, lambda logins: write_logins(logins, file))
    return read_logins(file)


def _show(address: str, logins: list[DemoLogin], file: Path, *, as_json: bool) -> None:
    if as_json:
        print_json({"address": address, "logins": [vars(login) for login in logins]})
        return
    say(N_("Kinerja demo at {address} (GraphQL: {address}/graphql, back office: {address}/admin)."), address=address)
    for login in logins:
        out().print(f"  {login.role:<20} {login.username:<12} {login.password}", markup=False)
    say(N_("The log-ins are also in {file}. Stop with Ctrl+C."), file=file)
