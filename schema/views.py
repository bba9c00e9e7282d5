"""Views: a registered query as a plain address that answers JSON, CSV or XLSX for reports of offices."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import orjson
from flask import Blueprint, Response, g, request

from core.context import Context
from core.errors import Problem, Refused, refuse
from core.i18n import N_
from core.operations.models import RegisteredOperation
from core.operations.services import find_by_name, list_operations
from core.settings import Settings
from schema.build import Schema
from schema.context import request_context
from schema.execution import execute
from schema.operation_language import operations_of
from schema.registered import tagged
from schema.view_plan import AFTER, FIRST, MARK, Plan, plan_of
from schema.view_tables import as_csv, as_xlsx, at, entries, table
from schema.view_values import declared, read_variables

JSON, CSV = "application/json", "text/csv"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FORMATS = {"json": JSON, "csv": CSV, "xlsx": XLSX}
_STATUS = {"UNAUTHENTICATED": 401, "VIEW_UNKNOWN": 404, "VIEW_FORMAT_UNKNOWN": 406}


def views_blueprint(schema: Schema, settings: Settings) -> Blueprint:
    """Return the blueprint that serves registered queries below /views."""
    blueprint = Blueprint("views", "schema.views", url_prefix="/views")

    @blueprint.get("", strict_slashes=False, endpoint="list")
    def list_views() -> Response:
        try:
            ctx = _known(settings)
        except Refused as refusal:
            return _refusal(refusal.problems)
        return tagged(_response(orjson.dumps({"views": _listed(schema, ctx)}), JSON), ctx)

    @blueprint.get("/<name>", endpoint="view")
    def view(name: str) -> Response:
        try:
            ctx = _known(settings)
            name, kind = _name_and_format(name)
            row = find_by_name(name)
            if row is None or row.kind != "query":
                text = N_("There is no view {name}. The address /views lists those that there are.")
                raise refuse("VIEW_UNKNOWN", text, "name", name=name[:100])
            return _answered(schema, ctx, row, kind)
        except Refused as refusal:
            return _refusal(refusal.problems)

    return blueprint


def _known(settings: Settings) -> Context:
    ctx = request_context(settings)
    if not ctx.actor.is_known:
        text = N_("Views are for those who say who they are. Send the header Authorization: Bearer and a token.")
        raise refuse("UNAUTHENTICATED", text)
    return ctx


def _listed(schema: Schema, ctx: Context) -> list[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for row in list_operations(ctx):
        if row.kind != "query" or row.name in found:
            continue
        operation = operations_of(schema.documents.read(row.document, ctx.settings))[0]
        found[row.name] = {
            "name": row.name,
            "description": row.description,
            "path": f"/views/{row.name}",
            "variables": [
                {"name": name, "type": str(kind), "isRequired": is_required}
                for name, (kind, is_required) in declared(schema.graphql, operation).items()
            ],
        }
    return list(found.values())


def _name_and_format(name: str) -> tuple[str, str]:
    """Return the view's name and the format: by `format=`, else by the ending, else by what the caller accepts."""
    stem, dot, ending = name.rpartition(".")
    wanted = request.args.get("format") or (ending if dot else "")
    if not wanted:
        accepted = request.accept_mimetypes
        best = accepted.best_match([JSON, CSV, XLSX], "" if accepted else JSON)
        wanted = next((short for short, kind in _FORMATS.items() if kind == best), "?")
    if wanted not in _FORMATS:
        text = N_("Views answer in json, csv or xlsx, not in {format}. Choose one of the three.")
        raise refuse("VIEW_FORMAT_UNKNOWN", text, "format", format=wanted[:100])
    return stem if dot else name, wanted


def _answered(schema: Schema, ctx: Context, row: RegisteredOperation, kind: str) -> Response:
    tree = schema.documents.read(row.document, ctx.settings)
    if tree.errors:
        text = N_("The view {name} no longer fits the API. Have it registered anew: {fault}")
        raise refuse("VIEW_OUTDATED", text, "name", name=row.name, fault=tree.errors[0].message)
    given = read_variables(schema.graphql, operations_of(tree)[0], request.args.to_dict(flat=False))
    if given.problems:
        raise Refused(given.problems)
    plan = plan_of(schema.graphql, tree.tree)
    if kind != "json" and len(plan.lists) > 1:
        names = ", ".join(".".join(one.path) for one in plan.lists)
        text = N_("The view {name} has several lists ({lists}) and is no table. Ask for json, or a view of one list.")
        raise refuse("VIEW_NOT_A_TABLE", text, "format", name=row.name, lists=names)
    answer = _whole(schema, ctx, plan, given.values)
    # What the pages cost is no part of a report, and would make every answer another.
    answer.pop("extensions", None)
    if "errors" in answer:
        return _failed(answer, kind)
    if kind == "json":
        return tagged(_response(orjson.dumps(answer, default=str), JSON), ctx)
    headings, rows = table(answer["data"], plan)
    if kind == "csv":
        body = as_csv(headings, rows, bom=request.args.get("bom", "").lower() in {"1", "true", "yes"})
    else:
        body = as_xlsx(headings, rows)
    response = _response(body, f"{CSV}; charset=utf-8; header=present" if kind == "csv" else XLSX)
    response.headers["Content-Disposition"] = f'attachment; filename="{row.name}.{kind}"'
    return response if kind == "xlsx" else tagged(response, ctx)


