"""Logs: one line of JSON per event in production, readable lines otherwise; every line of a request names its id."""

import logging
import sys
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from typing import Any, TextIO

import structlog

HIDDEN = "…"

_SECRETS = ("password", "secret", "token", "authorization", "cookie")


def hide_secrets(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Blank every value whose name says that nobody may read it."""
    for key in event:
        if any(word in key.lower() for word in _SECRETS):
            event[key] = HIDDEN
    return event


def configure_logging(*, production: bool, stream: TextIO | None = None, level: int = logging.INFO) -> None:
    """Send every log, of this code and of libraries, to `stream` (default: standard error) in one form."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        hide_secrets,
    ]
    target = stream or sys.stderr
    ending: list[Any]
    if production:
        ending = [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(ensure_ascii=False)]
    else:
        ending = [structlog.dev.ConsoleRenderer(colors=target.isatty())]
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared, processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *ending]
    )
    handler = logging.StreamHandler(target)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    # It tells of every look into the empty queue.
    logging.getLogger("huey").setLevel(logging.WARNING)


@contextmanager
def about_request(request_id: str, **more: Any) -> Iterator[None]:
    """Name the request in every line that is logged inside the block."""
    with structlog.contextvars.bound_contextvars(request_id=request_id, **more):
        yield
