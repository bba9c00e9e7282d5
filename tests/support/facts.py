"""Facts of a plugin that tests switch on, off, and make give what they need."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from core import registry as registries
from core.context import Context
from core.contributions import FactDefinition, FactValue
from core.registry import active_registry

SPEED, CALLS = "dummy.speed", "dummy.calls"


@dataclass
class Source:
    """What the plugin's facts give: `answer(subject, first, last)`, and who asked about what."""

    answer: Callable[[int, date, date], FactValue | None]
    asked: list[tuple[Context, int, date, date]] = field(default_factory=list)

    def measure(self, ctx: Context, subject: int, first: date, last: date) -> FactValue | None:
        self.asked.append((ctx, subject, first, last))
        return self.answer(subject, first, last)


def value(amount: str = "12.34567", cases: int = 40) -> FactValue:
    """Return what a plugin measured."""
    return FactValue(Decimal(amount), cases, {"query": "tickets", "window": [date(2026, 4, 1), "…"]})


@contextmanager
def facts_on(source: Source) -> Iterator[Source]:
    """Let a plugin offer a fact about employees and one about units in the block; outside it is off."""
    present = active_registry()
    offered: list[Any] = [
        ("dummy", FactDefinition(SPEED, "Speed", "min", "employee", source.measure)),
        ("dummy", FactDefinition(CALLS, "Calls", "calls", "unit", source.measure)),
    ]
    registries.activate(replace(present, contributions={**present.contributions, "register_facts": tuple(offered)}))
    try:
        yield source
    finally:
        registries.activate(present)
