"""Conditions on groups and their order, judged on the values that the caller is shown."""

from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from typing import Any

from schema.aggregates.asked import Asked, Condition, Order
from schema.aggregates.reading import Group
from schema.engine.fields import Relation

_COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "lt": lambda left, right: bool(left < right),
    "lte": lambda left, right: bool(left <= right),
    "gt": lambda left, right: bool(left > right),
    "gte": lambda left, right: bool(left >= right),
}


def meets(conditions: Sequence[Condition], group: Group) -> bool:
    """Whether a group meets every condition."""
    return all(_holds(condition.operators, _statistic(group, condition)) for condition in conditions)


def sort_groups(asked: Asked, groups: list[Group], ranks: Mapping[int, Mapping[Any, int]]) -> None:
    """Put groups into the wanted order, ties by their keys; what has no value comes last in both directions."""
    orders = [*asked.order, *(Order(number, None, "", descending=False) for number in range(len(asked.keys)))]
    for order in reversed(orders):
        value_of = _reader(asked, order, ranks)
        groups.sort(key=lambda group, value_of=value_of: _sortable(value_of(group)), reverse=order.descending)  # type: ignore[misc]
        groups.sort(key=lambda group, value_of=value_of: value_of(group) is None)  # type: ignore[misc]


def _reader(asked: Asked, order: Order, ranks: Mapping[int, Mapping[Any, int]]) -> Callable[[Group], Any]:
    number = order.key
    if number is None:
        return lambda group: _statistic(group, order)
    key = asked.keys[number]
    if isinstance(key.info.source, Relation):
        return lambda group: ranks[number].get(group.keys[number])
    members = _members(key.info.kind.read)
    if members:
        places = {member.value: place for place, member in enumerate(members)}
        return lambda group: places.get(group.keys[number])
    return lambda group: group.keys[number]


def _members(read: Any) -> list[Enum]:
    """Return the members of an enum in the order in which it declares them."""
    return list(read) if isinstance(read, type) and issubclass(read, Enum) else []


def _sortable(value: Any) -> Any:
    return (0, 0) if value is None else (1, value)


def _statistic(group: Group, of: Condition | Order) -> Any:
    return group.count if of.info is None else group.statistics[of.info.name][of.statistic]


def _holds(operators: Mapping[str, Any], value: Any) -> bool:
    return all(_one(operator, operand, value) for operator, operand in operators.items())


def _one(operator: str, operand: Any, value: Any) -> bool:
    if operator == "isNull":
        return (value is None) is (operand is not False)
    if operator == "eq":
        return bool(value == operand)
    if operator == "ne":
        return bool(value != operand)
    if value is None or operand is None:
        return False
    if operator == "in":
        return value in operand
    return _COMPARISONS[operator](value, operand)
