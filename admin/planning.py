"""Back office: performance plans, their versions and evaluators, and templates."""

from collections.abc import Sequence
from typing import Any

from admin.blocks import Block
from admin.bound_facts import bound_facts
from admin.columns import STAMPS, VALIDITY
from admin.plan_content import content_blocks, present_content
from admin.related import Related
from admin.views import ScopedView, Shown
from core.appraisal.models import Evaluation
from core.facts.models import FactBinding, FactMeasurement
from core.organisation.models import Employee, Position, WorkUnit
from core.planning.models import (
    BehaviorExpectation,
    EvaluationPeriod,
    PerformancePlan,
    PlanEvaluator,
    PlanTemplate,
    PlanVersion,
    WorkResult,
)
from core.plugin_api import N_, AdminView
from core.progress.models import Feedback, PerformanceDialogue, ProgressRecord


class PerformancePlanView(ScopedView):
    """Performance plans (SKP)."""

    group = N_("Performance")
    stands = ("employee", "period")
    order = ("starts_on", True)
    columns = (
        Shown("employee", N_("Employee"), label=Employee.name, is_searched=True),
        Shown("position", N_("Position"), label=Position.title),
        Shown("unit", N_("Unit"), label=WorkUnit.name),
        Shown("period", N_("Period"), label=EvaluationPeriod.name),
        Shown("state", N_("State")),
        Shown("evaluator", N_("Evaluator"), label=Employee.name),
        Shown("approach", N_("Approach"), is_listed=False),
        Shown("starts_on", N_("From"), is_listed=False),
        Shown("ends_on", N_("Until"), is_listed=False),
        Shown("revision", N_("Revision"), is_listed=False),
        Shown("submitted_at", N_("Submitted at"), is_listed=False),
        Shown("approved_at", N_("Approved at"), is_listed=False),
        Shown("return_note", N_("Why it was returned"), is_listed=False),
        Shown("support_needed", N_("Support needed"), is_listed=False),
        Shown("accountability_scheme", N_("Accountability scheme"), is_listed=False),
        Shown("consequences", N_("Consequences"), is_listed=False),
        *STAMPS,
    )
    related = (
        Related(N_("Work results"), WorkResult, "plan", "work_result"),
        Related(N_("Progress"), ProgressRecord, "plan", "progress_record"),
        Related(N_("Bound facts"), FactBinding, "plan", "fact_binding"),
        Related(N_("Measured values"), FactMeasurement, "plan", "fact_measurement"),
        Related(N_("Evaluations"), Evaluation, "plan", "evaluation"),
        Related(N_("Feedback"), Feedback, "plan", "feedback"),
        Related(N_("Dialogues"), PerformanceDialogue, "plan", "performance_dialogue"),
        Related(N_("Expected behaviour"), BehaviorExpectation, "plan", "behavior_expectation"),
        Related(N_("Evaluators"), PlanEvaluator, "plan", "plan_evaluator"),
        Related(N_("Approved versions"), PlanVersion, "plan", "plan_version"),
        Related(N_("Continued by"), PerformancePlan, "continues", "plan"),
    )

    def blocks(self, row: Any) -> Sequence[Block]:
        """Show the work results with their indicators, and what facts say about these."""
        return (present_content(row.id), *bound_facts(row.id))


class PlanEvaluatorView(ScopedView):
    """Who answered for which plan as its evaluator."""

    group = N_("Performance")
    is_listed_in_menu = False
    is_counted = False
    order = ("valid_from", True)
    columns = (
        Shown("evaluator", N_("Evaluator"), label=Employee.name, is_searched=True),
        Shown("plan", N_("Plan")),
        *VALIDITY,
        Shown("reason", N_("Reason")),
        *STAMPS,
    )


class PlanVersionView(ScopedView):
    """Plans as they were approved."""

    group = N_("Performance")
    is_listed_in_menu = False
    is_counted = False
    order = ("id", True)
    columns = (
        Shown("created_at", N_("Kept at")),
        Shown("plan", N_("Plan")),
        Shown("revision", N_("Revision")),
        Shown("reason", N_("Reason")),
        Shown("content", N_("Content"), is_listed=False, is_raw=True),
    )

    def blocks(self, row: Any) -> Sequence[Block]:
        """Show what the plan held."""
        return content_blocks(row.content)


class PlanTemplateView(ScopedView):
    """Templates of plans."""

    group = N_("Performance")
    order = ("code", False)
    columns = (
        Shown("code", N_("Code"), is_searched=True),
        Shown("name", N_("Name"), is_searched=True),
        Shown("approach", N_("Approach")),
        Shown("content", N_("Content"), is_listed=False, is_raw=True),
        *STAMPS,
    )

    def blocks(self, row: Any) -> Sequence[Block]:
        """Show what the template holds."""
        return content_blocks(row.content)


VIEWS = [
    AdminView("plan", lambda: PerformancePlanView(PerformancePlan, N_("Plans"), "plan")),
    AdminView("plan_template", lambda: PlanTemplateView(PlanTemplate, N_("Templates"), "plan_template")),
    AdminView("plan_evaluator", lambda: PlanEvaluatorView(PlanEvaluator, N_("Evaluators"), "plan_evaluator")),
    AdminView("plan_version", lambda: PlanVersionView(PlanVersion, N_("Approved versions"), "plan_version")),
]
