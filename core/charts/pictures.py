"""Drawn pictures, kept by what is in them: the same figures are drawn once, whoever asks."""

import os
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import orjson

from core.charts.rendering import Format, draw
from core.settings import Settings

KEPT = 400
"""Pictures kept at most; the ones that nobody looked at for longest go first."""

_EDITION = b"1"


def tag_of(spec: dict[str, Any], kind: Format) -> str:
    """Return what tells a picture from every other one."""
    content = orjson.dumps(spec, option=orjson.OPT_SORT_KEYS)
    return sha256(b"\0".join((_EDITION, kind.encode(), content))).hexdigest()


def picture_of(spec: dict[str, Any], kind: Format, settings: Settings) -> bytes:
    """Return the picture of a specification, drawn if it is not kept; refused as `draw` refuses."""
    folder = settings.var_dir / "charts"
    path = folder / f"{tag_of(spec, kind)}.{kind}"
    with suppress(OSError):
        picture = path.read_bytes()
        os.utime(path)
        return picture
    picture = draw(spec, kind, settings.chart_seconds)
    # A full disk costs time, not the picture.
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=folder, prefix=".", delete=False) as file:
            file.write(picture)
        Path(file.name).replace(path)
        _forget_oldest(folder)
    return picture


def _forget_oldest(folder: Path) -> None:
    pictures = [entry for entry in os.scandir(folder) if entry.is_file()]
    if len(pictures) > KEPT:
        pictures.sort(key=lambda entry: entry.stat().st_mtime)
        for entry in pictures[: len(pictures) - KEPT]:
            Path(entry.path).unlink(missing_ok=True)
