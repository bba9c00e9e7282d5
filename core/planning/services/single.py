"""One work result, indicator or expectation of a plan changed at a time, by the same checks as a whole plan."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from core.context import Context
from core.errors import Problem, Refused, stale
from core.planning.content import IndicatorContent, PlanContent, WorkResultContent
from core.planning.models import BehaviorExpectation, Indicator, PerformancePlan, WorkResult
from core.planning.services.contents import content_of
from core.planning.services.plans import update_plan
from core.policy import fetch
from core.work import unit_of_work

Results = tuple[WorkResultContent, ...]


def add_work_result(ctx: Context, plan_id: int, values: Mapping[str, Any]) -> WorkResult:
    """Add a work result at the end of a plan."""
    with unit_of_work(ctx):
        plan = fetch(PerformancePlan, plan_id, ctx, "input", "planId")
        present = _present(plan)
        _write(ctx, plan, (*present, WorkResultContent(**values)), ("workResults", len(present)))
        return WorkResult.select().where(WorkResult.plan == plan.id).order_by(WorkResult.id.desc()).get()


def change_work_result(ctx: Context, work_result_id: int, version: int | None, values: Mapping[str, Any]) -> WorkResult:
    """Change a work result of a plan that is not agreed."""
    with unit_of_work(ctx):
        row = _seen(fetch(WorkResult, work_result_id, ctx, "input", "id"), version)
        present = _present(row.plan)
        place = _place(present, row.id)
        _write(ctx, row.plan, _with(present, place, replace(present[place], **values)), ("workResults", place))
        return WorkResult.get_by_id(row.id)


def remove_work_result(ctx: Context, work_result_id: int, version: int | None) -> None:
    """Take a work result with its indicators out of a plan; what supported it keeps its words."""
    with unit_of_work(ctx):
        row = _seen(fetch(WorkResult, work_result_id, ctx, "input", "id"), version)
        present = _present(row.plan)
        _write(ctx, row.plan, tuple(each for each in present if each.id != row.id), ())


def add_indicator(ctx: Context, work_result_id: int, values: Mapping[str, Any]) -> Indicator:
    """Add an indicator at the end of a work result."""
    with unit_of_work(ctx):
        row = fetch(WorkResult, work_result_id, ctx, "input", "workResultId")
        present = _present(row.plan)
        place = _place(present, row.id)
        indicators = present[place].indicators
        wanted = replace(present[place], indicators=(*indicators, IndicatorContent(**values)))
        prefix = ("workResults", place, "indicators", len(indicators))
        _write(ctx, row.plan, _with(present, place, wanted), prefix)
        return Indicator.select().where(Indicator.work_result == row.id).order_by(Indicator.id.desc()).get()


def change_indicator(ctx: Context, indicator_id: int, version: int | None, values: Mapping[str, Any]) -> Indicator:
    """Change an indicator of a plan that is not agreed."""
    with unit_of_work(ctx):
        row = _seen(fetch(Indicator, indicator_id, ctx, "input", "id"), version)
        _change_indicators(ctx, row, lambda each: replace(each, **values))
        return Indicator.get_by_id(row.id)


def remove_indicator(ctx: Context, indicator_id: int, version: int | None) -> None:
    """Take an indicator out of a plan that is not agreed."""
    with unit_of_work(ctx):
        row = _seen(fetch(Indicator, indicator_id, ctx, "input", "id"), version)
        _change_indicators(ctx, row, lambda _each: None)


def set_expectation(ctx: Context, expectation_id: int, version: int | None, expectation: str) -> BehaviorExpectation:
    """Say what the leader expects for one of the seven values."""
    with unit_of_work(ctx):
        row = _seen(fetch(BehaviorExpectation, expectation_id, ctx, "input", "id"), version)
        update_plan(ctx, row.plan_id, row.plan.version, PlanContent(expectations={row.value: expectation.strip()}))
        return BehaviorExpectation.get_by_id(row.id)


def _change_indicators(
    ctx: Context, row: Indicator, change: Callable[[IndicatorContent], IndicatorContent | None]
) -> None:
    plan = row.work_result.plan
    present = _present(plan)
    place = _place(present, row.work_result_id)
    before = present[place].indicators
    number = next(number for number, each in enumerate(before) if each.id == row.id)
    changed = [change(each) if each.id == row.id else each for each in before]
    wanted = replace(present[place], indicators=tuple(each for each in changed if each is not None))
    _write(ctx, plan, _with(present, place, wanted), ("workResults", place, "indicators", number))


def _present(plan: PerformancePlan) -> Results:
    return content_of(plan).work_results or ()


def _place(results: Results, key: int) -> int:
    return next(place for place, each in enumerate(results) if each.id == key)


def _with(results: Results, place: int, wanted: WorkResultContent) -> Results:
    return (*results[:place], wanted, *results[place + 1 :])


def _seen(row: Any, version: int | None) -> Any:
    if version is not None and row.version != version:
        raise stale("input", "version")
    return row


def _write(ctx: Context, plan: PerformancePlan, results: Results, prefix: Sequence[str | int]) -> None:
    with _problems_at_the_row(prefix):
        update_plan(ctx, plan.id, plan.version, PlanContent(work_results=results))


@contextmanager
def _problems_at_the_row(prefix: Sequence[str | int]) -> Iterator[None]:
    """Name problems of the row by its own fields: whoever changes one row knows nothing of its place in the plan."""
    try:
        yield
    except Refused as refusal:
        whole = ("input", *prefix)
        raise Refused(
            [
                Problem(problem.code, problem.text, ("input", *problem.path[len(whole) :]), problem.params)
                if problem.path[: len(whole)] == whole
                else problem
                for problem in refusal.problems
            ]
        ) from None
