"""Takes from this build the statement that it plans for each read, as its driver sends it."""

import json
from collections.abc import Iterator, Mapping, Sequence
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
    """A planned statement, and what the answer has around the database's text.

    `values` are its parameters for the page after `place`; those of another page have its name and key there instead.
    """

    statement: Any
    values: Sequence[Any]
    place: Place
    places: Mapping[str, Place]
    before: bytes
    after: bytes

    def parameters(self, cursor: str) -> list[Any]:
        """Return the parameters for the page after a cursor."""
        other = self.places[cursor]
        changed = {self.place.name: other.name, self.place.key: other.key}
        return [changed.get(value, value) if isinstance(value, str | int) else value for value in self.values]


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
    by_cursor = {place.cursor: place for place in places}
    # The highest keys are nobody's unit or account, so that they are known again among the parameters.
    first, second = sorted(by_cursor.values(), key=lambda place: place.key)[-2:]
    statement, values, answer = _asked(client, caller, query, first)
    text = _text(url, statement, values) if statement else None
    if text is None or text not in answer:
        return None
    before, after = answer.split(text, 1)
    found = Captured(statement, values, first, by_cursor, before, after)
    again, expected, _ = _asked(client, caller, query, second)
    return found if again == statement and found.parameters(second.cursor) == list(expected) else None


def _asked(client: Client, caller: str, query: str, place: Place) -> tuple[Any, Any, bytes]:
    """Return the last statement over employees that a read sends, its parameters, and the answer."""
    headers = {"Authorization": f"Bearer {token_of(caller)}", "Content-Type": "application/json"}
    log: list[tuple[Any, Any]] = []
    with sent(log):
        response = client.post("/graphql", data=body(OWN[query], {"after": place.cursor}), headers=headers)
    found = [entry for entry in log if 'FROM "employee"' in str(entry[0])]
    statement, values = found[-1] if found else (None, ())
    return statement, values, response.get_data()


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
