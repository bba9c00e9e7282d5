"""The rows that a list finds as a file: CSV and XLSX for people with spreadsheets, JSON for programs."""

import csv
import io
import logging
import os
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import IO, Any
from zoneinfo import ZoneInfo

import orjson
from flask import Response, request
from flask_admin import expose

from admin import access
from admin.listing import saving
from admin.listing.asked import Asked
from admin.listing.columns import Kind, kind_of, stored
from admin.listing.rows import keys, ordered, selected
from admin.readable import cleaned
from admin.show import term
from core.actor import Actor
from core.database import utc_now
from core.errors import Refused, refuse
from core.exchange.exporting import csv_cell
from core.exchange.neutral import neutral
from core.i18n import N_, translate
from core.policy import note_read, require
from core.registry import active_registry
from core.work import plain

log = logging.getLogger(__name__)

FORMATS = ("csv", "xlsx", "json")

_MIMETYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}
_ROWS_AT_ONCE = 1000
_KEPT_IN_MEMORY = 1_000_000
_PART = 65_536
_SPOILT = re.compile(r"0\d+|\d{12,}")
"""Digits that a spreadsheet takes for a number, losing zeros at the front or digits at the end."""
_YES, _NO = N_("yes"), N_("no")


class ExportPages:
    """What a view gives as a file."""

    model: Any
    endpoint: Any
    asked: Any

    @expose("/export")
    def export_view(self) -> Any:
        """Send every row that the list finds, with the columns that it shows, as a file."""
        ctx = access.context()
        require(ctx, "exchange.export", self.model, "format")
        form = request.args.get("format", "")
        if form not in FORMATS:
            raise refuse(
                "FORMAT_UNKNOWN",
                N_("Files are made as {known}, not as {given}. Choose one of them."),
                "format",
                known=", ".join(FORMATS),
                given=form[:20] or "-",
            )
        asked: Asked = self.asked(request.args, saving.habits_of(ctx.actor, self.endpoint))
        if asked.problems:
            # A file that holds more than was asked for is worse than none.
            raise Refused(asked.problems)
        with tempfile.SpooledTemporaryFile(_KEPT_IN_MEMORY) as file:
            count = _WRITERS[form](self, asked, file, rows_of(self, ctx.actor, asked))
            log.info(
                "exported",
                extra={
                    "view": self.endpoint,
                    "format": form,
                    "rows": count,
                    "account": ctx.actor.account_id,
                    "columns": ",".join(asked.columns),
                    "filter": asked.address(is_whole=True, page=0),
                },
            )
            return self._sent_as_file(file, form, ctx.actor)

    def _sent_as_file(self, file: Any, form: str, who: Actor) -> Response:
        """Return the answer that reads from a copy of `file`, which lives as long as it is read."""
        length = file.tell()
        file.seek(0)
        body: Any = file.read() if length <= _KEPT_IN_MEMORY else _parts(os.dup(file.fileno()))
        answer = Response(body, mimetype=_MIMETYPES[form])
        answer.content_length = length
        name = f"{self.endpoint.replace('_', '-')}-{who.today.isoformat()}.{form}"
        answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        answer.headers["Cache-Control"] = "no-store"
        return answer


def _parts(descriptor: int) -> Iterator[bytes]:
    with os.fdopen(descriptor, "rb") as file:
        while part := file.read(_PART):
            yield part


def rows_of(view: Any, who: Actor, asked: Asked) -> Iterator[Any]:
    """Yield every row that is found, in order; only a thousand rows and the ids of the others are held at once."""
    found = ordered(view, who, asked, keys(view, who, asked))
    ids = [key for (key,) in found.tuples().iterator()]
    for start in range(0, len(ids), _ROWS_AT_ONCE):
        part = ids[start : start + _ROWS_AT_ONCE]
        by_id = {row.id: row for row in selected(view, who, asked.columns).where(view.model.id.in_(part))}
        note_read(access.context(), view.model, list(by_id), "EXPORT")
        # A row that was deleted in the meantime is left out.
        yield from (by_id[key] for key in part if key in by_id)


def _values(view: Any, asked: Asked, row: Any) -> Iterator[tuple[str, Kind, Any]]:
    for name in asked.columns:
        field = view.model._meta.fields[name]
        kind = kind_of(field)
        value = getattr(row, name)
        if value and view.by_name[name].write is cleaned:
            # The words of an error may hold secrets; what the pages hide leaves in no file either.
            value = cleaned(value)
        yield name, kind, value if kind is Kind.RELATION else stored(field, value)


def _cells(view: Any, asked: Asked, row: Any) -> Iterator[Any]:
    """Yield a row as people read it in a spreadsheet: words of the law in their language, dates and numbers as such."""
    zone = ZoneInfo(active_registry().settings.time_zone)
    for _, kind, value in _values(view, asked, row):
        if value is None:
            yield None
        elif kind is Kind.CHOICE:
            yield neutral(term(value))
        elif kind is Kind.BOOLEAN:
            yield translate(_YES if value else _NO)
        elif isinstance(value, datetime):
            # Spreadsheets know no time zones.
            yield value.astimezone(zone).replace(tzinfo=None)
        elif kind is Kind.JSON:
            yield neutral(orjson.dumps(value).decode())
        else:
            yield neutral(value)


def _write_csv(view: Any, asked: Asked, file: IO[bytes], rows: Iterable[Any]) -> int:
    # The byte-order mark makes spreadsheet programs read the file as UTF-8.
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow(_titles(view, asked))
    count = 0
    for row in rows:
        writer.writerow([_unspoilt(csv_cell(cell)) for cell in _cells(view, asked, row)])
        count += 1
    text.detach()
    return count


def _unspoilt(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and _SPOILT.fullmatch(cell) else cell


def _write_xlsx(view: Any, asked: Asked, file: IO[bytes], rows: Iterable[Any]) -> int:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    page = book.create_sheet("data")
    page.append(_titles(view, asked))
    count = 0
    for row in rows:
        page.append([_text_cell(page, cell) for cell in _cells(view, asked, row)])
        count += 1
    book.save(file)
    return count


def _text_cell(page: Any, cell: object) -> object:
    """Return a cell; digits that a spreadsheet would spoil when they are touched are marked as text."""
    if not isinstance(cell, str) or not _SPOILT.fullmatch(cell):
        return cell
    from openpyxl.cell import WriteOnlyCell

    made = WriteOnlyCell(page, value=cell)
    made.number_format = "@"
    return made


def _write_json(view: Any, asked: Asked, file: IO[bytes], rows: Iterable[Any]) -> int:
    head = {
        "view": view.endpoint,
        "exportedAt": utc_now().isoformat(),
        "columns": dict(zip(asked.columns, _titles(view, asked), strict=True)),
    }
    file.write(orjson.dumps(head)[:-1] + b',"rows":[')
    count = 0
    for row in rows:
        values = {name: _as_json(value) for name, _, value in _values(view, asked, row)}
        file.write((b",\n" if count else b"\n") + orjson.dumps({"id": row.id, **values}))
        count += 1
    file.write(b"\n]}\n")
    return count


def _as_json(value: Any) -> Any:
    value = plain(value)
    return value if isinstance(value, str | int | float | bool | list | dict | None) else str(value)


def _titles(view: Any, asked: Asked) -> list[str]:
    return [str(neutral(view.title_of(view.by_name[name]))) for name in asked.columns]


_WRITERS: dict[str, Callable[[Any, Asked, IO[bytes], Iterable[Any]], int]] = {
    "csv": _write_csv,
    "xlsx": _write_xlsx,
    "json": _write_json,
}
