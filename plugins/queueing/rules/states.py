"""The states of a ticket: which step is possible when, and what follows from its events, however they arrived."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from types import MappingProxyType

from plugins.queueing.terms import FINAL_STATES, TicketEventKind, TicketState

_K, _S = TicketEventKind, TicketState
_SECOND = timedelta(seconds=1)


@dataclass(frozen=True)
class Happened:
    """Something that happened to a ticket at its own time; `place` is the moment whose place in the line it keeps."""

    kind: TicketEventKind
    at: datetime
    counter_id: int | None = None
    employee_id: int | None = None
    place: datetime | None = None


@dataclass(frozen=True)
class TicketFacts:
    """What follows from the events of a ticket; spans are whole seconds, None while unknown.

    `placed_at` is the place in the line where it is before `queued_at`, from which the wait counts. `called_at` is the
    first call, `counter_id` and `employee_id` are the last who called or served.
    """

    state: TicketState | None = None
    booked_at: datetime | None = None
    queued_at: datetime | None = None
    placed_at: datetime | None = None
    called_at: datetime | None = None
    serving_at: datetime | None = None
    ended_at: datetime | None = None
    calls: int = 0
    wait_seconds: int | None = None
    serve_seconds: int | None = None
    counter_id: int | None = None
    employee_id: int | None = None


_STEPS: Mapping[TicketState | None, Mapping[TicketEventKind, TicketState]] = MappingProxyType(
    {
        None: {_K.BOOKED: _S.BOOKED, _K.ISSUED: _S.WAITING},
        _S.BOOKED: {_K.CHECKED_IN: _S.WAITING, _K.CANCELLED: _S.CANCELLED, _K.NO_SHOW: _S.NO_SHOW},
        # A counter may begin at once with somebody who stands there: that is a call as well.
        _S.WAITING: {
            _K.CALLED: _S.CALLED,
            _K.SERVING: _S.SERVING,
            _K.LEFT: _S.LEFT,
            _K.CANCELLED: _S.CANCELLED,
        },
        _S.CALLED: {
            _K.RECALLED: _S.CALLED,
            _K.SERVING: _S.SERVING,
            _K.TRANSFERRED: _S.TRANSFERRED,
            _K.NO_SHOW: _S.NO_SHOW,
            _K.LEFT: _S.LEFT,
        },
        _S.SERVING: {_K.HELD: _S.HELD, _K.TRANSFERRED: _S.TRANSFERRED, _K.DONE: _S.DONE},
        # Whoever was sent to fetch something is called again, or simply comes back.
        _S.HELD: {
            _K.RESUMED: _S.SERVING,
            _K.CALLED: _S.CALLED,
            _K.TRANSFERRED: _S.TRANSFERRED,
            _K.DONE: _S.DONE,
            _K.NO_SHOW: _S.NO_SHOW,
            _K.LEFT: _S.LEFT,
        },
    }
)

_RANK = {
    kind: rank
    for rank, kind in enumerate(
        (
            _K.BOOKED,
            _K.CHECKED_IN,
            _K.ISSUED,
            _K.PRIORITY,
            _K.CALLED,
            _K.RECALLED,
            _K.SERVING,
            _K.HELD,
            _K.RESUMED,
            _K.TRANSFERRED,
            _K.DONE,
            _K.NO_SHOW,
            _K.LEFT,
            _K.CANCELLED,
        )
    )
}
"""The way of a ticket through the office: the order of what bears the same second."""

_AT_COUNTER = frozenset({_K.CALLED, _K.RECALLED, _K.SERVING, _K.HELD, _K.RESUMED, _K.TRANSFERRED, _K.DONE, _K.NO_SHOW})


def next_states(state: TicketState | None) -> Mapping[TicketEventKind, TicketState]:
    """Return which events are possible in a state (None: before the first), and the state after each."""
    steps = _STEPS.get(state, {})
    return steps if state is None or state in FINAL_STATES else {**steps, _K.PRIORITY: state}


def in_order(events: Iterable[Happened]) -> list[tuple[Happened, TicketState | None]]:
    """Return events by their own time, each with the state after it: None for one that was impossible then.

    The order in which they are given plays no part. Times are whole seconds: of those with the same one the next
    possible on the way through the office comes first.
    """
    placed: list[tuple[Happened, TicketState | None]] = []
    state: TicketState | None = None
    waiting = sorted(events, key=_place)
    while waiting:
        same = [event for event in waiting if event.at == waiting[0].at]
        step = next((event for event in same if event.kind in next_states(state)), None)
        if step is None:
            placed += [(event, None) for event in same]
            waiting = waiting[len(same) :]
            continue
        state = next_states(state)[step.kind]
        placed.append((step, state))
        waiting.remove(step)
    return placed


def placed_now(events: Sequence[Happened], new: Happened) -> Happened | None:
    """Return what happens now with the moment that puts it after everything known; None if it is impossible.

    Clocks of several machines differ a little, and one second may hold several steps: then it is moved on.
    """
    state = facts_of(events).state
    after = next_states(state).get(new.kind)
    if after is None:
        return None
    placed = replace(new, at=max([new.at, *(event.at for event in events)]))
    while facts_of([*events, placed]).state is not after:
        placed = replace(placed, at=placed.at + _SECOND)
    return placed


def is_possible(events: Sequence[Happened], new: Happened) -> bool:
    """Whether `new` is a possible step at its own time among what is known.

    What bears a later time and becomes impossible by it stays in the log and counts no more, but nobody who was served
    becomes somebody who was not.
    """
    known = [placed for placed in in_order(events) if placed[1] is not None]
    after = in_order([*events, new])
    # Of two that are equal the one that was there counts, so that the comparison is of numbers.
    if sum(event == new and state is not None for event, state in after) <= sum(event == new for event, _ in known):
        return False
    return _facts(after).serving_at is not None or _facts(known).serving_at is None


def facts_of(events: Iterable[Happened]) -> TicketFacts:
    """Return what follows from the events of a ticket; whatever was impossible at its time counts for nothing."""
    return _facts(in_order(events))


def _facts(placed: Sequence[tuple[Happened, TicketState | None]]) -> TicketFacts:
    happened = [(event, state) for event, state in placed if state is not None]
    if not happened:
        return TicketFacts()
    at: dict[TicketEventKind, datetime] = {}
    served, since, calls = 0, None, 0
    counter_id = employee_id = placed_at = None
    for event, state in happened:
        at.setdefault(event.kind, event.at)
        if since is not None:
            served += int((event.at - since).total_seconds())
        since = event.at if state is _S.SERVING else None
        placed_at = event.place or placed_at
        calls += event.kind in {_K.CALLED, _K.RECALLED}
        if event.kind in _AT_COUNTER:
            counter_id = event.counter_id or counter_id
            employee_id = event.employee_id or employee_id
    last, state = happened[-1]
    queued_at = at.get(_K.ISSUED, at.get(_K.CHECKED_IN))
    reached = [moment for moment in (at.get(_K.CALLED), at.get(_K.SERVING)) if moment is not None]
    ended_at = last.at if state in FINAL_STATES else None
    # Counters note when they are done. What the end of the day closes was forgotten: nobody knows how long it took.
    is_forgotten = last.kind is _K.DONE and last.counter_id is None and counter_id is not None
    return TicketFacts(
        state=state,
        booked_at=at.get(_K.BOOKED),
        queued_at=queued_at,
        placed_at=placed_at,
        called_at=at.get(_K.CALLED),
        serving_at=at.get(_K.SERVING),
        ended_at=ended_at,
        calls=calls,
        wait_seconds=int((min(reached) - queued_at).total_seconds()) if reached and queued_at else None,
        serve_seconds=served if _K.SERVING in at and ended_at and not is_forgotten else None,
        counter_id=counter_id,
        employee_id=employee_id,
    )


def _place(event: Happened) -> tuple[datetime, int, int, int]:
    return event.at, _RANK[event.kind], event.counter_id or 0, event.employee_id or 0