def _failed(answer: Mapping[str, Any], kind: str) -> Response:
    """Answer with the errors: as the API does where a part of the JSON is there, and never as a table."""
    about = answer["errors"][0].get("extensions", {})
    status = 422 if kind != "json" else 200
    if "data" not in answer:
        status = 429 if about.get("code") == "RATE_LIMITED" else 400
    response = _response(orjson.dumps(answer, default=str), JSON, status)
    if status == 429 and "retryAfter" in about:
        response.headers["Retry-After"] = str(about["retryAfter"])
    return response


def _whole(schema: Schema, ctx: Context, plan: Plan, variables: Mapping[str, Any]) -> dict[str, Any]:
    """Return the answer with all pages of the one list put together, if the operation leaves its pages open."""
    rows = plan.rows
    if rows is None or not rows.is_whole:
        return _run(schema, ctx, plan.document, variables)
    limit = ctx.settings.views_max_rows
    size = ctx.settings.graphql_max_page_size
    whole = page = _run(schema, ctx, plan.document, {**variables, FIRST: size})
    if "data" not in page and size > ctx.settings.graphql_page_size:
        # Pages of the largest size can be beyond a limit where those of the usual size are not.
        size = ctx.settings.graphql_page_size
        whole = page = _run(schema, ctx, plan.document, {**variables, FIRST: size})
    found = list(entries(whole.get("data"), rows))
    while not page.get("errors"):
        # What the caller did not ask for is not shown to him.
        connection = at(page["data"], rows.path)
        end = connection.pop(MARK, None) if isinstance(connection, dict) else None
        if len(found) > limit or (end and end["hasNextPage"] and len(found) >= limit):
            text = N_("The view has more than {limit} rows. Narrow it by its variables, or page through the API.")
            raise refuse("VIEW_TOO_LARGE", text, limit=limit)
        if not end or not end["hasNextPage"]:
            break
        page = _run(schema, ctx, plan.document, {**variables, FIRST: size, AFTER: end["endCursor"]})
        found += entries(page.get("data"), rows)
    if page.get("errors"):
        return page
    connection = at(whole["data"], rows.path)
    if isinstance(connection, dict):
        connection[rows.entries[0]] = found
        _join_page_info(connection, at(page["data"], rows.path))
    return whole


def _join_page_info(first: dict[str, Any], last: Any) -> None:
    """Let the whole end where its last page ends."""
    if first is last or not isinstance(last, Mapping):
        return
    for key, value in first.items():
        other = last.get(key)
        if isinstance(value, dict) and isinstance(other, Mapping) and {"hasNextPage", "endCursor"} & set(value):
            value.update({name: other[name] for name in ("hasNextPage", "endCursor") if name in value})


def _run(schema: Schema, ctx: Context, document: str, variables: Mapping[str, Any]) -> dict[str, Any]:
    # Each page is an operation of its own: what it may cost begins anew, what it spends does not.
    budget = ctx.budget and replace(ctx.budget, cost=0)
    return execute(schema, replace(ctx, budget=budget), document, variables, queries_only=True)


def _response(body: bytes, content_type: str, status: int = 200) -> Response:
    response = Response(body, status, content_type=content_type)
    response.headers["Cache-Control"] = "no-store"
    return response


def _refusal(problems: Sequence[Problem]) -> Response:
    errors = [
        {
            "message": problem.message(),
            "path": list(problem.path),
            "extensions": {"code": problem.code, "requestId": g.request_id},
        }
        for problem in problems
    ]
    status = next((_STATUS[problem.code] for problem in problems if problem.code in _STATUS), 400)
    response = _response(orjson.dumps({"errors": errors}), JSON, status)
    if status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response
