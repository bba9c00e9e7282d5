"""Many rows written at once: one statement, prepared once and run for each row."""

from collections.abc import Iterable, Sequence
from typing import Any

import peewee as pw

from core.database import database

_peewee_errors = pw.ExceptionWrapper(pw.EXCEPTIONS)  # type: ignore[attr-defined]  # its stubs leave them out


def insert_rows(model: type[pw.Model], fields: Sequence[pw.Field], rows: Iterable[Sequence[Any]]) -> None:
    """Insert `rows`, each with one value for each of `fields`; nothing is filled in by defaults.

    peewee's own `insert_many` writes a statement as long as its rows, which takes longer than the insertion itself.
    """
    marks = [database.param] * len(fields)
    places = list(enumerate(fields))
    values = [[_plain(field, row[place], marks, place) for place, field in places] for row in rows]
    columns = ", ".join(f'"{field.column_name}"' for field in fields)
    sql = f'INSERT INTO "{model._meta.table_name}" ({columns}) VALUES ({", ".join(marks)})'  # noqa: S608 - own names
    with _peewee_errors:
        database.cursor().executemany(sql, values)


def _plain(field: Any, value: Any, marks: list[str], place: int) -> Any:
    """Return a value as the driver takes it; where the database is to convert it, note how in `marks`."""
    stored = field.db_value(value)
    if not isinstance(stored, pw.Node):
        return stored
    marks[place], (plain,) = database.get_sql_context().sql(stored).query()
    return plain
