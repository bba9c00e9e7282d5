"""The SQL of values and statistics: exact on both databases, and the same numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from typing import Any

import peewee as pw

from core.context import Context as Call
from core.database import is_sqlite
from core.policy import visible
from schema.aggregates.asked import PERCENTILE_STEPS, Key
from schema.aggregates.local_time import bucket_of, local_day
from schema.engine.catalogue import Catalogue, FieldInfo
from schema.engine.conditions import foreign_key, plain_value
from schema.engine.fields import Column, Relation
from schema.engine.sql import Masks, Scalar, all_of

_DECIMALS = Decimal("0.000001")
_PLACES_OF_EXPRESSIONS = 6
_HALF = 1_000_000
_EXACT = Context(prec=100)
EPOCH = date(1970, 1, 1)


def value_of(catalogue: Catalogue, call: Call, info: FieldInfo, table: Any, masks: Masks) -> Any:
    """Return the SQL of a field's value as the caller sees it: of a relation, the key of a row that it may see.

    Amounts on SQLite, which keeps them as floating numbers, become whole numbers of their smallest part.
    """
    source = info.source
    if isinstance(source, Relation):
        target = catalogue.types[str(info.target)]
        assert target.model is not None  # noqa: S101 - relations lead to entities; checked at start
        other = target.model.alias()
        key = foreign_key(source, table, masks)
        seen = visible(call.actor, other)
        if isinstance(key, pw.SelectBase):
            key = Scalar(key)
        if seen is True:
            return key
        if not isinstance(key, Scalar):
            # Not correlated, so that the database finds the rows that may be seen once and not for each row.
            return pw.Case(None, ((key.in_(pw.Select([other], [other.id]).where(all_of([seen]))), key),))
        return Scalar(pw.Select([other], [other.id]).where(all_of([other.id == key, seen])))
    value = plain_value(info, table, masks)
    if isinstance(value, pw.SelectBase):
        value = Scalar(value)
    if info.kind.name == "Decimal" and is_sqlite():
        return pw.Cast(pw.fn.ROUND(pw.Expression(value, "*", 10 ** places(info))), "INTEGER")
    return value


def key_of(call: Call, key: Key, value: Any) -> Any:
    """Return the SQL of a key of groups from the value of its field."""
    if key.bucket is None:
        return value
    day = local_day(value, call.settings.time_zone) if key.info.kind.name == "DateTime" else value
    return bucket_of(day, key.bucket)


def places(info: FieldInfo) -> int:
    """Return how many decimals an amount has on SQLite."""
    field = info.source.field if isinstance(info.source, Column) else None
    return int(getattr(field, "decimal_places", _PLACES_OF_EXPRESSIONS))


@dataclass(frozen=True)
class Statistics:
    """The columns of the wanted statistics of one field, and how they are read from a row."""

    info: FieldInfo
    names: Sequence[str]

    @property
    def kind(self) -> str:
        """The kind of the field's values; empty for a relation."""
        return "" if isinstance(self.info.source, Relation) else self.info.kind.name

    def columns(self, value: Any) -> dict[str, Any]:
        """Return the columns by their own names."""
        found: dict[str, Any] = {"count": pw.fn.COUNT(value)}
        for name in self.names:
            if name == "countDistinct":
                found[name] = pw.fn.COUNT(value.distinct())
            elif name in {"min", "max"}:
                found[name] = getattr(pw.fn, name.upper())(value)
            elif name in {"sum", "avg"}:
                found |= self._sums(value)
        return found

    def _sums(self, value: Any) -> dict[str, Any]:
        if self.kind == "Date":
            # Days since 1970: whole numbers, whose sum is exact.
            days = pw.Cast(pw.fn.JULIANDAY(value) - 2440587.5, "INTEGER") if is_sqlite() else value - pw.Value(EPOCH)
            return {"high": pw.fn.SUM(days)}
        if self.kind == "DateTime":
            seconds = (
                pw.fn.STRFTIME("%s", value)
                if is_sqlite()
                else pw.NodeList((pw.SQL("EXTRACT(EPOCH FROM"), value, pw.SQL(")")))
            )
            return {"high": pw.fn.SUM(pw.Cast(seconds, "BIGINT"))}
        if is_sqlite() and self.kind in {"Int", "Decimal"}:
            # In two halves, since SQLite's sum of whole numbers must stay below 2^63.
            return {
                "high": pw.fn.SUM(pw.Expression(value, "/", _HALF)),
                "low": pw.fn.SUM(pw.Expression(value, "%", _HALF)),
            }
        return {"high": pw.fn.SUM(value)}

    def read(self, row: dict[str, Any], rows: int) -> dict[str, Any]:
        """Return the statistics by name from a row of the columns; `rows` is the size of the group."""
        count = row["count"]
        found: dict[str, Any] = {"count": count, "nulls": rows - count}
        if "countDistinct" in row:
            found["countDistinct"] = row["countDistinct"]
        for name in ("min", "max"):
            if name in row:
                found[name] = self.value(row[name])
        if "high" in row:
            total = self._total(row) if count else None
            found["sum"] = self._unscaled(total)
            found["avg"] = self._mean(total, count)
        return found

    def value(self, raw: Any) -> Any:
        """Return one value of the field as the API shows it."""
        if raw is None:
            return None
        if self.kind == "Decimal" and is_sqlite():
            return self._unscaled(Decimal(raw))
        if self.kind == "Float":
            return Decimal(str(raw))
        return self.info.kind.read(raw)

    def _total(self, row: dict[str, Any]) -> Decimal:
        with localcontext(_EXACT):
            if "low" in row:
                return Decimal(row["high"]) * _HALF + Decimal(row["low"])
            return Decimal(str(row["high"]))

    def _unscaled(self, number: Decimal | None) -> Decimal | None:
        if number is None or self.kind != "Decimal" or not is_sqlite():
            return number
        with localcontext(_EXACT):
            return number.scaleb(-places(self.info))

    def _mean(self, total: Decimal | None, count: int) -> Any:
        if total is None:
            return None
        with localcontext(_EXACT):
            if self.kind == "Date":
                return EPOCH + timedelta(days=_whole(total / count))
            if self.kind == "DateTime":
                return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=_whole(total / count))
            exact = self._unscaled(total)
            assert exact is not None  # noqa: S101 - the total is there
            return rounded(exact / count)

    def percentile(self, step: int, count: int, by_place: dict[int, Any]) -> Any:
        """Return a percentile from the values at the places that `wanted_places` named."""
        if not count:
            return None
        if self.kind in {"Date", "DateTime"}:
            return self.value(by_place[wanted_places(step, count, self.kind)[0]])
        low, high = wanted_places(step, count, self.kind)
        with localcontext(_EXACT):
            first, second = Decimal(self.value(by_place[low])), Decimal(self.value(by_place[high]))
            share = Decimal(step * (count - 1) % PERCENTILE_STEPS) / PERCENTILE_STEPS
            return rounded(first + (second - first) * share)


