"""Reads a CSV file of any length line by line, telling how many of its bytes are read."""

import csv
from collections.abc import Callable, Iterator
from io import TextIOWrapper
from pathlib import Path
from typing import Any, NamedTuple

from charset_normalizer import from_bytes

from core.plugin_api import N_, refuse

_HEAD_BYTES = 65_536
_EVERY_LINES = 2_000
_ARCHIVES = (b"PK\x03\x04", b"\x1f\x8b", b"%PDF", b"\xd0\xcf\x11\xe0")


class LogLine(NamedTuple):
    """A line of the file as a person counts (the header is line 1) and its cells."""

    number: int
    cells: list[str]


def read_lines(
    path: Path,
    delimiter: str = "",
    on_bytes: Callable[[int, int], None] = lambda done, total: None,  # noqa: ARG005
) -> Iterator[LogLine]:
    """Yield the header and every line that holds anything; refuse what is no CSV file.

    `on_bytes` is told now and then how many bytes are read, and of how many.
    """
    if not path.is_file():
        raise refuse("FILE_NOT_FOUND", N_("There is no file {name}. Check the path."), "file", name=str(path))
    total = path.stat().st_size
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    if head.startswith(_ARCHIVES) or b"\x00" in head:
        raise refuse("LOG_NOT_CSV", N_("The log is no CSV file. Save it as CSV (comma or semicolon)."), "file")
    encoding = _encoding(head)
    with path.open("rb") as file, TextIOWrapper(file, encoding, newline="") as text:
        reader = csv.reader(text, delimiter=delimiter or _delimiter(head.decode(encoding, "replace")), strict=True)
        start = 1
        try:
            for cells in reader:
                if any(cells):
                    yield LogLine(start, cells)
                start = reader.line_num + 1
                if not start % _EVERY_LINES:
                    on_bytes(file.tell(), total)
        except csv.Error as error:
            raise refuse(
                "BROKEN_CSV", N_("Line {line} is not valid CSV ({fault}). Check its quotation marks."), "file",
                line=start, fault=str(error),
            ) from None  # fmt: skip
        except UnicodeDecodeError:
            raise refuse(
                "LOG_ENCODING", N_("Line {line} or one soon after it is not {encoding}. Save the file as UTF-8."),
                "file", line=start, encoding=encoding,
            ) from None  # fmt: skip
    on_bytes(total, total)


def _encoding(head: bytes) -> str:
    try:
        head[: head.rfind(b"\n") + 1].decode("utf-8-sig")
    except UnicodeDecodeError:
        best = from_bytes(head).best()
        return best.encoding if best else "utf-8"
    return "utf-8-sig"


def _delimiter(head: str) -> str:
    try:
        dialect: Any = csv.Sniffer().sniff(head[:20_000], delimiters=",;\t|")
    except csv.Error:
        return ","
    return str(dialect.delimiter)
