"""The words of aggregates that every entity shares: buckets of time, statistics, and what a field offers of them."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

import strawberry
from strawberry.annotation import StrawberryAnnotation
from strawberry.types.arguments import StrawberryArgument
from strawberry.types.field import StrawberryField
from strawberry.types.unset import UNSET

from schema.filters import bare_type


@strawberry.enum(description="Spans of time by which groups are made, in the institution's time zone.")
class TimeBucket(Enum):
    """Spans of time."""

    DAY = strawberry.enum_value("DAY", description="Each day.")
    WEEK = strawberry.enum_value("WEEK", description="Each week; it begins on Monday.")
    MONTH = strawberry.enum_value("MONTH", description="Each month.")
    QUARTER = strawberry.enum_value(
        "QUARTER", description="Each quarter (triwulan): from January, April, July, October."
    )
    YEAR = strawberry.enum_value("YEAR", description="Each calendar year.")


@strawberry.enum(description="A statistic over the values of a field in a group.")
class Statistic(Enum):
    """A statistic over the values of a field."""

    COUNT = strawberry.enum_value("count", description="How many rows; of a field: how many have a value.")
    NULLS = strawberry.enum_value("nulls", description="How many rows have no value, or none that you may see.")
    COUNT_DISTINCT = strawberry.enum_value("countDistinct", description="How many different values.")
    SUM = strawberry.enum_value("sum", description="Sum of the values; numbers only.")
    AVG = strawberry.enum_value("avg", description="Mean of the values; numbers and dates.")
    MIN = strawberry.enum_value("min", description="Smallest value; numbers and dates.")
    MAX = strawberry.enum_value("max", description="Largest value; numbers and dates.")


_TEXTS = {
    "count": "How many rows have a value that you may see.",
    "nulls": "How many rows have none: no value, or one that is hidden from you.",
    "countDistinct": "How many different values.",
    "sum": "Exact sum; null without any value.",
    "avg": "Mean, numbers rounded half up to 6 decimals; null without any value.",
    "min": "Smallest value; null without any.",
    "max": "Largest value; null without any.",
}
_PERCENTILE_OF_NUMBERS = (
    "The value below which the share `p` of the values lies, interpolated between neighbours (percentile_cont) and "
    "rounded half up to 6 decimals; null without any value."
)
_PERCENTILE_OF_DATES = (
    "The first value that has at least the share `p` of the values at or before it (percentile_disc)."
)
_COUNTS = ("count", "nulls", "countDistinct")

OF_PLAIN: tuple[str, ...] = _COUNTS
OF_DATES = (*_COUNTS, "avg", "min", "max")
OF_NUMBERS = (*_COUNTS, "sum", "avg", "min", "max")


def _field(name: str, kind: Any, description: str, arguments: Sequence[StrawberryArgument] = ()) -> StrawberryField:
    field = StrawberryField(
        python_name=f"{name}_",
        graphql_name=name,
        type_annotation=StrawberryAnnotation(kind),
        description=description,
    )
    field.arguments = list(arguments)
    return field


def _share() -> StrawberryArgument:
    return StrawberryArgument(
        python_name="p",
        graphql_name=None,
        type_annotation=StrawberryAnnotation(Decimal),
        description="Share from 0 to 1 with at most 4 decimals: 0.5 is the median.",
        default=UNSET,
    )


def _statistics(name: str, description: str, own: Any, mean: Any, names: Sequence[str], percentile: str = "") -> Any:
    types = {"min": own | None, "max": own | None, "sum": Decimal | None, "avg": mean | None} if own else {}
    fields = [_field(statistic, types.get(statistic, int), _TEXTS[statistic]) for statistic in names]
    if percentile:
        fields.append(_field("percentile", mean | None, percentile, [_share()]))
    return bare_type(name, description, fields)


PLAIN = _statistics("PlainStatistics", "Statistics of texts, words, yes and no, and relations.", None, None, OF_PLAIN)
INTEGERS = _statistics(
    "IntStatistics", "Statistics of whole numbers.", int, Decimal, OF_NUMBERS, _PERCENTILE_OF_NUMBERS
)
NUMBERS = _statistics(
    "DecimalStatistics", "Exact statistics of amounts.", Decimal, Decimal, OF_NUMBERS, _PERCENTILE_OF_NUMBERS
)
DATES = _statistics("DateStatistics", "Statistics of dates.", date, date, OF_DATES, _PERCENTILE_OF_DATES)
MOMENTS = _statistics(
    "DateTimeStatistics", "Statistics of moments.", datetime, datetime, OF_DATES, _PERCENTILE_OF_DATES
)

BY_KIND: dict[str, tuple[Any, tuple[str, ...]]] = {
    "Int": (INTEGERS, OF_NUMBERS),
    "Float": (NUMBERS, OF_NUMBERS),
    "Decimal": (NUMBERS, OF_NUMBERS),
    "Date": (DATES, OF_DATES),
    "DateTime": (MOMENTS, OF_DATES),
}
"""The type of the statistics of a kind of values, and their names; PLAIN for every other kind."""


def offered(kind_name: str) -> tuple[str, ...]:
    """Return the names of the statistics that values of this kind have, percentile apart."""
    return BY_KIND.get(kind_name, (PLAIN, OF_PLAIN))[1]
