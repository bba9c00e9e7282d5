"""Undoing all that is kept under one batch of the history, by whatever it came about."""

from typing import Any

from core.approval.models import ChangeRequest
from core.bin.models import BinEntry
from core.bin.services import restore_entry
from core.bin.terms import BinState
from core.context import Context, stating
from core.errors import refuse
from core.exchange.models import ImportRun
from core.exchange.services import undo_import
from core.history.models import HistoryRecord
from core.history.policies import RESTORE
from core.history.services import undo_batch
from core.i18n import N_
from core.policy import as_condition, fetch, require, visible
from core.runs.models import BulkRun
from core.runs.services import undo_run
from core.verbs.declare import Does, Target, Values, Verb
from core.work import unit_of_work


def undo_all_of(ctx: Context, history_id: int, reason: str | None) -> object:
    """Undo the change of a history record with all that was done at once: a bulk run, an import, an archiving.

    Refused where rows were changed since, and where one of the changes is not the caller's to restore.
    """
    why = (reason or ctx.reason or "").strip()
    if not why:
        raise refuse(
            "REASON_MISSING", N_("Bringing back an earlier state needs a reason. Write why."), "input", "reason"
        )
    with stating(ctx, why), unit_of_work(ctx):
        batch = fetch(HistoryRecord, history_id, ctx, "input", "id").batch
        run = BulkRun.get_or_none(BulkRun.batch == batch)
        if run is not None:
            return undo_run(ctx, run.id, why)
        imported = ImportRun.get_or_none((ImportRun.batch == batch) & (ImportRun.batch != ""))
        if imported is not None:
            return undo_import(ctx, imported.id)
        entry = BinEntry.get_or_none((BinEntry.batch == batch) & (BinEntry.state == BinState.IN_BIN))
        if entry is not None:
            return restore_entry(ctx, entry.id, why)
        return _undo_each(ctx, batch)


def _undo_each(ctx: Context, batch: str) -> int:
    # That it was asked for and approved stays true.
    inside = (HistoryRecord.batch == batch) & (HistoryRecord.subject_type != ChangeRequest.__name__)
    records = list(HistoryRecord.select().where(inside))
    seen = HistoryRecord.select().where(inside & as_condition(visible(ctx.actor, HistoryRecord)))
    if seen.count() != len(records):
        text = N_("This change touched records that are not yours to restore. Restore those of your unit one by one.")
        raise refuse("UNDO_BEYOND", text, "input", "id")
    for record in records:
        require(ctx, RESTORE, record, "input", "id")
    return undo_batch(ctx, batch, except_types=(ChangeRequest.__name__,))


def _undo(ctx: Context, target: Target, _values: Values) -> Any:
    return undo_all_of(ctx, target.id, ctx.reason)


VERBS = (
    Verb(
        "history.undo",
        N_("Undo all that was done at once"),
        HistoryRecord,
        Does.ACT,
        _undo,
        permission=RESTORE,
        # Offered on the pages of the history, which show first what would change.
        suits=lambda _record: False,
    ),
)
