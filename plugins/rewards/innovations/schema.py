"""GraphQL of innovations: lists, what units and employees get, and a mutation for each step."""

from datetime import date
from decimal import Decimal
from typing import Any, cast

import strawberry

from core.facts.rules.measuring import Span
from core.plugin_api import Context
from plugins.rewards.innovations import models
from plugins.rewards.innovations.schema_terms import AuthorRole, EffectDirection
from plugins.rewards.innovations.schema_types import (
    TYPES,
    Innovation,
    InnovationAuthor,
    InnovationEffect,
    InnovationEvidence,
)
from plugins.rewards.innovations.services import authors, deciding, evidence, proposing
from plugins.rewards.innovations.services.measuring import EffectAsked, measure_effect
from schema.engine import (
    Connection,
    SchemaParts,
    TypeExtension,
    decode_id,
    encode_id,
    mutation,
    pages,
    payload,
    root_pages,
)

_ID_TEXT, _VERSION_TEXT = "The innovation.", "Version that you saw."


def _field(text: str, **more: Any) -> Any:
    return strawberry.field(description=text, **more)


@strawberry.input(description="A new innovation.")
class ProposeInnovationInput:
    """A new innovation."""

    unit_id: strawberry.ID = _field("The unit in which it is at home.")
    title: str = _field("Its title.")
    problem: str = _field("What was wrong before.")
    description: str = _field("What is done differently.")
    category: str = _field("Code of a category in the rules of its day.")
    group: str = _field("Code of a group in the rules of its day.")
    proposed_on: date | None = _field("The day of the proposal; today by default.", default=None)
    origin_id: strawberry.ID | None = _field("The adopted innovation that it takes over.", default=None)
    origin_note: str = _field("One of another institution that it takes over, in words.", default="")
    unit_ids: list[strawberry.ID] = _field("Further units that it concerns.", default_factory=list)


@strawberry.input(description="Changes of an innovation; what is left out stays.")
class UpdateInnovationInput:
    """Changes of an innovation."""

    id: strawberry.ID = _field(_ID_TEXT)
    version: int = _field(_VERSION_TEXT)
    title: str | None = _field("Its title.", default=strawberry.UNSET)
    problem: str | None = _field("What was wrong before.", default=strawberry.UNSET)
    description: str | None = _field("What is done differently.", default=strawberry.UNSET)
    category: str | None = _field("Code of a category in the rules of its day.", default=strawberry.UNSET)
    group: str | None = _field("Code of a group in the rules of its day.", default=strawberry.UNSET)
    origin_id: strawberry.ID | None = _field("The innovation that it takes over.", default=strawberry.UNSET)
    origin_note: str | None = _field("One of another institution, in words.", default=strawberry.UNSET)
    unit_ids: list[strawberry.ID] | None = _field("All further units that it concerns.", default=strawberry.UNSET)


@strawberry.input(description="The beginning of a trial.")
class TryInnovationInput:
    """A step of an innovation."""

    id: strawberry.ID = _field(_ID_TEXT)
    version: int = _field(_VERSION_TEXT)
    day: date | None = _field("The day of the step; today by default.", default=None)
    reason: str = _field("Why.", default="")


@strawberry.input(description="The adoption of an innovation.")
class AdoptInnovationInput:
    """The adoption of an innovation."""

    id: strawberry.ID = _field(_ID_TEXT)
    version: int = _field(_VERSION_TEXT)
    day: date | None = _field("The day of the adoption; today by default.", default=None)
    implemented_on: date | None = _field("Since when it is in use; the day of adoption by default.", default=None)
    reason: str = _field("Why.", default="")


@strawberry.input(description="The refusal of an innovation, with the reason.")
class DeclineInnovationInput:
    """The end of an innovation, or its refusal."""

    id: strawberry.ID = _field(_ID_TEXT)
    version: int = _field(_VERSION_TEXT)
    reason: str = _field("Why; the authors read it.")
    day: date | None = _field("The day; today by default.", default=None)


@strawberry.input(description="The end of an innovation, with the reason.")
class EndInnovationInput(DeclineInnovationInput):
    """The end of an innovation."""


@strawberry.input(description="An author of an innovation, or changes of one.")
class SetInnovationAuthorInput:
    """An author of an innovation."""

    innovation_id: strawberry.ID = _field(_ID_TEXT)
    employee_id: strawberry.ID = _field("The author.")
    role: AuthorRole = _field("What the person did for it.", default=AuthorRole.MEMBER)
    share: Decimal | None = _field("Share in percent; of all authors at most 100.", default=None)


@strawberry.input(description="An author to be removed.")
class RemoveInnovationAuthorInput:
    """A row to be removed."""

    id: strawberry.ID = _field("The row.")
    version: int = _field(_VERSION_TEXT)


@strawberry.input(description="A piece of evidence to be removed.")
class RemoveInnovationEvidenceInput(RemoveInnovationAuthorInput):
    """A piece of evidence to be removed."""


