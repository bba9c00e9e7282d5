"""Bringing back earlier states, as a verb: so that it can wait for a second person like any other change."""

from typing import Any

from core.context import Context
from core.errors import stale
from core.history.models import HistoryRecord
from core.history.policies import RESTORE
from core.history.services import restore, restore_field
from core.history.services.rows import current, model_of
from core.history.terms import RestoredState
from core.i18n import N_
from core.verbs.declare import Does, FieldKind, Target, Values, Verb, VerbField


def _restore(ctx: Context, target: Target, values: Values) -> Any:
    state = values["state"].value.lower()
    record = HistoryRecord.get_or_none(HistoryRecord.id == target.id)
    if values.get("version") and record is not None:
        row = current(model_of(record), record.subject_id)
        if row is not None and getattr(row, "version", values["version"]) != values["version"]:
            raise stale("input", "version")
    if values.get("field"):
        return restore_field(ctx, target.id, values["field"], ctx.reason, state=state)
    return restore(ctx, target.id, state=state, reason=ctx.reason)


VERBS = (
    Verb(
        "history.restore",
        N_("Bring back an earlier state"),
        HistoryRecord,
        Does.ACT,
        _restore,
        (
            VerbField("state", N_("State"), FieldKind.CHOICE, is_required=True, choices=RestoredState),
            VerbField("field", N_("Field")),
            VerbField("version", N_("Version seen"), FieldKind.INTEGER),
        ),
        permission=RESTORE,
        # Offered on the pages of the history, which show first what would change.
        suits=lambda _record: False,
    ),
)
