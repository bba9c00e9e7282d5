"""GraphQL over HTTP: POST with a JSON body, GET for queries, and GraphiQL for a browser outside production.

A web page of somebody else cannot make a browser do anything here: what changes something comes by POST as JSON, which
a page may send to its own origin only, unless `cors_origins` names it; and no cookie counts as a log-in.
"""

from dataclasses import replace
from typing import Any

import orjson
from flask import Blueprint, Response, g, render_template, request

from core.app import HTTP_TEXTS
from core.context import Context
from core.i18n import N_, speaking, translate
from core.identity.authentication import NotAuthenticated
from core.rates import Exhausted
from core.settings import Settings
from schema.bad_request import BadRequest
from schema.build import Schema
from schema.context import request_budget, request_context
from schema.cost import spend
from schema.engine.faults import RequestFault
from schema.execution import execute
from schema.json_body import JSON, require_json, whole_body
from schema.live_http import WebStreams
from schema.registered import conditional
from schema.requests import GraphQLRequest, read_body, read_parameters

GRAPHQL_JSON = "application/graphql-response+json"

_SAFE = frozenset({"GET", "HEAD"})
"""Methods that change nothing."""

_STATUS_OF_CODE = {"QUERIES_ONLY": 405, "RATE_LIMITED": 429}
"""Refusals before anything ran that have a status of their own whatever the media type."""

# GraphiQL's own parts set styles from scripts and carry fonts and pictures as data.
GRAPHIQL_POLICY = (
    "default-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self' data:; img-src 'self' data:; "
    "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)


def graphql_blueprint(schema: Schema, settings: Settings) -> Blueprint:
    """Return the blueprint that serves `schema` at /graphql."""
    blueprint = Blueprint(
        "schema",
        "schema",
        url_prefix="/graphql",
        static_folder="static",
        template_folder="templates",
        static_url_path="/static",
    )
    streams = WebStreams(schema, settings, _read, _fault)
    blueprint.add_url_rule("/stream", "stream", streams.answer, methods=["GET", "POST"])
    # Pages of plugins let states be followed from the same places.
    blueprint.record(lambda setup: setup.app.extensions.update({"kinerja.states": streams.states}))

    shows_graphiql = not settings.production and not settings.graphql_registered_only

    @blueprint.route("", methods=["GET", "POST"], strict_slashes=False, endpoint="graphql")
    def graphql() -> Response:
        if request.method == "GET" and "query" not in request.args and shows_graphiql and _wants_page():
            page = Response(render_template("schema/graphiql.html", language=g.language, t=translate))
            page.headers["Content-Security-Policy"] = GRAPHIQL_POLICY
            return page
        if streams.are_wanted():
            return streams.answer()
        try:
            asked = _read(settings)
            ctx = request_context(settings)
        except BadRequest as fault:
            return _refused(settings) or _fault(fault.status, fault.code, fault.message)
        except NotAuthenticated as refusal:
            problem = refusal.problems[0]
            response = _refused(settings) or _fault(401, problem.code, problem.message())
            if response.status_code == 401:
                response.headers["WWW-Authenticate"] = "Bearer"
            return response
        if isinstance(asked, list):
            return _json([_answer(schema, replace(ctx), one) for one in asked], 200)
        answer = _answer(schema, ctx, asked)
        return conditional(_json(answer, _status(answer)), asked.query, answer, ctx)

    return blueprint


def _wants_page() -> bool:
    return request.accept_mimetypes.best_match([JSON, GRAPHQL_JSON, "text/html"], JSON) == "text/html"


def _read(settings: Settings) -> GraphQLRequest | list[GraphQLRequest]:
    if request.method in _SAFE:
        return read_parameters(request.args)
    require_json()
    if request.mimetype_params.get("charset", "utf-8").lower() not in {"utf-8", "utf8"}:
        raise BadRequest("BAD_CHARSET", N_("The body is not in UTF-8. Send it in UTF-8."), 415)
    return read_body(whole_body(settings), settings)


def _answer(schema: Schema, ctx: Context, asked: GraphQLRequest) -> dict[str, Any]:
    only = request.method in _SAFE
    answer = execute(schema, ctx, asked.query, asked.variables, asked.operation, queries_only=only, as_text=True)
    if "extensions" not in answer and _code(answer) != "RATE_LIMITED":
        # What is refused before its cost is known takes the least there is.
        with speaking(ctx.language):
            try:
                spend(ctx, 0)
            except RequestFault as fault:
                return {"errors": [fault.formatted]}
    return answer


def _refused(settings: Settings) -> Response | None:
    """Count a request that is none; return the answer when the caller's address has sent too many."""
    try:
        request_budget(settings, None).spend(0)
    except Exhausted as spent:
        response = _fault(429, "RATE_LIMITED", translate(HTTP_TEXTS[429]))
        response.headers["Retry-After"] = str(spent.retry_after)
        return response
    return None


def _code(answer: dict[str, Any]) -> str | None:
    code = answer["errors"][0].get("extensions", {}).get("code") if "data" not in answer else None
    return str(code) if code else None


def _status(answer: dict[str, Any]) -> int:
    code = _code(answer)
    if code in _STATUS_OF_CODE:
        return _STATUS_OF_CODE[code]
    # Where nothing ran: 400 for the newer media type, 200 for plain JSON, as the specification says.
    return 400 if "data" not in answer and _media_type() == GRAPHQL_JSON else 200


def _media_type() -> str:
    return request.accept_mimetypes.best_match([JSON, GRAPHQL_JSON], JSON) or JSON


def _fault(status: int, code: str, message: str) -> Response:
    return _json({"errors": [{"message": message, "extensions": {"code": code, "requestId": g.request_id}}]}, status)


def _json(content: dict[str, Any] | list[dict[str, Any]], status: int) -> Response:
    response = Response(orjson.dumps(content, default=str), status, content_type=f"{_media_type()}; charset=utf-8")
    response.headers["Cache-Control"] = "no-store"
    response.vary.add("Accept")
    if status == 429 and isinstance(content, dict):
        retry_after = content["errors"][0]["extensions"].get("retryAfter")
        if retry_after is not None:
            response.headers["Retry-After"] = str(retry_after)
    elif status == 405:
        response.headers["Allow"] = "POST"
    return response
