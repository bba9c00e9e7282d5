"""Small pieces around requests of the import pages: what was typed and named, and how files are answered."""

import contextlib
from urllib.parse import quote, urlencode

from flask import Response, request, url_for
from werkzeug.exceptions import RequestEntityTooLarge

from core.digits import LARGEST, whole_number
from core.exchange.models import ImportTask

_MOST_READ_AWAY = 256_000_000
_PART = 65_536


def form_value(name: str) -> str:
    """Return what was typed; nothing where the body was too large to be read."""
    with contextlib.suppress(RequestEntityTooLarge):
        return request.form.get(name, "")
    return ""


def history_url(batch: str) -> str:
    """Return the address of what one import changed."""
    return f"{url_for('history.index_view')}?{urlencode({'batch': batch})}"


def page_given(text: str) -> int:
    """Return the number of a page: of one that is too large the largest, of what is no number the first."""
    if (found := whole_number(text)) is not None:
        return found
    return LARGEST if text.isdecimal() else 0


def unkept(response: Response) -> Response:
    """Let nobody on the way keep an answer."""
    response.headers["Cache-Control"] = "no-store"
    return response


def named(response: Response, task: ImportTask, word: str, ending: str) -> Response:
    """Let a browser save an answer under the name of the file that was brought."""
    name = quote(f"{task.file_name.rpartition('.')[0]} - {word}{ending}")
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return response


def read_away() -> None:
    """Read what is left of a file that is too large: a browser shows the answer only when all of it is sent."""
    stream = request.environ["wsgi.input"]
    left = min(request.content_length or 0, _MOST_READ_AWAY)
    while left > 0 and (part := stream.read(min(left, _PART))):
        left -= len(part)
