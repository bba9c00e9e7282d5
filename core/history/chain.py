"""The hash chain over the history: how a row is hashed, appended and checked."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC
from typing import Any

import orjson
import peewee as pw

from core.bulk import insert_rows
from core.database import database, is_sqlite
from core.history.models import HistoryRecord

GENESIS = "0" * 64
HASHED_FIELDS = (
    "at",
    "account_id",
    "actor_name",
    "action",
    "subject_type",
    "subject_id",
    "before",
    "after",
    "reason",
    "request_id",
    "batch",
)
_CHAIN_LOCK = 0x6B696E65  # any fixed number: one advisory lock for the end of the chain


def digest(previous_hash: str, values: Mapping[str, Any]) -> str:
    """Return the hash of one row: SHA-256 over the previous hash and the row's fields as canonical JSON."""
    row = {name: values[name] for name in HASHED_FIELDS}
    row["at"] = values["at"].astimezone(UTC).replace(microsecond=0).isoformat()
    return hashlib.sha256(previous_hash.encode() + orjson.dumps(row, option=orjson.OPT_SORT_KEYS)).hexdigest()


def append(rows: Sequence[dict[str, Any]]) -> None:
    """Append `rows` to the end of the chain; the caller's transaction holds the end of the chain until it commits."""
    if not is_sqlite():
        database.execute_sql("SELECT pg_advisory_xact_lock(%s)", (_CHAIN_LOCK,))
    last = HistoryRecord.select(HistoryRecord.hash).order_by(HistoryRecord.id.desc()).tuples().first()
    previous = last[0] if last else GENESIS
    for row in rows:
        row["previous_hash"] = previous
        previous = row["hash"] = digest(previous, row)
    fields = [field for field in HistoryRecord._meta.sorted_fields if field.name != "id"]
    insert_rows(HistoryRecord, fields, ([row[field.name] for field in fields] for row in rows))


def broken_links(last: int | None = None) -> Iterator[tuple[int, str]]:
    """Yield the id of each row (of the `last` rows) that does not fit its hash or predecessor, and which of both."""
    query = HistoryRecord.select().order_by(HistoryRecord.id)
    previous = GENESIS
    if last is not None:
        newest = HistoryRecord.select(pw.fn.MAX(HistoryRecord.id)).scalar() or 0
        before = (
            HistoryRecord.select(HistoryRecord.hash)
            .where(HistoryRecord.id <= newest - last)
            .order_by(HistoryRecord.id.desc())
            .tuples()
            .first()
        )
        previous = before[0] if before else GENESIS
        query = query.where(HistoryRecord.id > newest - last)
    for record in query.iterator():
        if record.previous_hash != previous:
            yield record.id, "predecessor"
        if not _is_as_written(record):
            yield record.id, "content"
        previous = record.hash


def _is_as_written(record: HistoryRecord) -> bool:
    values = {name: getattr(record, name) for name in HASHED_FIELDS}
    try:
        return digest(record.previous_hash, values) == record.hash
    except (AttributeError, TypeError):
        # Something was written into the column that is not even of its kind, which SQLite allows.
        return False
