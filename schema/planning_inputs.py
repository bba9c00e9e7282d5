"""Inputs of the mutations of planning, and their way into plain values."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import strawberry

from core.errors import Problem, Refused
from core.planning.content import IndicatorContent, PlanContent, WorkResultContent
from schema.engine import decode_id
from schema.planning_terms import (
    Aspect,
    BehaviorValue,
    Direction,
    Frequency,
    MeasuringPattern,
    Perspective,
    PlanApproach,
    WorkResultKind,
)

_VERSION = "Version that you saw."


def _field(description: str, default: Any = None) -> Any:
    return strawberry.field(description=description, default=default)


@strawberry.input(description="An indicator (IKI) as it shall be.")
class IndicatorInput:
    """An indicator as it shall be."""

    statement: str = strawberry.field(description="What is measured.")
    id: strawberry.ID | None = _field("The indicator to change; none for a new one.")
    aspect: Aspect | None = _field("What it measures.")
    unit_of_measure: str = _field("Unit of the target (satuan).", "")
    target_min: Decimal | None = _field("Lower bound of the target.")
    target_max: Decimal | None = _field("Upper bound; equal to the lower for one value.")
    direction: Direction = _field("Whether higher or lower is better.", Direction.HIGHER_IS_BETTER)
    pattern: MeasuringPattern = _field("How its values come together.", MeasuringPattern.COUNT)
    release_on: date | None = _field("Day on which a value of the pattern RELEASE is published.")
    fact: str = _field("Fact of a plugin that gives the actual value.", "")


@strawberry.input(description="A work result (RHK) as it shall be, with all its indicators.")
class WorkResultInput:
    """A work result as it shall be."""

    statement: str = strawberry.field(description="The result, not the activity.")
    id: strawberry.ID | None = _field("The work result to change; none for a new one.")
    kind: WorkResultKind = _field("Main or additional.", WorkResultKind.MAIN)
    perspective: Perspective | None = _field("Perspective, for executives only.")
    success_measure: str = _field("What success is, in a qualitative plan.", "")
    parent_id: strawberry.ID | None = _field("The superior's work result that it supports.")
    parent_statement: str = _field("The superior's result in words, while it is not linked.", "")
    indicators: list[IndicatorInput] = strawberry.field(
        description="All indicators, in order; one left out is removed.", default_factory=list
    )


@strawberry.input(description="The leader's special expectation for a value (ekspektasi khusus pimpinan).")
class ExpectationInput:
    """The leader's expectation for a value."""

    value: BehaviorValue = strawberry.field(description="The value.")
    expectation: str = strawberry.field(description="What is expected; empty for nothing special.")


@strawberry.input
class _Content:
    work_results: list[WorkResultInput] | None = _field(
        "All work results, in order; one left out is removed. Without the list they stay as they are."
    )
    expectations: list[ExpectationInput] | None = _field("Expectations for the values named.")
    support_needed: str | None = _field("Support needed (dukungan sumber daya).")
    accountability_scheme: str | None = _field("How results are accounted for (skema pertanggungjawaban).")
    consequences: str | None = _field("Consequences of the results (konsekuensi).")


@strawberry.input(description="A period to make.")
class CreatePeriodInput:
    """A period to make."""

    code: str = strawberry.field(description="Short code, unique.")
    name: str = strawberry.field(description="Name.")
    starts_on: date = strawberry.field(description="First day.")
    ends_on: date = strawberry.field(description="Last day, a year later at most.")
    frequency: Frequency = strawberry.field(description="Rhythm of its periodic evaluations.")
    plan_deadline: date | None = _field("Last day to set plans; by default as the institution's settings say.")
    evaluation_deadline: date | None = _field("Last day of the annual evaluation; by default as the settings say.")


@strawberry.input(description="A period to open.")
class OpenPeriodInput:
    """A period to open."""

    period_id: strawberry.ID = strawberry.field(description="The period.")
    version: int = strawberry.field(description=_VERSION)
    reason: str = _field("Why a closed period is opened again.", "")


@strawberry.input(description="A period to close.")
class ClosePeriodInput:
    """A period to close."""

    period_id: strawberry.ID = strawberry.field(description="The period.")
    version: int = strawberry.field(description=_VERSION)


@strawberry.input(
    description="A plan (SKP) to draft; position, unit and evaluator follow from the employee's assignment."
)
class CreatePlanInput(_Content):
    """A plan to draft."""

    period_id: strawberry.ID = strawberry.field(description="An open period.")
    employee_id: strawberry.ID | None = _field("Who holds the plan; by default the caller.")
    approach: PlanApproach = _field("Quantitative or qualitative.", PlanApproach.QUANTITATIVE)
    starts_on: date | None = _field("First day; by default that of the period or of the assignment.")
    ends_on: date | None = _field("Last day; by default that of the period or of the assignment.")
    evaluator_id: strawberry.ID | None = _field("Named by the HR office where nobody supervises the employee.")


@strawberry.input(description="A draft or returned plan to change.")
class UpdatePlanInput(_Content):
    """A plan to change."""

    plan_id: strawberry.ID = strawberry.field(description="The plan.")
    version: int = strawberry.field(description=_VERSION)
    approach: PlanApproach | None = _field("Quantitative or qualitative.")


