"""What a plan, a kept version or a template holds, as a table of work results and indicators."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

import peewee as pw

from admin.access import actor
from admin.blocks import Block, Table
from admin.readable import content_of
from admin.show import NOTHING, shown, term
from core import policy
from core.i18n import N_, translate
from core.planning.models import Indicator, WorkResult
from core.policy import as_condition
from core.registry import active_registry

_TITLE = N_("Work results")
_HEADINGS = (N_("Work result"), N_("Indicator"), N_("Aspect"), N_("Target"))
_TEXTS = {
    "support_needed": N_("Support needed"),
    "accountability_scheme": N_("Accountability scheme"),
    "consequences": N_("Consequences"),
}


def present_content(plan_id: int) -> Table:
    """Return what the actor sees of a plan's results, each with its indicators, in one statement."""
    who = actor()
    result, indicator = WorkResult.alias(), Indicator.alias()
    seen = as_condition(policy.visible(who, indicator))
    found: Any = (
        result.select(
            result.statement,
            indicator.statement,
            indicator.aspect,
            indicator.target_min,
            indicator.target_max,
            indicator.unit_of_measure,
        )
        .join(indicator, pw.JOIN.LEFT_OUTER, on=(indicator.work_result == result.id) & seen)
        .where((result.plan == plan_id) & as_condition(policy.visible(who, result)))
        .order_by(result.sequence, result.id, indicator.sequence, indicator.id)
        .tuples()
    )
    return _table(found)


def content_blocks(content: Any) -> tuple[Block, ...]:
    """Return the blocks of stored content: its results with their indicators, its expectations and its texts."""
    kept = content_of(content) or {}
    rows = [
        (result["statement"], *_of_indicator(indicator))
        for result in kept.get("work_results") or ()
        for indicator in result.get("indicators") or [{}]
    ]
    blocks: list[Block] = [_table(rows)]
    expected = [(term(value), text) for value, text in (kept.get("expectations") or {}).items() if text]
    if expected:
        headings = (translate(N_("Value")), translate(N_("Expectation")))
        blocks.append(Table(translate(N_("Expected behaviour")), headings, expected))
    texts = [(translate(title), kept[name]) for name, title in _TEXTS.items() if kept.get(name)]
    if texts:
        blocks.append(Table(translate(N_("Appendix")), (translate(N_("Field")), translate(N_("Text"))), texts))
    return tuple(blocks)


def _of_indicator(kept: Mapping[str, Any]) -> tuple[Any, ...]:
    low, high = (None if kept.get(name) is None else Decimal(kept[name]) for name in ("target_min", "target_max"))
    return kept.get("statement"), kept.get("aspect"), low, high, kept.get("unit_of_measure")


def _table(rows: Iterable[tuple[Any, ...]]) -> Table:
    empty = translate(N_("There are no work results yet."))
    return Table(translate(_TITLE), tuple(map(translate, _HEADINGS)), [_written(*row) for row in rows], empty)


def _written(result: str, indicator: str | None, aspect: Any, low: Any, high: Any, unit: str | None) -> tuple[str, ...]:
    settings = active_registry().settings
    bounds = [shown(value, settings) for value in dict.fromkeys((low, high)) if value is not None]
    target = f"{'–'.join(bounds)} {unit or ''}".strip() if bounds else NOTHING
    return (result, indicator or NOTHING, term(aspect), target)
