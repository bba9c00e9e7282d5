"""A database of its own for a test that makes, drops or serves tables itself."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex

import psycopg

from tests.support.services import POSTGRESQL_URL, need


@contextmanager
def fresh_database(kind: str, folder: Path) -> Iterator[str]:
    """Make a database without tables and yield its URL; a PostgreSQL one is dropped afterwards."""
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'fresh.db'}"
        return
    need("postgresql")
    name = f"kinerja_fresh_{token_hex(6)}"
    with psycopg.connect(POSTGRESQL_URL, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
        try:
            yield f"{POSTGRESQL_URL.rsplit('/', 1)[0]}/{name}"
        finally:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
