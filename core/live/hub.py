"""One reader for all streams of a process: hears of new events, reads them once and keeps the newest in memory."""

import logging
from bisect import bisect_right
from collections.abc import Callable
from operator import attrgetter
from threading import Condition, Event, Thread

import peewee as pw

from core import connections
from core.database import database, is_sqlite
from core.events import Event as Announced
from core.live.reading import after, newest
from core.live.recording import CHANNEL, listen, unlisten

log = logging.getLogger(__name__)

KEPT = 2_000
"""Events kept in memory; whoever is further behind reads the table."""

BATCH = 50
"""Events given at once."""

_POLL_SECONDS = 0.5  # SQLite: other processes announce nothing here
_LISTEN_SECONDS = 5.0  # PostgreSQL: how often the table is looked at although nothing was announced
_LONGEST_PAUSE_SECONDS = 5.0


class Hub:
    """The events that the streams of one process follow."""

    def __init__(self) -> None:
        self._condition = Condition()
        self._news = Event()
        self._recent: list[Announced] = []
        self._floor = 0
        self._newest = 0
        self._streams = 0
        self._thread: Thread | None = None
        self._wakers: set[Callable[[], None]] = set()
        self._is_stopped = False

    @property
    def stopped(self) -> bool:
        """Whether every stream is to end."""
        return self._is_stopped

    def join(self) -> int:
        """Begin to follow; return the position of now. The caller's thread has a connection."""
        with self._condition:
            if self._streams == 0:
                # Nobody was there to read for: what happened meanwhile is in the table.
                self._recent.clear()
                self._floor = self._newest = newest()
            self._streams += 1
            if self._thread is None:
                listen(self._news.set)
                self._thread = Thread(target=self._run, name="live", daemon=True)
                self._thread.start()
            self._news.set()
        return newest()

    def leave(self) -> None:
        """Follow no more."""
        with self._condition:
            self._streams -= 1

    def wake_with(self, waker: Callable[[], None]) -> None:
        """Call `waker`, which must not wait, whenever there is something new or the hub stops."""
        self._wakers.add(waker)

    def wait(self, position: int, seconds: float) -> bool:
        """Wait until there is something after `position` or the hub stops; return False when the time is over."""
        with self._condition:
            return self._condition.wait_for(lambda: self.stopped or self._newest > position, seconds)

    def after(self, position: int) -> list[Announced]:
        """Return the next events after `position`; the caller's thread has a connection for those of long ago."""
        with self._condition:
            if position >= self._floor:
                first = bisect_right(self._recent, position, key=attrgetter("id"))
                return self._recent[first : first + BATCH]
        return after(position, BATCH)

    def stop(self) -> None:
        """Let every stream end; none begins again."""
        with self._condition:
            self._is_stopped = True
            self._condition.notify_all()
        self._news.set()
        unlisten(self._news.set)
        self._wake()

    def _run(self) -> None:
        pause = 0.1
        while not self.stopped:
            try:
                database.connect(reuse_if_open=True)
                if not is_sqlite():
                    database.execute_sql(f"LISTEN {CHANNEL}")
                while not self.stopped:
                    # Read first: what was announced while nobody listened is in the table.
                    self._read()
                    pause = 0.1
                    self._await_news()
            except (pw.DatabaseError, pw.InterfaceError, OSError) as error:
                log.warning("live events cannot be read, trying again: %s", error)
                connections.discard()
                pause = self._rest(pause)
            except Exception:
                log.exception("live events cannot be read, trying again")
                connections.discard()
                pause = self._rest(pause)
        connections.discard()

    def _rest(self, seconds: float) -> float:
        self._news.clear()
        if not self.stopped:
            self._news.wait(seconds)
        return min(seconds * 2, _LONGEST_PAUSE_SECONDS)

    def _await_news(self) -> None:
        if is_sqlite():
            self._news.wait(_POLL_SECONDS if self._streams else None)
            self._news.clear()
            return
        for _ in database.connection().notifies(timeout=_LISTEN_SECONDS, stop_after=1):
            pass

    def _read(self) -> None:
        while self._streams:
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
            self._wake()

    def _wake(self) -> None:
        for waker in tuple(self._wakers):
            waker()
