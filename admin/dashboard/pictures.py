"""The addresses of pictures and files of charts: drawn for whoever asks, from what that person sees."""

import csv
import io
from collections.abc import Mapping
from typing import Any

from flask import Response, request

from admin.dashboard.charts import CHARTS, Chart
from admin.dashboard.scope import read_choice
from core.charts.pictures import picture_of, tag_of
from core.charts.rendering import Format
from core.charts.spec import make_spec
from core.charts.themes import Theme, themed
from core.context import Context
from core.errors import Refused, not_found
from core.exchange.neutral import neutral

_TYPES: dict[Format, str] = {"svg": "image/svg+xml", "png": "image/png"}
_CSV = "text/csv; charset=utf-8"
_BUSY = 503


def answer(ctx: Context, name: str, ending: str, args: Mapping[str, str]) -> Response:
    """Return the chart `name` as a picture (svg, png) or its figures (csv); refused with NOT_FOUND for any other."""
    make = CHARTS.get(name)
    choice = read_choice(ctx, args)
    if make is None or choice is None or ending not in {*_TYPES, "csv"}:
        raise not_found("chart", id=f"{name}.{ending}"[:80])
    chart = make(ctx, choice)
    if ending == "csv":
        return _private(Response(_table(chart), content_type=_CSV), f"{name}.csv")
    kind: Format = "svg" if ending == "svg" else "png"
    theme: Theme = "dark" if args.get("theme") == "dark" else "light"
    spec = themed(make_spec(chart.picture(narrow=args.get("size") == "narrow")), theme)
    tag = tag_of(spec, kind)
    if request.if_none_match.contains(tag):
        return _private(Response(status=304), "", tag)
    try:
        picture = picture_of(spec, kind, ctx.settings)
    except Refused as refusal:
        # An image cannot show what is wrong; the table beside it has the figures all the same.
        response = Response(refusal.problems[0].message(), _BUSY, content_type="text/plain; charset=utf-8")
        response.headers["Retry-After"] = "10"
        return _private(response, "")
    is_wanted_as_file = args.get("download") == "1"
    return _private(Response(picture, content_type=_TYPES[kind]), f"{name}.{kind}" if is_wanted_as_file else "", tag)


def _table(chart: Chart) -> str:
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(neutral(heading) for heading in chart.headings)
    for row in chart.rows:
        writer.writerow(neutral(cell.text if cell.value is None else cell.value) for cell in row)
    # The byte-order mark makes spreadsheet programs read the file as UTF-8.
    return f"\ufeff{file.getvalue()}"


def _private(response: Response, file_name: str, tag: str = "") -> Response:
    response.headers["X-Content-Type-Options"] = "nosniff"
    # Kept by this browser alone, and asked for again each time: the language and the rights may have changed.
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Vary"] = "Cookie"
    if tag:
        response.set_etag(tag)
    if file_name:
        response.headers["Content-Disposition"] = f'attachment; filename="{file_name}"'
    return response


def source_urls(chart: Chart, query: str, base: str) -> dict[str, Any]:
    """Return the addresses of a chart's pictures and files."""
    plain = f"{base}/{chart.name}"
    return {
        "light": f"{plain}.svg?{query}",
        "dark": f"{plain}.svg?{query}&theme=dark",
        "narrow": f"{plain}.svg?{query}&size=narrow",
        "narrow_dark": f"{plain}.svg?{query}&size=narrow&theme=dark",
        "svg": f"{plain}.svg?{query}&download=1",
        "png": f"{plain}.png?{query}&download=1",
        "csv": f"{plain}.csv?{query}",
    }
