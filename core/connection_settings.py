"""Settings of PostgreSQL that follow the request at hand: each connection is told once and not at each request."""

from contextlib import suppress
from typing import Any
from weakref import WeakKeyDictionary

import psycopg

from core.database import database

_told: WeakKeyDictionary[Any, dict[str, str]] = WeakKeyDictionary()
"""What each connection was last told."""


def tell(setting: str, value: str, default: str | None = None) -> None:
    """Set `setting` of this thread's connection to PostgreSQL; `default` is what a new connection has, if known."""
    # Inside a transaction the setting would go with its rollback; there the statements are somebody else's.
    if database.in_transaction():
        return
    connection: Any = database.connection()
    told = _told.setdefault(connection, {})
    if told.get(setting, default) == value:
        return
    # A connection that is lost is found out, and told to the caller, by the statement that comes next.
    with suppress(psycopg.Error):
        connection.execute(f"SET {setting} = {value}")
        told[setting] = value