@strawberry.input(description="A link as evidence. Files are sent to POST /-/rewards/innovation-evidence.")
class AddInnovationLinkInput:
    """A link as evidence."""

    innovation_id: strawberry.ID = _field(_ID_TEXT)
    url: str = _field("Where it leads, with https://.")
    title: str = _field("Its title; the address by default.", default="")


@strawberry.input(description="Which fact is compared over which days.")
class MeasureInnovationEffectInput:
    """Which fact is compared over which days."""

    innovation_id: strawberry.ID = _field(_ID_TEXT)
    fact: str = _field("Name of a fact, such as queueing.wait_median_minutes; see `facts`.")
    direction: EffectDirection = _field("Which way the value is to go.")
    before_first: date = _field("First day before.")
    before_last: date = _field("Last day before.")
    after_first: date = _field("First day after.")
    after_last: date = _field("Last day after.")
    unit_id: strawberry.ID | None = _field("For a fact about a unit; that of the innovation by default.", default=None)
    employee_id: strawberry.ID | None = _field("For a fact about a person: one of the authors.", default=None)


def _key(type_name: str, value: Any, name: str) -> int | None:
    return None if value is None else decode_id(type_name, value, "input", name)


def _keys(values: list[Any]) -> list[int]:
    return [decode_id("WorkUnit", one, "input", "unitIds", place) for place, one in enumerate(values)]


def _of(input: Any) -> int:
    return decode_id("Innovation", input.id, "input", "id")


def _propose(ctx: Context, input: ProposeInnovationInput) -> dict[str, Any]:
    made = proposing.propose_innovation(
        ctx,
        unit_id=decode_id("WorkUnit", input.unit_id, "input", "unitId"),
        title=input.title,
        problem=input.problem,
        description=input.description,
        category=input.category,
        group=input.group,
        proposed_on=input.proposed_on,
        origin_id=_key("Innovation", input.origin_id, "originId"),
        origin_note=input.origin_note,
        unit_ids=_keys(input.unit_ids),
    )
    return {"innovation": made}


_TEXTS = ("title", "problem", "description", "category", "group", "origin_note")


def _update(ctx: Context, input: UpdateInnovationInput) -> dict[str, Any]:
    given = {name: getattr(input, name) for name in _TEXTS}
    changes: dict[str, Any] = {name: value for name, value in given.items() if isinstance(value, str)}
    if input.origin_id is not strawberry.UNSET:
        changes["origin_id"] = _key("Innovation", input.origin_id, "originId")
    units = _keys(input.unit_ids) if isinstance(input.unit_ids, list) else None
    return {
        "innovation": proposing.change_innovation(
            ctx, _of(input), input.version, cast("proposing.InnovationChanges", changes), units
        )
    }


def _try(ctx: Context, input: TryInnovationInput) -> dict[str, Any]:
    row = deciding.try_innovation(ctx, _of(input), input.version, day=input.day, reason=input.reason)
    return {"innovation": row}


def _adopt(ctx: Context, input: AdoptInnovationInput) -> dict[str, Any]:
    row = deciding.adopt_innovation(
        ctx, _of(input), input.version, day=input.day, implemented_on=input.implemented_on, reason=input.reason
    )
    return {"innovation": row}


def _decline(ctx: Context, input: DeclineInnovationInput) -> dict[str, Any]:
    return {
        "innovation": deciding.decline_innovation(ctx, _of(input), input.version, day=input.day, reason=input.reason)
    }


def _end(ctx: Context, input: EndInnovationInput) -> dict[str, Any]:
    return {"innovation": deciding.end_innovation(ctx, _of(input), input.version, day=input.day, reason=input.reason)}


def _set_author(ctx: Context, input: SetInnovationAuthorInput) -> dict[str, Any]:
    row = authors.set_author(
        ctx,
        decode_id("Innovation", input.innovation_id, "input", "innovationId"),
        decode_id("Employee", input.employee_id, "input", "employeeId"),
        input.role,
        input.share,
    )
    return {"author": row}


def _remove_author(ctx: Context, input: RemoveInnovationAuthorInput) -> dict[str, Any]:
    key = authors.remove_author(ctx, decode_id("InnovationAuthor", input.id, "input", "id"), input.version)
    return {"removed_id": encode_id("InnovationAuthor", key)}


def _add_link(ctx: Context, input: AddInnovationLinkInput) -> dict[str, Any]:
    key = decode_id("Innovation", input.innovation_id, "input", "innovationId")
    return {"evidence": evidence.add_link(ctx, key, input.url, input.title)}


def _remove_evidence(ctx: Context, input: RemoveInnovationEvidenceInput) -> dict[str, Any]:
    key = evidence.remove_evidence(ctx, decode_id("InnovationEvidence", input.id, "input", "id"), input.version)
    return {"removed_id": encode_id("InnovationEvidence", key)}


