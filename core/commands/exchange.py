"""`kinerja import`, `kinerja export` and `kinerja imports`: files in, files out, and an import taken back."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, cast

import typer
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from core.commands.shared import Exit, deployment, err, operator_context, out, print_json, say
from core.errors import Problem, refuse
from core.exchange.exporting import export
from core.exchange.exports import EXPORTS
from core.exchange.known import import_kind
from core.exchange.models import ImportRun
from core.exchange.report import ImportReport, Outcome, RowReport, write_errors
from core.exchange.services import run_import, undo_import
from core.exchange.terms import ImportMode
from core.i18n import N_, language, translate

_ROWS_SHOWN = 50
_OUTCOMES = {
    Outcome.CREATED: N_("new"),
    Outcome.UPDATED: N_("changed"),
    Outcome.UNCHANGED: N_("unchanged"),
    Outcome.REJECTED: N_("left out"),
}


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("import", help=N_("Import a CSV or XLSX file: units, positions, employees, assignments, plans."))(
        _import
    )
    app.command("export", help=N_("Export units, positions, employees, assignments or plans to CSV or XLSX."))(_export)
    imports = typer.Typer(help=N_("Imports that were run."), no_args_is_help=True)
    imports.command("list", help=N_("List the last imports."))(_list)
    imports.command("undo", help=N_("Undo one import as a whole."))(_undo)
    app.add_typer(imports, name="imports")


def _import(
    kind: Annotated[str, typer.Argument(help=N_("What the file holds: units, positions, employees, …"))],
    file: Annotated[Path, typer.Argument(help=N_("The CSV or XLSX file."))],
    dry_run: Annotated[bool, typer.Option("--dry-run", help=N_("Show what would change and write nothing."))] = False,
    valid_rows: Annotated[
        bool, typer.Option("--valid-rows", help=N_("Leave bad rows out instead of refusing the whole file."))
    ] = False,
    mapping: Annotated[
        list[str] | None, typer.Option("--map", help=N_("A header and the column that it holds: HEADER=column."))
    ] = None,
    constants: Annotated[
        list[str] | None, typer.Option("--set", help=N_("A value for a column that the file lacks: column=value."))
    ] = None,
    errors: Annotated[
        Path | None, typer.Option("--errors", help=N_("Write line, column, value, fault and remedy of bad rows here."))
    ] = None,
    reason: Annotated[str | None, typer.Option("--reason", help=N_("Why, for the history."))] = None,
    json: Annotated[bool, typer.Option("--json", help=N_("Print the report as JSON."))] = False,
) -> int:
    with deployment() as registry, _progress(N_("Importing")) as on_progress:
        report = run_import(
            operator_context(registry.settings, reason),
            import_kind(kind),
            file,
            mode=ImportMode.VALID_ROWS if valid_rows else ImportMode.ALL_OR_NOTHING,
            is_dry_run=dry_run,
            mapping=_pairs(mapping, "--map"),
            constants=_pairs(constants, "--set"),
            on_progress=on_progress,
        )
    if errors is not None:
        with errors.open("w", encoding="utf-8-sig", newline="") as target:
            write_errors(report, target, language.get())
    if json:
        print_json(_as_json(report))
    else:
        _show(report, is_dry_run=dry_run)
    return Exit.PROBLEM if report.rejected else Exit.OK


def _export(
    kind: Annotated[str, typer.Argument(help=N_("What to export: units, positions, employees, …"))],
    file: Annotated[Path, typer.Argument(help=N_("The file to write, ending in .csv or .xlsx."))],
) -> None:
    with deployment() as registry:
        chosen = EXPORTS.get(kind)
        if chosen is None:
            raise _unknown_kind(kind, EXPORTS)
        count = export(operator_context(registry.settings), chosen, file)
    say(N_("{count} rows written to {file}."), count=count, file=file)


def _list(
    json: Annotated[bool, typer.Option("--json", help=N_("Print the list as JSON."))] = False,
) -> None:
    with deployment():
        runs = list(ImportRun.select().order_by(ImportRun.id.desc()).limit(_ROWS_SHOWN))
    if json:
        names = ("id", "kind", "file_name", "mode", "state", "created_rows", "updated_rows", "rejected_rows")
        print_json([{**{name: getattr(run, name) for name in names}, "at": run.created_at} for run in runs])
        return
    for run in runs:
        say(
            N_("{id}: {kind} from {file}, {state}, {created} new, {updated} changed, {rejected} left out, {at}"),
            id=run.id,
            kind=run.kind,
            file=run.file_name,
            state=run.state.value,
            created=run.created_rows,
            updated=run.updated_rows,
            rejected=run.rejected_rows,
            at=run.created_at.isoformat(),
        )


def _undo(
    number: Annotated[int, typer.Argument(help=N_("Number of the import, as `kinerja imports list` shows it."))],
    reason: Annotated[str | None, typer.Option("--reason", help=N_("Why, for the history."))] = None,
) -> None:
    with deployment() as registry:
        undo_import(operator_context(registry.settings, reason), number)
    say(N_("Import {number} is undone."), number=number)


def _unknown_kind(name: str, known: object) -> Exception:
    names = ", ".join(sorted(cast("dict[str, object]", known)))
    return refuse(
        "KIND_UNKNOWN", N_("{kind} is no kind of file. Choose one of: {known}."), "kind", kind=name, known=names
    )


def _pairs(texts: list[str] | None, option: str) -> dict[str, str]:
    pairs: dict[str, str] = {}
    for text in texts or []:
        name, sign, value = text.partition("=")
        if not sign or not name.strip():
            raise typer.BadParameter(text, param_hint=option)
        pairs[name.strip()] = value.strip()
    return pairs


@contextmanager
def _progress(text: str) -> Iterator[Callable[[int, int], None]]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=err(), transient=True) as bar:
        task = bar.add_task(translate(text), total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _show(report: ImportReport, *, is_dry_run: bool) -> None:
    told = [row for row in report.rows if row.problems or row.notes or (is_dry_run and row.changes)]
    if told:
        out().print(_table(told[:_ROWS_SHOWN], is_dry_run=is_dry_run))
    if len(told) > _ROWS_SHOWN:
        say(N_("… and {count} more rows; --json shows all."), count=len(told) - _ROWS_SHOWN)
    if report.unread_columns:
        say(N_("Columns not read: {columns}."), columns=", ".join(report.unread_columns))
    say(
        N_("{created} new, {updated} changed, {unchanged} unchanged, {rejected} left out."),
        created=report.count(Outcome.CREATED),
        updated=report.count(Outcome.UPDATED),
        unchanged=report.count(Outcome.UNCHANGED),
        rejected=report.count(Outcome.REJECTED),
    )
    if report.is_written:
        say(N_("Written as import {number}; undo it with: kinerja imports undo {number}"), number=report.run_id)
    elif is_dry_run:
        say(N_("This was a dry run: nothing is written."))
    else:
        say(N_("Nothing is written. Correct the rows, or use --valid-rows to leave them out."))


def _table(rows: Sequence[RowReport], *, is_dry_run: bool) -> Table:
    spoken = language.get()
    table = Table(show_edge=False, pad_edge=False)
    for title in (N_("Line"), N_("Result"), N_("Details")):
        table.add_column(translate(title), overflow="fold")
    for row in rows:
        details = [_told(problem, spoken) for problem in (*row.problems, *row.notes)]
        if is_dry_run:
            details += [f"{change.field}: {change.before!s} → {change.after!s}" for change in row.changes]
        table.add_row(str(row.number), translate(_OUTCOMES[row.outcome]), escape("\n".join(details)))
    return table


def _told(problem: Problem, spoken: str) -> str:
    place = ".".join(str(part) for part in problem.path)
    return f"{place}: {problem.message(spoken)}" if place else problem.message(spoken)


def _as_json(report: ImportReport) -> dict[str, object]:
    spoken = language.get()
    return {
        "kind": report.kind,
        "written": report.is_written,
        "import": report.run_id,
        "unread_columns": list(report.unread_columns),
        "counts": {outcome.value: report.count(outcome) for outcome in Outcome},
        "rows": [
            {
                "line": row.number,
                "outcome": row.outcome,
                "changes": [vars(change) for change in row.changes],
                "problems": [
                    {"path": list(p.path), "code": p.code, "message": p.message(spoken)} for p in row.problems
                ],
                "notes": [{"path": list(p.path), "code": p.code, "message": p.message(spoken)} for p in row.notes],
            }
            for row in report.rows
        ],
    }
