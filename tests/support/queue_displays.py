"""Displays of a service point: they follow its board, and come again when the server has gone."""

import contextlib
import json
import selectors
import socket
import time
from bisect import bisect_left
from dataclasses import dataclass, field
from threading import Event, Thread
from typing import Any

from tests.support.queue_office import CODE

_AGAIN_SECONDS = 0.2
_END = b"\n\n"


@dataclass(frozen=True)
class Shown:
    """A board as a display has it."""

    last: int
    calls: frozenset[tuple[str, int]]
    body: dict[str, Any]


@dataclass
class Display:
    """What one display was told, when, and when each of its lines told the first state."""

    states: list[tuple[float, Shown]] = field(default_factory=list)
    connected: list[float] = field(default_factory=list)
    last_id: str = ""
    line: socket.socket | None = None
    buffer: bytes = b""
    has_begun: bool = False
    is_told: bool = False
    again_at: float = 0.0

    def latest(self) -> Shown | None:
        """Return what it shows."""
        return self.states[-1][1] if self.states else None

    def latest_body(self) -> dict[str, Any]:
        """Return what it shows as the stream told it; nothing if it was told nothing."""
        return self.states[-1][1].body if self.states else {}


class Displays(Thread):
    """Displays beside each other, read by one thread; HTTP/1.0, so that events come as they are."""

    def __init__(self, port: int, count: int) -> None:
        super().__init__(daemon=True)
        self.displays = [Display() for _ in range(count)]
        self.refused: list[str] = []
        self._port = port
        self._over = Event()
        self._selector = selectors.DefaultSelector()
        self._known: dict[bytes, Shown] = {}

    def run(self) -> None:
        """Follow until told to stop."""
        while not self._over.is_set():
            now = time.monotonic()
            for display in self.displays:
                if display.line is None and display.again_at <= now:
                    self._connect(display)
            for key, _ in self._selector.select(0.1):
                self._read(key.data)
        for display in self.displays:
            self._lose(display)
        self._selector.close()

    def stop(self) -> None:
        """Close all lines."""
        self._over.set()
        self.join(10)

    def wait_until(self, last: int, seconds: float) -> bool:
        """Wait until every display shows that event or a later one."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            shown = [display.latest() for display in self.displays]
            if all(one is not None and one.last >= last for one in shown):
                return True
            time.sleep(0.05)
        return False

    def wait_until_all_follow(self, since: float, seconds: float) -> float:
        """Wait until every display was told a state on a line begun after a moment; return when the last one was."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            moments = [display.connected[-1] if display.connected else 0.0 for display in self.displays]
            if all(moment > since for moment in moments):
                return max(moments)
            time.sleep(0.05)
        raise AssertionError(f"not all displays follow: {self.refused[-3:]}")

    def _connect(self, display: Display) -> None:
        display.again_at = time.monotonic() + _AGAIN_SECONDS
        resumed = f"Last-Event-ID: {display.last_id}\r\n" if display.last_id else ""
        head = (
            f"GET /-/queueing/{CODE}/events HTTP/1.0\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\n{resumed}\r\n"
        )
        with contextlib.suppress(OSError):
            display.line = socket.create_connection(("127.0.0.1", self._port), 2)
            display.line.sendall(head.encode())
            display.line.setblocking(False)
            display.buffer, display.has_begun, display.is_told = b"", False, False
            self._selector.register(display.line, selectors.EVENT_READ, display)

    def _lose(self, display: Display) -> None:
        if display.line is not None:
            with contextlib.suppress(KeyError, ValueError):
                self._selector.unregister(display.line)
            display.line.close()
            display.line = None

    def _read(self, display: Display) -> None:
        assert display.line is not None
        try:
            content = display.line.recv(1 << 16)
        except BlockingIOError:
            return
        except OSError:
            content = b""
        if not content:
            self._lose(display)
            return
        now = time.monotonic()
        display.buffer += content
        if not display.has_begun:
            head, found, rest = display.buffer.partition(b"\r\n\r\n")
            if not found:
                return
            if b" 200 " not in head.split(b"\r\n")[0]:
                self.refused.append(head.split(b"\r\n")[0].decode())
                self._lose(display)
                return
            display.has_begun, display.buffer = True, rest
        while _END in display.buffer:
            event, _, display.buffer = display.buffer.partition(_END)
            self._take(display, event, now)

    def _take(self, display: Display, event: bytes, now: float) -> None:
        fields = dict(line.split(b": ", 1) for line in event.split(b"\n") if b": " in line)
        if b"id" in fields:
            display.last_id = fields[b"id"].decode()
        if fields.get(b"event") == b"state":
            display.states.append((now, self._shown(fields[b"data"])))
            if not display.is_told:
                display.is_told = True
                display.connected.append(now)

    def _shown(self, data: bytes) -> Shown:
        shown = self._known.get(data)
        if shown is None:
            body = json.loads(data)
            calls = frozenset((call["label"], call["counter"]) for call in body["calls"])
            shown = self._known[data] = Shown(body["last"], calls, body)
        return shown


def delays(display: Display, calls: "list[tuple[str, int, float, int]]") -> list[float | None]:
    """Return after how many seconds a display showed each call (label, counter, moment, event that ended it), or None.

    A call that is over already when the display is told the next state counts as shown by that state.
    """
    first: dict[tuple[str, int], float] = {}
    lasts: list[int] = []
    for moment, shown in display.states:
        for call in shown.calls:
            first.setdefault(call, moment)
        lasts.append(max(shown.last, lasts[-1] if lasts else 0))
    found: list[float | None] = []
    for label, counter, moment, over in calls:
        place = bisect_left(lasts, over)
        ends = display.states[place][0] if place < len(lasts) else None
        moments = [one for one in (first.get((label, counter)), ends) if one is not None]
        found.append(max(0.0, min(moments) - moment) if moments else None)
    return found
