"""The verbs of planning."""

from core.planning.services.flow import approve_plan, return_plan, revise_plan, submit_plan
from core.planning.services.handover import change_evaluator, reconcile_plans, split_plan_for_move
from core.planning.services.links import is_orphan, is_uncovered, link_work_result, unlink_work_result
from core.planning.services.periods import (
    PeriodRequest,
    close_period,
    create_period,
    open_period,
    period_taking_changes,
)
from core.planning.services.plans import PlanRequest, create_plan, update_plan
from core.planning.services.templates import (
    AssignAnswer,
    AssignOutcome,
    AssignRequest,
    TemplateRequest,
    assign_template,
    create_template,
    update_template,
)

__all__ = [
    "AssignAnswer",
    "AssignOutcome",
    "AssignRequest",
    "PeriodRequest",
    "PlanRequest",
    "TemplateRequest",
    "approve_plan",
    "assign_template",
    "change_evaluator",
    "close_period",
    "create_period",
    "create_plan",
    "create_template",
    "is_orphan",
    "is_uncovered",
    "link_work_result",
    "open_period",
    "period_taking_changes",
    "reconcile_plans",
    "return_plan",
    "revise_plan",
    "split_plan_for_move",
    "submit_plan",
    "unlink_work_result",
    "update_plan",
    "update_template",
]
