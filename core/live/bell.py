"""Wakes a thread that waits for several things at once: a ring, or something to read from a connection."""

import select
import socket
from contextlib import suppress


class Bell:
    """One thread waits; any thread rings, also before anybody waits."""

    def __init__(self) -> None:
        self._reader, self._writer = socket.socketpair()
        self._reader.setblocking(False)
        self._writer.setblocking(False)

    def ring(self) -> None:
        """Wake whoever waits; after the bell was closed nothing happens."""
        with suppress(OSError):  # full of rings, or closed
            self._writer.send(b"!")

    def wait(self, seconds: float, connection: int | None = None) -> None:
        """Wait until somebody rings, the time is over or there is something to read from `connection`."""
        poll = select.poll()
        poll.register(self._reader, select.POLLIN)
        if connection is not None:
            poll.register(connection, select.POLLIN)
        poll.poll(seconds * 1000)
        with suppress(BlockingIOError):
            while self._reader.recv(4096):
                pass

    def close(self) -> None:
        """Be done with it."""
        self._reader.close()
        self._writer.close()
