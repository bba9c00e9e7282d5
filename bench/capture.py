"""Takes from this build the statement that it plans for each read, as its driver sends it."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
from werkzeug.test import Client

from bench.data import token_of
from bench.queries import OWN, Place, body

_FEWEST = 1_000
"""Bytes that the database's text of a page has at least."""


@dataclass(frozen=True)
class Captured:
    """A planned statement with its parameters for each cursor, and what the answer has around the database's text."""

    statement: Any
    parameters: dict[str, Any]
    before: bytes
    after: bytes


@contextmanager
def sent(into: list[tuple[Any, Any]]) -> Iterator[None]:
    """Note every statement that psycopg sends during the block."""
    execute = psycopg.Cursor.execute

    def noting(cursor: Any, query: Any, params: Any = None, **options: Any) -> Any:
        into.append((query, params))
        return execute(cursor, query, params, **options)

    psycopg.Cursor.execute = noting  # type: ignore[method-assign]
    try:
        yield
    finally:
        psycopg.Cursor.execute = execute  # type: ignore[method-assign]


def capture(client: Client, url: str, caller: str, query: str, places: Sequence[Place]) -> Captured | None:
    """Return the statement that answers `query`; None when this build needs more than one."""
    headers = {"Authorization": f"Bearer {token_of(caller)}", "Content-Type": "application/json"}
    parameters: dict[str, Any] = {}
    statements: set[Any] = set()
    parts: tuple[bytes, bytes] | None = None
    for place in {place.cursor: place for place in places}.values():
        log: list[tuple[Any, Any]] = []
        with sent(log):
            response = client.post("/graphql", data=body(OWN[query], {"after": place.cursor}), headers=headers)
        planned = [entry for entry in log if "work_unit" in str(entry[0]) and "employee" in str(entry[0])]
        found = [(entry, text) for entry in planned[-1:] if (text := _text(url, *entry))]
        answer = response.get_data()
        if not found or found[0][1] not in answer:
            return None
        (statement, values), text = found[0]
        parts = parts or tuple(answer.split(text, 1))  # type: ignore[assignment]
        statements.add(statement)
        parameters[place.cursor] = values
    if len(statements) != 1 or parts is None:
        return None
    return Captured(statements.pop(), parameters, *parts)


def _text(url: str, statement: Any, parameters: Any) -> bytes | None:
    """Return the text that the statement gives, None when it gives anything but one text."""
    with psycopg.connect(url, autocommit=True) as connection:
        rows = connection.execute(statement, parameters).fetchmany(2)
    if len(rows) != 1 or len(rows[0]) != 1:
        return None
    value = rows[0][0]
    text = (
        value if isinstance(value, bytes) else value.encode() if isinstance(value, str) else json.dumps(value).encode()
    )
    return text if len(text) >= _FEWEST else None
