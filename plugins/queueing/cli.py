"""`kinerja queueing`: logs in, tickets worked out again, figures, staffing, the end of the day, and the board."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.markup import escape
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.table import Table

from core.commands.shared import Exit, deployment, err, operator_context, out, print_json, say
from core.i18n import language
from core.plugin_api import N_, refuse, translate
from plugins.queueing.logs.importing import LogReport, import_log, write_faults
from plugins.queueing.logs.mapping import read_mapping
from plugins.queueing.models import QueueService, ServicePoint
from plugins.queueing.reading.board import Board, board_of
from plugins.queueing.reading.metrics import QueueFigures, queue_figures
from plugins.queueing.services.calendar import local_day
from plugins.queueing.services.rebuilding import rebuild
from plugins.queueing.services.sweeping import close_days
from plugins.queueing.terms import Bucket

_ROWS_SHOWN = 20
_LISTS = frozenset({"empty"})
_NUMBERS = frozenset({"tolerance_seconds", "past_midnight_hours"})

_Point = Annotated[str, typer.Option("--point", help=N_("Code of the service point; needed where there are several."))]
_First = Annotated[str, typer.Option("--from", help=N_("First day, such as 2026-03-01 (default: today)."))]
_Last = Annotated[str, typer.Option("--to", help=N_("Last day (default: the first one, or today)."))]
_Json = Annotated[bool, typer.Option("--json", help=N_("Print the answer as JSON."))]


def build_app() -> typer.Typer:
    """Return the group."""
    app = typer.Typer(no_args_is_help=True)
    app.command("import-log", help=N_("Read the log of another queue system into tickets."))(_import_log)
    app.command("rebuild", help=N_("Work out all tickets again from their events and put right what differs."))(
        _rebuild
    )
    app.command("figures", help=N_("Show arrivals, waiting and serving times."))(_figures)
    app.command("staffing", help=N_("Show how many counters each half hour needs."))(_staffing)
    app.command("close-day", help=N_("Close the tickets that are still open after the end of service."))(_close_day)
    app.command("board", help=N_("Show what the displays show now."))(_board)
    return app


def _import_log(
    file: Annotated[Path, typer.Argument(help=N_("The CSV file."))],
    point: _Point = "",
    mapping: Annotated[
        Path | None, typer.Option("--mapping", help=N_("The mapping, a TOML or JSON file; see the plugin's README."))
    ] = None,
    columns: Annotated[
        list[str] | None,
        typer.Option("--map", help=N_("What a column holds: arrival=HEADER, or ticket=HEADER,HEADER.")),
    ] = None,
    constants: Annotated[
        list[str] | None, typer.Option("--set", help=N_("A part of the mapping: time_format=%H:%M, service=ktp, …"))
    ] = None,
    outcomes: Annotated[
        list[str] | None,
        typer.Option("--outcome", help=N_("What a word means: WORD=DONE, NO_SHOW, LEFT or CANCELLED.")),
    ] = None,
    services: Annotated[
        list[str] | None, typer.Option("--service", help=N_("Which service a word means: WORD=code."))
    ] = None,
    counters: Annotated[
        list[str] | None, typer.Option("--counter", help=N_("Which counter a word means: WORD=number."))
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=N_("Check everything and write nothing."))] = False,
    all_or_nothing: Annotated[
        bool, typer.Option("--all-or-nothing", help=N_("Write nothing if a single row is wrong."))
    ] = False,
    errors: Annotated[
        Path | None, typer.Option("--errors", help=N_("Write line, column, value, fault and remedy of bad rows here."))
    ] = None,
    json: _Json = False,
) -> int:
    changes = {
        "columns": {name: text.split(",") for name, text in _pairs(columns, "--map").items()},
        "outcomes": _pairs(outcomes, "--outcome"),
        "services": _pairs(services, "--service"),
        "counters": _pairs(counters, "--counter"),
        **{name: _constant(name, text) for name, text in _pairs(constants, "--set").items()},
    }
    read = read_mapping(mapping, changes)
    with deployment() as registry, _progress(N_("Importing")) as on_bytes:
        report = import_log(
            operator_context(registry.settings),
            point_id=_point(point).id,
            path=file,
            mapping=read,
            is_dry_run=dry_run,
            is_all_or_nothing=all_or_nothing,
            on_bytes=on_bytes,
        )
    if errors is not None:
        with errors.open("w", encoding="utf-8-sig", newline="") as target:
            write_faults(report, target, language.get())
    if json:
        print_json(_report_as_json(report))
    else:
        _show_report(report, is_dry_run=dry_run)
    return Exit.PROBLEM if report.rejected else Exit.OK


def _rebuild(point: _Point = "", json: _Json = False) -> None:
    with deployment() as registry, _progress(N_("Working out")) as on_progress:
        found = rebuild(
            operator_context(registry.settings), point_id=_point(point).id if point else None, progress=on_progress
        )
    if json:
        print_json(asdict(found))
    else:
        say(N_("{tickets} tickets looked at, {differed} put right."), tickets=found.tickets, differed=found.differed)


def _figures(
    point: _Point = "",
    first: _First = "",
    last: _Last = "",
    service: Annotated[str, typer.Option("--service", help=N_("Code of a service: only its tickets."))] = "",
    bucket: Annotated[
        str,
        typer.Option(
            "--by", help=N_("total, day, hour, weekday, weekday_hour, service, counter, channel, priority or employee.")
        ),
    ] = "total",
    json: _Json = False,
) -> None:
    with deployment() as registry:
        ctx = operator_context(registry.settings)
        place = _point(point)
        days = _days(first, last, local_day(place, ctx.now, ctx.settings))
        rows = queue_figures(
            ctx,
            first=days[0],
            last=days[1],
            bucket=_bucket(bucket),
            point_id=place.id,
            service_id=_service(place, service).id if service else None,
        )
    if json:
        print_json([asdict(row) for row in rows])
        return
    say(N_("{name}, {first} to {last}; times in minutes."), name=place.name, first=days[0], last=days[1])
    out().print(_figures_table(rows))


def _staffing(
    point: _Point = "",
    first: _First = "",
    last: _Last = "",
    services: Annotated[
        list[str] | None, typer.Option("--service", help=N_("Code of a service; default: all of the point."))
    ] = None,
    share: Annotated[int, typer.Option(help=N_("Per cent of people who are to wait no longer."), min=1, max=99)] = 90,
    minutes: Annotated[int, typer.Option(help=N_("How many minutes they may wait."), min=0, max=240)] = 10,
    patience: Annotated[
        float | None, typer.Option(help=N_("Mean minutes after which people leave (default: they stay)."))
    ] = None,
    json: _Json = False,
) -> None:
    from plugins.queueing.reading.staffing import counters_needed

    with deployment() as registry:
        ctx = operator_context(registry.settings)
        place = _point(point)
        yesterday = local_day(place, ctx.now, ctx.settings) - timedelta(days=1)
        days = _days(first, last, yesterday) if first or last else (yesterday - timedelta(days=27), yesterday)
        chosen = [_service(place, code) for code in services or []] or list(
            QueueService.select().where((QueueService.point == place) & QueueService.is_active)
        )
        needs = counters_needed(
            ctx,
            service_ids=[one.id for one in chosen],
            first=days[0],
            last=days[1],
            share=share / 100,
            minutes=minutes,
            patience=patience,
        )
    if json:
        print_json([{**vars(need), "problem": need.problem and need.problem.code} for need in needs])
        return
    say(
        N_("Counters needed so that {share} % wait no longer than {minutes} minutes; from {first} to {last}."),
        share=share, minutes=minutes, first=days[0], last=days[1],
    )  # fmt: skip
    table = _table(
        N_("From"), N_("Arrivals an hour"), N_("Minutes served"), N_("Counters needed"), N_("In time, %"),
        N_("Counters there"), N_("In time with those, %"),
    )  # fmt: skip
    for need in needs:
        cells = (
            need.starts_at, need.arrivals_per_hour, need.serve_minutes, need.counters, need.wait_within_percent,
            need.present, need.present_within_percent,
        )  # fmt: skip
        table.add_row(*(escape(_shown(cell)) for cell in cells))
    out().print(table)
    for need in needs:
        if need.problem:
            out().print(escape(need.problem.message()))


def _close_day() -> None:
    with deployment() as registry:
        count = close_days(operator_context(registry.settings))
    say(N_("{count} tickets closed."), count=count)


def _board(point: _Point = "", json: _Json = False) -> None:
    with deployment() as registry:
        ctx = operator_context(registry.settings)
        board = board_of(_point(point), ctx.now)
    if json:
        print_json(asdict(board))
    else:
        _show_board(board)


def _point(code: str) -> ServicePoint:
    """Return the point that is meant: by its code, or the only one there is."""
    points = list(ServicePoint.select().order_by(ServicePoint.code))
    chosen = [point for point in points if point.code == code] if code else points
    if len(chosen) != 1:
        raise refuse(
            "POINT_UNKNOWN",
            N_("It is not clear which service point is meant. Name it with --point; there are: {codes}."),
            "point",
            codes=", ".join(point.code for point in points) or "–",
        )
    return chosen[0]


def _service(point: ServicePoint, code: str) -> QueueService:
    services = list(QueueService.select().where(QueueService.point == point).order_by(QueueService.code))
    for service in services:
        if service.code == code:
            return service
    raise refuse(
        "SERVICE_UNKNOWN",
        N_("There is no service {code} at this service point. Choose one of: {codes}."),
        "service",
        code=code,
        codes=", ".join(service.code for service in services) or "–",
    )


def _bucket(name: str) -> Bucket:
    try:
        return Bucket(name.upper())
    except ValueError:
        known = ", ".join(bucket.value.lower() for bucket in Bucket)
        raise typer.BadParameter(known, param_hint="--by") from None


def _days(first: str, last: str, default: date) -> tuple[date, date]:
    begins, ends = _day(first, "--from"), _day(last, "--to")
    begin = begins or (min(default, ends) if ends else default)
    return begin, ends or max(begin, default)


def _day(text: str, option: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(text, param_hint=option) from None


def _pairs(texts: list[str] | None, option: str) -> dict[str, str]:
    pairs: dict[str, str] = {}
    for text in texts or []:
        name, sign, value = text.partition("=")
        if not sign or not name.strip():
            raise typer.BadParameter(text, param_hint=option)
        pairs[name.strip()] = value.strip()
    return pairs


def _constant(name: str, text: str) -> Any:
    if name in _LISTS:
        return text.split(",")
    return int(text) if name in _NUMBERS and text.isdigit() else text


@contextmanager
def _progress(text: str) -> Iterator[Callable[[int, int], None]]:
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=err(), transient=True) as bar:
        task = bar.add_task(translate(text), total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _report_as_json(report: LogReport) -> dict[str, object]:
    spoken = language.get()
    return {
        "written": report.is_written,
        "lines": report.lines,
        "tickets": report.tickets,
        "events": report.events,
        "known": report.known,
        "ignored": report.ignored,
        "left_out": report.faults,
        "rows": [
            {
                "line": row.number,
                "values": dict(row.values),
                "problems": [
                    {"path": list(problem.path), "code": problem.code, "message": problem.message(spoken)}
                    for problem in row.problems
                ],
            }
            for row in report.rejected
        ],
    }


def _show_report(report: LogReport, *, is_dry_run: bool) -> None:
    table = _table(N_("Line"), N_("Column"), N_("Details"))
    for row in report.rejected[:_ROWS_SHOWN]:
        for problem in row.problems:
            table.add_row(str(row.number), escape(str(problem.path[-1])), escape(problem.message()))
    if report.rejected:
        out().print(table)
    if len(report.rejected) > _ROWS_SHOWN:
        say(N_("… and {count} more rows; --errors writes all to a file."), count=len(report.rejected) - _ROWS_SHOWN)
    say(
        N_("{tickets} tickets with {events} events, {known} known before, {ignored} no tickets, {rejected} left out."),
        tickets=report.tickets, events=report.events, known=report.known, ignored=report.ignored,
        rejected=len(report.rejected),
    )  # fmt: skip
    if is_dry_run:
        say(N_("This was a dry run: nothing is written."))
    elif not report.is_written:
        say(N_("Nothing is written. Correct the rows, or leave out --all-or-nothing."))


def _figures_table(rows: Sequence[QueueFigures]) -> Table:
    table = _table(
        "", N_("Arrivals"), N_("Served"), N_("No-shows"), N_("Left"), N_("Wait: median"), N_("90 %"),
        N_("Serving: median"), N_("90 %"), N_("In time, %"), N_("Gave up, %"),
    )  # fmt: skip
    for row in rows:
        cells: Mapping[str, Any] = vars(row)
        names = (
            "label", "arrivals", "served", "no_shows", "left", "wait_median", "wait_p90", "serve_median", "serve_p90",
            "within_target_percent", "abandonment_percent",
        )  # fmt: skip
        table.add_row(*(escape(_shown(cells[name])) for name in names))
    return table


def _show_board(board: Board) -> None:
    say(N_("{name}: {count} counters open."), name=board.name, count=board.open_counters)
    calls = _table(N_("Number"), N_("Counter"), N_("Calls"))
    for call in board.calls:
        calls.add_row(call.label, str(call.counter), str(call.calls))
    out().print(calls)
    waiting = _table(N_("Service"), N_("Waiting"), N_("Next"))
    for service in board.services:
        waiting.add_row(escape(service.name), str(service.waiting), " ".join(service.next_labels))
    out().print(waiting)


def _table(*titles: str) -> Table:
    table = Table(show_edge=False, pad_edge=False)
    for title in titles:
        table.add_column(translate(title) if title else "", overflow="fold")
    return table


def _shown(value: Any) -> str:
    return "–" if value is None else str(value)
