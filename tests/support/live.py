"""A client of live streams over a real connection, as plain as the protocol."""

import http.client
import json
import socket
import threading
import time
from dataclasses import dataclass
from typing import Any, Self


def reader_has_ended() -> None:
    """Wait until no thread of this process reads live events any more, and none holds a connection for it."""
    deadline = time.monotonic() + 10
    while any(thread.name == "live" for thread in threading.enumerate()):
        assert time.monotonic() < deadline
        time.sleep(0.01)


@dataclass(frozen=True)
class Told:
    """One message of a stream."""

    id: str | None
    event: str | None
    data: Any


class LiveClient:
    """One stream: opened when made, read message by message."""

    def __init__(
        self,
        port: int,
        token: str | None,
        query: str,
        *,
        variables: dict[str, Any] | None = None,
        last_id: str | None = None,
        path: str = "/graphql/stream",
        receive_buffer: int | None = None,
    ) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        if receive_buffer:
            self.connection.sock = socket.socket()
            self.connection.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
            self.connection.sock.settimeout(20)
            self.connection.sock.connect(("127.0.0.1", port))
        headers = {"Content-Type": "application/json", "Accept": "text/event-stream", "Accept-Language": "en"}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        if last_id is not None:
            headers["Last-Event-ID"] = last_id
        self.connection.request("POST", path, json.dumps({"query": query, "variables": variables or {}}), headers)
        self.response = self.connection.getresponse()
        self.status = self.response.status
        self.position = self.response.headers.get("Last-Event-ID")
        self.last_id = last_id if last_id is not None else self.position

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Leave at once."""
        self.connection.close()

    def message(self) -> Told | None:
        """Return the next message, also one that says nothing; None at the end of the stream."""
        lines: dict[str, str] = {}
        while True:
            try:
                line = self.response.readline()
            except (http.client.IncompleteRead, ConnectionError):
                # Cut off in the middle.
                return None
            if not line:
                return None
            text = line.decode().rstrip("\n")
            if not text:
                break
            field, _, value = text.partition(":")
            lines[field] = value.removeprefix(" ")
        self.last_id = lines.get("id", self.last_id)
        data = lines.get("data")
        return Told(lines.get("id"), lines.get("event"), json.loads(data) if data else None)

    def next(self) -> Told | None:
        """Return the next message that says something; None at the end of the stream."""
        while True:
            told = self.message()
            if told is None or told.event is not None:
                return told

    def body(self) -> Any:
        """Return the JSON body of a refusal."""
        return json.loads(self.response.read())
