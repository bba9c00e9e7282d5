"""What measured effects say, with the cautions of the day on which they are read."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from core.facts.reading import fact_named
from core.plugin_api import translate
from plugins.rewards.innovations.rules.effects import Figure, cautions, change, change_percent, is_better
from plugins.rewards.innovations.terms import EffectCaution


@dataclass(frozen=True)
class EffectSaid:
    """A measured effect in words of numbers; None where a side is unknown."""

    change: Decimal | None
    change_percent: Decimal | None
    is_better: bool | None
    cautions: list[EffectCaution]


def fact_title_of(row: Any) -> str:
    """Return what the fact of a measured effect is called in the caller's language, or was, where it is not offered."""
    definition = fact_named(row.fact)
    return str(row.title) if definition is None else translate(definition.title)


def said_by(row: Any) -> EffectSaid:
    """Return what a measured effect says; also that no plugin which is on offers its fact any more."""
    before = Figure(row.before_first, row.before_last, row.before_value, row.before_cases)
    after = Figure(row.after_first, row.after_last, row.after_value, row.after_cases)
    found = cautions(before, after, row.fewest_cases)
    if fact_named(row.fact) is None:
        found.append(EffectCaution.FACT_NOT_OFFERED)
    return EffectSaid(
        change(before.value, after.value),
        change_percent(before.value, after.value),
        is_better(row.direction, before.value, after.value),
        found,
    )
