"""What one line of a log says happened: the events of a ticket, or what is wrong with the line."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256

from core.plugin_api import N_, Problem, Refused, refuse
from plugins.queueing.logs.mapping import OUTCOMES, LogMapping, wanted_headers
from plugins.queueing.logs.moments import Clock
from plugins.queueing.rules.states import Happened
from plugins.queueing.terms import TicketEventKind, TicketState

_DAY = timedelta(days=1)
_AT_COUNTER = frozenset(
    {TicketEventKind.CALLED, TicketEventKind.SERVING, TicketEventKind.DONE, TicketEventKind.NO_SHOW}
)
_Step = tuple[TicketEventKind, str, datetime]
"""An event, the header that gives its time, and the time as given."""


@dataclass(frozen=True, slots=True)
class Logged:
    """A ticket of a log, in the words of the file: its name there, and what happened in order of time."""

    ticket: str
    service: str
    counter: str
    employee: str
    priority: str
    happened: tuple[Happened, ...]


class RowReader:
    """Turns the cells of a line into a ticket; made once for each file, from its mapping and its header."""

    def __init__(self, mapping: LogMapping, headers: Sequence[str], clock: Clock) -> None:
        places = {header.strip(): place for place, header in reversed(list(enumerate(headers)))}
        missing = [header for header in wanted_headers(mapping) if header not in places]
        if missing:
            text = N_("The file has no column {column}. Correct the mapping; the file has: {headers}.")
            params = {"headers": ", ".join(headers)}
            raise Refused(
                [Problem("LOG_COLUMN_MISSING", text, ("mapping", name), {**params, "column": name}) for name in missing]
            )
        columns = mapping.columns.model_dump()
        self._columns = {name: [(header, places[header]) for header in named] for name, named in columns.items()}
        self._ignored = [[(places[header], cell) for header, cell in rule.items()] for rule in mapping.ignore]
        self._empty = {"", *mapping.empty}
        self._width = len(headers)
        self._clock = clock
        self._tolerance = timedelta(seconds=mapping.tolerance_seconds)
        self._past_midnight_hours = mapping.past_midnight_hours
        self._outcomes = {state.value: state for state in OUTCOMES} | mapping.outcomes
        self._service = mapping.service
        self._has_day = bool(columns["day"])
        self._has_outcome = bool(columns["outcome"])

    def read(self, cells: Sequence[str]) -> Logged | None:
        """Return the ticket of a line, None for a line that is none; refused with the column as the path."""
        if len(cells) < self._width:
            cells = [*cells, *[""] * (self._width - len(cells))]
        if any(all(cells[place].strip() == cell for place, cell in rule) for rule in self._ignored):
            return None
        parts = [cells[place].strip() for _, place in self._columns["ticket"]]
        if "" in parts:
            header = self._columns["ticket"][parts.index("")][0]
            raise refuse("LOG_TICKET_UNNAMED", N_("The line names no ticket. Fill in {column}."), header, column=header)
        outcome = self._outcome(cells)
        day = self._day(cells)
        happened = self._in_order(self._steps(cells, day, outcome), has_day=day is not None)
        return Logged(
            ticket="\x1f".join(parts),
            service=self._first(cells, "service")[1] or self._service,
            counter=self._first(cells, "counter")[1],
            employee=self._first(cells, "employee")[1],
            priority=self._first(cells, "priority")[1],
            happened=happened,
        )

    def _first(self, cells: Sequence[str], name: str) -> tuple[str, str]:
        """Return header and text of the first filled cell of a column; the first header where none is."""
        named = self._columns[name]
        for header, place in named:
            text = cells[place].strip()
            if text not in self._empty:
                return header, text
        return (named[0][0] if named else name), ""

    def _outcome(self, cells: Sequence[str]) -> TicketState:
        if not self._has_outcome:
            return TicketState.DONE if self._first(cells, "end")[1] else TicketState.LEFT
        header, text = self._first(cells, "outcome")
        found = self._outcomes.get(text)
        if found is None:
            raise refuse(
                "LOG_OUTCOME_UNKNOWN",
                N_("The outcome {value} is unknown. Say in the mapping, under outcomes, what it means."),
                header,
                value=text or "''",
            )
        return found

    def _day(self, cells: Sequence[str]) -> date | None:
        if not self._has_day:
            return None
        header, text = self._first(cells, "day")
        try:
            return self._clock.day(text)
        except ValueError:
            raise refuse(
                "LOG_DAY_WRONG", N_("{value} is not a day of this calendar. Correct it, or day_format."), header,
                value=text or "''",
            ) from None  # fmt: skip

    def _at(self, cells: Sequence[str], day: date | None, *names: str) -> tuple[str, datetime] | None:
        """Return header and moment of the first of the columns that is filled."""
        for name in names:
            header, text = self._first(cells, name)
            if not text:
                continue
            try:
                return header, (self._clock.moment(text) if day is None else self._clock.time_of(day, text))
            except ValueError:
                raise refuse(
                    "LOG_TIME_WRONG", N_("{value} is not a time. Correct it, or time_format."), header, value=text
                ) from None
        return None

    def _needed(self, cells: Sequence[str], day: date | None, *names: str) -> tuple[str, datetime]:
        found = self._at(cells, day, *names)
        if found is None:
            header = next((self._columns[name][0][0] for name in names if self._columns[name]), names[0])
            raise refuse(
                "LOG_TIME_MISSING", N_("A time is missing. Fill in {column}, or leave the row out."), header,
                column=header,
            )  # fmt: skip
        return found

    def _steps(self, cells: Sequence[str], day: date | None, outcome: TicketState) -> list[_Step]:
        kind = TicketEventKind
        steps = [(kind.ISSUED, *self._needed(cells, day, "arrival"))]
        if outcome in {TicketState.LEFT, TicketState.CANCELLED}:
            ends = kind.LEFT if outcome is TicketState.LEFT else kind.CANCELLED
            return [*steps, (ends, *self._needed(cells, day, "left", "end"))]
        if outcome is TicketState.NO_SHOW:
            called = self._needed(cells, day, "call")
            return [*steps, (kind.CALLED, *called), (kind.NO_SHOW, *(self._at(cells, day, "end") or called))]
        start = self._needed(cells, day, "start") if self._columns["start"] else None
        called = self._at(cells, day, "call") or start or self._needed(cells, day, "call", "start")
        steps.append((kind.CALLED, *called))
        steps.append((kind.SERVING, *(start or called)))
        return [*steps, (kind.DONE, *self._needed(cells, day, "end"))]

    def _in_order(self, steps: Sequence[_Step], *, has_day: bool) -> tuple[Happened, ...]:
        """Return the steps as events, each no earlier than the one before; what cannot be so is refused."""
        happened: list[Happened] = []
        latest, before = steps[0][2], steps[0][1]
        for kind, header, given in steps:
            at = given
            if latest - at > self._tolerance and has_day and self._clock.local(at).hour < self._past_midnight_hours:
                at += _DAY
            if latest - at > self._tolerance:
                raise refuse(
                    "LOG_ORDER_WRONG",
                    N_("{column} lies before {before}. Correct one of them, or leave the row out."),
                    header,
                    column=header,
                    before=before,
                )
            at = max(at, latest)
            happened.append(Happened(kind, at))
            latest, before = at, header
        return tuple(happened)


def key_of(point_id: int, ticket: str) -> str:
    """Return the key under which a ticket of a log is known at a service point, so that it is read in once."""
    return "log:" + sha256(f"{point_id}\x1f{ticket}".encode()).hexdigest()[:48]


def at_counter(happened: Sequence[Happened], counter_id: int | None, employee_id: int | None) -> tuple[Happened, ...]:
    """Return the events with the counter and the person at those that happen at one."""
    if counter_id is None and employee_id is None:
        return tuple(happened)
    return tuple(
        Happened(one.kind, one.at, counter_id, employee_id) if one.kind in _AT_COUNTER else one for one in happened
    )
