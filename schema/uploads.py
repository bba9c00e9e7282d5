"""Files in HTTP: one that is sent as a form, and one that is given out as nothing but a download."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Response, request, send_file
from werkzeug.exceptions import RequestEntityTooLarge

from core.errors import refuse
from core.i18n import N_
from core.progress.rules.evidence import MEGABYTE
from core.progress.services.keeping import SentFile
from core.settings import Settings
from schema.engine.texts import require_usable

_FORM_ALLOWANCE = 65_536
"""What the other fields and the boundaries of a form may take beside the file."""


@contextmanager
def sent_file(settings: Settings, missing: str) -> Iterator[SentFile]:
    """Give the field `file` of the form with its `title`; refuse a body that is too large, or has none (`missing`)."""
    limit = settings.max_upload_mb
    text = N_("The file is larger than {limit} MB. Make it smaller, or give a link.")
    too_large = refuse("FILE_TOO_LARGE", text, "input", "file", limit=limit)
    request.max_content_length = most = limit * MEGABYTE + _FORM_ALLOWANCE
    if (request.content_length or 0) > most:
        raise too_large
    try:
        form, sent = request.form, request.files.get("file")
    except RequestEntityTooLarge:
        # A body without a stated length is only found to be too large while it is read.
        raise too_large from None
    if sent is None:
        raise refuse("FILE_MISSING", missing, "input", "file")
    with sent.stream:
        title, name = form.get("title", ""), sent.filename or ""
        require_usable({"input": {"title": title, "file": name}})
        yield SentFile(sent.stream, name, sent.mimetype or "", title)


def download(row: Any, path: Path) -> Response:
    """Return a stored file as an attachment of its checked type, which no browser shows or runs."""
    response = send_file(
        path,
        mimetype=row.content_type,
        as_attachment=True,
        download_name=row.file_name,
        conditional=False,
        etag=False,
        max_age=None,
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "private, no-store"
    return response
