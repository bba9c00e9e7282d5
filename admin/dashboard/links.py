"""Addresses of the lists behind figures."""

from typing import Any
from urllib.parse import urlencode

from flask import current_app, url_for


def list_url(endpoint: str, **filters: Any) -> str:
    """Return the list of a view with `column__operator=value` as its filters; empty where there is no such view."""
    name = f"{endpoint}.index_view"
    if name not in current_app.view_functions:
        return ""
    pairs = [(f"f.{key.replace('__', '.')}", str(getattr(value, "value", value))) for key, value in filters.items()]
    return f"{url_for(name)}?{urlencode(pairs)}" if pairs else url_for(name)


def row_url(endpoint: str, key: int | None) -> str:
    """Return the page of a row; empty where there is no such view or row."""
    name = f"{endpoint}.details_view"
    return url_for(name, id=key) if key is not None and name in current_app.view_functions else ""


def page_url(endpoint: str) -> str:
    """Return the address of a page; empty where there is none."""
    return url_for(endpoint) if endpoint in current_app.view_functions else ""
