"""Draws a sealed specification in a process of its own, with limits on time, memory, size and on how many at once."""

import subprocess
import sys
from html import escape
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any, Literal

import orjson
import structlog

from core.errors import refuse
from core.i18n import N_

log = structlog.get_logger(__name__)

PROCESSES = 2
MEGABYTES = 1_024
MOST_BYTES = 8_000_000
_WORKER = Path(__file__).with_name("worker.py")
_free = BoundedSemaphore(PROCESSES)

Format = Literal["svg", "png"]


def draw(spec: dict[str, Any], kind: Format, seconds: int) -> bytes:
    """Return the picture, drawn within `seconds`; refuse with CHARTS_BUSY or CHART_FAILED."""
    if not _free.acquire(timeout=seconds):
        raise refuse("CHARTS_BUSY", N_("Too many charts are being drawn. Try again in a moment."))
    try:
        picture = _run(orjson.dumps(spec), kind, seconds)
    finally:
        _free.release()
    return _with_words(picture, spec) if kind == "svg" else picture


def _run(content: bytes, kind: Format, seconds: int) -> bytes:
    limits = [str(seconds), str(MEGABYTES), str(MOST_BYTES)]
    # -I: no folder of ours and no variable of the environment reaches the process, and an empty environment no proxy.
    command = [sys.executable, "-I", str(_WORKER), kind, *limits]
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=seconds, check=False, env={})
    except subprocess.TimeoutExpired:
        raise refuse(
            "CHART_FAILED", N_("The chart took longer than {seconds} seconds. Draw fewer groups."), seconds=seconds
        ) from None
    if done.returncode or len(done.stdout) > MOST_BYTES:
        log.error("a chart failed", status=done.returncode, error=done.stderr[-500:].decode(errors="replace"))
        raise refuse("CHART_FAILED", N_("The chart could not be drawn. Draw fewer groups, or a smaller picture."))
    return done.stdout


def _with_words(picture: bytes, spec: dict[str, Any]) -> bytes:
    """Give an SVG the title and description that screen readers read."""
    title, text = escape(spec["title"]["text"]), escape(spec["description"])
    opening, closed, rest = picture.decode().partition(">")
    words = f'<title id="chart-title">{title}</title><desc id="chart-description">{text}</desc>'
    named = f'{opening} role="img" aria-labelledby="chart-title chart-description"'
    return f"{named}{closed}{words}{rest}".encode()
