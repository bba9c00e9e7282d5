"""Stored evidence files: received whole or not at all, outside every web root, under a key without meaning."""

import os
import struct
import zipfile
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from secrets import token_hex
from typing import IO

from core.errors import Problem, Refused
from core.progress.rules import evidence as rules
from core.settings import Settings

GRACE = timedelta(days=1)
"""How long a file without a row is left alone: its upload may not be committed yet."""

_PIECE = 65_536
_UNPACKED_PER_UPLOAD = 50
# A directory of an honest document is far smaller; reading one of any size would fill the memory.
_LARGEST_DIRECTORY = 1_048_576
_END_OF_DIRECTORY = b"PK\x05\x06"
_LONGEST_END = 22 + 65_535
_INCOMING = "incoming"


@dataclass(frozen=True)
class StoredFile:
    """A file that was received and checked: where it lies and what it is."""

    key: str
    name: str
    content_type: str
    size: int
    digest: str


@dataclass
class _Received:
    size: int = 0
    head: bytes = b""
    digest: str = ""
    is_text: bool = True


def receive(settings: Settings, source: IO[bytes], file_name: str, declared_type: str) -> StoredFile:
    """Read a file to its place under `files_dir`; refuse one that is too large, or not what it says it is.

    The file is complete on disk, under its final key, before this returns: a row may then refer to it.
    """
    limit = settings.max_upload_mb * rules.MEGABYTE
    incoming = settings.files_dir / _INCOMING
    incoming.mkdir(parents=True, exist_ok=True, mode=0o700)
    temporary = incoming / token_hex(16)
    try:
        with temporary.open("xb") as target:
            received = _copy(source, target, limit)
            target.flush()
            os.fsync(target.fileno())
        kind = _checked_kind(temporary, received, file_name, declared_type, limit)
        key = f"{received.digest[:2]}/{received.digest}-{token_hex(8)}"
        final = settings.files_dir / key
        final.parent.mkdir(exist_ok=True, mode=0o700)
        temporary.replace(final)
        _sync_folder(final.parent)
        _sync_folder(settings.files_dir)
    finally:
        temporary.unlink(missing_ok=True)
    return StoredFile(key, rules.clean_name(file_name), kind.content_type, received.size, received.digest)


def _copy(source: IO[bytes], target: IO[bytes], limit: int) -> _Received:
    received, digest = _Received(), sha256()
    while piece := source.read(_PIECE):
        received.size += len(piece)
        if received.size > limit:
            break
        digest.update(piece)
        received.head += piece[: max(rules.HEAD_BYTES - len(received.head), 0)]
        received.is_text = received.is_text and rules.is_text_piece(piece)
        target.write(piece)
    _refuse(rules.size_problems(received.size, limit))
    received.digest = digest.hexdigest()
    return received


def _checked_kind(path: Path, received: _Received, file_name: str, declared_type: str, limit: int) -> rules.FileKind:
    parts: list[str] = []
    if rules.is_archive(received.head):
        parts, unpacked = _directory(path)
        _refuse(rules.archive_problems(unpacked, limit * _UNPACKED_PER_UPLOAD))
    kinds = rules.kinds_of(received.head, parts=parts, is_text=received.is_text)
    _refuse(rules.file_problems(kinds, file_name, declared_type))
    return rules.kind_by_name(kinds, file_name)


def _refuse(problems: list[Problem]) -> None:
    if problems:
        raise Refused([problem.under("input") for problem in problems])


def _directory(path: Path) -> tuple[list[str], int]:
    """Return the names in an archive's directory and the size they claim to unpack to; nothing where it is odd."""
    with path.open("rb") as file:
        file.seek(max(path.stat().st_size - _LONGEST_END, 0))
        tail = file.read()
    end = tail.rfind(_END_OF_DIRECTORY)
    if end < 0 or len(tail) < end + 22:
        return [], 0
    (directory_size,) = struct.unpack_from("<I", tail, end + 12)
    # A larger directory, or one of the 64-bit form (which says 0xFFFFFFFF here), is no ordinary document.
    if directory_size > _LARGEST_DIRECTORY or tail[max(end - 20, 0) : end].startswith(b"PK\x06\x07"):
        return [], 0
    try:
        with zipfile.ZipFile(path) as archive:
            return archive.namelist(), sum(part.file_size for part in archive.infolist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error, OSError):
        return [], 0


def _sync_folder(folder: Path) -> None:
    """Make the name of a new file survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def stored_path(settings: Settings, key: str) -> Path | None:
    """Return where the file of `key` lies, None where it is gone or the key is none of ours."""
    if not rules.is_storage_key(key):
        return None
    path = settings.files_dir / key
    return path if path.is_file() else None


def discard(settings: Settings, key: str) -> None:
    """Remove the file of `key`."""
    path = stored_path(settings, key)
    if path is not None:
        path.unlink(missing_ok=True)


def old_files(settings: Settings, now: datetime) -> list[tuple[str, Path]]:
    """Return key and path of every file that is older than the grace time; unfinished uploads included."""
    before = (now - GRACE).timestamp()
    return [
        (str(path.relative_to(settings.files_dir)), path)
        for path in sorted(settings.files_dir.glob("*/*"))
        if path.is_file() and path.stat().st_mtime < before
    ]


def sweep(settings: Settings, now: datetime, known: Collection[str]) -> int:
    """Remove old files that no row refers to; return how many."""
    orphans = [path for key, path in old_files(settings, now) if key not in known]
    for path in orphans:
        path.unlink(missing_ok=True)
    return len(orphans)
