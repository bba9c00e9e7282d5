"""Speed of this build on this machine: `make bench`.

Loads the demo city into a database of its own, calls the application in this process, one request after another, and
prints requests per second. The ratio to a page that does nothing makes runs on different machines comparable.
"""

import argparse
import json
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from rich.console import Console
from rich.table import Table
from werkzeug.test import Client

from core.app import create_app
from core.commands.shared import connected, operator_context
from core.demo.accounts import DemoLogin
from core.demo.loading import load
from core.migrating import migrate_everything
from core.plugin_host import build_registry, start
from core.reference import load_reference_data

READS = {
    "one employee": "{ employees(first: 1) { nodes { name } } }",
    "50 employees, flat": "{ employees(first: 50) { totalCount nodes { nip name status } } }",
    "50 employees with unit, superior, plans, results, evaluation": """{
        employees(first: 50) { nodes {
            name unit { name } superior { name }
            plans(first: 1) { nodes { state workResults(first: 5) { nodes { statement kind } } } }
            evaluations(first: 1) { nodes { predicate } }
        } } }""",
}


def per_second(act: Callable[[], object], seconds: float) -> float:
    """Return how often `act` runs in a second: the median of five rounds, after one to warm up."""
    act()
    rates = []
    for _ in range(5):
        count, begin = 0, time.perf_counter()
        while time.perf_counter() - begin < seconds / 5:
            act()
            count += 1
        rates.append(count / (time.perf_counter() - begin))
    return statistics.median(rates)


def prepare() -> tuple[list[DemoLogin], float]:
    """Load the demo city; return its log-ins and the seconds it took."""
    logins: list[DemoLogin] = []
    with connected() as settings:
        migrate_everything(build_registry(settings, web=False).migration_sources)
        load_reference_data()
        registry = start(settings)
        begin = time.perf_counter()
        load(operator_context(settings), registry.demo_data, lambda _: None, logins.extend)
        return logins, time.perf_counter() - begin


def asker(client: Client, query: str, token: str = "") -> Callable[[], object]:
    """Return a call of `query` that fails unless it is answered without errors."""
    body = json.dumps({"query": query})
    headers = {"Content-Type": "application/json", **({"Authorization": f"Bearer {token}"} if token else {})}

    def ask() -> dict[str, object]:
        answer: dict[str, object] = client.post("/graphql", data=body, headers=headers).get_json()
        if "errors" in answer:
            raise RuntimeError(answer["errors"])
        return answer

    return ask


def measure(seconds: float) -> None:
    """Measure everything and print the table."""
    logins, loading = prepare()
    client = create_app().test_client()
    login = next(login for login in logins if login.role == "hr_admin")
    words = f'username: "{login.username}", password: "{login.password}"'
    answer = asker(client, f"mutation {{ login(input: {{{words}}}) {{ accessToken }} }}")()
    token = answer["data"]["login"]["accessToken"]  # type: ignore[index]
    base = per_second(lambda: client.get("/healthz"), seconds)
    table = Table("What", "per second", "ratio", title=f"Demo city loaded in {loading:.1f} s")
    table.add_row("a page that does nothing", f"{base:.0f}", "1")
    for name, query in READS.items():
        rate = per_second(asker(client, query, token), seconds)
        table.add_row(name, f"{rate:.1f}", f"1/{base / rate:.1f}")
    Console().print(table)


def main() -> None:
    """Read the options and measure in a folder that is thrown away."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--seconds", type=float, default=5, help="time for each figure (default: 5)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("KINERJA_DATABASE_URL", f"sqlite:///{Path(folder) / 'bench.db'}")
        os.environ["KINERJA_VAR_DIR"] = folder
        measure(options.seconds)


if __name__ == "__main__":
    main()
