"""Links the work results of imported plans to the superior's results that their rows name."""

from collections.abc import Iterable

from core.context import Context
from core.errors import Problem, Refused
from core.exchange.kinds import ImportState, Row
from core.i18n import N_
from core.planning.content import PlanContent, WorkResultContent
from core.planning.models import PerformancePlan, WorkResult
from core.planning.services.contents import content_of
from core.planning.services.links import link_work_result
from core.planning.services.plans import PlanRequest, create_plan, update_plan


def link_all(ctx: Context, state: ImportState) -> None:
    """Link every result that names a superior's one; add to the superior's plan what it does not hold yet.

    A result added that way supports what all other results of its plan support, where that is one and the same; every
    addition and everything that could not be linked is noted at the row that asked for it.
    """
    rows: dict[int, Row] = state.memory.get("plans", {})
    added: dict[int, Row] = {}
    for result in _waiting(rows):
        row = rows[result.plan_id]
        try:
            parent = _superior_result(ctx, state, row, result, added)
            if parent is not None:
                link_work_result(ctx, result.id, parent.id, result.version)
        except Refused as refused:
            for problem in refused.problems:
                state.note(row, Problem(problem.code, problem.text, ("superior_result",), problem.params))
    for key, row in added.items():
        _support_like_siblings(ctx, state, WorkResult.get_by_id(key), row)


def _waiting(plan_ids: Iterable[int]) -> list[WorkResult]:
    return list(
        WorkResult.select()
        .where(WorkResult.plan.in_(list(plan_ids)) & WorkResult.parent.is_null() & (WorkResult.parent_statement != ""))
        .order_by(WorkResult.id)
    )


def _superior_result(
    ctx: Context, state: ImportState, row: Row, result: WorkResult, added: dict[int, Row]
) -> WorkResult | None:
    plan = PerformancePlan.get_by_id(result.plan_id)
    if plan.evaluator_id is None:
        state.note(
            row,
            Problem(
                "NO_SUPERIOR",
                N_("Nobody supervises the holder of this plan, so its results support none. Name a head of the unit."),
                ("superior_result",),
            ),
        )
        return None
    above = PerformancePlan.get_or_none(
        (PerformancePlan.employee == plan.evaluator_id) & (PerformancePlan.period == plan.period_id)
    )
    found = _find(above, result.parent_statement) if above else None
    if found is not None:
        return found
    new = WorkResultContent(statement=result.parent_statement)
    if above is None:
        request = PlanRequest(plan.evaluator_id, plan.period_id, content=PlanContent(work_results=(new,)))
        above = create_plan(ctx, request)
    else:
        present = content_of(above).work_results or ()
        above = update_plan(ctx, above.id, above.version, PlanContent(work_results=(*present, new)))
    found = _find(above, result.parent_statement)
    if found is not None:
        added[found.id] = row
        state.note(
            row,
            Problem(
                "SUPERIOR_RESULT_ADDED",
                N_("The superior's plan did not hold {statement}, so it was added there. Complete its indicators."),
                ("superior_result",),
                {"statement": result.parent_statement},
            ),
        )
    return found


def _find(plan: PerformancePlan, statement: str) -> WorkResult | None:
    wanted = statement.casefold()
    results = WorkResult.select().where(WorkResult.plan == plan).order_by(WorkResult.sequence, WorkResult.id)
    return next((result for result in results if result.statement.casefold() == wanted), None)


def _support_like_siblings(ctx: Context, state: ImportState, result: WorkResult, row: Row) -> None:
    parents = {
        sibling.parent_id
        for sibling in WorkResult.select().where((WorkResult.plan == result.plan_id) & (WorkResult.id != result.id))
        if sibling.parent_id is not None
    }
    if len(parents) != 1 or result.parent_id is not None:
        return
    parent = WorkResult.get_by_id(parents.pop())
    link_work_result(ctx, result.id, parent.id, result.version)
    state.note(
        row,
        Problem(
            "SUPPORT_ASSUMED",
            N_("{statement} was linked to {parent}, which the rest of that plan supports. Check the link."),
            ("superior_result",),
            {"statement": result.statement, "parent": parent.statement},
        ),
    )