def _measure(ctx: Context, input: MeasureInnovationEffectInput) -> dict[str, Any]:
    asked = EffectAsked(
        input.fact,
        input.direction,
        Span(input.before_first, input.before_last),
        Span(input.after_first, input.after_last),
        _key("WorkUnit", input.unit_id, "unitId"),
        _key("Employee", input.employee_id, "employeeId"),
    )
    key = decode_id("Innovation", input.innovation_id, "input", "innovationId")
    return {"effect": measure_effect(ctx, key, asked)}


def _made_by(ctx: Context, table: Any, employee_id: str | None = None) -> Any:  # noqa: ARG001 - the engine's signature
    if employee_id is None:
        return True
    author = models.InnovationAuthor.alias()
    key = decode_id("Employee", employee_id, "employeeId")
    return table.id.in_(author.select(author.innovation).where(author.employee == key))


class Queries:
    """Lists of innovations at the root."""

    innovations: Connection[Innovation] = root_pages(
        "Innovations: adopted ones for everybody, others for their authors, superiors and those who decide.",
        where=_made_by,
        args={"employee_id": (strawberry.ID | None, "Only those of which this employee is an author.", None)},
    )
    innovation_effects: Connection[InnovationEffect] = root_pages("Measured effects of innovations.")


class EmployeeInnovations:
    """What this area adds to an employee."""

    innovations: Connection[InnovationAuthor] = pages(
        models.InnovationAuthor.employee,
        "Innovations of which the employee is an author (inovasi), with role and share.",
    )


class UnitInnovations:
    """What this area adds to a unit."""

    innovations: Connection[Innovation] = pages(models.Innovation.unit, "Innovations that are at home in the unit.")


_PAYLOAD = {"innovation": (Innovation, "The innovation.")}


class Mutations:
    """A mutation for each step."""

    propose_innovation = mutation(
        _propose,
        input=ProposeInnovationInput,
        payload=payload("ProposeInnovationPayload", **_PAYLOAD),
        description="Propose an innovation of a unit (usulan inovasi).",
    )
    update_innovation = mutation(
        _update,
        input=UpdateInnovationInput,
        payload=payload("UpdateInnovationPayload", **_PAYLOAD),
        description="Change what was written about an innovation.",
    )
    try_innovation = mutation(
        _try,
        input=TryInnovationInput,
        payload=payload("TryInnovationPayload", **_PAYLOAD),
        description="Let the trial of an innovation begin (uji coba).",
    )
    adopt_innovation = mutation(
        _adopt,
        input=AdoptInnovationInput,
        payload=payload("AdoptInnovationPayload", **_PAYLOAD),
        description="Adopt an innovation that was tried (penerapan).",
    )
    decline_innovation = mutation(
        _decline,
        input=DeclineInnovationInput,
        payload=payload("DeclineInnovationPayload", **_PAYLOAD),
        description="Decline an innovation that was proposed or tried, and say why.",
    )
    end_innovation = mutation(
        _end,
        input=EndInnovationInput,
        payload=payload("EndInnovationPayload", **_PAYLOAD),
        description="Note that an adopted innovation is no longer in use, and why.",
    )
    set_innovation_author = mutation(
        _set_author,
        input=SetInnovationAuthorInput,
        payload=payload("SetInnovationAuthorPayload", author=(InnovationAuthor, "The author.")),
        description="Name an author of an innovation, or change role and share of one.",
    )
    remove_innovation_author = mutation(
        _remove_author,
        input=RemoveInnovationAuthorInput,
        payload=payload("RemoveInnovationAuthorPayload", removed_id=(strawberry.ID, "The row that is gone.")),
        description="Take somebody off the authors of an innovation; the last one stays.",
    )
    add_innovation_link = mutation(
        _add_link,
        input=AddInnovationLinkInput,
        payload=payload("AddInnovationLinkPayload", evidence=(InnovationEvidence, "The new evidence.")),
        description="Add a link as evidence of an innovation (bukti dukung).",
    )
    remove_innovation_evidence = mutation(
        _remove_evidence,
        input=RemoveInnovationEvidenceInput,
        payload=payload("RemoveInnovationEvidencePayload", removed_id=(strawberry.ID, "The row that is gone.")),
        description="Remove a piece of evidence of an innovation.",
    )
    measure_innovation_effect = mutation(
        _measure,
        input=MeasureInnovationEffectInput,
        payload=payload("MeasureInnovationEffectPayload", effect=(InnovationEffect, "What was measured.")),
        description="Measure a fact before and after an innovation; both are kept with their queries (dampak terukur).",
    )


PARTS = SchemaParts(
    query=Queries,
    mutation=Mutations,
    types=[*TYPES],
    extensions=[TypeExtension("Employee", EmployeeInnovations), TypeExtension("WorkUnit", UnitInnovations)],
)
