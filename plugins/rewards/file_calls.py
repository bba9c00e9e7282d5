"""Files of the plugin over HTTP: sent and fetched from a browser, or by a program with its token."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import g, jsonify, redirect, request

from admin import access
from core.plugin_api import N_, Context, Record, Refused, active_registry, refuse
from core.progress.services.keeping import SentFile, kept_file
from schema.context import request_context
from schema.engine import encode_id
from schema.engine.ids import split_id
from schema.uploads import download, sent_file

_STATUS = {"UNAUTHENTICATED": 401, "FORBIDDEN": 403, "NOT_FOUND": 404, "BAD_ID": 404, "FILE_TOO_LARGE": 413}


def usable_key(type_name: str, key: int) -> int:
    """Return a key as it is; 0 for one that is larger than any."""
    # The database would fail instead of finding nothing.
    return key if split_id(encode_id(type_name, key)) is not None else 0


def give(model: type[Record], key: int, noun: str) -> Any:
    """Answer with the stored file of a row, for those who see the row."""
    try:
        row, path = _found(model, key)
    except Refused as refusal:
        return _refusal(refusal, noun)
    return download(row, path)


def _found(model: type[Record], key: int) -> tuple[Record, Path]:
    return kept_file(_context(), model, usable_key(model.__name__, key))


def take(add: Callable[[Context, SentFile], Record], page: Callable[[Any], str], noun: str) -> Any:
    """Take the file of a form by `add`; a browser is led to `page` of the row, a program told the id as `noun`."""
    is_form = "Authorization" not in request.headers
    try:
        ctx = _context()
        with sent_file(ctx.settings, N_("No file has arrived. Choose one and send it again.")) as sent:
            if is_form and not access.has_form_token():
                raise refuse("UNAUTHENTICATED", access.FORM_TOO_OLD)
            row = add(ctx, sent)
    except Refused as refusal:
        return _refusal(refusal, noun)
    if is_form:
        return redirect(page(row), 303)
    response = jsonify({noun: encode_id(type(row).__name__, row.id), "problems": []})
    response.status_code = 201
    return response


def _context() -> Context:
    """Return the context of a program with a bearer token, or of this browser's session."""
    ctx = request_context(active_registry().settings) if "Authorization" in request.headers else access.context()
    if not ctx.actor.is_known:
        raise refuse("UNAUTHENTICATED", N_("You are not logged in. Log in and send your access token."))
    return ctx


def _refusal(refusal: Refused, noun: str) -> Any:
    first = refusal.problems[0]
    problems = [{"path": one.path, "code": one.code, "message": one.message(g.language)} for one in refusal.problems]
    response = jsonify({noun: None, "problems": problems})
    response.status_code = _STATUS.get(first.code, 422)
    if response.status_code == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response
