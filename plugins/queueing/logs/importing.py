"""Reads an event log into tickets: line by line, in portions, each a transaction of its own unless all is one."""

from collections import Counter as Tally
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import AbstractContextManager, closing, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from core.database import is_sqlite
from core.exchange.report import ImportReport, Outcome, RowReport, write_errors
from core.plugin_api import N_, Context, Problem, Refused, fetch, refuse, require, unit_of_work
from plugins.queueing.logs.ahead import ahead
from plugins.queueing.logs.known import Known
from plugins.queueing.logs.lines import LogLine, read_lines
from plugins.queueing.logs.mapping import LogMapping
from plugins.queueing.logs.moments import Clock
from plugins.queueing.logs.rows import Logged, RowReader, at_counter, key_of
from plugins.queueing.logs.writing import PastTicket, known_keys, write_tickets
from plugins.queueing.models import ServicePoint

PORTION = 5_000
"""Lines that are looked up and written together."""


@dataclass
class LogReport:
    """What came of a log: tickets and events written (or, in a dry run, to be written), and the rest of its lines.

    `known` were read in before, `ignored` are no tickets by the mapping, `rejected` are wrong, each with its problems.
    """

    lines: int = 0
    tickets: int = 0
    events: int = 0
    known: int = 0
    ignored: int = 0
    rejected: list[RowReport] = field(default_factory=list)
    is_written: bool = False

    @property
    def faults(self) -> dict[str, int]:
        """How many lines were left out for which code."""
        return dict(Tally(row.problems[0].code for row in self.rejected))


def write_faults(report: LogReport, file: TextIO, language: str) -> int:
    """Write line, column, value, code, fault and remedy of every fault as CSV; return the number of faults."""
    return write_errors(ImportReport("queueing.log", report.rejected), file, language)


class _TakeBack(Exception):  # noqa: N818 - a signal, not an error: it rolls back what is not to stay
    pass


def import_log(
    ctx: Context,
    *,
    point_id: int,
    path: Path,
    mapping: LogMapping,
    is_dry_run: bool = False,
    is_all_or_nothing: bool = False,
    on_bytes: Callable[[int, int], None] = lambda done, total: None,  # noqa: ARG005
) -> LogReport:
    """Read the log at `path` into tickets of a service point and return what became of its lines.

    Lines that are wrong are left out and reported; with `is_all_or_nothing` one of them leaves everything out. A
    ticket that was read in before stays as it is, so a log may be read again, and one that was cut short, too.
    """
    point = fetch(ServicePoint, point_id, ctx, "input", "pointId")
    require(ctx, "queueing.import", point, "input", "pointId")
    importer = _Importer(ctx, point, mapping, on_bytes)
    lines = read_lines(path, mapping.delimiter, importer.note_bytes)
    try:
        with _whole(ctx, is_one=is_all_or_nothing):
            importer.read(lines, writes=not is_dry_run)
            if is_all_or_nothing and importer.report.rejected:
                raise _TakeBack  # noqa: TRY301 - leaving the block by it is what rolls back
    except _TakeBack:
        return importer.report
    importer.report.is_written = not is_dry_run
    return importer.report


