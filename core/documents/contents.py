"""What plans hold, as the forms show it: results with their indicators, behaviour with its expectations."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import peewee as pw

from core.context import Context
from core.documents.words import told
from core.planning.models import BehaviorExpectation, Indicator, WorkResult
from core.planning.terms import BehaviorValue
from core.policy import as_condition, visible


@dataclass
class Content:
    """The results of a plan in their order, each with its indicators and the superior's result that it supports."""

    results: list[WorkResult] = field(default_factory=list)
    indicators: dict[int, list[Indicator]] = field(default_factory=lambda: defaultdict(list))
    parents: dict[int, str] = field(default_factory=dict)
    expectations: dict[BehaviorValue, str] = field(default_factory=dict)


def contents_of(ctx: Context, plan_ids: Collection[int]) -> Mapping[int, Content]:
    """Return what each plan holds as the caller sees it; three statements for any number of plans."""
    found = {key: Content() for key in plan_ids}
    plan_of: dict[int, int] = {}
    for row in _results(ctx, list(plan_ids)):
        content = found[row.plan_id]
        plan_of[row.id] = row.plan_id
        content.results.append(row)
        content.parents[row.id] = told(row.supports or row.parent_statement)
    for indicator in _visible(ctx, Indicator, Indicator.work_result, sorted(plan_of), Indicator.sequence, Indicator.id):
        found[plan_of[indicator.work_result_id]].indicators[indicator.work_result_id].append(indicator)
    for one in _visible(ctx, BehaviorExpectation, BehaviorExpectation.plan, list(plan_ids), BehaviorExpectation.id):
        found[one.plan_id].expectations[one.value] = told(one.expectation)
    return found


def _results(ctx: Context, plan_ids: Sequence[int]) -> Any:
    parent = WorkResult.alias()
    seen = (WorkResult.parent == parent.id) & as_condition(visible(ctx.actor, parent))
    return (
        WorkResult.select(WorkResult, parent.statement.alias("supports"))
        .join(parent, pw.JOIN.LEFT_OUTER, on=seen)
        .where(WorkResult.plan.in_(plan_ids) & as_condition(visible(ctx.actor, WorkResult)))
        .order_by(WorkResult.plan, WorkResult.sequence, WorkResult.id)
        .objects()
    )


def _visible(ctx: Context, model: Any, column: Any, keys: Sequence[int], *order: Any) -> Any:
    return model.select().where(column.in_(keys) & as_condition(visible(ctx.actor, model))).order_by(*order)
