"""Files that rows refer to: received and checked before the row is made, and given to those who see the row."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, TypeVar

from core.context import Context
from core.database import Record
from core.errors import Refused, not_found
from core.policy import fetch
from core.progress import files
from core.progress.rules.evidence import title_problems
from core.work import unit_of_work

R = TypeVar("R", bound=Record)


@dataclass(frozen=True)
class SentFile:
    """A file as somebody sends it: its content, and what is said of it."""

    source: IO[bytes]
    name: str
    declared_type: str
    title: str = ""


def keep_file(ctx: Context, model: type[R], sent: SentFile, place: Callable[[], Mapping[str, Any]]) -> R:
    """Receive, check and store a file, then make the row of `model` that refers to it; a refused one leaves nothing.

    `place` returns the other columns of that row, or refuses. The model has the columns `title`, `file_name`,
    `content_type`, `size_bytes`, `sha256` and `storage_key`.
    """
    # Asked before anything is received, so that nobody fills the disk for a row that is not his.
    place()
    faults = title_problems(sent.title)
    if faults:
        raise Refused([problem.under("input") for problem in faults])
    stored = files.receive(ctx.settings, sent.source, sent.name, sent.declared_type)
    try:
        with unit_of_work(ctx) as work:
            return work.create(
                model,
                **place(),
                title=sent.title.strip() or stored.name,
                file_name=stored.name,
                content_type=stored.content_type,
                size_bytes=stored.size,
                sha256=stored.digest,
                storage_key=stored.key,
            )
    except BaseException:
        files.discard(ctx.settings, stored.key)
        raise


def kept_file(ctx: Context, model: type[R], key: int) -> tuple[R, Path]:
    """Return a stored file that the actor may read; a hidden one, a row without a file and a lost one are the same."""
    row: Any = fetch(model, key, ctx)
    path = files.stored_path(ctx.settings, row.storage_key)
    if path is None:
        raise not_found(id=f"{model.__name__}:{key}")
    return row, path
