"""What an operation asks of an aggregate: keys, statistics, conditions and order, checked before a statement runs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from core.i18n import N_
from schema.aggregates.terms import TimeBucket, offered
from schema.engine.catalogue import FieldInfo, TypeInfo
from schema.engine.conditions import MOST_LISTED
from schema.engine.faults import RequestFault
from schema.engine.fields import Relation
from schema.engine.selection import Nodes, Run

MOST_KEYS = 4
MOST_CONDITIONS = 20
PERCENTILE_STEPS = 10_000
_TIMES = ("Date", "DateTime")
_CONDITION_OF = {"Date": "date", "DateTime": "moment"}


@dataclass(frozen=True)
class Key:
    """One key of the groups."""

    info: FieldInfo
    bucket: TimeBucket | None


@dataclass(frozen=True)
class Condition:
    """A condition on groups: a statistic (of a field, or the count of rows), and operators with values."""

    info: FieldInfo | None
    statistic: str
    operators: Mapping[str, Any]


@dataclass(frozen=True)
class Order:
    """One key of an order of groups: the place of a key of the groups, or a statistic."""

    key: int | None
    info: FieldInfo | None
    statistic: str
    descending: bool


@dataclass
class Asked:
    """Everything that is asked of one aggregate field."""

    kind: TypeInfo
    field_name: str
    keys: list[Key] = field(default_factory=list)
    having: list[Condition] = field(default_factory=list)
    order: list[Order] = field(default_factory=list)
    first: int | None = None
    statistics: dict[str, set[str]] = field(default_factory=dict)
    percentiles: dict[str, set[int]] = field(default_factory=dict)

    def want(self, info: FieldInfo, statistic: str) -> None:
        """Note that the statistic of the field will be looked at."""
        self.statistics.setdefault(info.name, set()).add(statistic)

    def want_percentile(self, info: FieldInfo, step: int) -> None:
        """Note that a percentile (in steps of a ten-thousandth) of the field will be looked at."""
        self.want(info, "count")
        self.percentiles.setdefault(info.name, set()).add(step)


def name_of(value: Any) -> str:
    """Return the name that a member of a generated enum stands for."""
    return str(getattr(value, "value", value))


def read_arguments(kind: TypeInfo, field_name: str, arguments: Mapping[str, Any]) -> Asked:
    """Read groupBy, having, orderBy and first; whatever does not fit is refused with its place and remedy."""
    asked = Asked(kind, field_name)
    entries = arguments.get("groupBy") or []
    _not_too_many(field_name, "groupBy", entries, MOST_KEYS)
    for number, entry in enumerate(entries):
        asked.keys.append(_key(asked, f"{field_name}.groupBy[{number}]", entry))
    conditions = arguments.get("having") or []
    _not_too_many(field_name, "having", conditions, MOST_CONDITIONS)
    for number, entry in enumerate(conditions):
        asked.having.append(_condition(asked, f"{field_name}.having[{number}]", entry))
    orders = arguments.get("orderBy") or []
    _not_too_many(field_name, "orderBy", orders, MOST_KEYS)
    for number, entry in enumerate(orders):
        asked.order.append(_order(asked, f"{field_name}.orderBy[{number}]", entry))
    asked.first = arguments.get("first")
    if asked.first is not None and asked.first < 0:
        raise RequestFault(
            "BAD_PAGE", N_("`{argument}` is {value}. Give 0 or more."), argument="first", value=asked.first
        )
    return asked


def read_values(run: Run, asked: Asked, values: TypeInfo, nodes: Nodes) -> None:
    """Note which statistics a selection of group values looks at."""
    for selected in run.select(values, nodes).values():
        info = asked.kind.fields[selected[0].name.value]
        statistics = run.catalogue.types[str(values.fields[info.name].target)]
        for inner in run.select(statistics, selected).values():
            name = inner[0].name.value
            if name == "percentile":
                place = f"{asked.field_name}.{info.name}.percentile"
                asked.want_percentile(
                    info, percentile_step(place, run.arguments(statistics.fields[name], inner[0])["p"])
                )
            else:
                asked.want(info, name)


def percentile_step(place: str, share: Decimal) -> int:
    """Return a share from 0 to 1 in steps of a ten-thousandth."""
    steps = share * PERCENTILE_STEPS
    if not 0 <= share <= 1 or steps != int(steps):
        raise RequestFault(
            "BAD_PERCENTILE",
            N_("{place}: p is {value}. Give a share from 0 to 1 with at most 4 decimals, such as 0.5."),
            place=place,
            value=format(share, "f")[:40],
        )
    return int(steps)


def require_statistic(place: str, info: FieldInfo, statistic: str) -> None:
    """Refuse a statistic that the kind of the field does not have."""
    names = offered("" if isinstance(info.source, Relation) else info.kind.name)
    if statistic not in names:
        raise RequestFault(
            "BAD_STATISTIC",
            N_("{place}: {field} has no {statistic}. Use one of {offered}."),
            place=place,
            field=info.name,
            statistic=statistic,
            offered=", ".join(names),
        )


def _key(asked: Asked, place: str, entry: Mapping[str, Any]) -> Key:
    info = asked.kind.fields[name_of(entry["field"])]
    bucket = entry.get("bucket")
    bucket = None if bucket is None else TimeBucket(name_of(bucket))
    is_time = not isinstance(info.source, Relation) and info.kind.name in _TIMES
    if bucket is not None and not is_time:
        raise RequestFault(
            "BAD_GROUP",
            N_("{place}: {field} is no date, so that it has no bucket. Leave `bucket` out."),
            place=place,
            field=info.name,
        )
    if any(key.info.name == info.name for key in asked.keys):
        raise RequestFault(
            "BAD_GROUP", N_("{place}: {field} is named twice. Name each field once."), place=place, field=info.name
        )
    return Key(info, (bucket or TimeBucket.DAY) if is_time else None)


def _condition(asked: Asked, place: str, entry: Mapping[str, Any]) -> Condition:
    info, statistic = _statistic_of(asked, place, entry.get("value"), name_of(entry["statistic"]))
    given = [(word, entry[word]) for word in ("number", "date", "moment") if entry.get(word) is not None]
    wanted = "number" if info is None or statistic not in {"min", "max", "avg"} else _condition_word(info)
    if len(given) != 1 or given[0][0] != wanted:
        raise RequestFault(
            "BAD_HAVING",
            N_("{place}: {statistic} is compared with `{wanted}`. Give `{wanted}` and nothing else."),
            place=place,
            statistic=statistic,
            wanted=wanted,
        )
    operators = given[0][1]
    if len(operators.get("in") or ()) > MOST_LISTED:
        raise RequestFault(
            "LIST_TOO_LONG",
            N_("A list in a filter has {value} entries, {limit} are allowed. Ask in several requests."),
            value=len(operators["in"]),
            limit=MOST_LISTED,
        )
    return Condition(info, statistic, operators)


def _condition_word(info: FieldInfo) -> str:
    return _CONDITION_OF.get(info.kind.name, "number")


def _order(asked: Asked, place: str, entry: Mapping[str, Any]) -> Order:
    descending = name_of(entry.get("direction") or "ASC") == "DESC"
    key, value, statistic = entry.get("key"), entry.get("value"), entry.get("statistic")
    if key is None:
        info, name = _statistic_of(asked, place, value, "count" if statistic is None else name_of(statistic))
        return Order(None, info, name, descending)
    if value is not None or statistic is not None:
        raise RequestFault(
            "BAD_ORDER", N_("{place}: `key` excludes `value` and `statistic`. Give one entry for each."), place=place
        )
    names = [entry.info.name for entry in asked.keys]
    if name_of(key) not in names:
        raise RequestFault(
            "BAD_ORDER",
            N_("{place}: {field} is no key of these groups. Name it in groupBy, or order by one of: {keys}."),
            place=place,
            field=name_of(key),
            keys=", ".join(names) or "–",
        )
    return Order(names.index(name_of(key)), None, "", descending)


def _statistic_of(asked: Asked, place: str, value: Any, statistic: str) -> tuple[FieldInfo | None, str]:
    if value is None:
        if statistic != "count":
            raise RequestFault(
                "BAD_STATISTIC",
                N_("{place}: {statistic} needs a field. Name one in `value`, or use COUNT."),
                place=place,
                statistic=statistic,
            )
        return None, statistic
    info = asked.kind.fields[name_of(value)]
    require_statistic(place, info, statistic)
    asked.want(info, statistic)
    return info, statistic


def _not_too_many(field_name: str, argument: str, entries: Sequence[Any], limit: int) -> None:
    if len(entries) > limit:
        raise RequestFault(
            "BAD_GROUP",
            N_("{place} has {value} entries, {limit} are allowed. Remove the last ones."),
            place=f"{field_name}.{argument}",
            value=len(entries),
            limit=limit,
        )
