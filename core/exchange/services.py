"""Runs imports: dry or for good, all or only the valid rows, as one unit that can be undone."""

from collections.abc import Callable, Mapping
from pathlib import Path

from core.context import Context
from core.errors import Problem, Refused, refuse
from core.exchange.kinds import ImportKind, ImportState, Row, as_rows, at_column, map_columns
from core.exchange.models import ImportRun
from core.exchange.reading import Sheet, read_sheet
from core.exchange.report import ImportReport, Outcome, RowReport, field_changes
from core.exchange.terms import ImportMode
from core.exchange.terms import ImportState as RunState
from core.history.services import undo_batch
from core.i18n import N_
from core.policy import fetch, require
from core.texts import code_point, hidden_character
from core.work import UnitOfWork, unit_of_work

BYTES_PER_MEGABYTE = 1_000_000


class _TakeBack(Exception):  # noqa: N818 - a signal, not an error: it rolls a dry or refused run back
    pass


def run_import(
    ctx: Context,
    kind: ImportKind,
    path: Path,
    *,
    mode: ImportMode = ImportMode.ALL_OR_NOTHING,
    is_dry_run: bool = False,
    mapping: Mapping[str, str] | None = None,
    constants: Mapping[str, str] | None = None,
    on_progress: Callable[[int, int], None] = lambda done, total: None,  # noqa: ARG005
) -> ImportReport:
    """Import the file at `path` and return what became of every row.

    A dry run does all that the real run does and takes it back, so that both report the same. In the mode
    ALL_OR_NOTHING one bad row takes everything back; in VALID_ROWS bad rows are left out. Refused with COLUMN_MISSING,
    COLUMN_UNKNOWN or the faults of the file itself before any row is read.
    """
    require(ctx, "exchange.import", kind, "kind")
    sheet = read_sheet(path, ctx.settings.max_upload_mb * BYTES_PER_MEGABYTE)
    return import_sheet(
        ctx, kind, sheet, mode=mode, is_dry_run=is_dry_run, mapping=mapping, constants=constants,
        on_progress=on_progress,
    )  # fmt: skip


def import_sheet(
    ctx: Context,
    kind: ImportKind,
    sheet: Sheet,
    *,
    mode: ImportMode = ImportMode.ALL_OR_NOTHING,
    is_dry_run: bool = False,
    mapping: Mapping[str, str] | None = None,
    constants: Mapping[str, str] | None = None,
    on_progress: Callable[[int, int], None] = lambda done, total: None,  # noqa: ARG005
) -> ImportReport:
    """Import what was read from a file, as `run_import` does.

    Inside an open unit of work the caller takes back what is not written (`is_written` is False) by a refusal.
    """
    require(ctx, "exchange.import", kind, "kind")
    columns, unread = _columns(kind, sheet, mapping or {}, constants or {})
    rows = as_rows(sheet.lines, columns, constants or {})
    report = ImportReport(kind.name, [RowReport(row.number, row.values) for row in rows], unread)
    state = ImportState(rows)
    try:
        with unit_of_work(ctx) as work:
            _apply_all(ctx, work, kind, state, report, on_progress)
            if is_dry_run or (report.rejected and mode is ImportMode.ALL_OR_NOTHING):
                raise _TakeBack  # noqa: TRY301 - leaving the block by it is what rolls back
            report.run_id = _remember(ctx, work, kind, sheet, mode, report).id
    except _TakeBack:
        return report
    report.is_written = True
    return report


def undo_import(ctx: Context, run_id: int) -> ImportRun:
    """Undo an import as one unit; refused with IMPORT_UNDONE when that has been done, and where later changes stand."""
    run = fetch(ImportRun, run_id, ctx, "input", "importId")
    require(ctx, "exchange.undo", run)
    with unit_of_work(ctx) as work:
        if run.state is not RunState.DONE:
            raise refuse("IMPORT_UNDONE", N_("This import was undone before. There is nothing left to undo."), "input")
        undo_batch(ctx, run.batch, except_types=(ImportRun.__name__,))
        work.update(run, state=RunState.UNDONE)
        return run