def wanted_places(step: int, count: int, kind: str) -> tuple[int, int]:
    """Return between which places (from 0) in the order of `count` values a percentile lies."""
    if kind in {"Date", "DateTime"}:
        place = max(-(-step * count // PERCENTILE_STEPS) - 1, 0)
        return place, place
    return step * (count - 1) // PERCENTILE_STEPS, -(-step * (count - 1) // PERCENTILE_STEPS)


def place_conditions(step: int, kind: str, place: Any, count: Any) -> Any:
    """Return where a row stands at one of the wanted places; `place` and `count` are SQL."""
    if kind in {"Date", "DateTime"}:
        wanted = _over(count, step, PERCENTILE_STEPS - 1) - 1
        return (place == wanted) | ((place == 0) & (wanted < 0))
    return (place == _over(count - 1, step, 0)) | (place == _over(count - 1, step, PERCENTILE_STEPS - 1))


def _over(count: Any, step: int, more: int) -> Any:
    return pw.Expression((count * step) + more, "/", PERCENTILE_STEPS)


def rounded(number: Decimal) -> Decimal:
    """Return a number rounded half up to 6 decimals."""
    with localcontext(_EXACT):
        return number.quantize(_DECIMALS, ROUND_HALF_UP)


def _whole(number: Decimal) -> int:
    return int(number.to_integral_value(ROUND_HALF_UP))
