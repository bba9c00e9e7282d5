"""One database connection for each thread of a server: opened once, kept, and replaced when the server dropped it."""

import contextlib
import logging
import select

import peewee as pw

from core.database import database

log = logging.getLogger(__name__)


def acquire() -> None:
    """Give this thread a connection that answers; raises OperationalError when the database cannot be reached."""
    if not database.is_closed() and _is_dead():
        log.warning("the database had closed the connection; connecting again")
        discard()
    database.connect(reuse_if_open=True)


def release() -> None:
    """Leave this thread's connection clean for the next request: nothing half-done stays open."""
    if not database.is_closed() and database.in_transaction():
        log.error("a request left a transaction open; it is rolled back")
        while database.in_transaction():
            database.pop_transaction()
        try:
            database.rollback()
        except pw.DatabaseError:
            discard()


def discard() -> None:
    """Drop this thread's connection, whatever its state."""
    while database.in_transaction():
        database.pop_transaction()
    with contextlib.suppress(pw.DatabaseError):
        database.close()


def _is_dead() -> bool:
    if not isinstance(database.obj, pw.PostgresqlDatabase):
        return False
    connection = database.connection()
    if connection.closed:
        return True
    # An idle connection has nothing to say: what can be read is a farewell or the end.
    poll = select.poll()
    poll.register(connection.fileno(), select.POLLIN)
    return bool(poll.poll(0))
