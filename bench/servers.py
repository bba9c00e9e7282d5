"""The servers that are compared: how each is installed, started, asked, and what it is asked."""

import base64
import contextlib
import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.data import token_of
from bench.queries import FLAT, NESTED, OWN, Place, body

ROOT = Path(__file__).resolve().parents[1]
PEERS = Path(__file__).parent / "peers"

_FIELDS = "name backTitle status state sex nip"
_RESULTS = "sequence kind statement successMeasure"
_EVALUATION = "kind state resultRating behaviorRating predicate resultNote receivedOn"

DJANGO: Mapping[str, str] = {
    "a": f"query Flat($after: String!) {{ employees(pagination: {{limit: 50}}, filters: {{after: $after}}) "
    f"{{ id {_FIELDS} }} }}",
    "b": f"""query Nested($after: String!) {{ employees(pagination: {{limit: 50}}, filters: {{after: $after}}) {{
        id {_FIELDS} assignments {{ unit {{ code name }} }} lines {{ superior {{ name backTitle }} }}
        plans(pagination: {{limit: 1}}) {{ state approach workResults(pagination: {{limit: 5}}) {{ {_RESULTS} }} }}
        evaluations(pagination: {{limit: 1}}) {{ {_EVALUATION} }} }} }}""",
}
POSTGRAPHILE: Mapping[str, str] = {
    "a": f"query Flat($after: Cursor) {{ allEmployees(first: 50, after: $after, orderBy: [NAME_ASC, PRIMARY_KEY_ASC]) "
    f"{{ nodes {{ id: rowId {_FIELDS} }} }} }}",
    "b": f"""query Nested($after: Cursor) {{
        allEmployees(first: 50, after: $after, orderBy: [NAME_ASC, PRIMARY_KEY_ASC]) {{ nodes {{ id: rowId {_FIELDS}
        assignments: assignmentsByEmployeeId(first: 1) {{ nodes {{ unit: workUnitByUnitId {{ code name }} }} }}
        lines: reportingLinesByEmployeeId(first: 1) {{ nodes {{
            superior: employeeBySuperiorId {{ name backTitle }} }} }}
        plans: performancePlansByEmployeeId(first: 1) {{ nodes {{ state approach
            workResults: workResultsByPlanId(first: 5) {{ nodes {{ {_RESULTS} }} }} }} }}
        evaluations: evaluationsByEmployeeId(first: 1, orderBy: [PRIMARY_KEY_DESC]) {{ nodes {{ {_EVALUATION} }} }}
        }} }} }}""",
}
MERCURIUS: Mapping[str, str] = {"a": FLAT, "b": NESTED}

Cursor = Callable[["Server", Place], str]


def own_cursor(_server: "Server", place: Place) -> str:
    """Return the cursor of this API."""
    return place.cursor


def plain_cursor(_server: "Server", place: Place) -> str:
    """Return name and key as JSON, as the peers written here take them."""
    return json.dumps([place.name, place.key])


def postgraphile_cursor(server: "Server", place: Place) -> str:
    """Return a cursor of PostGraphile: its name of the order, then the values."""
    if "order" not in server.notes:
        query = "{ allEmployees(first: 1, orderBy: [NAME_ASC, PRIMARY_KEY_ASC]) { edges { cursor } } }"
        answer = server.ask(body(query, {}), "officer")
        server.notes["order"] = json.loads(base64.b64decode(answer["data"]["allEmployees"]["edges"][0]["cursor"]))[0]
    return base64.b64encode(json.dumps([server.notes["order"], place.name, place.key]).encode()).decode()


