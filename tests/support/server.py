"""A real server process on this machine, and a client that speaks to it as an application would."""

import contextlib
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self


def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


class Server:
    """`kinerja serve` in a process group of its own, so that a test can kill all of it at once."""

    def __init__(self, folder: Path, environment: Mapping[str, str], command: Sequence[str]) -> None:
        self.port = free_port()
        self._command = command
        self._folder = folder
        self._environment = {**os.environ, **environment}
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start and wait until it answers."""
        self.begin()
        self.wait_until_ready()

    def begin(self) -> None:
        """Start without waiting."""
        with (self._folder / "server.log").open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "core.cli", *self._command, "--port", str(self.port)],
                cwd=self._folder,
                env=self._environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def wait_until_ready(self) -> None:
        """Wait until it answers."""
        assert self._process is not None
        deadline = time.monotonic() + 60
        while True:
            with (
                contextlib.suppress(OSError, http.client.HTTPException),
                contextlib.closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)) as connection,
            ):
                connection.request("GET", "/readyz")
                if connection.getresponse().status == 200:
                    return
            if time.monotonic() > deadline or self._process.poll() is not None:
                raise AssertionError((self._folder / "server.log").read_text(errors="replace"))
            time.sleep(0.1)

    def stop(self) -> float:
        """Tell the server to stop (SIGTERM) and return the seconds until it has."""
        assert self._process is not None
        started = time.monotonic()
        self._process.terminate()
        self._process.wait(30)
        self._process = None
        return time.monotonic() - started

    def kill(self) -> None:
        """Kill every process of the server without warning (kill -9)."""
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(30)
            self._process = None


@contextmanager
def serving(folder: Path, command: Sequence[str] = ("serve", "--no-worker"), **environment: str) -> Iterator[Server]:
    """Start a server in `folder` with settings from the environment; kill it afterwards."""
    server = Server(folder, environment, command)
    server.start()
    try:
        yield server
    finally:
        server.kill()


class Client:
    """One kept connection to a server, with a token."""

    def __init__(self, port: int, token: str) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def ask(self, query: str, variables: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Send one operation and return the decoded answer."""
        body = json.dumps({"query": query, "variables": variables or {}})
        self._connection.request("POST", "/graphql", body, self._headers)
        response = self._connection.getresponse()
        text = response.read()
        assert response.status == 200, text
        return json.loads(text)
