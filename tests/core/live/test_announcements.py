"""What PostgreSQL announces wakes the reader of a process, also while that is busy with a statement."""

import time

import psycopg
import pytest

from core.database import database, is_sqlite
from core.live.bell import Bell
from core.live.hub import _await_news
from core.live.recording import CHANNEL


def test_what_is_announced_during_a_statement_of_the_reader_is_not_slept_over(db):
    if is_sqlite():
        pytest.skip("SQLite announces nothing")
    bell = Bell()
    database.execute_sql(f"LISTEN {CHANNEL}")
    try:
        with psycopg.connect(db.database_url, autocommit=True) as other:
            other.execute(f"NOTIFY {CHANNEL}")
        # The announcement comes along with the answer.
        database.execute_sql("SELECT 1").fetchall()
        started = time.monotonic()

        _await_news(bell)

        assert time.monotonic() - started < 2
    finally:
        bell.close()
        database.execute_sql(f"UNLISTEN {CHANNEL}")
