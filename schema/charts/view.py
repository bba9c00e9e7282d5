"""Charts over HTTP: POST a specification that the API gave, or a query with a chart in it, and get the picture."""

from collections.abc import Iterator
from typing import Any

import orjson
from flask import Blueprint, Response, g

from core.charts.rendering import Format, draw
from core.errors import Refused, refuse
from core.i18n import N_, speaking
from core.settings import Settings
from schema.bad_request import BadRequest
from schema.build import Schema
from schema.charts.seal import is_sealed
from schema.context import request_context
from schema.cost import spend
from schema.engine.faults import RequestFault
from schema.execution import execute
from schema.json_body import JSON, require_json, whole_body
from schema.problems import show_all
from schema.requests import read_content

DRAWING = 500_000
"""Points that a drawing takes beside its query: a second of a processor, 60 of them a minute by default."""

_STATUS = {
    "BAD_BODY": 400,
    "BAD_JSON": 400,
    "UNAUTHENTICATED": 401,
    "CHARTS_BUSY": 503,
    "CHART_FAILED": 503,
}
_TYPES: dict[Format, str] = {"svg": "image/svg+xml", "png": "image/png"}


def charts_blueprint(schema: Schema, settings: Settings) -> Blueprint:
    """Return the blueprint that draws charts of `schema` at /charts/svg and /charts/png."""
    blueprint = Blueprint("charts", __name__, url_prefix="/charts")

    def answer(kind: Format) -> Response:
        try:
            picture = draw(_spec(schema, settings), kind, settings.chart_seconds)
        except BadRequest as fault:
            return _fault(fault.status, [{"message": fault.message, "extensions": {"code": fault.code}}])
        except _Failed as failed:
            return _fault(422, failed.errors)
        except RequestFault as refused:
            response = _fault(429, [refused.formatted])
            response.headers["Retry-After"] = str((refused.extensions or {}).get("retryAfter", 60))
            return response
        except Refused as refusal:
            shown = [
                {"message": problem.message, "extensions": {"code": problem.code}}
                for problem in show_all(refusal, g.language)
            ]
            return _fault(_STATUS.get(refusal.problems[0].code, 422), shown)
        response = Response(picture, content_type=_TYPES[kind])
        response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
        return _private(response)

    @blueprint.post("/svg")
    def svg() -> Response:
        return answer("svg")

    @blueprint.post("/png")
    def png() -> Response:
        return answer("png")

    return blueprint


class _Failed(Exception):  # noqa: N818 - what happened to the query
    """The query with the chart has errors."""

    def __init__(self, errors: list[Any]) -> None:
        super().__init__(len(errors))
        self.errors = errors


def _spec(schema: Schema, settings: Settings) -> dict[str, Any]:
    ctx = request_context(settings)
    if not ctx.actor.is_known:
        raise refuse("UNAUTHENTICATED", N_("You are not logged in. Log in and send your access token."))
    with speaking(ctx.language):
        spend(ctx, DRAWING)
    content = _content(settings)
    if "spec" in content:
        if not isinstance(content["spec"], dict) or not is_sealed(content["spec"], settings.secret_key):
            raise refuse(
                "CHART_NOT_OURS",
                N_("This is no specification that the API gave, or it was changed. Send `spec` of a chart as it came."),
                "spec",
            )
        return content["spec"]
    asked = read_content(content)
    result = execute(schema, ctx, asked.query, asked.variables, asked.operation, queries_only=True)
    # As any client has it, whatever the answer is made of here.
    answer = orjson.loads(orjson.dumps(result, default=str))
    if answer.get("errors"):
        raise _Failed(answer["errors"])
    return _found(answer["data"], content.get("at"), settings)


def _content(settings: Settings) -> dict[str, Any]:
    require_json()
    try:
        content = orjson.loads(whole_body(settings))
    except orjson.JSONDecodeError as error:
        text = N_("The body is not valid JSON in UTF-8: {fault}. Correct it.")
        raise refuse("BAD_JSON", text, fault=error.msg[:120]) from None
    if not isinstance(content, dict):
        raise refuse("BAD_BODY", N_("The body is no JSON object. Send {example}."), example='{"query": "…"}')
    return content


def _found(data: Any, at: Any, settings: Settings) -> dict[str, Any]:
    found = {
        place: spec for place, spec in _objects(data, "") if "usermeta" in spec and is_sealed(spec, settings.secret_key)
    }
    chosen = found if at is None else {place: spec for place, spec in found.items() if at in {place, _parent(place)}}
    if len(chosen) != 1:
        raise refuse(
            "CHART_NOT_FOUND",
            N_("The answer has {count} charts at this place. Give the place of one in `at`: {places}."),
            "at",
            count=len(chosen),
            places=", ".join(sorted(found)[:20]) or "–",
        )
    return next(iter(chosen.values()))


def _objects(value: Any, place: str) -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(value, dict):
        yield place, value
        for name, part in value.items():
            yield from _objects(part, f"{place}/{name}")
    elif isinstance(value, list):
        for number, part in enumerate(value):
            yield from _objects(part, f"{place}/{number}")


def _parent(place: str) -> str:
    return place.rpartition("/")[0]


def _fault(status: int, errors: list[Any]) -> Response:
    response = Response(orjson.dumps({"errors": errors, "requestId": g.request_id}), status, content_type=JSON)
    if status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    return _private(response)


def _private(response: Response) -> Response:
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response