def _columns(
    kind: ImportKind, sheet: Sheet, mapping: Mapping[str, str], constants: Mapping[str, str]
) -> tuple[dict[str, str], list[str]]:
    names = {column.name for column in kind.columns}
    problems = [
        Problem(
            "COLUMN_UNKNOWN",
            N_("Imports of {kind} know no column {column}. Use one of: {known}."),
            ("mapping", name),
            {"kind": kind.name, "column": name, "known": ", ".join(sorted(names))},
        )
        for name in {*mapping.values(), *constants} - names - {""}
    ]
    problems += twice_mapped(mapping)
    found, missing, unread = map_columns(kind, sheet.headers, mapping)
    problems += [
        Problem(
            "COLUMN_MISSING",
            N_("The file has no column for {column}. Name one with --map HEADER={column}; the file has: {headers}."),
            ("mapping", name),
            {"column": name, "headers": ", ".join(sheet.headers)},
        )
        for name in missing
        if name not in constants
    ]
    if problems:
        raise Refused(problems)
    return found, unread


def twice_mapped(mapping: Mapping[str, str]) -> list[Problem]:
    """Return a problem for each column that more than one header is to fill."""
    headers: dict[str, list[str]] = {}
    for header, name in mapping.items():
        if name:
            headers.setdefault(name, []).append(header)
    text = N_("The column {column} would be filled from {headers}. Keep one of them, and leave the others out.")
    return [
        Problem("COLUMN_TWICE", text, ("mapping", name), {"column": name, "headers": ", ".join(given)})
        for name, given in headers.items()
        if len(given) > 1
    ]


def _apply_all(
    ctx: Context,
    work: UnitOfWork,
    kind: ImportKind,
    state: ImportState,
    report: ImportReport,
    on_progress: Callable[[int, int], None],
) -> None:
    reports = {row.number: row for row in report.rows}
    ordered = kind.order(state.rows, state)
    for done, row in enumerate(ordered, start=1):
        _apply(ctx, work, kind, state, row, reports[row.number])
        on_progress(done, len(ordered))
    kind.finish(ctx, state)
    for number, note in state.notes:
        reports[number].notes.append(note)


def _apply(ctx: Context, work: UnitOfWork, kind: ImportKind, state: ImportState, row: Row, report: RowReport) -> None:
    mark = work.mark()
    try:
        _require_plain(row)
        with work.attempt():
            kind.apply(ctx, row, state)
    except Refused as refused:
        state.rejected.add(row.number)
        report.outcome = Outcome.REJECTED
        report.problems.extend(at_column(kind, problem) for problem in refused.problems)
        return
    entries = work.recorded_since(mark)
    report.changes = field_changes(entries)
    if any(entry["action"] == "create" and entry["subject_type"] in kind.subjects for entry in entries):
        report.outcome = Outcome.CREATED
    elif entries:
        report.outcome = Outcome.UPDATED


def _require_plain(row: Row) -> None:
    found = {column: hidden for column, cell in row.values.items() if (hidden := hidden_character(cell))}
    if found:
        text = N_("The cell has the invisible control character {code}. Remove it, or type the text again.")
        raise Refused(
            [
                Problem("BAD_CHARACTER", text, (column,), {"code": code_point(hidden)})
                for column, hidden in found.items()
            ]
        )


def _remember(
    ctx: Context, work: UnitOfWork, kind: ImportKind, sheet: Sheet, mode: ImportMode, report: ImportReport
) -> ImportRun:
    return work.create(
        ImportRun,
        kind=kind.name,
        file_name=sheet.name,
        sha256=sheet.sha256,
        mode=mode,
        state=RunState.DONE,
        created_rows=report.count(Outcome.CREATED),
        updated_rows=report.count(Outcome.UPDATED),
        unchanged_rows=report.count(Outcome.UNCHANGED),
        rejected_rows=report.count(Outcome.REJECTED),
        batch=work.batch,
        account_id=ctx.actor.account_id,
    )
