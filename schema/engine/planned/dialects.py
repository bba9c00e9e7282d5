"""JSON text out of SQL, in the words of each database; the bytes are those that orjson prints."""

from abc import ABC, abstractmethod
from collections.abc import Sequence

import peewee as pw

from schema.engine.planned.marks import POISON
from schema.engine.planned.pieces import Sql, sql


class Literal(str):
    """A stretch of JSON text that is the same in every answer."""

    __slots__ = ()


Json = list[Literal | Sql]
"""JSON text in pieces: fixed stretches and SQL expressions that give text."""

_SMALLEST, _LARGEST = -(2**31), 2**31 - 1


class Dialect(ABC):
    """How one database writes JSON; an expression gives NULL where its value is NULL."""

    is_sqlite: bool

    def literal(self, text: str) -> str:
        """Return a text as a SQL literal."""
        return "'" + text.replace("'", "''") + "'"

    def poison(self) -> str:
        """Return the literal that gives the answer up."""
        return self.literal(POISON)

    def enum(self, value: Sql, names: Sequence[tuple[str, str]]) -> Sql:
        """Return the GraphQL name for each stored text; any other text is poison."""
        cases = "".join(f" WHEN {self.literal(stored)} THEN {self.literal(name)}" for stored, name in names)
        return sql("CASE ", value, cases, " ELSE CASE WHEN ", value, f" IS NULL THEN NULL ELSE {self.poison()} END END")

    def integer(self, value: Sql, field: pw.Field | None) -> Sql:  # noqa: ARG002 - what a column may hold differs
        """Return a whole number within 32 bits; any other is poison."""
        return sql(
            f"(SELECT CASE WHEN v IS NULL THEN NULL WHEN v BETWEEN {_SMALLEST} AND {_LARGEST} THEN ",
            self._whole("v"),
            f" ELSE {self.poison()} END FROM (SELECT ",
            value,
            " AS v) i)",
        )

    @abstractmethod
    def concat(self, parts: Json) -> Sql:
        """Return the pieces put together as one text."""

    @abstractmethod
    def text(self, value: Sql) -> Sql:
        """Return a text as a JSON string."""

    @abstractmethod
    def boolean(self, value: Sql) -> Sql:
        """Return true or false."""

    @abstractmethod
    def decimal(self, value: Sql, field: pw.Field | None) -> Sql:
        """Return an exact number as a JSON string without trailing zeros."""

    @abstractmethod
    def date(self, value: Sql) -> Sql:
        """Return a date as a JSON string."""

    @abstractmethod
    def moment(self, value: Sql) -> Sql:
        """Return a moment as a JSON string."""

    @abstractmethod
    def json(self, value: Sql) -> Sql:
        """Return stored JSON between its marks."""

    @abstractmethod
    def cursor(self, parts: Json) -> Sql:
        """Return the JSON text of a cursor's values as a JSON string of URL-safe base64."""

    @abstractmethod
    def gathered(self, parts: Json, condition: str) -> Sql:
        """Return the JSON texts of all rows with commas between them, in the order of the rows."""

    @abstractmethod
    def _whole(self, name: str) -> str: ...


def merged(parts: Json) -> Json:
    """Return the pieces with neighbouring fixed stretches made one."""
    result: Json = []
    for part in parts:
        if isinstance(part, Literal) and result and isinstance(result[-1], Literal):
            result[-1] = Literal(result[-1] + part)
        else:
            result.append(part)
    return result


def chained(words: Dialect, parts: Json, most: int, start: str, between: str, end: str) -> Sql:
    """Return the pieces between separators, in groups of at most `most`."""
    terms = [sql(words.literal(part)) if isinstance(part, Literal) else part for part in parts]
    while len(terms) > most:
        terms = [_called(terms[place : place + most], start, between, end) for place in range(0, len(terms), most)]
    return _called(terms, start, between, end)


def _called(terms: Sequence[Sql], start: str, between: str, end: str) -> Sql:
    result: Sql = [start]
    for number, term in enumerate(terms):
        if number:
            result.append(between)
        result.extend(term)
    result.append(end)
    return result
