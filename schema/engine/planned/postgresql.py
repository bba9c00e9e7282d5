"""JSON text out of PostgreSQL."""

import peewee as pw

from schema.engine.planned.dialects import Dialect, Json, chained, merged
from schema.engine.planned.marks import RAW, RAW_END
from schema.engine.planned.pieces import Sql, sql


class Postgresql(Dialect):
    """PostgreSQL: concat() and to_json, which are faster than json_build_object and print no blanks."""

    is_sqlite = False
    _MOST = 90
    """concat() takes 100 arguments."""

    def literal(self, text: str) -> str:
        """Double the percent sign, which stands before a bind parameter."""
        return super().literal(text).replace("%", "%%")

    def concat(self, parts: Json) -> Sql:
        """By concat, called several times where the pieces are many."""
        return chained(self, merged(parts), self._MOST, "concat(", ", ", ")")

    def text(self, value: Sql) -> Sql:
        """By to_json, which escapes as orjson does."""
        return sql("to_json((", value, ")::text)::text")

    def integer(self, value: Sql, field: pw.Field | None) -> Sql:
        """A column of 32 bits needs no check."""
        if isinstance(field, pw.IntegerField | pw.ForeignKeyField) and not isinstance(field, pw.BigIntegerField):
            return sql("(", value, ")::text")
        return super().integer(value, field)

    def boolean(self, value: Sql) -> Sql:
        """As PostgreSQL prints it."""
        return sql("(", value, ")::boolean::text")

    def decimal(self, value: Sql, field: pw.Field | None) -> Sql:
        """Without the zeros of the column's scale."""
        # By way of text: a binary fraction would be cut to 15 digits.
        cast = "" if isinstance(field, pw.DecimalField) else "::text::numeric"
        return sql("('\"' || trim_scale((", value, f"){cast})::text || '\"')")

    def date(self, value: Sql) -> Sql:
        """By to_json, whatever the session's style of dates."""
        return sql("to_json((", value, ")::date)::text")

    def moment(self, value: Sql) -> Sql:
        """Whole seconds in UTC."""
        return sql("('\"' || to_char((", value, ")::timestamp, 'YYYY-MM-DD\"T\"HH24:MI:SS') || 'Z\"')")

    def json(self, value: Sql) -> Sql:
        """The text of the stored value."""
        return sql(f"('{RAW}' || (", value, f")::text || '{RAW_END}')")

    def cursor(self, parts: Json) -> Sql:
        """By encode(), with the alphabet of URLs and in one line."""
        return sql(
            "('\"' || translate(encode(convert_to(",
            self.concat(parts),
            ", 'UTF8'), 'base64'), E'+/=\\n', '-_') || '\"')",
        )

    def gathered(self, parts: Json, condition: str) -> Sql:
        """By string_agg."""
        return sql("coalesce(string_agg(", self.concat(parts), f", ','){condition}, '')")

    def _whole(self, name: str) -> str:
        return f"trunc({name}::numeric)::text"
