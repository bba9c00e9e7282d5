"""Reads a CSV or XLSX file into rows of text, whatever its encoding and delimiter, within stated limits."""

import csv
import hashlib
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from charset_normalizer import from_bytes
from defusedxml import DefusedXmlException

from core.errors import refuse
from core.i18n import N_

MAX_ROWS = 200_000
MAX_COLUMNS = 200
MAX_CELL_CHARACTERS = 20_000
MAX_UNPACKED_BYTES = 300_000_000
"""An XLSX is a ZIP: one that unpacks to more is refused before it is unpacked."""

_OTHER_TYPES = (
    b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\xd0\xcf\x11\xe0", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"\x7fELF",
    b"MZ", b"{\\rtf",
)  # fmt: skip
"""How documents, pictures, archives and programs begin (the fifth: workbooks of before 2007, or with a password)."""

_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_THREE_DECIMALS = re.compile(r"\.\d{3}$")


@dataclass(frozen=True)
class Line:
    """One row of a file: its line number as a person counts (the header is line 1) and its cells by header."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True)
class Sheet:
    """A file's header and rows, and the SHA-256 of its bytes."""

    name: str
    sha256: str
    headers: tuple[str, ...]
    lines: tuple[Line, ...]


def read_sheet(path: Path, max_bytes: int, name: str = "") -> Sheet:
    """Read the file at `path` (.csv, .txt, .tsv or .xlsx, at most `max_bytes`); refuse what is not a table.

    `name` is how the person calls the file (default: its name on disk).
    """
    data = _read(path, max_bytes)
    return _sheet(name or path.name, hashlib.sha256(data).hexdigest(), _rows(data))


def read_head(path: Path, max_bytes: int, lines: int, name: str = "") -> Sheet:
    """Read the header and the first `lines` rows of a file, as `read_sheet` does; faults further down are not seen."""
    data = _read(path, max_bytes)
    return _sheet(name or path.name, hashlib.sha256(data).hexdigest(), _rows(data), lines)


def _read(path: Path, max_bytes: int) -> bytes:
    if not path.is_file():
        raise refuse("FILE_NOT_FOUND", N_("There is no file {name}. Check the path."), "file", name=str(path))
    size = path.stat().st_size
    if size > max_bytes:
        raise refuse(
            "FILE_TOO_LARGE",
            N_("The file has {size} bytes, more than the limit of {limit}. Split it, or raise max_upload_mb."),
            "file",
            size=size,
            limit=max_bytes,
        )
    return path.read_bytes()


def _rows(data: bytes) -> Iterator[tuple[int, list[str]]]:
    if data.startswith(_OTHER_TYPES) or (b"\x00" in data[:4096] and not data.startswith((b"PK\x03\x04", *_UTF16))):
        raise _not_a_table()
    return _xlsx_rows(data) if data.startswith(b"PK\x03\x04") else _csv_rows(data)


def _sheet(name: str, sha256: str, rows: Iterable[tuple[int, list[str]]], most: int | None = None) -> Sheet:
    numbered = iter(rows)
    headers: tuple[str, ...] = ()
    for _, cells in numbered:
        if any(cells):
            headers = tuple(cell.strip() for cell in cells)
            break
    while headers and not headers[-1]:
        headers = headers[:-1]
    if not headers:
        raise refuse("FILE_EMPTY", N_("The file has no header row. Put the column names into its first row."), "file")
    _check_headers(headers)
    lines: list[Line] = []
    filled = ((number, cells) for number, cells in numbered if any(cell.strip() for cell in cells))
    for number, cells in islice(filled, most):
        if len(lines) >= MAX_ROWS:
            raise refuse("TOO_MANY_ROWS", N_("The file has more than {limit} rows. Split it."), "file", limit=MAX_ROWS)
        lines.append(Line(number, _cells(headers, cells, number)))
    return Sheet(name, sha256, headers, tuple(lines))


def _check_headers(headers: tuple[str, ...]) -> None:
    if len(headers) > MAX_COLUMNS:
        raise refuse(
            "TOO_MANY_COLUMNS", N_("The file has more than {limit} columns. Remove those not needed."), "file",
            limit=MAX_COLUMNS,
        )  # fmt: skip
    seen: set[str] = set()
    for header in headers:
        if header and header.casefold() in seen:
            raise refuse(
                "DUPLICATE_COLUMN", N_("The column {column} is there twice. Rename or remove one."), "file",
                column=header,
            )  # fmt: skip
        seen.add(header.casefold())


def _cells(headers: tuple[str, ...], cells: list[str], number: int) -> dict[str, str]:
    if any(len(cell) > MAX_CELL_CHARACTERS for cell in cells):
        raise refuse(
            "CELL_TOO_LONG", N_("A cell in line {line} has more than {limit} characters. Shorten it."), "file",
            line=number, limit=MAX_CELL_CHARACTERS,
        )  # fmt: skip
    padded = [*cells, *[""] * (len(headers) - len(cells))]
    return {header: padded[index].strip() for index, header in enumerate(headers) if header}


def _csv_rows(data: bytes) -> Iterator[tuple[int, list[str]]]:
    text = _decode(data)
    if "\x00" in text:
        raise _not_a_table()
    try:
        dialect: Any = csv.Sniffer().sniff(text[:20_000], delimiters=",;\t|")
    except csv.Error:
        dialect = csv.excel
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=dialect.delimiter, strict=True)
    start = 1
    try:
        for cells in reader:
            yield start, cells
            start = reader.line_num + 1
    except csv.Error as error:
        raise refuse(
            "BROKEN_CSV", N_("Line {line} is not valid CSV ({fault}). Check its quotation marks."), "file",
            line=start, fault=str(error),
        ) from None  # fmt: skip


def _decode(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        best = from_bytes(data).best()
    if best is None:
        raise _not_a_table()
    return str(best)


_BROKEN_XLSX = (
    zipfile.BadZipFile, zlib.error, ParseError, DefusedXmlException, KeyError, IndexError, TypeError, ValueError,
    OSError, EOFError,
)  # fmt: skip


def _xlsx_rows(data: bytes) -> Iterator[tuple[int, list[str]]]:
    # Takes a fifth of a second to import, which every command and every start of a server would wait for.
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(item.file_size for item in archive.infolist())
            if unpacked > MAX_UNPACKED_BYTES:
                raise refuse(
                    "FILE_TOO_LARGE_UNPACKED",
                    N_("The file unpacks to {size} bytes, more than the limit of {limit}. Save it as CSV."),
                    "file",
                    size=unpacked,
                    limit=MAX_UNPACKED_BYTES,
                )
        # read_only also keeps formulas from being anything but their stored values (data_only).
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    except _BROKEN_XLSX:
        raise _not_a_table() from None
    try:
        page = book.worksheets[0]
        for number, row in enumerate(page.iter_rows(values_only=True, max_col=MAX_COLUMNS + 1), start=1):
            yield number, [_text(cell) for cell in row]
    except _BROKEN_XLSX:
        # A part that is damaged, or that says another size than it has, shows itself only when it is read.
        raise _not_a_table() from None
    finally:
        book.close()


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == datetime.min.time() else cell.isoformat(sep=" ")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return _number_text(cell) if isinstance(cell, float) else str(cell)


def _number_text(cell: float) -> str:
    if cell.is_integer():
        return str(int(cell))
    # A number cell is no text that could mean thousands: a fourth decimal says so.
    text = str(cell)
    return f"{text}0" if _THREE_DECIMALS.search(text) else text


def _not_a_table() -> Exception:
    return refuse("NOT_A_TABLE", N_("The file is neither CSV nor XLSX. Save it as one of the two."), "file")
