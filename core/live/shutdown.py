"""Tells streams that their process is to stop, before the server waits for them to end."""

import os
import signal
import socket
from collections.abc import Callable
from threading import Thread, current_thread, main_thread
from weakref import WeakMethod

_STOPPING = frozenset({signal.SIGTERM, signal.SIGINT})
_told: list[WeakMethod[Callable[[], None]]] = []
_is_watched = False


def when_told_to_stop(action: Callable[[], None]) -> None:
    """Call the method `action` in another thread when this process gets SIGTERM or SIGINT, if its object lives."""
    _told.append(WeakMethod(action))


def watch_signals() -> None:
    """Begin to look for the signals; to be called in the main thread of a server process that handles them itself.

    The server's own handlers stay as they are: Python writes each signal that comes into the socket too.
    """
    global _is_watched  # noqa: PLW0603 - signals are of the process
    if _is_watched or current_thread() is not main_thread():
        return
    _is_watched = True
    reader, writer = socket.socketpair()
    writer.setblocking(False)
    signal.set_wakeup_fd(writer.fileno(), warn_on_full_buffer=False)
    # The writer must live as long as the process.
    Thread(target=_watch, args=(reader, writer, os.getpid()), name="signals", daemon=True).start()


def _watch(reader: socket.socket, _writer: socket.socket, process: int) -> None:
    while os.getpid() == process:
        for number in reader.recv(16):
            if number in _STOPPING:
                for known in _told:
                    action = known()
                    if action is not None:
                        action()
