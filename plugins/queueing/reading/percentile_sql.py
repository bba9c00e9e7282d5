"""Exact percentiles of seconds in SQL, for many groups at once.

PostgreSQL has them, and is twice as fast with its own. In SQLite every row gets its place in its group, and the values
at the two neighbours of each percentile are picked.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import peewee as pw

from core.database import is_sqlite
from plugins.queueing.rules.percentiles import between, on_step

PERCENTS: Mapping[str, int] = {"median": 50, "p90": 90, "p95": 95}
"""The percentiles that are found, by name; multiples of 5, as `on_step` needs."""

_ENDS = ("low", "high")


def placed(chosen: Any, columns: Sequence[str], spans: Sequence[str], shared: Sequence[str]) -> Any:
    """Return the CTE to take figures from: `chosen` itself, or in SQLite with the place of each row for each span."""
    if not is_sqlite():
        return chosen
    c = chosen.c
    parts = [c[name] for name in shared]
    places = [
        pw.fn.ROW_NUMBER().over(partition_by=parts, order_by=[c[span].asc(nulls="LAST")]).alias(f"{span}_place")
        for span in spans
    ]
    cases = [pw.fn.COUNT(c[span]).over(partition_by=parts).alias(f"{span}_cases") for span in spans]
    return pw.Select([chosen], [*(c[name] for name in (*shared, *columns, *spans)), *places, *cases]).cte("placed")


def picked(c: Any, span: str) -> list[Any]:
    """Return the columns that hold the percentiles of a span in each group."""
    if is_sqlite():
        return [
            pw.fn.MAX(_at(c, span, percent, end)).alias(f"{span}_{name}_{end}")
            for name, percent in PERCENTS.items()
            for end in _ENDS
        ]
    shares = ", ".join(str(percent / 100) for percent in PERCENTS.values())
    head = pw.SQL(f"percentile_cont(ARRAY[{shares}]) WITHIN GROUP (ORDER BY")
    return [pw.NodeList((head, c[span], pw.SQL(")"))).alias(f"{span}_percentiles")]


def percentiles_of(row: Any, span: str, cases: int) -> dict[str, Fraction]:
    """Return the percentiles of a span by name from a row with those columns; `cases` is at least 1."""
    if not is_sqlite():
        return {name: on_step(value) for name, value in zip(PERCENTS, getattr(row, f"{span}_percentiles"), strict=True)}
    found = {}
    for name, percent in PERCENTS.items():
        low, high = (getattr(row, f"{span}_{name}_{end}") for end in _ENDS)
        found[name] = between(low, high, cases, percent)
    return found


def _at(c: Any, span: str, percent: int, end: str) -> Any:
    """Return the value where the row is the lower or upper neighbour of a percentile, as the rules place them."""
    at = (c[f"{span}_cases"] - 1) * percent
    place = at / 100 if end == "low" else (at + 99) / 100
    return pw.Case(None, ((c[f"{span}_place"] - 1 == place, c[span]),))
