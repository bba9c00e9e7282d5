"""Rows of a view as CSV or XLSX: no cell is a formula, numbers and dates stay what they are."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

import orjson

from core.exchange.neutral import neutral
from schema.view_plan import Column, Plan, Rows

BETWEEN = "; "
"""What stands between the entries of a list in one cell."""

_LONGEST_CELL = 32_767
"""Characters that a cell of a spreadsheet can hold."""


def at(data: Any, path: Sequence[str]) -> Any:
    """Return what lies under a path of response keys, None where the path ends early."""
    for key in path:
        if not isinstance(data, Mapping):
            return None
        data = data.get(key)
    return data


def entries(data: Any, rows: Rows) -> list[Any]:
    """Return the entries of a list in an answer."""
    found = at(data, (*rows.path, *rows.entries))
    return found if isinstance(found, list) else []


def table(data: Mapping[str, Any], plan: Plan) -> tuple[list[str], Iterator[list[object]]]:
    """Return headings and rows; an operation without a list is one row."""
    rows = plan.rows
    columns = plan.columns if rows is None else rows.columns
    items = [data] if rows is None else entries(data, rows)
    name = rows.path[-1] if rows is not None else ""
    headings = [column.heading or name for column in columns]
    return headings, ([cell(item, column) for column in columns] for item in items)


def cell(item: Any, column: Column) -> object:
    """Return the value of one column; a list is joined where its entries have one leaf, and counted otherwise."""
    value = at(item, column.path)
    if value is None:
        return None
    if not column.is_many:
        return neutral(_typed(value, column.kind))
    if column.leaf is None:
        return len(value)
    texts = (_text(at(one, column.leaf) if column.leaf else one) for one in value)
    return neutral(BETWEEN.join(text for text in texts if text))


def as_csv(headings: Sequence[str], rows: Iterator[list[object]], *, bom: bool) -> bytes:
    """Return a table as CSV in UTF-8 (RFC 4180), with a byte-order mark if asked for."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(headings)
    for row in rows:
        writer.writerow([_word(value) for value in row])
    return file.getvalue().encode("utf-8-sig" if bom else "utf-8")


def as_xlsx(headings: Sequence[str], rows: Iterator[list[object]]) -> bytes:
    """Return a table as a workbook of one sheet."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    page = book.create_sheet("data")
    page.append(list(headings))
    for row in rows:
        page.append([value[:_LONGEST_CELL] if isinstance(value, str) else value for value in row])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _typed(value: Any, kind: str) -> object:
    if isinstance(value, dict | list):
        return orjson.dumps(value).decode()
    if isinstance(value, str):
        with suppress(InvalidOperation, ValueError):
            if kind == "Decimal":
                return Decimal(value)
            if kind == "Date":
                return date.fromisoformat(value)
    return value


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, dict | list):
        return orjson.dumps(value).decode()
    return str(_word(value))


def _word(value: object) -> object:
    return "true" if value is True else "false" if value is False else value
