"""One reader for all streams of a process: hears of new events, reads them once and keeps the newest in memory."""

import logging
import time
from bisect import bisect_right
from collections.abc import Callable
from itertools import islice
from operator import attrgetter
from threading import Condition, Thread
from typing import Any

from core import connections
from core.database import database, is_sqlite
from core.events import Event
from core.live.bell import Bell
from core.live.reading import after, newest
from core.live.recording import CHANNEL, listen, unlisten

Names = frozenset[str]

log = logging.getLogger(__name__)

KEPT = 2_000
"""Events kept in memory; whoever is further behind reads the table."""

BATCH = 50
"""Events given at once."""

_POLL_SECONDS = 0.5  # SQLite: other processes announce nothing here
_LISTEN_SECONDS = 5.0  # PostgreSQL: how often the table is looked at although nothing was announced
_LONGEST_PAUSE_SECONDS = 5.0
_BURST_SECONDS = 0.1
"""Least time between two readings: of a burst, many streams are told once instead of each being overtaken again."""


class Hub:
    """The events that the streams of one process follow; there is a reading thread while there are streams."""

    def __init__(self) -> None:
        self._condition = Condition()
        self._recent: list[Event] = []
        self._floor = 0
        self._newest = 0
        self._streams = 0
        self._bell: Bell | None = None
        self._wakers: set[Callable[[Names | None], None]] = set()
        self._is_stopped = False

    @property
    def stopped(self) -> bool:
        """Whether every stream is to end."""
        return self._is_stopped

    def join(self) -> int:
        """Begin to follow; return the position of now. The caller's thread has a connection."""
        now = newest()
        with self._condition:
            if self._streams == 0:
                # Nobody was there to read for: what happened meanwhile is in the table.
                self._recent.clear()
                self._floor = self._newest = now
            self._streams += 1
            if self._bell is None and not self._is_stopped:
                self._bell = Bell()
                listen(self._ring)
                Thread(target=self._run, args=(self._bell,), name="live", daemon=True).start()
        return now

    def leave(self) -> None:
        """Follow no more."""
        with self._condition:
            self._streams -= 1
        self._ring()

    def wake_with(self, waker: Callable[[Names | None], None]) -> None:
        """Call `waker`, which must not wait, with the names of new events, and with None when the hub stops."""
        self._wakers.add(waker)

    def wait(self, position: int, seconds: float) -> bool:
        """Wait until there is something after `position` or the hub stops; return False when the time is over."""
        with self._condition:
            return self._condition.wait_for(lambda: self._is_stopped or self._newest > position, seconds)

    def after(self, position: int, names: Names) -> tuple[list[Event], int]:
        """Return the next events of these names after `position`, and how far that goes.

        The caller's thread has a connection, for those of long ago.
        """
        with self._condition:
            if position >= self._floor:
                first = bisect_right(self._recent, position, key=attrgetter("id"))
                found = list(islice((one for one in self._recent[first:] if one.name in names), BATCH))
                return found, found[-1].id if len(found) == BATCH else max(position, self._newest)
            now = self._newest
        found = after(position, BATCH, names=names, until=now)
        return found, found[-1].id if len(found) == BATCH else now

    def stop(self) -> None:
        """Let every stream end; none begins again."""
        with self._condition:
            self._is_stopped = True
            self._condition.notify_all()
        self._ring()
        self._wake(None)

    def _ring(self) -> None:
        bell = self._bell
        if bell is not None:
            bell.ring()

    def _run(self, bell: Bell) -> None:
        pause = 0.1
        try:
            while not self._is_over(bell):
                try:
                    database.connect(reuse_if_open=True)
                    if not is_sqlite():
                        database.execute_sql(f"LISTEN {CHANNEL}")
                    while not self._is_over(bell):
                        # Read first: what was announced while nobody listened is in the table.
                        read_at = time.monotonic()
                        self._read()
                        pause = 0.1
                        _await_news(bell)
                        time.sleep(max(0.0, read_at + _BURST_SECONDS - time.monotonic()))
                except Exception:
                    # Whatever it is: without a reader every stream of the process would be silent.
                    log.exception("live events cannot be read, trying again")
                    connections.discard()
                    bell.wait(pause)
                    pause = min(pause * 2, _LONGEST_PAUSE_SECONDS)
        finally:
            connections.discard()
            bell.close()

    def _is_over(self, bell: Bell) -> bool:
        """Whether nobody follows any more; whoever begins to after that gets a reader and a bell of its own."""
        with self._condition:
            if self._bell is bell:
                if self._streams and not self._is_stopped:
                    return False
                self._bell = None
                unlisten(self._ring)
            return True

    def _read(self) -> None:
        while True:
            events = after(self._newest, KEPT)
            if not events:
                return
            with self._condition:
                # A stream may have come first in the meantime and have begun further on.
                events = [event for event in events if event.id > self._newest]
                self._recent += events
                if events:
                    self._newest = events[-1].id
                if len(self._recent) > 2 * KEPT:
                    gone = len(self._recent) - KEPT
                    self._floor = self._recent[gone - 1].id
                    del self._recent[:gone]
                self._condition.notify_all()
            self._wake(frozenset(event.name for event in events))

    def _wake(self, names: Names | None) -> None:
        for waker in tuple(self._wakers):
            waker(names)


def _await_news(bell: Bell) -> None:
    if is_sqlite():
        bell.wait(_POLL_SECONDS)
        return
    connection = database.connection()
    # What came together with the answer of a query has been read off the line: there nobody would see it.
    if not _was_told(connection):
        bell.wait(_LISTEN_SECONDS, connection.fileno())
        _was_told(connection)


def _was_told(connection: Any) -> bool:
    """Take the announcements that are there; what they say does not matter, that they were there does."""
    return bool(list(connection.notifies(timeout=0)))
