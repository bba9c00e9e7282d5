"""Back office: facts that indicators are bound to, and what was measured of them."""

from collections.abc import Sequence
from typing import Any

from admin.blocks import Block
from admin.columns import STAMPS
from admin.readable import json_blocks
from admin.views import ScopedView, Shown
from core.facts.models import FactBinding, FactMeasurement
from core.organisation.models import Employee
from core.planning.models import Indicator
from core.plugin_api import N_, AdminView


class FactBindingView(ScopedView):
    """Which indicator takes its value from which fact."""

    group = N_("Performance")
    is_listed_in_menu = False
    is_counted = False
    order = ("id", True)
    columns = (
        Shown("indicator", N_("Indicator"), label=Indicator.statement, is_searched=True),
        Shown("title", N_("Fact"), is_searched=True),
        Shown("subject", N_("Measured of")),
        Shown("plan", N_("Plan")),
        Shown("unit_of_measure", N_("Unit of measure"), is_listed=False),
        Shown("fact", N_("Name of the fact"), is_listed=False),
        Shown("bound_by", N_("Bound by"), label=Employee.name, is_listed=False),
        *STAMPS,
    )


class FactMeasurementView(ScopedView):
    """What was measured, with its evidence, and what superiors decided."""

    group = N_("Performance")
    is_counted = False
    order = ("ends_on", True)
    columns = (
        Shown("indicator", N_("Indicator"), label=Indicator.statement, is_searched=True),
        Shown("title", N_("Fact"), is_searched=True),
        Shown("starts_on", N_("From")),
        Shown("ends_on", N_("Until")),
        Shown("value", N_("Value")),
        Shown("unit_of_measure", N_("Unit of measure")),
        Shown("cases", N_("Cases")),
        Shown("state", N_("State")),
        Shown("plan", N_("Plan"), is_listed=False),
        Shown("subject", N_("Measured of"), is_listed=False),
        Shown("fact", N_("Name of the fact"), is_listed=False),
        Shown("measured_at", N_("Measured at"), is_listed=False),
        Shown("comment", N_("Comment"), is_listed=False),
        Shown("decided_by", N_("Decided by"), label=Employee.name, is_listed=False),
        Shown("decided_at", N_("Decided at"), is_listed=False),
        Shown("progress_record", N_("Progress"), is_listed=False),
        Shown("evidence", N_("Evidence"), is_listed=False, is_raw=True),
        *STAMPS,
    )

    def blocks(self, row: Any) -> Sequence[Block]:
        """Show how the plugin found the value."""
        return json_blocks(N_("Evidence"), row.evidence)


VIEWS = [
    AdminView(
        "fact_measurement", lambda: FactMeasurementView(FactMeasurement, N_("Measured values"), "fact_measurement")
    ),
    AdminView("fact_binding", lambda: FactBindingView(FactBinding, N_("Bound facts"), "fact_binding")),
]
