"""GraphQL of facts: indicators bound to what plugins measure, and decisions on the values."""

from typing import Any

import strawberry

from core.context import Context
from core.errors import forbidden
from core.facts import services
from core.facts.reading import offered_facts
from core.i18n import translate
from schema.engine import (
    Connection,
    SchemaParts,
    TypeExtension,
    decode_id,
    encode_id,
    mutation,
    payload,
    root_pages,
    root_value,
)
from schema.facts_inputs import AcceptFactInput, BindFactInput, MeasureFactInput, RejectFactInput, UnbindFactInput
from schema.facts_terms import FactSubject
from schema.facts_types import Fact, FactBinding, FactMeasurement, IndicatorFacts, PlanFacts, ProgressRecordFacts


def _facts(ctx: Context, subject: FactSubject | None = None) -> list[Fact]:
    if not ctx.actor.is_known:
        raise forbidden()
    return [
        Fact(
            name=fact.name,
            title=translate(fact.title, ctx.language),
            unit=translate(fact.unit, ctx.language),
            subject=FactSubject(fact.about.upper()),
        )
        for fact in offered_facts(subject)
    ]


class Query:
    """Reading facts."""

    facts: list[Fact] = root_value(
        _facts,
        "Facts that indicators may be bound to, of all plugins that are on.",
        args={"subject": (FactSubject | None, "Only those about a unit, or about an employee.", None)},
    )
    fact_measurements: Connection[FactMeasurement] = root_pages(
        "Measured values of plans that the caller sees (nilai terukur)."
    )


def _bind(ctx: Context, input: BindFactInput) -> dict[str, Any]:
    key = decode_id("Indicator", input.indicator_id, "input", "indicatorId")
    return {"binding": services.bind_fact(ctx, key, input.fact, input.subject)}


def _unbind(ctx: Context, input: UnbindFactInput) -> dict[str, Any]:
    key = services.unbind_fact(ctx, decode_id("FactBinding", input.id, "input", "id"), input.version)
    return {"removed_id": encode_id("FactBinding", key)}


def _measure(ctx: Context, input: MeasureFactInput) -> dict[str, Any]:
    window = input.window_id
    row = services.measure_fact(
        ctx,
        decode_id("Indicator", input.indicator_id, "input", "indicatorId"),
        window_id=None if window is None else decode_id("EvaluationWindow", window, "input", "windowId"),
        starts_on=input.starts_on,
        ends_on=input.ends_on,
    )
    return {"measurement": row}


def _accept(ctx: Context, input: AcceptFactInput) -> dict[str, Any]:
    key = decode_id("FactMeasurement", input.id, "input", "id")
    return {"measurement": services.accept_fact(ctx, key, input.version, input.comment or "")}


def _reject(ctx: Context, input: RejectFactInput) -> dict[str, Any]:
    key = decode_id("FactMeasurement", input.id, "input", "id")
    return {"measurement": services.reject_fact(ctx, key, input.version, input.comment)}


class Mutation:
    """Binding, measuring and deciding."""

    bind_fact = mutation(
        _bind,
        input=BindFactInput,
        payload=payload("BindFactPayload", binding=(FactBinding, "The binding.")),
        description="Let an indicator have its actual value from a fact, while its plan takes changes.",
    )
    unbind_fact = mutation(
        _unbind,
        input=UnbindFactInput,
        payload=payload("UnbindFactPayload", removed_id=(strawberry.ID, "The binding that is gone.")),
        description="Let an indicator no longer have its value from a fact; what was measured stays.",
    )
    measure_fact = mutation(
        _measure,
        input=MeasureFactInput,
        payload=payload("MeasureFactPayload", measurement=(FactMeasurement, "The value, to be decided on.")),
        description="Measure the fact of an indicator; a proposal from the same day on is replaced.",
    )
    accept_fact = mutation(
        _accept,
        input=AcceptFactInput,
        payload=payload("AcceptFactPayload", measurement=(FactMeasurement, "The accepted value.")),
        description="Accept a measured value as the superior: it becomes progress (realisasi). Nothing is rated.",
    )
    reject_fact = mutation(
        _reject,
        input=RejectFactInput,
        payload=payload("RejectFactPayload", measurement=(FactMeasurement, "The rejected value.")),
        description="Reject a measured value as the superior, with a comment.",
    )


PARTS = SchemaParts(
    query=Query,
    mutation=Mutation,
    types=[FactBinding, FactMeasurement],
    extensions=[
        TypeExtension("Indicator", IndicatorFacts),
        TypeExtension("PerformancePlan", PlanFacts),
        TypeExtension("ProgressRecord", ProgressRecordFacts),
    ],
)
