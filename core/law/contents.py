"""What the content of each kind of rule set must look like, so that no decision meets a rule it cannot read."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from core.appraisal.terms import OrganizationRating, Predicate, Rating
from core.contributions import RuleSet
from core.law.rule import CREDIT_POINTS, DISTRIBUTION, HEAD_RESULT_RATING, OBJECTION, PREDICATE_MATRIX

_RATINGS = {rating.value for rating in Rating}
_PREDICATES = {predicate.value for predicate in Predicate}
_UNIT_RATINGS = {rating.value for rating in OrganizationRating}
_LIMITS = {"majority", "at_most_percent", "at_least_percent", "at_least_count"}
_HUNDRED = 100

_of_plugins: dict[str, RuleSet] = {}


def install(rule_sets: Iterable[RuleSet]) -> None:
    """Make the rule sets of the plugins of one application known; called once by the composition root."""
    _of_plugins.clear()
    _of_plugins.update({rule_set.name: rule_set for rule_set in rule_sets})


def of_plugins() -> tuple[RuleSet, ...]:
    """Return the rule sets of the plugins that are on."""
    return tuple(_of_plugins.values())


def is_of_a_plugin_that_is_off(kind: str) -> bool:
    """Whether `kind` belongs to a plugin, which is not on: nobody can say what its content must look like."""
    return "." in kind and kind not in _of_plugins


def fault_of(kind: str, content: Any) -> str | None:
    """Return where the content of a rule set of `kind` is not usable (`cells.ABOVE.MEETS`), None where all is well."""
    if not isinstance(content, Mapping) or not content:
        return "content"
    check = _of_plugins[kind].fault_of if kind in _of_plugins else _CHECKS.get(kind)
    return check(content) if check else None


def _matrix(content: Mapping[str, Any]) -> str | None:
    return _table_of_tables("cells", content, _RATINGS, lambda row: _lookup(row, _RATINGS, _PREDICATES))


def _head_rating(content: Mapping[str, Any]) -> str | None:
    fault = _lookup(content.get("ratings"), _UNIT_RATINGS, _RATINGS)
    return None if fault is None else f"ratings{fault}"


def _distribution(content: Mapping[str, Any]) -> str | None:
    return _table_of_tables("clauses", content, _UNIT_RATINGS, _clauses)


def _clauses(clauses: Any) -> str | None:
    if not isinstance(clauses, list):
        return ""
    for number, clause in enumerate(clauses):
        if not isinstance(clause, Mapping):
            return f".{number}"
        named = clause.get("predicates")
        if not isinstance(named, list) or not named or not {str(name) for name in named} <= _PREDICATES:
            return f".{number}.predicates"
        limits = set(clause) - {"predicates"}
        if not limits or not limits <= _LIMITS:
            return f".{number}"
        for name in sorted(limits):
            if not _limit_is_usable(name, clause[name]):
                return f".{number}.{name}"
    return None


def _limit_is_usable(name: str, value: Any) -> bool:
    if name == "majority":
        return value is True
    if name == "at_least_count":
        return _is_count(value)
    number = _amount(value)
    return number is not None and 0 <= number <= _HUNDRED


def _credit(content: Mapping[str, Any]) -> str | None:
    percentages, coefficients = content.get("percentages"), content.get("coefficients")
    if not isinstance(percentages, Mapping) or set(percentages) != _PREDICATES:
        return "percentages"
    if not isinstance(coefficients, Mapping) or not coefficients:
        return "coefficients"
    for name, table in (("percentages", percentages), ("coefficients", coefficients)):
        for key, value in table.items():
            number = _amount(value)
            if number is None or number < 0:
                return f"{name}.{key}"
    return None


def _objection(content: Mapping[str, Any]) -> str | None:
    if not _is_count(content.get("days")):
        return "days"
    return None if content.get("day_kind") in {"calendar", "working"} else "day_kind"


def _table_of_tables(
    name: str, content: Mapping[str, Any], keys: set[str], inner: Callable[[Any], str | None]
) -> str | None:
    table = content.get(name)
    if not isinstance(table, Mapping) or set(table) != keys:
        return name
    for key in sorted(keys):
        fault = inner(table[key])
        if fault is not None:
            return f"{name}.{key}{fault}"
    return None


def _lookup(table: Any, keys: set[str], values: set[str]) -> str | None:
    if not isinstance(table, Mapping) or set(table) != keys:
        return ""
    return next((f".{key}" for key in sorted(keys) if table[key] not in values), None)


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 1


def _amount(value: Any) -> Decimal | None:
    """Return an amount written as text, as exact amounts are in JSON."""
    if not isinstance(value, str):
        return None
    try:
        number = Decimal(value)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


_CHECKS: dict[str, Callable[[Mapping[str, Any]], str | None]] = {
    PREDICATE_MATRIX: _matrix,
    DISTRIBUTION: _distribution,
    CREDIT_POINTS: _credit,
    OBJECTION: _objection,
    HEAD_RESULT_RATING: _head_rating,
}
