"""The unit of work: the one door through which data changes.

A block is one transaction. Every row created, changed or deleted through it leaves a history record, every event goes
to the outbox in the same transaction, and handlers run after the commit. A block inside a block joins the outer one.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, TypeVar
from uuid import uuid4

import orjson
import peewee as pw

from core.approval.guards import guard
from core.bulk import insert_rows
from core.context import Context
from core.database import Record, database, is_sqlite, transaction
from core.errors import stale
from core.events import dispatch, store
from core.history.chain import append
from core.live.recording import announce, record

M = TypeVar("M", bound=pw.Model)

SECRETS = frozenset({"password_hash", "refresh_hash", "token_hash", "secret_salt", "sealed_secret", "code_hash"})
"""Fields that nobody is ever shown."""

UNRECORDED = SECRETS | {"version", "created_at", "updated_at"}
"""Fields that history never holds: secrets, and what each change sets anyway."""


def plain(value: Any) -> Any:
    """Return a column value as JSON has it."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return value


def snapshot(row: pw.Model) -> dict[str, Any]:
    """Return the columns of a row as JSON values, foreign keys as ids, without secrets."""
    return {
        field.name: plain(row.__data__.get(field.name))
        for field in row._meta.sorted_fields
        if field.name not in UNRECORDED
    }


def canonical(values: Mapping[str, Any] | None) -> str | None:
    """Return values as canonical JSON text (sorted keys), None for None."""
    return None if values is None else orjson.dumps(values, option=orjson.OPT_SORT_KEYS).decode()