@strawberry.input(description="A plan and the version of it that you saw.")
class PlanInput:
    """A plan and its version."""

    plan_id: strawberry.ID = strawberry.field(description="The plan.")
    version: int = strawberry.field(description=_VERSION)


@strawberry.input(description="A plan to be handed to its evaluator.")
class SubmitPlanInput(PlanInput):
    """Input of submitPlan."""


@strawberry.input(description="A submitted plan to be set.")
class ApprovePlanInput(PlanInput):
    """Input of approvePlan."""


@strawberry.input(description="A submitted plan to give back.")
class ReturnPlanInput(PlanInput):
    """A plan to give back."""

    note: str = strawberry.field(description="What to change.")


@strawberry.input(description="A plan to revise.")
class RevisePlanInput(PlanInput):
    """A plan to revise."""

    reason: str = strawberry.field(description="Why it is revised.")


@strawberry.input(description="A plan whose holder has moved to another position.")
class MovePlanInput(PlanInput):
    """A plan to end and to continue."""

    on: date = strawberry.field(description="First day at the new position.")


@strawberry.input(description="A plan that gets another evaluator.")
class ChangePlanEvaluatorInput(PlanInput):
    """A plan that gets another evaluator."""

    evaluator_id: strawberry.ID = strawberry.field(description="The new evaluator.")
    on: date = strawberry.field(description="First day on which the new evaluator answers for it.")


@strawberry.input(description="A work result to link to a superior's.")
class LinkWorkResultInput:
    """A work result to link."""

    work_result_id: strawberry.ID = strawberry.field(description="The work result.")
    parent_id: strawberry.ID = strawberry.field(description="The evaluator's work result that it supports.")
    version: int = strawberry.field(description=_VERSION)


@strawberry.input(description="A work result that shall support none.")
class UnlinkWorkResultInput:
    """A work result to unlink."""

    work_result_id: strawberry.ID = strawberry.field(description="The work result.")
    version: int = strawberry.field(description=_VERSION)


@strawberry.input(description="A template to make.")
class CreateTemplateInput(_Content):
    """A template to make."""

    code: str = strawberry.field(description="Short code, unique.")
    name: str = strawberry.field(description="Name.")
    approach: PlanApproach = _field("Quantitative or qualitative.", PlanApproach.QUANTITATIVE)


@strawberry.input(description="A template to change; plans made from it stay as they are.")
class UpdateTemplateInput(_Content):
    """A template to change."""

    template_id: strawberry.ID = strawberry.field(description="The template.")
    version: int = strawberry.field(description=_VERSION)
    name: str | None = _field("Name.")
    approach: PlanApproach | None = _field("Quantitative or qualitative.")


@strawberry.input(description="A template to hand out to everybody chosen who has no plan in the period.")
class AssignTemplateInput:
    """A template to hand out."""

    template_id: strawberry.ID = strawberry.field(description="The template.")
    period_id: strawberry.ID = strawberry.field(description="An open period.")
    unit_id: strawberry.ID | None = _field("Only people of this unit and those below it.")
    position_kinds: list[str] | None = _field('Only holders of positions of these kinds, by code ("PELAKSANA").')
    starts_on: date | None = _field("First day of the plans; by default that of the period.")


def content_from(given: _Content) -> PlanContent:
    """Return the content of an input, or refuse ids that are none, all at once."""
    problems: list[Problem] = []
    results = None
    if given.work_results is not None:
        results = tuple(
            _result_from(row, ("input", "workResults", number), problems)
            for number, row in enumerate(given.work_results)
        )
    if problems:
        raise Refused(problems)
    return PlanContent(
        work_results=results,
        expectations={row.value: row.expectation for row in given.expectations or ()},
        support_needed=given.support_needed,
        accountability_scheme=given.accountability_scheme,
        consequences=given.consequences,
    )


def _result_from(given: WorkResultInput, path: Sequence[str | int], problems: list[Problem]) -> WorkResultContent:
    return WorkResultContent(
        id=_key("WorkResult", given.id, (*path, "id"), problems),
        statement=given.statement,
        kind=given.kind,
        perspective=given.perspective,
        success_measure=given.success_measure,
        parent_id=_key("WorkResult", given.parent_id, (*path, "parentId"), problems),
        parent_statement=given.parent_statement,
        indicators=tuple(
            IndicatorContent(
                id=_key("Indicator", row.id, (*path, "indicators", number, "id"), problems),
                statement=row.statement,
                aspect=row.aspect,
                unit_of_measure=row.unit_of_measure,
                target_min=row.target_min,
                target_max=row.target_max,
                direction=row.direction,
                pattern=row.pattern,
                release_on=row.release_on,
                fact=row.fact,
            )
            for number, row in enumerate(given.indicators)
        ),
    )


def _key(kind: str, value: str | None, path: Sequence[str | int], problems: list[Problem]) -> int | None:
    if value is None:
        return None
    try:
        return decode_id(kind, value, *path)
    except Refused as refusal:
        problems.extend(refusal.problems)
        return None
