"""What the doctor asks about registered operations."""

from collections.abc import Sequence

from core.context import Context
from core.contributions import Check
from core.errors import Problem
from core.i18n import N_
from core.operations.language import inspect
from core.operations.services import list_operations


def operations_fit(ctx: Context) -> Sequence[Problem]:
    """Tell which operations in force no longer fit the schema, as an upgrade can bring it about."""
    found = []
    for row in list_operations(ctx):
        faults = inspect(row.document, ctx.settings).faults
        if faults:
            text = N_(
                "The registered operation {name} no longer fits the API. Register a new one, or retire it: {fault}"
            )
            found.append(Problem("OPERATION_OUTDATED", text, params={"name": row.name, "fault": faults[0]}))
    return found


CHECKS: tuple[Check, ...] = (Check("operations.fit", N_("Every registered operation fits the API"), operations_fit),)
