"""The database of one application: SQLite or PostgreSQL behind one proxy, and the base of every table."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import peewee as pw

database = pw.DatabaseProxy()
"""The one handle that every model is bound to; `connect` points it at a real database."""

BUSY_TIMEOUT_SECONDS = 30

# Compiling a statement and starting parallel workers take longer than the reads of this application, whose indexes
# and pages lie in memory.
_POSTGRESQL_OPTIONS = "-c timezone=UTC -c jit=off -c max_parallel_workers_per_gather=0 -c random_page_cost=1.1"

# SQLite lets one writer in at a time and its busy handler polls without order; queueing the writers of a
# process on a lock is fair, and leaves the busy time-out for other processes only.
_sqlite_writers = threading.RLock()

_is_rhs_empty = pw.Expression._is_rhs_empty  # type: ignore[attr-defined]  # noqa: SLF001 - not in its types


def _is_empty_list(expression: pw.Expression, rhs: Any, ctx: Any) -> bool:
    """Whether `IN` has nothing to compare with.

    peewee writes out whatever is no list to see whether it is `()`: a query inside queries twice for each level. No
    query is, whatever it selects.
    """
    return not isinstance(rhs, pw.SelectBase) and bool(_is_rhs_empty(expression, rhs, ctx))


pw.Expression._is_rhs_empty = _is_empty_list  # type: ignore[attr-defined]  # noqa: SLF001


def make_database(url: str) -> pw.Database:
    """Return an unopened database for `url`: `sqlite:///relative.db`, `sqlite:////absolute.db` or `postgresql://…`."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        path = unquote(parts.path)[1:]
        if not path:
            raise ValueError("A SQLite URL names a file: sqlite:///var/kinerja.db")
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        return pw.SqliteDatabase(
            path,
            pragmas={
                "journal_mode": "wal",
                "foreign_keys": 1,
                # FULL: an acknowledged write survives a power cut, not only a killed process.
                "synchronous": "full",
                "cache_size": -64_000,
                "temp_store": "memory",
            },
            timeout=BUSY_TIMEOUT_SECONDS,
        )
    if parts.scheme in {"postgresql", "postgres"}:
        return pw.PostgresqlDatabase(
            parts.path.lstrip("/"),
            host=parts.hostname,
            port=parts.port or 5432,
            user=unquote(parts.username) if parts.username else None,
            password=unquote(parts.password) if parts.password else None,
            prefer_psycopg3=True,
            options=_POSTGRESQL_OPTIONS,
        )
    raise ValueError(f"Unknown database scheme {parts.scheme!r}: use sqlite:/// or postgresql://")


def connect(url: str) -> pw.Database:
    """Point every model at the database of `url` and open a connection for this thread."""
    if database.obj is not None and not database.is_closed():
        database.close()
    engine = make_database(url)
    database.initialize(engine)
    engine.connect(reuse_if_open=True)
    return engine


def is_sqlite() -> bool:
    """Whether the database in use is SQLite."""
    return isinstance(database.obj, pw.SqliteDatabase)


@contextmanager
def transaction() -> Iterator[None]:
    """Run a block in one transaction (a savepoint when nested); everything or nothing is written."""
    if not is_sqlite():
        with database.atomic():
            yield
        return
    with _sqlite_writers, database.atomic("IMMEDIATE"):
        yield


def utc_now() -> datetime:
    """Return the present moment in UTC, in whole seconds, as tables store it."""
    return datetime.now(UTC).replace(microsecond=0)


class UtcDateTimeField(pw.DateTimeField):
    """A moment in UTC, whole seconds; takes and gives aware datetimes on both databases."""

    def db_value(self, value: Any) -> Any:
        """Store as a naive UTC timestamp; a naive value is refused."""
        if isinstance(value, datetime):
            if value.tzinfo is None:
                raise ValueError(f"{self.name}: a moment needs a time zone")
            value = value.astimezone(UTC).replace(tzinfo=None, microsecond=0)
        parent: Any = super()
        return parent.db_value(value)

    def python_value(self, value: Any) -> Any:
        """Give back an aware UTC datetime."""
        parent: Any = super()
        value = parent.python_value(value)
        return value.replace(tzinfo=UTC) if isinstance(value, datetime) else value


class AmountField(pw.DecimalField):
    """An exact amount with 4 decimals and at most 15 significant digits, which both databases keep without loss."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_digits=19, decimal_places=4, auto_round=True, rounding="ROUND_HALF_UP", **kwargs)

    def python_value(self, value: Any) -> Any:
        """Give back a Decimal without trailing zeros, the same on both databases."""
        value = super().python_value(value)
        if isinstance(value, Decimal):
            value = value.normalize()
            return value.quantize(Decimal(1)) if value == value.to_integral_value() else value
        return value


class IdField(pw.AutoField):
    """An integer key that is never given out twice, so that a record's history can never become another's."""

    def ddl(self, ctx: Any) -> Any:
        """Add AUTOINCREMENT on SQLite, which otherwise gives the id of a deleted last row out again."""
        column = super().ddl(ctx)
        return pw.NodeList((column, pw.SQL("AUTOINCREMENT"))) if is_sqlite() else column


class Table(pw.Model):
    """The base of every table: an integer key, never shown as an identity of the law."""

    id = IdField()

    class Meta:
        database = database
        legacy_table_names = False


class Record(Table):
    """A table whose rows people change: versioned against lost updates and stamped."""

    version = pw.IntegerField(default=1)
    created_at = UtcDateTimeField(default=utc_now)
    updated_at = UtcDateTimeField(default=utc_now)
