"""Connections to the workers' own databases of PostgreSQL, kept from test to test.

A new connection costs the server a process whose caches are empty: tests that open one each pay several times what
their statements cost.
"""

from collections import defaultdict
from contextlib import suppress
from typing import Any

import peewee as pw
import psycopg

from core.connection_settings import _told

_MOST = 2
"""Idle connections of one database; more are closed."""

# Everything of `DISCARD ALL` but the plans of the server's own, which hold for every session.
_CLEAN = "CLOSE ALL; RESET ALL; DEALLOCATE ALL; UNLISTEN *; SELECT pg_advisory_unlock_all(); DISCARD TEMP"

_connect = pw.PostgresqlDatabase._connect
_close = pw.PostgresqlDatabase._close
_kept: set[str] = set()
_idle: defaultdict[str, list[Any]] = defaultdict(list)


def keep(name: str) -> None:
    """Keep the connections of the database `name` of PostgreSQL from now on."""
    _kept.add(name)


def let_go(name: str) -> None:
    """Close what is kept for the database `name`."""
    _kept.discard(name)
    for connection in _idle.pop(name, []):
        connection.close()


def _connect_or_take(engine: pw.PostgresqlDatabase) -> Any:
    while engine.database in _kept and _idle[engine.database]:
        connection = _idle[engine.database].pop()
        if _is_clean(connection):
            return connection
        connection.close()
    return _connect(engine)


def _close_or_keep(engine: pw.PostgresqlDatabase, connection: Any) -> None:
    if engine.database in _kept and len(_idle[engine.database]) < _MOST and not connection.closed:
        _idle[engine.database].append(connection)
    else:
        _close(engine, connection)


def _is_clean(connection: Any) -> bool:
    """Whether a kept connection answers and is as a new one, made so where it can be."""
    with suppress(psycopg.Error):
        if connection.info.transaction_status == psycopg.pq.TransactionStatus.IDLE:
            connection.execute(_CLEAN)
            _told.pop(connection, None)
            return True
    return False


pw.PostgresqlDatabase._connect = _connect_or_take
pw.PostgresqlDatabase._close = _close_or_keep