@dataclass
class Server:
    """One server of the run: its command, and how it is asked."""

    name: str
    title: str
    command: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    folder: Path = ROOT
    queries: Mapping[str, str] = field(default_factory=lambda: OWN)
    cursor: Cursor = own_cursor
    checks_policy: bool = True
    port: int = 0
    process: subprocess.Popen[bytes] | None = None
    notes: dict[str, Any] = field(default_factory=dict)

    def start(self, log: Path) -> None:
        """Start and wait until it listens and answers; raise RuntimeError with its log when it does not."""
        self.port = self.port or free_port()
        command = [part.replace("{port}", str(self.port)) for part in self.command]
        with log.open("wb") as file:
            self.process = subprocess.Popen(
                command,
                cwd=self.folder,
                env={**_environment(), **self.environment},
                stdout=file,
                stderr=file,
                start_new_session=True,
            )
        deadline = time.monotonic() + 60
        while True:
            with contextlib.suppress(OSError, http.client.HTTPException, ValueError):
                self.ask(body("{ __typename }", {}), "officer")
                return
            if time.monotonic() > deadline or self.process.poll() is not None:
                self.stop()
                raise RuntimeError(f"{self.title} does not start:\n{log.read_text(errors='replace')[-2000:]}")
            time.sleep(0.2)

    def stop(self) -> None:
        """End the server's processes."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(30)
            self.process = None

    def send(self, content: bytes, caller: str) -> tuple[int, bytes]:
        """Send one request and return status and body of the answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token_of(caller)}"}
        with contextlib.closing(connection):
            connection.request("POST", "/graphql", content, headers)
            response = connection.getresponse()
            return response.status, response.read()

    def ask(self, content: bytes, caller: str) -> dict[str, Any]:
        """Send one request and return the decoded answer; raise ValueError when it is no JSON."""
        answer: dict[str, Any] = json.loads(self.send(content, caller)[1])
        return answer

    def write_bodies(self, query: str, places: Sequence[Place], path: Path) -> Path:
        """Write the bodies of a read, one in each line."""
        bodies = [body(" ".join(self.queries[query].split()), {"after": self.cursor(self, place)}) for place in places]
        path.write_bytes(b"\n".join(bodies) + b"\n")
        return path

    def resident_mb(self) -> float:
        """Return the resident memory of the largest process of the server, in MB."""
        assert self.process is not None
        group = self.process.pid
        sizes = [0]
        for entry in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                if os.getpgid(int(entry.name)) == group:
                    status = (entry / "status").read_text()
                    sizes.append(int(status.split("VmRSS:")[1].split()[0]))
        return max(sizes) / 1024


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("KINERJA_")}


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def own_settings(url: str, folder: Path, **more: str) -> dict[str, str]:
    """Return the environment of this API on a database; its limit of requests per caller is put out of reach."""
    from core.settings import Settings

    folder.mkdir(parents=True, exist_ok=True)
    settings = {
        "PYTHONPATH": str(ROOT),
        "KINERJA_DATABASE_URL": url,
        "KINERJA_VAR_DIR": str(folder),
        "KINERJA_FILES_DIR": str(folder / "files"),
        "KINERJA_PRODUCTION": "true",
        "KINERJA_SECRET_KEY": "bench" * 8,
    }
    wanted = {**_RATES, **more}
    return settings | {
        f"KINERJA_{name.upper()}": value for name, value in wanted.items() if name in Settings.model_fields
    }


_RATES = {"rate_points_per_minute": "0"}
"""Settings that limit how often one caller may ask, where a build has them."""


def this_api(name: str, title: str, url: str, folder: Path, **more: str) -> Server:
    """Return `kinerja serve`, one process."""
    return Server(
        name,
        title,
        [sys.executable, "-m", "core.cli", "serve", "--port", "{port}", "--no-worker"],
        own_settings(url, folder, **more),
    )


def bare(name: str, title: str, target: str, url: str, folder: Path, captured: Path) -> Server:
    """Return a bare view, served as this API is: granian, one process, as many threads."""
    options = ["--interface", "wsgi", "--port", "{port}", "--workers", "1", "--blocking-threads", "16", "--no-ws"]
    factory = ["--factory"] if "make_" in target else []
    return Server(
        name,
        title,
        [sys.executable, "-m", "granian", *options, *factory, f"bench.peers.bare:{target}"],
        {**own_settings(url, folder), "BENCH_CAPTURED": str(captured)},
    )


