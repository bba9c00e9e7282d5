"""Reads server-sent events."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field


@dataclass
class ServerEvent:
    """One server-sent event; `retry` is in seconds."""

    event: str = "message"
    id: str = ""
    retry: float | None = None
    lines: list[str] = field(default_factory=list)

    @property
    def data(self) -> str:
        """The text of the event."""
        return "\n".join(self.lines)


def events_of(lines: Iterable[bytes]) -> Iterator[ServerEvent]:
    """Yield the events of a `text/event-stream` body, given line by line; one without its empty line is not whole."""
    event: ServerEvent | None = None
    for raw in lines:
        line = raw.rstrip(b"\r\n").decode()
        if not line:
            if event is not None:
                yield event
            event = None
        elif not line.startswith(":"):
            event = event or ServerEvent()
            name, _, value = line.partition(":")
            _take(event, name, value.removeprefix(" "))


def _take(event: ServerEvent, name: str, value: str) -> None:
    if name == "data":
        event.lines.append(value)
    elif name == "event":
        event.event = value
    elif name == "id":
        event.id = value
    elif name == "retry" and value.isdecimal():
        event.retry = int(value) / 1000
