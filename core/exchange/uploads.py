"""Files that wait to be imported: each in a folder of its own, under a random name outside any web root."""

import re
import shutil
from collections.abc import Collection
from datetime import datetime
from pathlib import Path
from secrets import token_hex
from typing import IO

from core.errors import Refused, refuse
from core.i18n import N_
from core.progress.rules.evidence import clean_name
from core.settings import Settings

BYTES_PER_MEGABYTE = 1_000_000
ENDINGS = (".csv", ".tsv", ".txt", ".xlsx")

_FOLDER = "imports"
_NAME = re.compile(r"[0-9a-f]{32}")
_PIECE = 65_536


def most_bytes(settings: Settings) -> int:
    """Return the size of the largest file that is imported."""
    return settings.max_upload_mb * BYTES_PER_MEGABYTE


def receive(settings: Settings, source: IO[bytes], file_name: str) -> tuple[str, str, int]:
    """Keep a file; return the name of its folder, its own name without any path, and its size in bytes.

    Refused with FORMAT_UNKNOWN for another ending, FILE_TOO_LARGE or FILE_EMPTY; then nothing is left on disk.
    """
    name = clean_name(file_name)
    if Path(name).suffix.lower() not in ENDINGS:
        raise refuse(
            "FORMAT_UNKNOWN",
            N_("Files end in .csv or .xlsx, not in {ending}. Choose one of the two."),
            "file",
            ending=Path(name).suffix or name,
        )
    folder = token_hex(16)
    place = settings.files_dir / _FOLDER / folder
    place.mkdir(parents=True, mode=0o700)
    try:
        size = _copy(source, place / "source", most_bytes(settings))
    except BaseException:
        shutil.rmtree(place, ignore_errors=True)
        raise
    return folder, name, size


def too_large(limit: int) -> Refused:
    """Return the refusal of a file of more than `limit` bytes."""
    return refuse(
        "FILE_TOO_LARGE",
        N_("The file is larger than {limit} MB. Split it into several files, or leave out columns not needed."),
        "file",
        limit=limit // BYTES_PER_MEGABYTE,
    )


def _copy(source: IO[bytes], path: Path, limit: int) -> int:
    size = 0
    with path.open("xb") as target:
        while piece := source.read(_PIECE):
            size += len(piece)
            if size > limit:
                raise too_large(limit)
            target.write(piece)
    if size == 0:
        raise refuse("FILE_EMPTY", N_("The file has no header row. Put the column names into its first row."), "file")
    return size


def folder_of(settings: Settings, folder: str) -> Path:
    """Return the folder of an upload; refused with UPLOAD_GONE when it has been removed."""
    place = settings.files_dir / _FOLDER / folder
    if not _NAME.fullmatch(folder) or not place.is_dir():
        raise refuse(
            "UPLOAD_GONE", N_("The uploaded file is no longer kept. Upload it again."), "file"
        )  # fmt: skip
    return place


def discard(settings: Settings, folder: str) -> None:
    """Remove an upload with all that lies beside it."""
    if _NAME.fullmatch(folder):
        shutil.rmtree(settings.files_dir / _FOLDER / folder, ignore_errors=True)


def sweep(settings: Settings, before: datetime, known: Collection[str]) -> int:
    """Remove folders made before a moment that no task knows; return how many."""
    root = settings.files_dir / _FOLDER
    gone = [
        place.name
        for place in (root.iterdir() if root.is_dir() else ())
        if place.name not in known and place.stat().st_mtime < before.timestamp()
    ]
    for name in gone:
        discard(settings, name)
    return len(gone)
