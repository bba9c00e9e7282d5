"""The limit: a Flask view and a WSGI function that run the statements which the engine planned, and nothing else.

`flask_app` does what any Flask view with our guarantees would: it takes this thread's kept connection, asks the same
`authenticate` who calls, decodes the body, runs the planned statement (rows and masks of the caller's policy are in it)
and answers with the text that the database gave. `wsgi_app` leaves out authentication and Flask: it looks a token up in
a dictionary. Neither validates a document, knows limits, languages, request ids or logs.
"""

import os
import pickle
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import orjson

from bench.capture import Captured
from bench.data import token_of
from core import connections
from core.database import connect, database
from core.settings import load_settings

_settings = load_settings()
connect(_settings.database_url)
database.close()
_planned: dict[tuple[str, str], Captured] = pickle.loads(Path(os.environ["BENCH_CAPTURED"]).read_bytes())
_callers = {f"Bearer {token_of(caller)}": caller for caller, _ in _planned}


def _answer(caller: str, body: bytes) -> bytes:
    asked = orjson.loads(body)
    if "variables" not in asked or "after" not in asked["variables"]:
        return b'{"data":{}}'  # only to say that it listens
    planned = _planned[caller, "b" if asked["query"].startswith("query Nested") else "a"]
    with database.connection().cursor() as cursor:
        cursor.execute(planned.statement, planned.parameters(asked["variables"]["after"]))
        text: Any = cursor.fetchone()[0]
    database.connection().commit()
    return planned.before + (text if isinstance(text, bytes) else text.encode()) + planned.after


def wsgi_app(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer one request with the least that answers it."""
    connections.acquire()
    caller = _callers[environ["HTTP_AUTHORIZATION"]]
    content = _answer(caller, environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])))
    start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(content)))])
    return [content]


def make_flask_app() -> Any:
    """Return the Flask application with its one view."""
    from flask import Flask, Response, request

    from core.identity.authentication import authenticate

    app = Flask("bare")

    @app.post("/graphql")
    def graphql() -> Response:
        connections.acquire()
        header = request.headers.get("Authorization")
        authenticate(header, _settings)
        return Response(_answer(_callers[header or ""], request.get_data(cache=False)), content_type="application/json")

    return app