class _Importer:
    """One run over a file."""

    def __init__(
        self, ctx: Context, point: ServicePoint, mapping: LogMapping, on_bytes: Callable[[int, int], None]
    ) -> None:
        self.report = LogReport()
        self._ctx = ctx
        self._point = point
        self._mapping = mapping
        self._clock = Clock(
            _zone(mapping.time_zone or point.time_zone or ctx.settings.time_zone), mapping.day_format,
            mapping.time_format,
        )  # fmt: skip
        self._here = ZoneInfo(point.time_zone or ctx.settings.time_zone)
        self._lines: dict[str, int] = {}
        self._on_bytes = on_bytes
        self._read: deque[tuple[int, int]] = deque()

    def note_bytes(self, done: int, total: int) -> None:
        """Note how many bytes are read, to be told with the portion that they hold."""
        self._read.append((done, total))

    def read(self, lines: Iterator[LogLine], *, writes: bool) -> None:
        """Read all lines, in portions."""
        header = next(lines, None)
        if header is None:
            raise refuse(
                "FILE_EMPTY", N_("The file has no header row. Put the column names into its first row."), "file"
            )
        self._headers = [cell.strip() for cell in header.cells]
        self._reader = RowReader(self._mapping, self._headers, self._clock)
        columns = self._mapping.columns
        named = {name: getattr(columns, name) for name in ("service", "counter", "employee", "priority")}
        self._known = Known(self._point, self._mapping, {name: found[0] for name, found in named.items() if found})
        portions = self._portions(lines)
        # SQLite hands over the processor at every row, and would wait for the reader each time.
        with closing(portions if is_sqlite() else ahead(portions)) as coming:
            for portion in coming:
                self._take(portion, writes=writes)
                self._tell_bytes()
        self._tell_bytes()

    def _tell_bytes(self) -> None:
        while self._read:
            self._on_bytes(*self._read.popleft())

    def _portions(self, lines: Iterator[LogLine]) -> Generator[list[PastTicket]]:
        portion: list[PastTicket] = []
        for line in lines:
            self.report.lines += 1
            ticket = self._ticket(line)
            if ticket is not None:
                portion.append(ticket)
            if len(portion) == PORTION:
                yield portion
                portion = []
        if portion:
            yield portion

    def _ticket(self, line: LogLine) -> PastTicket | None:
        try:
            logged = self._reader.read(line.cells)
            if logged is None:
                self.report.ignored += 1
                return None
            return self._known_here(logged, line.number)
        except Refused as refused:
            cells = {**dict.fromkeys(self._headers, ""), **dict(zip(self._headers, line.cells, strict=False))}
            told = {str(problem.path[-1]) for problem in refused.problems if problem.path}
            values = {header: cells[header] for header in told if header in cells}
            row = RowReport(line.number, values, Outcome.REJECTED, problems=list(refused.problems))
            self.report.rejected.append(row)
            return None

    def _known_here(self, logged: Logged, number: int) -> PastTicket:
        service_id = self._known.service_id(logged)
        counter_id = self._known.counter_id(logged)
        employee_id = self._known.employee_id(logged)
        priority_id = self._known.priority_id(logged)
        key = key_of(self._point.id, logged.ticket)
        first = self._lines.setdefault(key, number)
        if first != number:
            header = self._mapping.columns.ticket[0]
            text = N_("Line {line} already holds this ticket. Keep one of the two, or name more columns for ticket.")
            raise Refused(Problem("LOG_TICKET_TWICE", text, (header,), {"line": first}))
        return PastTicket(
            service_id=service_id,
            day=logged.happened[0].at.astimezone(self._here).date(),
            happened=at_counter(logged.happened, counter_id, employee_id),
            key=key,
            priority_id=priority_id,
        )

    def _take(self, portion: Sequence[PastTicket], *, writes: bool) -> None:
        with unit_of_work(self._ctx):
            there = known_keys([ticket.key or "" for ticket in portion])
            fresh = [ticket for ticket in portion if ticket.key not in there]
            self.report.known += len(portion) - len(fresh)
            self.report.tickets += len(fresh)
            self.report.events += sum(len(ticket.happened) for ticket in fresh)
            if writes and fresh:
                write_tickets(fresh, zone=self._here, actor=self._ctx.actor.name, recorded_at=self._ctx.now)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        raise refuse(
            "LOG_ZONE_UNKNOWN", N_("There is no time zone {name}. Write it like Asia/Jakarta."), "mapping", "time_zone",
            name=name,
        ) from None  # fmt: skip


def _whole(ctx: Context, *, is_one: bool) -> AbstractContextManager[object]:
    """Let everything in the block be one transaction, if it is to be."""
    return unit_of_work(ctx) if is_one else nullcontext()
