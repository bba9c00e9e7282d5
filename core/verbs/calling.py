"""How verbs call services: the version that was seen, values that were given, and fields that many verbs have."""

from typing import Any

import peewee as pw

from core.i18n import N_
from core.verbs.declare import NO_COLUMN, FieldKind, Target, Values, VerbField

REASON = VerbField("reason", N_("Reason"), FieldKind.LONG_TEXT, is_required=True, column=NO_COLUMN)
"""Why something is done, where it is not done without a reason."""

LAST_DAY = VerbField("last_day", N_("Last day"), FieldKind.DATE, is_required=True)
"""The last day on which something holds."""

FROM_DAY = VerbField("valid_from", N_("From"), FieldKind.DATE, is_required=True, column=NO_COLUMN)
"""The first day on which a change holds."""


def seen_version(model: type[pw.Model], target: Target) -> int:
    """Return the version that was seen, for services that want one: the present one where it does not matter (0: none).

    Whether the row is there and visible, the service says.
    """
    if target.version is not None:
        return target.version
    table: Any = model
    found: int | None = table.select(table.version).where(table.id == target.id).scalar()
    return found or 0


def given(values: Values) -> dict[str, Any]:
    """Return the values that were given, for services whose parameters have defaults of their own."""
    return {name: value for name, value in values.items() if value is not None}
