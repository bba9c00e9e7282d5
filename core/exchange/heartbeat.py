"""Says how far a step has come while its transaction is open: in a file, since nobody could read it in the database."""

import threading
from pathlib import Path
from types import TracebackType
from typing import Self

import orjson

_NAME = "progress.json"
_EVERY_SECONDS = 1.0


class Heartbeat:
    """Writes done and total rows once a second until its block ends; the file's age tells whether anybody works."""

    def __init__(self, place: Path) -> None:
        """Write into the folder of an upload."""
        self._path = place / _NAME
        self._done, self._total = 0, 0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._beat, daemon=True)

    def note(self, done: int, total: int) -> None:
        """Take note of how far the work has come."""
        self._done, self._total = done, total

    def __enter__(self) -> Self:
        self._write()
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()
        self._path.unlink(missing_ok=True)

    def _beat(self) -> None:
        while not self._over.wait(_EVERY_SECONDS):
            self._write()

    def _write(self) -> None:
        partial = self._path.with_suffix(".partial")
        partial.write_bytes(orjson.dumps([self._done, self._total]))
        partial.replace(self._path)


def progress_in(place: Path) -> tuple[int, int]:
    """Return how many rows are done and how many there are, zeros where nobody has said yet."""
    try:
        done, total = orjson.loads((place / _NAME).read_bytes())
    except (OSError, ValueError):
        return 0, 0
    return int(done), int(total)


def last_beat(place: Path) -> float:
    """Return when somebody last said so, in seconds since 1970; zero where there is nothing."""
    try:
        return (place / _NAME).stat().st_mtime
    except OSError:
        return 0.0
