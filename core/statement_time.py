"""How long one statement of a request may keep the database busy; what takes longer is stopped by the database."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import peewee as pw
import psycopg

from core.connection_settings import tell
from core.database import database, is_sqlite

_CHECKED_EVERY = 20_000
"""Steps of SQLite's machine between two looks at the clock, some tenths of a millisecond."""


@contextmanager
def limited(seconds: int, *, reading: bool) -> Iterator[None]:
    """Stop each statement of the block after `seconds` (0: never).

    PostgreSQL stops any statement, and the transaction around a change is rolled back whole. SQLite stops reading
    blocks only, `seconds` after they began: it has one writer, who waits for the others before he begins.
    """
    if database.obj is None:
        yield
        return
    if is_sqlite():
        if not (reading and seconds):
            yield
            return
        connection = database.connection()
        end = time.monotonic() + seconds
        connection.set_progress_handler(lambda: time.monotonic() > end, _CHECKED_EVERY)
        try:
            yield
        finally:
            connection.set_progress_handler(None, 0)
        return
    tell("statement_timeout", str(seconds * 1000))
    yield


def is_overrun(error: BaseException | None) -> bool:
    """Whether an error of the database says that a statement was stopped for its time."""
    if not isinstance(error, pw.OperationalError):
        return False
    causes = (error.__cause__, error.__context__, *error.args)
    return any(isinstance(cause, psycopg.errors.QueryCanceled) for cause in causes) or str(error) == "interrupted"
