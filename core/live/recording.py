"""Writes live events with the change that they tell of, and says when there are new ones."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

import orjson
import peewee as pw

from core.database import database, is_sqlite
from core.live.models import LiveEvent

CHANNEL = "kinerja_live"
"""The channel of PostgreSQL on which every process hears of new events."""

_ORDER_LOCK = 0x6C697665  # any fixed number: one advisory lock for the numbering of live events
_ROWS_PER_INSERT = 200

_listeners: set[Callable[[], None]] = set()


def record(events: Sequence[tuple[str, Mapping[str, Any]]], at: datetime) -> None:
    """Write announced events in the caller's transaction.

    Ids grow in the order of the commits, so that whoever has read up to an id never misses a smaller one: on
    PostgreSQL the numbering is held until the commit is visible; SQLite has one writer anyway.
    """
    if not events:
        return
    if not is_sqlite():
        # Readers are told by the commit itself; of several tellings in one transaction PostgreSQL sends one.
        database.execute_sql("SELECT pg_advisory_xact_lock(%s), pg_notify(%s, '')", (_ORDER_LOCK, CHANNEL))
    rows = [{"name": name, "payload": orjson.dumps(dict(payload)).decode(), "at": at} for name, payload in events]
    for part in pw.chunked(rows, _ROWS_PER_INSERT):
        LiveEvent.insert_many(part).execute()


def announce() -> None:
    """Tell the readers of this process that something was committed."""
    for listener in tuple(_listeners):
        listener()


def listen(listener: Callable[[], None]) -> None:
    """Call `listener` after each commit of this process that announced something; it must neither wait nor fail."""
    _listeners.add(listener)


def unlisten(listener: Callable[[], None]) -> None:
    """Call `listener` no more."""
    _listeners.discard(listener)
