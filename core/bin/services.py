"""Putting rows into the bin with all that belongs to them, and bringing them back as they were."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import peewee as pw

from core.bin.gathering import Gathered, archive_verb_of, gather
from core.bin.models import BinEntry
from core.bin.policies import RESTORE
from core.bin.terms import BinState
from core.context import Context, stating
from core.errors import Problem, Refused, refuse, stale
from core.history.models import HistoryRecord
from core.history.services.rows import current, obstacles, put_back, state_of, value_of
from core.i18n import N_
from core.organisation.models import Assignment, Delegation
from core.organisation.services.reporting import lines_below_may_change, lines_may_change, people_supervised_by
from core.policy import fetch, is_confidential, require
from core.registry import active_registry
from core.verbs.subjects import label_of_row, unit_path_of
from core.work import UnitOfWork, plain, unit_of_work


@dataclass(frozen=True)
class Preview:
    """What archiving would do: rows that go along, by table; columns emptied, by table; what stands in the way."""

    going: list[tuple[type[pw.Model], int]]
    emptied: list[tuple[type[pw.Model], str, int]]
    standing: list[Problem]


def preview(ctx: Context, model: type[pw.Model], id: int) -> Preview:
    """Return what would happen to other rows if the row were archived; refused like the archiving itself."""
    return _told(gather(ctx, [_archivable(ctx, model, id)]), 1)


def preview_many(ctx: Context, model: type[pw.Model], ids: Sequence[int]) -> Preview:
    """Return what would happen in total to other rows if these were archived, in hardly more statements than for one.

    Among what stands in the way are the rows that are themselves not to be archived.
    """
    rows: list[pw.Model] = []
    standing: list[Problem] = []
    for key in ids:
        try:
            rows.append(_archivable(ctx, model, key))
        except Refused as refusal:
            standing += refusal.problems
    found = gather(ctx, rows)
    found.standing[:0] = standing
    return _told(found, len(rows))


def archive(ctx: Context, model: type[pw.Model], id: int, version: int | None, reason: str | None) -> BinEntry:
    """Put a row and what belongs to it into the bin, all or nothing, and return the entry.

    Who refers to it without belonging to it stands in the way (ARCHIVE_DEPENDENT), unless that goes into the bin by
    itself too and the caller may; a reference that may be empty is emptied.
    """
    with stating(ctx, reason), unit_of_work(ctx) as work:
        row = _archivable(ctx, model, id)
        if version is not None and version != getattr(row, "version", version):
            raise stale("input", "version")
        found = gather(ctx, [row])
        if found.standing:
            raise Refused(found.standing)
        # Before the row leaves: where it belongs follows from rows that go along.
        label, path = label_of_row(row), unit_path_of(row, ctx.today)
        gone = found.leaves_first()
        emptied = [[*_noted(one), column, one.__data__[column]] for one, column in found.emptied]
        _follow(work, gone)
        for one, column in found.emptied:
            work.update(one, **{column: None})
        for one in gone:
            work.delete(one)
        return work.create(
            BinEntry,
            model=model.__name__,
            subject_id=id,
            label=label,
            unit_path=path,
            row_count=sum(not is_confidential(type(one)) for one in gone),
            rows=[[*_noted(one), plain(one.__data__.get("created_at"))] for one in gone],
            emptied=emptied,
            reason=ctx.reason or "",
            batch=work.batch,
            account_id=ctx.actor.account_id,
            account_name=ctx.actor.name,
        )


def restore_entry(ctx: Context, entry_id: int, reason: str | None) -> pw.Model:
    """Bring back what went into the bin as one entry, with the same ids, and return the row itself.

    Refused with every obstacle named: what clashes now, what is gone, and which plugin is off. A row that came back
    by the history already, or a reference that has been filled anew, stays as it is.
    """
    why = (reason or ctx.reason or "").strip()
    if not why:
        raise refuse(
            "REASON_MISSING", N_("Bringing back an earlier state needs a reason. Write why."), "input", "reason"
        )
    with stating(ctx, why), unit_of_work(ctx) as work:
        entry = fetch(BinEntry, entry_id, ctx, "input", "id")
        require(ctx, RESTORE, entry, "input", "id")
        if entry.state is not BinState.IN_BIN:
            raise refuse("NOT_IN_BIN", N_("This is not in the bin any more. Look for it in its list."), "input", "id")
        return _bring_back(ctx, work, entry)


def _told(found: Gathered, given: int) -> Preview:
    """Return in numbers what was gathered; the first rows that go are the given ones."""
    going = Counter(type(one) for one in list(found.going.values())[given:] if not is_confidential(type(one)))
    emptied = Counter((type(one), column) for one, column in found.emptied if not is_confidential(type(one)))
    tables = [(table, name, count) for (table, name), count in emptied.items()]
    return Preview(list(going.items()), tables, found.standing)


def _archivable(ctx: Context, model: type[pw.Model], key: int) -> pw.Model:
    row = fetch(model, key, ctx, "input", "id")
    verb = archive_verb_of(model)
    if verb is None or not verb.suits(row):
        raise refuse(
            "NOT_ARCHIVABLE",
            N_("{label} is kept and does not go into the bin. Close or correct it instead."),
            "input",
            "id",
            label=label_of_row(row),
        )
    if verb.permission:
        require(ctx, verb.permission, verb.subject(row), "input", "id")
    return row


def _noted(row: pw.Model) -> list[Any]:
    return [_owner_of(type(row)), type(row).__name__, row.__data__["id"]]


def _owner_of(model: type[pw.Model]) -> str:
    return next(owner for owner, one in active_registry().owned("register_models") if one is model)


def _follow(work: UnitOfWork, rows: Sequence[pw.Model]) -> None:
    """Have the superiors of those worked out anew whom these rows concern, while or since the rows are there."""
    for row in rows:
        if isinstance(row, Assignment):
            lines_may_change(work, [row.employee_id])
            if row.position.is_head:
                lines_below_may_change(work, [row.unit_id])
        elif isinstance(row, Delegation):
            lines_may_change(work, people_supervised_by(row.delegator_id))


def _bring_back(ctx: Context, work: UnitOfWork, entry: BinEntry) -> pw.Model:
    models = {model.__name__: model for model in active_registry().models}
    off = dict.fromkeys(owner for owner, name, *_ in [*entry.rows, *entry.emptied] if name not in models)
    if off:
        text = N_("The plugin {plugin} is off, and this holds rows of it. Switch it on, then restore again.")
        raise Refused([Problem("BIN_PLUGIN_OFF", text, ("input", "id"), {"plugin": owner}) for owner in off])
    own = {f"{name}:{key}" for _, name, key, _ in entry.rows}
    problems: list[Problem] = []
    restored: list[pw.Model] = []
    for _, name, key, made_at in reversed(entry.rows):
        model = models[name]
        if current(model, key) is not None:
            continue
        values = state_of(model, _held(entry, name, key))
        if made_at is not None:
            values["created_at"] = value_of(model._meta.fields["created_at"], made_at)
        # What misses a row of this very entry misses it because of the obstacle that is named with that row.
        problems += [one for one in obstacles(model, key, values) if one.params.get("missing") not in own]
        if not problems:
            restored.append(put_back(work, model, key, values))
    if problems:
        raise Refused(problems)
    for _, name, key, column, pointed_to in entry.emptied:
        row = current(models[name], key)
        if row is not None and row.__data__[column] is None:
            work.update(row, **{column: pointed_to})
    model = models[entry.model]
    row = current(model, entry.subject_id)
    verb = archive_verb_of(model)
    assert row is not None  # noqa: S101 - it is among the rows that came back
    if verb is not None and verb.permission:
        # Asked of the row as it was: whoever may put it away may bring it back.
        require(ctx, verb.permission, verb.subject(row), "input", "id")
    _follow(work, restored)
    work.update(entry, state=BinState.RESTORED, restored_at=ctx.now)
    return row


def _held(entry: BinEntry, name: str, key: int) -> str:
    record = (
        HistoryRecord.select()
        .where(
            (HistoryRecord.subject_type == name)
            & (HistoryRecord.subject_id == key)
            & (HistoryRecord.batch == entry.batch)
            & (HistoryRecord.action == "delete")
        )
        .order_by(HistoryRecord.id.desc())
        .first()
    )
    return str(record.before)
