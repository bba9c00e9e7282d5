"""What people do by hand to templates of plans."""

from collections.abc import Sequence
from decimal import InvalidOperation
from typing import Any

from core.actor import Actor
from core.bin.verbs import archive_verb
from core.context import Context
from core.errors import refuse
from core.i18n import N_
from core.organisation.models import PositionKind, WorkUnit
from core.planning.content import NOTHING, PlanContent, as_json, from_json
from core.planning.models import EvaluationPeriod, PerformancePlan, PlanTemplate
from core.planning.services.contents import content_of
from core.planning.services.templates import (
    AssignAnswer,
    AssignRequest,
    TemplateRequest,
    assign_template,
    create_template,
    update_template,
)
from core.planning.terms import PlanApproach
from core.policy import fetch
from core.verbs.calling import given, seen_version
from core.verbs.declare import NO_COLUMN, Does, FieldKind, Target, Values, Verb, VerbField

_CODE = VerbField("code", N_("Code"), is_required=True, column=NO_COLUMN)
_NAME = VerbField("name", N_("Name"), is_required=True)
_APPROACH = VerbField("approach", N_("Approach"), FieldKind.CHOICE, is_required=True, choices=PlanApproach)
_CONTENT = VerbField(
    "content",
    N_("Content"),
    FieldKind.JSON,
    help=N_("Work results with their indicators. It is easier to make a template of a plan."),
)


def _content(value: Any) -> PlanContent:
    """Return content that was typed as JSON; what is left out is empty."""
    if not value:
        return PlanContent(work_results=())
    try:
        results = [{**_RESULT, **result} for result in value.get("work_results") or ()]
        for result in results:
            result["indicators"] = [{**_INDICATOR, **indicator} for indicator in result["indicators"]]
        return from_json({**as_json(NOTHING), **value, "work_results": results})
    except (AttributeError, InvalidOperation, KeyError, TypeError, ValueError):
        text = N_("This is no content of a plan. Take the content of another template as a pattern.")
        raise refuse("BAD_CONTENT", text, "input", "content") from None


_RESULT: dict[str, Any] = {
    "kind": "MAIN",
    "perspective": None,
    "success_measure": "",
    "parent_id": None,
    "parent_statement": "",
    "indicators": [],
    "id": None,
}
_INDICATOR: dict[str, Any] = {
    "aspect": None,
    "unit_of_measure": "",
    "target_min": None,
    "target_max": None,
    "direction": "HIGHER_IS_BETTER",
    "pattern": "COUNT",
    "release_on": None,
    "fact": "",
    "id": None,
}


def _create(ctx: Context, _target: Target, values: Values) -> PlanTemplate:
    wanted = TemplateRequest(values["code"], values["name"], values["approach"], _content(values.get("content")))
    return create_template(ctx, wanted)


def _create_of_plan(ctx: Context, target: Target, values: Values) -> PlanTemplate:
    plan = fetch(PerformancePlan, target.id, ctx, "input", "planId")
    return create_template(ctx, TemplateRequest(values["code"], values["name"], plan.approach, content_of(plan)))


def _update(ctx: Context, target: Target, values: Values) -> PlanTemplate:
    content = _content(values["content"]) if "content" in values else NOTHING
    version = seen_version(PlanTemplate, target)
    return update_template(ctx, target.id, version, values.get("name"), content, values.get("approach"))


def _assign(ctx: Context, target: Target, values: Values) -> Sequence[AssignAnswer]:
    wanted = given(values)
    keys = wanted.pop("position_kind_ids", ())
    kinds = [row.code for row in PositionKind.select().where(PositionKind.id.in_(keys)).order_by(PositionKind.id)]
    return assign_template(ctx, AssignRequest(template_id=target.id, position_kinds=tuple(kinds), **wanted))


def _may_manage(actor: Actor) -> bool:
    return bool(actor.paths("planning.manage"))


def _may_hand_out(actor: Actor) -> bool:
    return _may_manage(actor) or bool(actor.headed_paths)


TEMPLATES = (
    Verb(
        "planning.create_template",
        N_("New template"),
        PlanTemplate,
        Does.CREATE,
        _create,
        (_CODE, _NAME, _APPROACH, _CONTENT),
        permission="planning.manage",
        allows=_may_manage,
    ),
    Verb(
        "planning.update_template",
        N_("Correct"),
        PlanTemplate,
        Does.CORRECT,
        _update,
        (_NAME, _APPROACH, _CONTENT),
        permission="planning.manage_template",
        help=N_("Plans made from it stay as they are."),
    ),
    Verb(
        "planning.assign_template",
        N_("Hand out"),
        PlanTemplate,
        Does.ACT,
        _assign,
        (
            VerbField("period_id", N_("Period"), FieldKind.REFERENCE, is_required=True, refers_to=EvaluationPeriod),
            VerbField(
                "unit_id",
                N_("Unit"),
                FieldKind.REFERENCE,
                refers_to=WorkUnit,
                help=N_("To everybody in the unit and below who has no plan yet. Empty: the whole institution."),
            ),
            VerbField("position_kind_ids", N_("Kinds of positions"), FieldKind.REFERENCES, refers_to=PositionKind),
            VerbField("starts_on", N_("From"), FieldKind.DATE),
        ),
        permission="planning.assign_template",
        allows=_may_hand_out,
    ),
    Verb(
        "planning.template_of_plan",
        N_("Make a template of it"),
        PerformancePlan,
        Does.ACT,
        _create_of_plan,
        (_CODE, VerbField("name", N_("Name"), is_required=True)),
        permission="planning.manage_template",
    ),
    archive_verb(PlanTemplate, "planning.manage_template"),
)
