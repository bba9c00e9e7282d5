"""A point says of regional holidays and of collective leave, too, whether they close it."""

from core.database import is_sqlite

_TABLE = "queueing_service_point"
_COLUMNS = ("keeps_regional_holidays", "keeps_collective_leave")


def up(migrator, db):
    kind, yes = ("INTEGER", "1") if is_sqlite() else ("BOOLEAN", "true")
    for column in _COLUMNS:
        # With a default in the statement: making the table anew would take with it what belongs to points.
        db.execute_sql(f"ALTER TABLE {_TABLE} ADD COLUMN {column} {kind} NOT NULL DEFAULT {yes}")
        # A point that stayed open on national holidays and collective leave is open on all of them, as it was.
        db.execute_sql(f"UPDATE {_TABLE} SET {column} = keeps_national_holidays")


def down(migrator, db):
    for column in reversed(_COLUMNS):
        db.execute_sql(f"ALTER TABLE {_TABLE} DROP COLUMN {column}")
