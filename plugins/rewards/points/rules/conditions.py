"""Conditions of a rule: which there are for each event, whether they are usable, whether they are met, in words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from core.appraisal.terms import EvaluationKind, Predicate
from core.plugin_api import N_
from core.progress.terms import GiverRelation
from plugins.rewards.points.terms import PointEvent

MOST_DAYS = 366
MOST_CHARACTERS = 4000


@dataclass(frozen=True)
class Condition:
    """One condition: whether a value of it is usable, whether a figure meets the value, and a sentence with {value}."""

    figure: str
    is_usable: Callable[[Any], bool]
    is_met: Callable[[Any, Any], bool]
    words: str


def _is_whole(most: int) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most


def _is_choice(*terms: str) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, list) and bool(value) and set(map(str, value)) <= set(terms)


def amount_of(value: Any) -> Decimal | None:
    """Return an exact amount that is written as text, None for anything else."""
    if not isinstance(value, str):
        return None
    try:
        number = Decimal(value)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _is_amount(value: Any) -> bool:
    return amount_of(value) is not None


def _is_name(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


_FACT = "fact"

CONDITIONS: dict[PointEvent, dict[str, Condition]] = {
    PointEvent.PROGRESS_RECORDED: {
        "within_days": Condition(
            "days_late",
            _is_whole(MOST_DAYS),
            lambda value, figure: figure <= value,
            N_("reported at most {value} days after it happened"),
        ),
        "by_self": Condition(
            "is_own",
            lambda value: value is True,
            lambda _value, figure: bool(figure),
            N_("reported by the person whose plan it is"),
        ),
    },
    PointEvent.FEEDBACK_GIVEN: {
        "min_characters": Condition(
            "characters",
            _is_whole(MOST_CHARACTERS),
            lambda value, figure: figure >= value,
            N_("with at least {value} characters"),
        ),
        "relations": Condition(
            "relation",
            _is_choice(*(relation.value for relation in GiverRelation)),
            lambda value, figure: figure in value,
            N_("given as one of: {value}"),
        ),
    },
    PointEvent.EVALUATION_FINALISED: {
        "predicates": Condition(
            "predicate",
            _is_choice(*(predicate.value for predicate in Predicate)),
            lambda value, figure: figure in value,
            N_("with one of the predicates: {value}"),
        ),
        "kinds": Condition(
            "kind",
            _is_choice(*(kind.value for kind in EvaluationKind)),
            lambda value, figure: figure in value,
            N_("of the kinds: {value}"),
        ),
    },
    PointEvent.FACT_ACCEPTED: {
        _FACT: Condition("fact", _is_name, lambda value, figure: figure == value, N_("for the figure {value}")),
        "at_least": Condition(
            "value", _is_amount, lambda value, figure: figure >= Decimal(value), N_("which is at least {value}")
        ),
        "at_most": Condition(
            "value", _is_amount, lambda value, figure: figure <= Decimal(value), N_("which is at most {value}")
        ),
        "min_cases": Condition(
            "cases",
            _is_whole(1_000_000_000),
            lambda value, figure: figure >= value,
            N_("resting on at least {value} cases"),
        ),
    },
    PointEvent.INNOVATION_ADOPTED: {},
    PointEvent.AWARD_GRANTED: {},
}
"""The conditions of each event by name."""

_REQUIRED = {PointEvent.FACT_ACCEPTED: (_FACT,)}
"""Without the name of a figure, every accepted value of whatever figure would earn."""


def fault_of(event: PointEvent, conditions: Any) -> str | None:
    """Return the name of a condition that is not usable (`conditions` for all together), None where all is well."""
    known = CONDITIONS[event]
    if not isinstance(conditions, Mapping):
        return "conditions"
    for name in sorted(conditions):
        if name not in known or not known[name].is_usable(conditions[name]):
            return str(name)[:64]
    return next((name for name in _REQUIRED.get(event, ()) if name not in conditions), None)


def are_met(event: PointEvent, conditions: Mapping[str, Any], figures: Mapping[str, Any]) -> bool:
    """Whether what happened, in figures, meets every condition that is set."""
    known = CONDITIONS[event]
    return all(
        figures.get(known[name].figure) is not None and known[name].is_met(value, figures[known[name].figure])
        for name, value in conditions.items()
    )


def in_words(event: PointEvent, conditions: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """Return for each condition that is set its marked sentence and its value."""
    return [(CONDITIONS[event][name].words, conditions[name]) for name in CONDITIONS[event] if name in conditions]
