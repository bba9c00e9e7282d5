"""Back office: performance of units, evaluations, calibration, objections and credit points."""

from collections.abc import Sequence
from typing import Any

from admin.blocks import Block
from admin.columns import STAMPS
from admin.explaining import explained
from admin.readable import json_blocks
from admin.related import Related
from admin.views import ScopedView, Shown
from core.appraisal.models import (
    CalibrationSession,
    CalibrationShift,
    CreditPoints,
    Evaluation,
    Objection,
    OrganizationPerformance,
)
from core.organisation.models import Employee, WorkUnit
from core.planning.models import EvaluationPeriod, EvaluationWindow
from core.plugin_api import N_, AdminView


class OrganizationPerformanceView(ScopedView):
    """The performance of units."""

    group = N_("Performance")
    order = ("set_on", True)
    columns = (
        Shown("unit", N_("Unit"), label=WorkUnit.name, is_searched=True),
        Shown("period", N_("Period"), label=EvaluationPeriod.name),
        Shown("window", N_("Window"), label=EvaluationWindow.name),
        Shown("rating", N_("Performance of the unit")),
        Shown("set_by", N_("Set by"), label=Employee.name),
        Shown("set_on", N_("Set on")),
        Shown("basis", N_("Basis"), is_listed=False),
        *STAMPS,
    )
    related = (Related(N_("Evaluations"), Evaluation, "organization_performance", "evaluation"),)


class EvaluationView(ScopedView):
    """Evaluations of plans."""

    group = N_("Performance")
    stands = ("employee", "period")
    order = ("id", True)
    columns = (
        Shown("employee", N_("Employee"), label=Employee.name, is_searched=True),
        Shown("unit", N_("Unit"), label=WorkUnit.name),
        Shown("period", N_("Period"), label=EvaluationPeriod.name),
        Shown("kind", N_("Kind")),
        Shown("state", N_("State")),
        Shown("predicate", N_("Predicate")),
        Shown("window", N_("Window"), label=EvaluationWindow.name, is_listed=False),
        Shown("result_rating", N_("Rating of results"), is_listed=False),
        Shown("behavior_rating", N_("Rating of behaviour"), is_listed=False),
        Shown("evaluator", N_("Evaluator"), label=Employee.name, is_listed=False),
        Shown("result_note", N_("Note on results"), is_listed=False),
        Shown("behavior_note", N_("Note on behaviour"), is_listed=False),
        Shown("distribution_reason", N_("Why the distribution differs"), is_listed=False),
        Shown("finalised_at", N_("Made final at"), is_listed=False),
        Shown("received_on", N_("Received on"), is_listed=False),
        Shown("acknowledged_at", N_("Acknowledged at"), is_listed=False),
        Shown("plan", N_("Plan"), is_listed=False),
        Shown("explanation", N_("Explanation"), is_listed=False, is_raw=True),
        *STAMPS,
    )
    related = (
        Related(N_("Objections"), Objection, "evaluation", "objection"),
        Related(N_("Credit points"), CreditPoints, "evaluation", "credit_points"),
        Related(N_("Shifts of ratings"), CalibrationShift, "evaluation", "calibration_shift"),
    )

    def blocks(self, row: Any) -> Sequence[Block]:
        """Say how the predicate came about."""
        steps = explained(row.explanation)
        return (steps,) if steps else ()


class CalibrationSessionView(ScopedView):
    """Meetings in which ratings are compared."""

    group = N_("Performance")
    order = ("held_on", True)
    columns = (
        Shown("unit", N_("Unit"), label=WorkUnit.name, is_searched=True),
        Shown("period", N_("Period"), label=EvaluationPeriod.name),
        Shown("window", N_("Window"), label=EvaluationWindow.name),
        Shown("held_on", N_("Held on")),
        Shown("state", N_("State")),
        Shown("note", N_("Note"), is_listed=False),
        *STAMPS,
    )
    related = (Related(N_("Shifts of ratings"), CalibrationShift, "session", "calibration_shift"),)


class CalibrationShiftView(ScopedView):
    """Ratings changed in calibration."""

    group = N_("Performance")
    is_listed_in_menu = False
    is_counted = False
    order = ("id", True)
    columns = (
        Shown("reason", N_("Reason"), is_searched=True),
        Shown("evaluation", N_("Evaluation")),
        Shown("result_from", N_("Results before")),
        Shown("result_to", N_("Results after")),
        Shown("behavior_from", N_("Behaviour before")),
        Shown("behavior_to", N_("Behaviour after")),
        Shown("shifted_by", N_("Shifted by"), label=Employee.name, is_listed=False),
        Shown("session", N_("Calibration session"), is_listed=False),
        *STAMPS,
    )


class ObjectionView(ScopedView):
    """Objections to evaluations."""

    group = N_("Performance")
    order = ("filed_on", True)
    columns = (
        Shown("employee", N_("Employee"), label=Employee.name, is_searched=True),
        Shown("state", N_("State")),
        Shown("filed_on", N_("Filed on")),
        Shown("due_on", N_("Due on")),
        Shown("decider", N_("Decided by"), label=Employee.name),
        Shown("decided_on", N_("Decided on")),
        Shown("evaluation", N_("Evaluation"), is_listed=False),
        Shown("reason", N_("Reason"), is_listed=False),
        Shown("evaluator_statement", N_("What the evaluator says"), is_listed=False),
        Shown("decision", N_("Decision"), is_listed=False),
        *STAMPS,
    )


class CreditPointsView(ScopedView):
    """Credit points of functional employees."""

    group = N_("Performance")
    order = ("id", True)
    columns = (
        Shown("employee", N_("Employee"), label=Employee.name, is_searched=True),
        Shown("points", N_("Credit points")),
        Shown("months", N_("Months")),
        Shown("percentage", N_("Percentage")),
        Shown("coefficient", N_("Coefficient")),
        Shown("position_kind", N_("Kind of position"), is_listed=False),
        Shown("evaluation", N_("Evaluation"), is_listed=False),
        Shown("explanation", N_("Explanation"), is_listed=False, is_raw=True),
        *STAMPS,
    )

    def blocks(self, row: Any) -> Sequence[Block]:
        """Show inputs and rule."""
        return json_blocks(N_("Explanation"), row.explanation)


VIEWS = [
    AdminView("evaluation", lambda: EvaluationView(Evaluation, N_("Evaluations"), "evaluation")),
    AdminView(
        "organization_performance",
        lambda: OrganizationPerformanceView(
            OrganizationPerformance, N_("Performance of units"), "organization_performance"
        ),
    ),
    AdminView("objection", lambda: ObjectionView(Objection, N_("Objections"), "objection")),
    AdminView(
        "calibration_session",
        lambda: CalibrationSessionView(CalibrationSession, N_("Calibration sessions"), "calibration_session"),
    ),
    AdminView(
        "calibration_shift",
        lambda: CalibrationShiftView(CalibrationShift, N_("Shifts of ratings"), "calibration_shift"),
    ),
    AdminView("credit_points", lambda: CreditPointsView(CreditPoints, N_("Credit points"), "credit_points")),
]
