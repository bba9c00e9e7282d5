"""JSON text out of SQLite."""

import peewee as pw

from schema.engine.planned import functions
from schema.engine.planned.dialects import Dialect, Json, chained, merged
from schema.engine.planned.marks import RAW, RAW_END
from schema.engine.planned.pieces import Sql, sql


class Sqlite(Dialect):
    """SQLite: plain concatenation, and Python for what its numbers do not tell by themselves."""

    is_sqlite = True
    _MOST = 60
    """Long chains of || are deep trees to SQLite, which limits their depth."""

    def concat(self, parts: Json) -> Sql:
        """A chain of ||, or several inside one."""
        return chained(self, merged(parts), self._MOST, "(", " || ", ")")

    def text(self, value: Sql) -> Sql:
        """By json_quote, which escapes as orjson does."""
        return sql("nullif(json_quote(CAST(", value, " AS TEXT)), 'null')")

    def boolean(self, value: Sql) -> Sql:
        """0 and 1."""
        return sql(
            "CASE ", value, " WHEN 1 THEN 'true' WHEN 0 THEN 'false' ELSE CASE WHEN ", value,
            f" IS NULL THEN NULL ELSE {self.poison()} END END",
        )  # fmt: skip

    def decimal(self, value: Sql, field: pw.Field | None) -> Sql:  # noqa: ARG002 - needed elsewhere
        """By Python."""
        return sql(f"{functions.DECIMAL}(", value, ")")

    def date(self, value: Sql) -> Sql:
        """As it is stored."""
        return sql("('\"' || ", value, " || '\"')")

    def moment(self, value: Sql) -> Sql:
        """As it is stored, with the signs of ISO 8601."""
        return sql("('\"' || replace(substr(", value, ", 1, 19), ' ', 'T') || 'Z\"')")

    def json(self, value: Sql) -> Sql:
        """The stored text."""
        return sql(f"('{RAW}' || CAST(", value, f" AS TEXT) || '{RAW_END}')")

    def cursor(self, parts: Json) -> Sql:
        """By Python."""
        return sql(f"{functions.CURSOR}(", self.concat(parts), ")")

    def gathered(self, parts: Json, condition: str) -> Sql:
        """By group_concat."""
        return sql("coalesce(group_concat(", self.concat(parts), f", ','){condition}, '')")

    def _whole(self, name: str) -> str:
        return f"CAST(CAST({name} AS INTEGER) AS TEXT)"
