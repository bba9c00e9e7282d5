"""Back office: evaluations."""

from collections.abc import Sequence
from typing import Any

from admin.blocks import Block
from admin.explaining import explained
from admin.views import ScopedView, Shown
from core.appraisal.models import Evaluation
from core.organisation.models import Employee, WorkUnit
from core.planning.models import EvaluationPeriod
from core.plugin_api import N_, AdminView


class EvaluationView(ScopedView):
    """Evaluations of plans."""

    order = ("id", True)
    columns = (
        Shown("employee", N_("Employee"), label=Employee.name, is_searched=True),
        Shown("unit", N_("Unit"), label=WorkUnit.name),
        Shown("period", N_("Period"), label=EvaluationPeriod.name),
        Shown("kind", N_("Kind")),
        Shown("state", N_("State")),
        Shown("predicate", N_("Predicate")),
        Shown("result_rating", N_("Rating of results"), is_listed=False),
        Shown("behavior_rating", N_("Rating of behaviour"), is_listed=False),
        Shown("evaluator", N_("Evaluator"), label=Employee.name, is_listed=False),
        Shown("result_note", N_("Note on results"), is_listed=False),
        Shown("behavior_note", N_("Note on behaviour"), is_listed=False),
        Shown("received_on", N_("Received on"), is_listed=False),
        Shown("explanation", N_("Explanation"), is_listed=False, is_raw=True),
    )

    def blocks(self, row: Any) -> Sequence[Block]:
        """Say how the predicate came about."""
        steps = explained(row.explanation)
        return (steps,) if steps else ()


VIEWS = [AdminView("evaluation", lambda: EvaluationView(Evaluation, N_("Evaluations"), "evaluation"))]
