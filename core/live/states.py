"""States that anybody may follow, such as what a display shows: worked out once per change, told to all who follow."""

import time
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

import peewee as pw
import structlog

from core import connections
from core.database import database
from core.errors import refuse
from core.i18n import N_
from core.live.budget import RETRY_SECONDS, Budget, Ticket
from core.live.frames import Step, opening
from core.live.hub import BATCH, Hub
from core.live.reading import after, newest

log = structlog.get_logger(__name__)

KEPT = 2_000
"""States that a process remembers."""

_FRESH_SECONDS = 30
"""A state follows from the clock, too; so it is worked out anew after a while even if nothing has happened."""


@dataclass(frozen=True)
class State:
    """Something that streams tell whole whenever one of `events` concerns it; `read` gives it as JSON of one line.

    It must be fit for everybody's eyes. `share` is the part of all places beyond which nobody may begin to follow it.
    """

    key: str
    events: frozenset[str]
    concerns: Callable[[Mapping[str, Any]], bool]
    read: Callable[[], bytes]
    share: float = 1.0


@dataclass
class _Kept:
    lock: Lock = field(default_factory=Lock)
    position: int = -1
    at: float = 0.0
    body: bytes = b""


class States:
    """The states of a process as they were last worked out."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: OrderedDict[str, _Kept] = OrderedDict()

    def told(self, state: State, position: int) -> tuple[int, bytes]:
        """Return a state that knows all events up to `position`, and up to which it does."""
        kept = self._of(state)
        # Whoever comes while it is worked out waits for that instead of doing it again.
        with kept.lock:
            if kept.position < position or not kept.body or time.monotonic() - kept.at > _FRESH_SECONDS:
                self._read(state, kept)
            return kept.position, kept.body

    def current(self, state: State) -> tuple[int, bytes]:
        """Return a state as of now, for a client that asks again and again."""
        kept, now = self._of(state), newest()
        with kept.lock:
            is_known = bool(kept.body) and time.monotonic() - kept.at <= _FRESH_SECONDS
            if is_known and kept.position < now:
                news = after(kept.position, BATCH, names=state.events, until=now)
                is_known = len(news) < BATCH and not any(state.concerns(event.payload) for event in news)
            if not is_known:
                self._read(state, kept)
            return kept.position, kept.body

    def _read(self, state: State, kept: _Kept) -> None:
        as_of = newest()
        kept.body, kept.position, kept.at = state.read(), as_of, time.monotonic()

    def _of(self, state: State) -> _Kept:
        with self._lock:
            kept = self._kept.pop(state.key, None) or _Kept()
            self._kept[state.key] = kept
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return kept


class StateStream:
    """One follower of a state; every step is done by one thread that has a connection."""

    def __init__(self, states: States, state: State, last: bytes) -> None:
        self._states = states
        self._state = state
        self._last = last
        self.events = state.events

    def step(self, hub: Hub, position: int, *, is_quiet: bool) -> Step:
        """Tell the state if something after `position` changed it; show that the stream lives when it is quiet."""
        mine, reached = hub.after(position, self.events)
        if any(self._state.concerns(event.payload) for event in mine):
            known, body = self._states.told(self._state, reached)
            reached = max(reached, known)
            if body != self._last:
                self._last = body
                return Step((frame(body, reached),), reached)
        # An event of its own kind and no comment: a page learns only from those that the line still lives.
        return Step((b"id: %d\nevent: beat\ndata: {}\n\n" % reached,) if is_quiet else (), reached)


@dataclass(frozen=True)
class Followed:
    """A state that is followed from `position`, and the place of the stream; to be left when it ends."""

    stream: StateStream
    position: int
    first: bytes
    ticket: Ticket
    hub: Hub

    @property
    def beginning(self) -> bytes:
        """What is sent first: the state as it is, whatever the client knew."""
        return opening(self.position) + frame(self.first, self.position)

    def leave(self) -> None:
        """Give the place back; a second time does nothing."""
        if self.ticket.give_back():
            self.hub.leave()

    def parts(self, keepalive_seconds: float) -> Iterator[bytes]:
        """Tell the state to a client that a thread waits for, until the process stops."""
        position = self.position
        # What the request before this has opened.
        connections.discard()
        try:
            yield self.beginning
            while not self.hub.stopped:
                woken = self.hub.wait(position, keepalive_seconds)
                with _no_connection_kept():
                    step = self.stream.step(self.hub, position, is_quiet=not woken)
                position = step.position
                yield from step.parts
        except (pw.OperationalError, pw.InterfaceError) as error:
            # The client comes again and is told the state.
            log.warning("a stream is cut off, the database failed", error=str(error))
        finally:
            self.leave()


NO_PLACE = 204
"""The status that tells a browser not to come again by itself; its page asks from time to time instead."""


class StateStreams:
    """The places of a process for those who follow states, shared with its other streams."""

    def __init__(self, hub: Hub, budget: Budget) -> None:
        self.states = States()
        self._hub = hub
        self._budget = budget

    def follow(self, state: State, address: str) -> Followed:
        """Begin to follow; refuse with LIVE_STREAMS_FULL when no place is free, or none for this address."""
        if self._budget.open >= self._budget.most * state.share:
            text = N_(
                "All {limit} streams of this server are taken. Try again in {seconds} seconds; administrators can "
                "run kinerja live or raise live_max_streams."
            )
            raise refuse("LIVE_STREAMS_FULL", text, limit=self._budget.most, seconds=RETRY_SECONDS)
        ticket = self._budget.take(None, address, is_state=True)
        try:
            position = self._hub.join()
        except BaseException:
            ticket.give_back()
            raise
        try:
            known, body = self.states.told(state, position)
        except BaseException:
            ticket.give_back()
            self._hub.leave()
            raise
        return Followed(StateStream(self.states, state, body), max(position, known), body, ticket, self._hub)


def frame(body: bytes, position: int) -> bytes:
    """Return a state as an event of the stream."""
    return b"id: %d\nevent: state\ndata: %s\n\n" % (position, body)


@contextmanager
def _no_connection_kept() -> Iterator[None]:
    """Let the block read, and close what it opened: hundreds of threads may wait, and one of them reads for all."""
    try:
        yield
    finally:
        if not database.is_closed():
            connections.discard()
