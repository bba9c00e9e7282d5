"""The two reads that every server answers, and the 500 places at which their pages begin."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

PAGE = 50
BODIES = 500

FLAT = """query Flat($after: String) {
  employees(first: 50, after: $after) {
    nodes { id name backTitle status state sex nip }
  }
}"""

NESTED = """query Nested($after: String) {
  employees(first: 50, after: $after) {
    nodes {
      id name backTitle status state sex nip
      unit { code name }
      superior { name backTitle }
      plans(first: 1) {
        nodes { state approach workResults(first: 5) { nodes { sequence kind statement successMeasure } } }
      }
      evaluations(first: 1) { nodes { kind state resultRating behaviorRating predicate resultNote receivedOn } }
    }
  }
}"""

OWN: Mapping[str, str] = {"a": FLAT, "b": NESTED}
"""The reads in the words of this API: (a) a flat page, (b) the same people with what hangs on them."""

CURSORS = """query Cursors($after: String) {
  employees(first: 100, after: $after) { edges { cursor node { id name } } pageInfo { hasNextPage } }
}"""
"""Gives the places at which pages may begin."""


@dataclass(frozen=True)
class Place:
    """A place in the order by name: the row's key and name, and the cursor that this API gave for it."""

    key: int
    name: str
    cursor: str


def spread(places: Sequence[Place], wanted: int = BODIES) -> list[Place]:
    """Return `wanted` places, evenly spread, each with a whole page after it; repeated where there are fewer."""
    usable = places[: len(places) - PAGE]
    return [usable[index * len(usable) // wanted] for index in range(wanted)]


def body(query: str, variables: Mapping[str, Any]) -> bytes:
    """Return the body of a request."""
    return json.dumps({"query": query, "variables": variables}, separators=(",", ":")).encode()


def people(answer: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return what an answer of any server says about its people, in the words of this API."""
    data = answer["data"]
    found = data.get("employees") or data.get("allEmployees")
    return [_plain(row) for row in _rows(found)]


def _rows(value: Any) -> Any:
    return value["nodes"] if isinstance(value, dict) else value


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    """Take the wrappings of one server off a person: lists of one, connections, prefixes of ids."""
    plain: dict[str, Any] = {"id": int(str(row["id"]).rpartition(":")[2])}
    for name in ("name", "backTitle", "status", "state", "sex", "nip", "unit", "superior"):
        if name in row:
            plain[name] = row[name]
    if "assignments" in row:
        plain["unit"] = next((held["unit"] for held in _rows(row["assignments"])), None)
        plain["superior"] = next((line["superior"] for line in _rows(row["lines"])), None)
    if "plans" in row:
        plain["plans"] = [{**plan, "workResults": _rows(plan["workResults"])} for plan in _rows(row["plans"])]
        plain["evaluations"] = _rows(row["evaluations"])
    return plain
