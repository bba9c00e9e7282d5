"""Bands behind the figures: targets that the caller names, and the shares that the rule on distribution gives."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from core.appraisal.terms import OrganizationRating, Predicate
from core.charts.words import predicate_label
from core.i18n import N_, translate
from core.law.in_force import find_rule
from core.law.rule import DISTRIBUTION


@dataclass(frozen=True)
class Band:
    """A span of values that means something; of one category, or of all."""

    label: str
    low: float | None
    high: float | None
    category: str | None = None


def predicate_labels() -> list[str]:
    """Return the words for all predicates, the best first."""
    return [predicate_label(predicate) for predicate in Predicate]


def distribution_bands(day: date, performance: Any) -> tuple[list[Band], str]:
    """Return the shares that fit a unit with this performance by the rule in force on `day`, and a note on the rest."""
    rule = find_rule(DISTRIBUTION, day)
    if rule is None:
        return [], translate(N_("No rule on distribution is in force on this day."))
    bands, notes = [], []
    for clause in rule.content["clauses"][OrganizationRating(performance).value]:
        labels = [predicate_label(Predicate(name)) for name in clause["predicates"]]
        joined = " + ".join(labels)
        low, high = clause.get("at_least_percent"), clause.get("at_most_percent")
        if len(labels) == 1 and (low is not None or high is not None):
            bands.append(Band(_span(low, high), float(low or 0), float(high or 100), labels[0]))
        elif low is not None or high is not None:
            notes.append(f"{joined}: {_span(low, high)}")
        if clause.get("majority"):
            notes.append(translate(N_("{predicates}: the largest group")).format(predicates=joined))
        if "at_least_count" in clause:
            text = translate(N_("{predicates}: at least {count}"))
            notes.append(text.format(predicates=joined, count=clause["at_least_count"]))
    return bands, "; ".join([rule.regulation, *notes])


def _span(low: Any, high: Any) -> str:
    if low is not None and high is not None:
        return f"{low}–{high} %"
    return f"≥ {low} %" if high is None else f"≤ {high} %"
