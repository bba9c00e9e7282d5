"""What is measured inside one process: planning, first sight of a caller, mutations, and the cost of the policy."""

import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from strawberry.extensions import MaxAliasesLimiter, MaxTokensLimiter, QueryDepthLimiter

from bench.data import strangers, token_of
from bench.queries import NESTED, Place
from core.actor import Actor, system_actor
from core.context import Context
from core.database import connect, database
from core.identity.authentication import authenticate
from core.plugin_host import start
from core.settings import Settings
from schema.build import Schema, build_schema
from schema.execution import execute

_DOCUMENTS = 30
_ROUNDS = 60
_MUTATIONS = 120

_CHANGE = """mutation Record($day: Date!, $result: ID!, $note: String!) {
  recordProgress(input: {happenedOn: $day, workResultId: $result, note: $note}) {
    record { id note happenedOn workResult { id statement } } problems { code message }
  }
}"""


@dataclass
class Inside:
    """This application in this process, on one database."""

    settings: Settings
    schema: Schema

    def context(self, actor: Actor) -> Context:
        """Return the context of a call."""
        return Context(actor=actor, settings=self.settings, language="id")

    def caller(self, name: str) -> Actor:
        """Return who calls with the token of `name`."""
        return authenticate(f"Bearer {token_of(name)}", self.settings)

    def ask(self, actor: Actor, query: str, after: str) -> None:
        """Run a read; raise RuntimeError when it is refused."""
        answer = execute(self.schema, self.context(actor), query, {"after": after})
        if "errors" in answer:
            raise RuntimeError(str(answer["errors"])[:500])


@contextmanager
def inside(settings: Settings) -> Iterator[Inside]:
    """Start the application on the database of the settings."""
    connect(settings.database_url)
    try:
        yield Inside(settings, build_schema(start(settings, web=True).schema_parts))
    finally:
        database.close()


def planning(application: Inside, places: Sequence[Place]) -> dict[str, float]:
    """Return ms of CPU that a document never seen costs beyond a known one: parsing, validating, planning."""
    actor = application.caller("officer")
    after = places[0].cursor
    known, extra = [], []
    for number in range(_DOCUMENTS):
        text = NESTED.replace("Nested", f"Nested{number}").replace("statement", f"words{number}: statement")
        fresh, again = (_cpu(lambda text=text: application.ask(actor, text, after)) for _ in range(2))  # type: ignore[misc]
        known.append(again)
        extra.append(fresh - again)
    return {"planning_ms": statistics.median(extra), "known_cpu_ms": statistics.median(known)}


def first_sight(application: Inside, places: Sequence[Place]) -> dict[str, float]:
    """Return ms that the first read of a caller takes, and the second, by the median caller."""
    first, second = [], []
    for name in strangers():
        for times in (first, second):
            times.append(
                _wall(lambda name=name: application.ask(application.caller(name), NESTED, places[0].cursor))  # type: ignore[misc]
            )
    return {"first_ms": statistics.median(first), "second_ms": statistics.median(second)}


def authorisation(application: Inside, places: Sequence[Place]) -> dict[str, float]:
    """Return ms of (b) for the system (no policy), for one who may see all, for the officer and for the head.

    The pages of all begin at the same places; `authenticate` is what finding out who calls takes, on top of each.
    """
    actors = {name: application.caller(name) for name in ("institution", "officer", "head")}
    actors["system"] = system_actor(actors["officer"].today)
    times: dict[str, list[float]] = {name: [] for name in (*actors, "authenticate")}
    for number in range(_ROUNDS):
        after = places[number * len(places) // _ROUNDS].cursor
        for name, actor in actors.items():
            took = _wall(lambda actor=actor, after=after: application.ask(actor, NESTED, after))  # type: ignore[misc]
            times[name].append(took)
        times["authenticate"].append(_wall(lambda: application.caller("officer")))
    return {f"{name}_ms": statistics.median(values) for name, values in times.items()}


def mutations(application: Inside) -> dict[str, float]:
    """Return mutations per second here, and by strawberry's own way: its limiters, no document kept."""
    schema, settings = application.schema, application.settings
    actor = application.caller("head")
    day = datetime.now(ZoneInfo(settings.time_zone)).date()
    own_result = _own_result(actor)
    stock_extensions = [
        lambda: QueryDepthLimiter(max_depth=settings.graphql_max_depth),
        lambda: MaxAliasesLimiter(max_alias_count=settings.graphql_max_aliases),
        lambda: MaxTokensLimiter(max_token_count=settings.graphql_max_tokens),
    ]

    def given(number: int) -> dict[str, Any]:
        return {"day": day.isoformat(), "result": f"WorkResult:{own_result}", "note": f"Berkas {number} selesai"}

    def here(number: int) -> None:
        _check(execute(schema, application.context(actor), _CHANGE, given(number)))

    def stock(number: int) -> None:
        kept = schema.extensions
        schema.extensions = stock_extensions
        try:
            result = schema.execute_sync(
                _CHANGE, variable_values=given(number), context_value=application.context(actor)
            )
        finally:
            schema.extensions = kept
        _check({"data": result.data, **({"errors": result.errors} if result.errors else {})})

    times: dict[str, list[float]] = {"here": [], "stock": []}
    cpu: dict[str, list[float]] = {"here": [], "stock": []}
    for number in range(_MUTATIONS):
        for name, act in (("here", here), ("stock", stock)):
            begun = time.process_time()
            times[name].append(_wall(lambda act=act, number=number: act(number)))  # type: ignore[misc]
            cpu[name].append((time.process_time() - begun) * 1000)
    middle = {name: statistics.median(values) for name, values in times.items()}
    return {
        "mutation_ms": middle["here"],
        "stock_mutation_ms": middle["stock"],
        "mutation_cpu_ms": statistics.median(cpu["here"]),
        "stock_mutation_cpu_ms": statistics.median(cpu["stock"]),
    }


def _own_result(actor: Actor) -> int:
    row = database.execute_sql(
        "SELECT min(r.id) FROM work_result r JOIN performance_plan p ON p.id = r.plan_id WHERE p.employee_id = "
        f"{actor.employee_id}"
    ).fetchone()
    return int(row[0])


def _check(answer: Any) -> None:
    data = answer.get("data")
    if "errors" in answer or not isinstance(data, dict) or data["recordProgress"]["problems"]:
        raise RuntimeError(str(answer)[:500])


def _wall(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return (time.perf_counter() - begun) * 1000


def _cpu(act: Callable[[], object]) -> float:
    begun = time.process_time()
    act()
    return (time.process_time() - begun) * 1000