class UnitOfWork:
    """One transaction's changes, its history rows and its events."""

    def __init__(self, ctx: Context) -> None:
        self.ctx = ctx
        self.batch = ctx.batch or uuid4().hex
        self._history: list[dict[str, Any]] = []
        self._events: list[tuple[str, dict[str, Any]]] = []
        self._before_commit: dict[str, Callable[[], None]] = {}

    def create(self, model: type[M], /, **values: Any) -> M:
        """Insert one row and record it."""
        row = model.create(**values)
        self._record("create", row, None, snapshot(row))
        return row

    def create_many(self, model: type[M], rows: Sequence[Mapping[str, Any]]) -> list[M]:
        """Insert many rows at once, in order, and record each."""
        if not rows:
            return []
        ids = _reserve_ids(model, len(rows))
        made = [model(id=key, **values) for key, values in zip(ids, rows, strict=True)]
        columns = list(model._meta.sorted_fields)
        insert_rows(model, columns, ([row.__data__.get(field.name) for field in columns] for row in made))
        for row in made:
            self._record("create", row, None, snapshot(row))
        return made

    def update(self, row: M, seen_version: int | None = None, /, **changes: Any) -> M:
        """Change a row; refused with STALE_VERSION unless it still has `seen_version` (default: as loaded).

        Nothing is written or recorded when `changes` change nothing.
        """
        before = snapshot(row)
        if isinstance(row, Record):
            expected = row.version if seen_version is None else seen_version
            if expected != row.version:
                raise stale("input", "version")
            differs = any(plain(row.__data__.get(_column(row, k))) != plain(_key(v)) for k, v in changes.items())
            if not differs:
                return row
            changes = {**changes, "version": expected + 1, "updated_at": self.ctx.now}
            query = type(row).update(changes).where((type(row).id == row.id) & (type(row).version == expected))
            if query.execute() != 1:
                raise stale("input", "version")
        else:
            type(row).update(changes).where(_is(row)).execute()
        for name, value in changes.items():
            setattr(row, name, value)
        self._record("update", row, before, snapshot(row))
        return row

    def touch(self, row: Record, seen_version: int) -> None:
        """Count a change of what belongs to `row` as its own, so that two who change it at once meet a refusal."""
        model = type(row)
        query = model.update(version=seen_version + 1, updated_at=self.ctx.now)
        if (
            seen_version != row.version
            or query.where((model.id == row.id) & (model.version == seen_version)).execute() != 1
        ):
            raise stale("input", "version")
        row.version, row.updated_at = seen_version + 1, self.ctx.now

    def delete(self, row: pw.Model) -> None:
        """Delete a row that nothing depends on and record what it held."""
        before = snapshot(row)
        type(row).delete().where(_is(row)).execute()
        self._record("delete", row, before, None)

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """Run a part that may be refused on its own: a refusal undoes this part only and goes on to the caller."""
        history, events = len(self._history), len(self._events)
        try:
            with database.atomic():
                yield
        except BaseException:
            del self._history[history:]
            del self._events[events:]
            raise

    def mark(self) -> int:
        """Return a place in what is recorded so far, for `recorded_since`."""
        return len(self._history)

    def recorded_since(self, mark: int) -> list[dict[str, Any]]:
        """Return the history entries recorded since `mark`, before and after as canonical JSON."""
        return self._history[mark:]

    def emit(self, event: str, payload: Mapping[str, Any]) -> None:
        """Announce `event` (`area.past_tense`) with JSON values; handlers run after the commit."""
        self._events.append((event, {key: plain(value) for key, value in payload.items()}))

    def before_commit(self, name: str, action: Callable[[], None]) -> None:
        """Run `action` once at the end of the transaction, however often it was asked for under `name`."""
        self._before_commit.setdefault(name, action)

    @contextmanager
    def on_behalf_of(self, ctx: Context) -> Iterator[None]:
        """Record what is done in the block as done by the caller of `ctx`, which joins this unit of work for good."""
        former, self.ctx, ctx.work = self.ctx, ctx, self
        try:
            yield
        finally:
            self.ctx = former

    def check(self) -> None:
        """Refuse what may not be done so far without a reason, or without a second person."""
        guard(self.ctx, self._history)

    def _record(
        self, action: str, row: pw.Model, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None
    ) -> None:
        self._history.append(
            {
                "at": self.ctx.now,
                "account_id": self.ctx.actor.account_id,
                "actor_name": self.ctx.actor.name,
                "action": action,
                "subject_type": type(row).__name__,
                "subject_id": row.__data__["id"],
                "before": canonical(before),
                "after": canonical(after),
                "reason": self.ctx.reason,
                "request_id": self.ctx.request_id,
                "batch": self.batch,
            }
        )

    def flush(self) -> list[int]:
        """Write history and outbox at the end of the transaction; return the ids of the stored events."""
        while self._before_commit:
            self._before_commit.pop(next(iter(self._before_commit)))()
        self.check()
        if self._history:
            append(self._history)
        record(self._events, self.ctx.now)
        return store(self._events, self.ctx.now)


def _column(row: pw.Model, name: str) -> str:
    return str(row._meta.combined[name].name)


def _key(value: Any) -> Any:
    return value.__data__["id"] if isinstance(value, pw.Model) else value


def _is(row: pw.Model) -> Any:
    return type(row)._meta.primary_key == row.__data__["id"]


def _reserve_ids(model: type[pw.Model], count: int) -> Iterable[int]:
    if is_sqlite():
        table = model._meta.table_name
        used = database.execute_sql("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)).fetchone()
        start = (used[0] if used else 0) + 1
        return range(start, start + count)
    rows = database.execute_sql(
        "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
        (f'"{model._meta.table_name}"', count),
    )
    return [row[0] for row in rows.fetchall()]


def reserve_id(model: type[pw.Model]) -> int:
    """Return the id that the next row of `model` is to be created with, for a row that holds its own id elsewhere."""
    return next(iter(_reserve_ids(model, 1)))


@contextmanager
def unit_of_work(ctx: Context) -> Iterator[UnitOfWork]:
    """Open a unit of work for `ctx`, or join the one that is open."""
    if isinstance(ctx.work, UnitOfWork):
        yield ctx.work
        return
    work = UnitOfWork(ctx)
    ctx.work = work
    try:
        with transaction():
            yield work
            events = work.flush()
    finally:
        ctx.work = None
    announce()
    dispatch(events)
