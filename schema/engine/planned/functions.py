"""Functions that Python gives to a SQLite connection for texts which SQL alone would print otherwise."""

import base64
import sqlite3
import threading
from typing import Any

import peewee as pw

from schema.scalars import decimal_text

DECIMAL = "kinerja_decimal"
CURSOR = "kinerja_cursor"

_of_thread = threading.local()


def _decimal(value: Any) -> str | None:
    return None if value is None else f'"{decimal_text(value)}"'


def _cursor(text: str | None) -> str | None:
    return None if text is None else '"' + base64.urlsafe_b64encode(text.encode()).rstrip(b"=").decode() + '"'


def install(engine: pw.Database) -> None:
    """Give this thread's connection the functions, once."""
    connection: sqlite3.Connection = engine.connection()  # type: ignore[no-untyped-call]
    if getattr(_of_thread, "connection", None) is not connection:
        connection.create_function(DECIMAL, 1, _decimal, deterministic=True)
        connection.create_function(CURSOR, 1, _cursor, deterministic=True)
        _of_thread.connection = connection
