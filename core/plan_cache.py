"""Whether PostgreSQL plans a prepared statement once, or anew for the values of each call.

A large statement takes longer to plan than to run, and PostgreSQL left to itself plans it each time, since it cannot
see that the plan without values is no worse.
"""

from contextlib import suppress
from typing import Any
from weakref import WeakKeyDictionary

import psycopg

from core.database import database, is_sqlite

_planned_once: WeakKeyDictionary[Any, bool] = WeakKeyDictionary()


def plan_once(*, wanted: bool) -> None:
    """Let this thread's connection plan prepared statements once, or (not wanted) as PostgreSQL sees fit."""
    if is_sqlite() or database.is_closed() or database.in_transaction():
        return
    connection: Any = database.connection()
    if _planned_once.get(connection, False) == wanted:
        return
    # A lost connection is found out, and told, by the statement that comes next.
    with suppress(psycopg.Error):
        connection.execute(f"SET plan_cache_mode = {'force_generic_plan' if wanted else 'auto'}")
        _planned_once[connection] = wanted