def strawberry_django(url: str, folder: Path) -> Server | str:
    """Return strawberry-django in its own virtual environment, or why it cannot be there."""
    place, wanted = folder / "strawberry-django", PEERS / "strawberry_django.txt"
    try:
        _install_python(place, wanted)
    except subprocess.CalledProcessError as error:
        return f"its packages cannot be installed: {_last_line(error)}"
    options = ["--interface", "wsgi", "--port", "{port}", "--workers", "1", "--blocking-threads", "16", "--no-ws"]
    return Server(
        "strawberry-django",
        f"strawberry-django {_pinned(wanted, 'strawberry-graphql-django')}, optimizer",
        [str(place / "bin" / "granian"), *options, "strawberry_peer.serve:application"],
        {"BENCH_DATABASE_URL": url, "PYTHONPATH": str(PEERS)},
        queries=DJANGO,
        cursor=plain_cursor,
        checks_policy=False,
    )


def _install_python(place: Path, wanted: Path) -> None:
    stamp = place / "installed.txt"
    if stamp.exists() and stamp.read_bytes() == wanted.read_bytes():
        return
    uv = [sys.executable, "-m", "uv"]
    _run([*uv, "venv", "--quiet", "--clear", "--python", sys.executable, str(place)])
    _run([*uv, "pip", "install", "--quiet", "--python", str(place / "bin" / "python"), "--requirement", str(wanted)])
    stamp.write_bytes(wanted.read_bytes())


def postgraphile(url: str, folder: Path) -> Server | str:
    """Return PostGraphile, or why it cannot be there."""
    return _node("postgraphile", "PostGraphile", "postgraphile", POSTGRAPHILE, postgraphile_cursor, url, folder)


def mercurius(url: str, folder: Path) -> Server | str:
    """Return mercurius with its compiler and loaders, or why it cannot be there."""
    return _node("mercurius", "mercurius, JIT and loaders,", "mercurius", MERCURIUS, plain_cursor, url, folder)


def _node(
    name: str, title: str, package: str, queries: Mapping[str, str], cursor: Cursor, url: str, folder: Path
) -> Server | str:
    if shutil.which("npm") is None:
        return "Node is not installed"
    place = folder / name
    place.mkdir(parents=True, exist_ok=True)
    wanted = (PEERS / name / "package.json").read_bytes()
    stamp = place / "installed.json"
    if not stamp.exists() or stamp.read_bytes() != wanted:
        (place / "package.json").write_bytes(wanted)
        try:
            _run(["npm", "install", "--no-audit", "--no-fund", "--no-package-lock", "--prefix", str(place)])
        except subprocess.CalledProcessError as error:
            return f"its packages cannot be installed: {_last_line(error)}"
        stamp.write_bytes(wanted)
    shutil.copy(PEERS / name / "server.mjs", place)
    version = json.loads(wanted)["dependencies"][package]
    return Server(
        name,
        f"{title} {version}",
        [str(place / "node_modules" / ".bin" / "node"), "server.mjs", url, "{port}"],
        {"NODE_ENV": "production", "GRAPHILE_ENV": "production"},
        folder=place,
        queries=queries,
        cursor=cursor,
        checks_policy=False,
    )


def _run(command: Sequence[str]) -> None:
    subprocess.run(command, check=True, capture_output=True, text=True)


def _last_line(error: subprocess.CalledProcessError) -> str:
    lines = [line for line in (error.stderr or error.stdout or "").splitlines() if line.strip()]
    return lines[-1] if lines else str(error)


def _pinned(wanted: Path, package: str) -> str:
    return next(line.partition("==")[2] for line in wanted.read_text().splitlines() if line.startswith(f"{package}=="))


@contextlib.contextmanager
def running(servers: Sequence[Server], logs: Path) -> Iterator[list[Server]]:
    """Start all servers together and end them afterwards; yield those that answer."""
    logs.mkdir(parents=True, exist_ok=True)
    started: list[Server] = []
    try:
        for server in servers:
            try:
                server.start(logs / f"{server.name}.log")
            except RuntimeError as error:
                server.notes["fault"] = str(error)
                continue
            started.append(server)
        yield started
    finally:
        for server in started:
            server.stop()
