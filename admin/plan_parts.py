"""Back office: what belongs to plans and periods: windows, work results, indicators and expectations."""

from admin.columns import STAMPS
from admin.related import Related
from admin.views import ScopedView, Shown
from core.appraisal.models import CalibrationSession, Evaluation, OrganizationPerformance
from core.facts.models import FactBinding, FactMeasurement
from core.planning.models import (
    BehaviorExpectation,
    EvaluationPeriod,
    EvaluationWindow,
    Indicator,
    PerformancePlan,
    WorkResult,
)
from core.plugin_api import N_, AdminView
from core.progress.models import FeedbackRound, ProgressRecord


class EvaluationPeriodView(ScopedView):
    """Periods for which plans are made."""

    group = N_("Performance")
    order = ("starts_on", True)
    columns = (
        Shown("name", N_("Name"), is_searched=True),
        Shown("code", N_("Code"), is_searched=True),
        Shown("state", N_("State")),
        Shown("starts_on", N_("From")),
        Shown("ends_on", N_("Until")),
        Shown("frequency", N_("Rhythm of evaluations")),
        Shown("plan_deadline", N_("Plans are due on"), is_listed=False),
        Shown("evaluation_deadline", N_("Evaluations are due on"), is_listed=False),
        *STAMPS,
    )
    related = (
        Related(N_("Windows"), EvaluationWindow, "period", "evaluation_window"),
        Related(N_("Plans"), PerformancePlan, "period", "plan"),
        Related(N_("Evaluations"), Evaluation, "period", "evaluation"),
        Related(N_("Performance of units"), OrganizationPerformance, "period", "organization_performance"),
        Related(N_("Calibration sessions"), CalibrationSession, "period", "calibration_session"),
        Related(N_("Feedback rounds"), FeedbackRound, "period", "feedback_round"),
    )


class EvaluationWindowView(ScopedView):
    """Spans of periodic evaluations."""

    group = N_("Performance")
    is_listed_in_menu = False
    is_counted = False
    order = ("starts_on", True)
    columns = (
        Shown("name", N_("Name"), is_searched=True),
        Shown("period", N_("Period"), label=EvaluationPeriod.name),
        Shown("number", N_("Number")),
        Shown("starts_on", N_("From")),
        Shown("ends_on", N_("Until")),
        *STAMPS,
    )
    related = (
        Related(N_("Evaluations"), Evaluation, "window", "evaluation"),
        Related(N_("Performance of units"), OrganizationPerformance, "window", "organization_performance"),
    )


class WorkResultView(ScopedView):
    """Work results (RHK) of plans."""

    group = N_("Performance")
    is_counted = False
    order = ("id", True)
    columns = (
        Shown("statement", N_("Work result"), is_searched=True),
        Shown("plan", N_("Plan")),
        Shown("kind", N_("Kind")),
        Shown("parent", N_("Superior's result that this supports"), label=WorkResult.statement),
        Shown("perspective", N_("Perspective")),
        Shown("parent_statement", N_("Superior's result in words"), is_listed=False),
        Shown("success_measure", N_("Measure of success"), is_listed=False),
        Shown("sequence", N_("Order"), is_listed=False),
        *STAMPS,
    )
    related = (
        Related(N_("Indicators"), Indicator, "work_result", "indicator"),
        Related(N_("Results that support this one"), WorkResult, "parent", "work_result"),
        Related(N_("Progress"), ProgressRecord, "work_result", "progress_record"),
    )


class IndicatorView(ScopedView):
    """Individual performance indicators (IKI)."""

    group = N_("Performance")
    is_listed_in_menu = False
    is_counted = False
    order = ("id", True)
    columns = (
        Shown("statement", N_("Indicator"), is_searched=True),
        Shown("work_result", N_("Work result"), label=WorkResult.statement),
        Shown("aspect", N_("Aspect")),
        Shown("target_min", N_("Target, or its lower end")),
        Shown("target_max", N_("Upper end of the target")),
        Shown("unit_of_measure", N_("Unit of measure")),
        Shown("direction", N_("Higher or lower is better"), is_listed=False),
        Shown("pattern", N_("Measuring pattern"), is_listed=False),
        Shown("release_on", N_("Day of release"), is_listed=False),
        Shown("fact", N_("Measured by"), is_listed=False),
        Shown("sequence", N_("Order"), is_listed=False),
        *STAMPS,
    )
    related = (
        Related(N_("Progress"), ProgressRecord, "indicator", "progress_record"),
        Related(N_("Bound facts"), FactBinding, "indicator", "fact_binding"),
        Related(N_("Measured values"), FactMeasurement, "indicator", "fact_measurement"),
    )


class BehaviorExpectationView(ScopedView):
    """What leaders expect for the seven values."""

    group = N_("Performance")
    is_listed_in_menu = False
    is_counted = False
    order = ("id", True)
    columns = (
        Shown("value", N_("Value")),
        Shown("plan", N_("Plan")),
        Shown("expectation", N_("Expectation"), is_searched=True),
        *STAMPS,
    )


VIEWS = [
    AdminView("evaluation_period", lambda: EvaluationPeriodView(EvaluationPeriod, N_("Periods"), "evaluation_period")),
    AdminView("evaluation_window", lambda: EvaluationWindowView(EvaluationWindow, N_("Windows"), "evaluation_window")),
    AdminView("work_result", lambda: WorkResultView(WorkResult, N_("Results of plans"), "work_result")),
    AdminView("indicator", lambda: IndicatorView(Indicator, N_("Indicators"), "indicator")),
    AdminView(
        "behavior_expectation",
        lambda: BehaviorExpectationView(BehaviorExpectation, N_("Expected behaviour"), "behavior_expectation"),
    ),
]
