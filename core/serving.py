"""The server: granian's processes and threads around the WSGI application, and the worker beside it."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from granian import Granian
from granian.constants import Interfaces

from core.app import create_app
from core.errors import Problem, Refused
from core.i18n import N_
from core.live.shutdown import watch_signals
from core.logs import configure_logging
from core.settings import Settings, load_settings

_STOP_SECONDS = 20
_SPARE_CONNECTIONS = 100  # to be refused politely, and for questions whether the process lives


def application() -> Any:
    """Make the WSGI application of one server process from the settings around it."""
    settings = load_settings()
    configure_logging(production=settings.production)
    watch_signals()
    return create_app(settings)


def serve(settings: Settings, host: str, port: int) -> None:
    """Answer requests until told to stop; those under way are finished first."""
    Granian(
        "core.serving:application",
        factory=True,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=settings.workers,
        blocking_threads=settings.threads,
        backpressure=settings.threads * 8,
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=_STOP_SECONDS,
        log_enabled=False,
    ).serve()


def serve_live(settings: Settings, host: str, port: int) -> None:
    """Hold live streams until told to stop; they are ended, and their clients come again."""
    Granian(
        # By name: the layer above makes it.
        "schema.live_asgi:application",
        factory=True,
        address=host,
        port=port,
        interface=Interfaces.ASGI,
        workers=1,
        backpressure=settings.live_max_streams + _SPARE_CONNECTIONS,
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=_STOP_SECONDS,
        log_enabled=False,
    ).serve()


def require_free(host: str, port: int) -> None:
    """Refuse an address that somebody else listens on, or that is none of this machine's."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            text = N_("{host}:{port} cannot be listened on: {error}. Choose another with --port or --host.")
            params = {"host": host, "port": port, "error": error.strerror or error}
            raise Refused(Problem("ADDRESS_UNUSABLE", text, params=params)) from None


@contextmanager
def worker_beside() -> Iterator[None]:
    """Run a worker process during the block; it ends with this process, however this one ends."""
    # The pipe closes when this process dies, and the worker stops on that.
    command = [sys.executable, "-m", "core.cli", "worker", "--until-stdin-closes"]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as worker:
        try:
            yield
        finally:
            if worker.stdin:
                worker.stdin.close()
            try:
                worker.wait(_STOP_SECONDS)
            except subprocess.TimeoutExpired:
                worker.kill()
