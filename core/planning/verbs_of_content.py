"""What people do by hand to work results, indicators and expectations of plans."""

from typing import Any

from core.actor import Actor
from core.context import Context
from core.i18n import N_
from core.planning.models import BehaviorExpectation, Indicator, PerformancePlan, WorkResult
from core.planning.rules.states import is_editable
from core.planning.services.links import link_work_result, unlink_work_result
from core.planning.services.single import (
    add_indicator,
    add_work_result,
    change_indicator,
    change_work_result,
    remove_indicator,
    remove_work_result,
    set_expectation,
)
from core.planning.terms import Aspect, Direction, MeasuringPattern, Perspective, WorkResultKind
from core.verbs.calling import given, seen_version
from core.verbs.declare import Does, FieldKind, Target, Values, Verb, VerbField

_RESULT = (
    VerbField("statement", N_("Work result"), FieldKind.LONG_TEXT, is_required=True),
    VerbField("kind", N_("Kind"), FieldKind.CHOICE, is_required=True, choices=WorkResultKind),
    VerbField(
        "perspective",
        N_("Perspective"),
        FieldKind.CHOICE,
        choices=Perspective,
        help=N_("Only in plans of senior executives."),
    ),
    VerbField("success_measure", N_("Measure of success"), FieldKind.LONG_TEXT),
    VerbField(
        "parent_statement",
        N_("Superior's result in words"),
        FieldKind.LONG_TEXT,
        help=N_("Where the superior's plan does not hold the result yet."),
    ),
)
_PARENT = VerbField("parent_id", N_("Superior's result that this supports"), FieldKind.REFERENCE, refers_to=WorkResult)
_INDICATOR = (
    VerbField("statement", N_("Indicator"), FieldKind.LONG_TEXT, is_required=True),
    VerbField("aspect", N_("Aspect"), FieldKind.CHOICE, choices=Aspect),
    VerbField(
        "target_min",
        N_("Target, or its lower end"),
        FieldKind.AMOUNT,
        help=N_("For a single value give the same number as lower and as upper end."),
    ),
    VerbField("target_max", N_("Upper end of the target"), FieldKind.AMOUNT),
    VerbField("unit_of_measure", N_("Unit of measure")),
    VerbField("direction", N_("Higher or lower is better"), FieldKind.CHOICE, is_required=True, choices=Direction),
    VerbField("pattern", N_("Measuring pattern"), FieldKind.CHOICE, is_required=True, choices=MeasuringPattern),
    VerbField(
        "release_on", N_("Day of release"), FieldKind.DATE, help=N_("Only for a value that is published on a day.")
    ),
)


def _may_change(actor: Actor) -> bool:
    return actor.employee_id is not None or bool(actor.paths("planning.manage"))


def _plan_of_result(row: WorkResult) -> PerformancePlan:
    found: PerformancePlan = row.plan
    return found


def _plan_of_indicator(row: Indicator) -> PerformancePlan:
    return _plan_of_result(row.work_result)


def _add_result(ctx: Context, _target: Target, values: Values) -> WorkResult:
    wanted = given(values)
    return add_work_result(ctx, wanted.pop("plan_id"), wanted)


def _change_result(ctx: Context, target: Target, values: Values) -> WorkResult:
    return change_work_result(ctx, target.id, target.version, values)


def _remove_result(ctx: Context, target: Target, _values: Values) -> None:
    remove_work_result(ctx, target.id, target.version)


def _link(ctx: Context, target: Target, values: Values) -> WorkResult:
    return link_work_result(ctx, target.id, values["parent_id"], seen_version(WorkResult, target))


def _unlink(ctx: Context, target: Target, _values: Values) -> WorkResult:
    return unlink_work_result(ctx, target.id, seen_version(WorkResult, target))


def _add_indicator(ctx: Context, _target: Target, values: Values) -> Indicator:
    wanted = given(values)
    return add_indicator(ctx, wanted.pop("work_result_id"), wanted)


