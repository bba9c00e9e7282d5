"""What facts say about the indicators of a plan, as a table."""

from collections.abc import Mapping, Sequence
from typing import Any

import peewee as pw

from admin.access import actor
from admin.blocks import Block, Table
from admin.show import NOTHING, filled, shown, term
from core import policy
from core.facts.models import FactBinding, FactMeasurement
from core.facts.reading import fact_named
from core.i18n import N_, translate
from core.planning.models import Indicator
from core.policy import as_condition
from core.registry import active_registry

_HEADINGS = (
    N_("Indicator"),
    N_("Fact"),
    N_("Days measured"),
    N_("Value"),
    N_("Cases"),
    N_("Evidence"),
    N_("State"),
)
_NEW_TO_OLD = 40
"""As many measured values of a plan as its page shows; the list below the page has all."""


def bound_facts(plan_id: int) -> Sequence[Block]:
    """Return what the actor sees of a plan's bound facts and their measured values; nothing where there are none."""
    rows = [*_measured(plan_id), *_unmeasured(plan_id)]
    return (Table(translate(N_("Facts")), tuple(map(translate, _HEADINGS)), rows),) if rows else ()


def _measured(plan_id: int) -> list[tuple[str, ...]]:
    row, indicator = FactMeasurement.alias(), Indicator.alias()
    found: Any = (
        row.select(row, indicator.statement.alias("about"))
        .join(indicator, on=row.indicator == indicator.id)
        .where((row.plan == plan_id) & as_condition(policy.visible(actor(), row)))
        .order_by(row.ends_on.desc(), row.id.desc())
        .limit(_NEW_TO_OLD)
        .objects()
    )
    settings = active_registry().settings
    return [
        (
            one.about,
            _source(one.title, one.fact),
            filled(_SPAN, first=shown(one.starts_on, settings), last=shown(one.ends_on, settings)),
            f"{shown(one.value, settings)} {one.unit_of_measure}".strip(),
            str(one.cases),
            "; ".join(f"{name}: {text}" for name, text in _plain(one.evidence)) or NOTHING,
            _state(one),
        )
        for one in found
    ]


_SPAN = N_("{first} to {last}")


def _unmeasured(plan_id: int) -> list[tuple[str, ...]]:
    row, indicator, measured = FactBinding.alias(), Indicator.alias(), FactMeasurement.alias()
    found: Any = (
        row.select(row.title, row.fact, indicator.statement.alias("about"))
        .join(indicator, on=row.indicator == indicator.id)
        .where(
            (row.plan == plan_id)
            & as_condition(policy.visible(actor(), row))
            & ~pw.fn.EXISTS(measured.select(measured.id).where(measured.indicator == row.indicator))
        )
        .order_by(row.id)
        .objects()
    )
    nothing = translate(N_("Not measured yet"))
    return [(one.about, _source(one.title, one.fact), NOTHING, NOTHING, NOTHING, NOTHING, nothing) for one in found]


def _source(title: str, fact: str) -> str:
    return title if fact_named(fact) is not None else f"{title} ({translate(N_('the source is off'))})"


def _state(row: Any) -> str:
    return f"{term(row.state)}: {row.comment}" if row.comment else term(row.state)


def _plain(evidence: Any) -> list[tuple[str, str]]:
    if not isinstance(evidence, Mapping):
        return []
    # By name: of the order in which a plugin gave them PostgreSQL keeps nothing.
    return [
        (str(name), ", ".join(map(str, value)) if isinstance(value, list) else str(value))
        for name, value in sorted(evidence.items())
    ]
