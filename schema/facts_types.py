"""Facts, bindings and measured values as clients see them."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from core.context import Context
from core.facts import models
from core.facts.reading import fact_named
from schema.engine import Connection, Node, batch, column, entity, pages, relation
from schema.facts_terms import FactState, FactSubject
from schema.scalars import JSON

if TYPE_CHECKING:
    from schema.organisation import Employee
    from schema.planning_types import Indicator, PerformancePlan
    from schema.progress_types import ProgressRecord

_Employee = Annotated["Employee", strawberry.lazy("schema.organisation")]
_Plan = Annotated["PerformancePlan", strawberry.lazy("schema.planning_types")]
_Indicator = Annotated["Indicator", strawberry.lazy("schema.planning_types")]
_ProgressRecord = Annotated["ProgressRecord", strawberry.lazy("schema.progress_types")]


@strawberry.type(description="A fact that a plugin measures, which an indicator may take its actual value from.")
class Fact:
    """A fact that a plugin measures."""

    name: str = strawberry.field(description="Its name, which begins with the plugin's.")
    title: str = strawberry.field(description="What it is called, in the caller's language.")
    unit: str = strawberry.field(description="Its unit of measure.")
    subject: FactSubject = strawberry.field(description="Whether it is about a unit or an employee.")


def _are_on(_ctx: Context, rows: Sequence[Any]) -> list[bool]:
    return [fact_named(row.fact) is not None for row in rows]


@entity(models.FactBinding, order=("id",))
class FactBinding(Node):
    """An indicator takes its actual value from a fact (sumber realisasi)."""

    plan: _Plan | None = relation(models.FactBinding.plan, "The plan (SKP).")
    indicator: _Indicator | None = relation(models.FactBinding.indicator, "The indicator (IKI).")
    fact: str = column(models.FactBinding.fact, "Name of the fact.")
    subject: FactSubject = column(models.FactBinding.subject, "Whether the plan's unit or its employee is measured.")
    title: str = column(models.FactBinding.title, "What the fact was called when it was bound.")
    unit_of_measure: str = column(models.FactBinding.unit_of_measure, "Its unit (satuan) when it was bound.")
    bound_by: _Employee | None = relation(models.FactBinding.bound_by, "Who bound it; null for the system.")
    is_source_on: bool = batch(
        _are_on,
        "Whether a plugin offers the fact now; while the source is off, nothing is measured and everything stays.",
        needs=[models.FactBinding.fact],
    )
    version: int = column(models.FactBinding.version, "Version to name when it is unbound.")
    created_at: datetime = column(models.FactBinding.created_at, "When it was bound.")


@entity(models.FactMeasurement, order=("-ends_on",))
class FactMeasurement(Node):
    """What a fact was from a day to a day, with the evidence; a superior accepts or rejects it (nilai terukur)."""

    plan: _Plan | None = relation(models.FactMeasurement.plan, "The plan (SKP).")
    indicator: _Indicator | None = relation(models.FactMeasurement.indicator, "The indicator (IKI).")
    fact: str = column(models.FactMeasurement.fact, "Name of the fact.")
    subject: FactSubject = column(models.FactMeasurement.subject, "Whether the unit or the employee was measured.")
    title: str = column(models.FactMeasurement.title, "What the fact was called then.")
    unit_of_measure: str = column(models.FactMeasurement.unit_of_measure, "Its unit (satuan) then.")
    starts_on: date = column(models.FactMeasurement.starts_on, "First day measured.")
    ends_on: date = column(models.FactMeasurement.ends_on, "Last day measured.")
    value: Decimal = column(models.FactMeasurement.value, "The value, in its unit.")
    cases: int = column(models.FactMeasurement.cases, "Number of cases that it comes from.")
    evidence: JSON = column(models.FactMeasurement.evidence, "How the plugin found it, such as query and window.")
    measured_at: datetime = column(models.FactMeasurement.measured_at, "When it was measured.")
    state: FactState = column(models.FactMeasurement.state, "Whether the superior has decided.")
    comment: str = column(models.FactMeasurement.comment, "What the superior says about it.")
    decided_by: _Employee | None = relation(models.FactMeasurement.decided_by, "Who decided.")
    decided_at: datetime | None = column(models.FactMeasurement.decided_at, "When it was decided.")
    progress_record: _ProgressRecord | None = relation(
        models.FactMeasurement.progress_record, "What became of an accepted value (realisasi); null when removed."
    )
    version: int = column(models.FactMeasurement.version, "Version to name in a decision.")


def _binding_of(table: Any) -> Any:
    binding = models.FactBinding.alias()
    return binding.select(binding.id).where(binding.indicator == table.id)


class IndicatorFacts:
    """What facts add to an indicator."""

    fact_binding: FactBinding | None = relation(
        _binding_of,
        "The fact that it takes its actual value from; null for none.",
        filterable=False,
        orderable=False,
    )
    fact_measurements: Connection[FactMeasurement] = pages(
        models.FactMeasurement.indicator, "What was measured for it (nilai terukur)."
    )


class PlanFacts:
    """What facts add to a plan."""

    fact_measurements: Connection[FactMeasurement] = pages(
        models.FactMeasurement.plan, "What was measured for its indicators (nilai terukur)."
    )


class ProgressRecordFacts:
    """What facts add to a progress record."""

    fact_measurements: Connection[FactMeasurement] = pages(
        models.FactMeasurement.progress_record,
        "The measured value that it comes from; none where it was reported.",
    )