def _change_indicator(ctx: Context, target: Target, values: Values) -> Indicator:
    return change_indicator(ctx, target.id, target.version, values)


def _remove_indicator(ctx: Context, target: Target, _values: Values) -> None:
    remove_indicator(ctx, target.id, target.version)


def _set_expectation(ctx: Context, target: Target, values: Values) -> BehaviorExpectation:
    text: Any = values.get("expectation")
    if text is None:
        text = BehaviorExpectation.get_by_id(target.id).expectation
    return set_expectation(ctx, target.id, target.version, text)


def _plan_of_expectation(row: BehaviorExpectation) -> PerformancePlan:
    found: PerformancePlan = row.plan
    return found


CONTENT = (
    Verb(
        "planning.add_work_result",
        N_("New work result"),
        WorkResult,
        Does.CREATE,
        _add_result,
        (
            VerbField("plan_id", N_("Plan"), FieldKind.REFERENCE, is_required=True, refers_to=PerformancePlan),
            *_RESULT,
            _PARENT,
        ),
        permission="planning.update_plan",
        allows=_may_change,
    ),
    Verb(
        "planning.change_work_result",
        N_("Correct"),
        WorkResult,
        Does.CORRECT,
        _change_result,
        _RESULT,
        permission="planning.update_plan",
        subject=_plan_of_result,
        suits=lambda row: is_editable(row.plan.state),
    ),
    Verb(
        "planning.remove_work_result",
        N_("Remove"),
        WorkResult,
        Does.ACT,
        _remove_result,
        permission="planning.update_plan",
        subject=_plan_of_result,
        suits=lambda row: is_editable(row.plan.state),
        is_grave=True,
        help=N_("Its indicators go along. Where progress was reported, it stays."),
    ),
    Verb(
        "planning.link_work_result",
        N_("Link to the superior's result"),
        WorkResult,
        Does.ACT,
        _link,
        (
            VerbField(
                "parent_id",
                N_("Superior's result that this supports"),
                FieldKind.REFERENCE,
                is_required=True,
                refers_to=WorkResult,
            ),
        ),
        permission="planning.link_work_result",
        subject=_plan_of_result,
        may_be_bulk=True,
    ),
    Verb(
        "planning.unlink_work_result",
        N_("Take the link away"),
        WorkResult,
        Does.ACT,
        _unlink,
        permission="planning.link_work_result",
        subject=_plan_of_result,
        suits=lambda row: row.parent_id is not None,
        may_be_bulk=True,
    ),
    Verb(
        "planning.add_indicator",
        N_("New indicator"),
        Indicator,
        Does.CREATE,
        _add_indicator,
        (
            VerbField("work_result_id", N_("Work result"), FieldKind.REFERENCE, is_required=True, refers_to=WorkResult),
            *_INDICATOR,
        ),
        permission="planning.update_plan",
        allows=_may_change,
    ),
    Verb(
        "planning.change_indicator",
        N_("Correct"),
        Indicator,
        Does.CORRECT,
        _change_indicator,
        _INDICATOR,
        permission="planning.update_plan",
        subject=_plan_of_indicator,
        suits=lambda row: is_editable(row.work_result.plan.state),
        may_be_bulk=True,
    ),
    Verb(
        "planning.remove_indicator",
        N_("Remove"),
        Indicator,
        Does.ACT,
        _remove_indicator,
        permission="planning.update_plan",
        subject=_plan_of_indicator,
        suits=lambda row: is_editable(row.work_result.plan.state),
        is_grave=True,
    ),
    Verb(
        "planning.set_expectation",
        N_("Correct"),
        BehaviorExpectation,
        Does.CORRECT,
        _set_expectation,
        (VerbField("expectation", N_("Expectation"), FieldKind.LONG_TEXT),),
        permission="planning.update_plan",
        subject=_plan_of_expectation,
        suits=lambda row: is_editable(row.plan.state),
        may_be_bulk=True,
    ),
)
