"""Runs one request against a schema: limits, cached documents, the caller's language, and errors fit to be shown."""

from collections.abc import Mapping, Sequence
from typing import Any

import orjson
import peewee as pw
import structlog
from graphql import ExecutionResult, GraphQLError, OperationType, execute_sync

from core import connections, metrics
from core.context import Context
from core.i18n import N_, speaking, translate
from core.plan_cache import plan_once
from core.statement_time import is_overrun, limited
from schema.build import Schema
from schema.cost import check_cost
from schema.documents import Document
from schema.engine.planned import Declined, Stopped

log = structlog.get_logger(__name__)

_INTERNAL = N_("Something went wrong here. Tell your administrator the number {id}.")
_DATABASE = N_("The database does not answer. Try again in a moment; administrators see the log.")
_TOO_SLOW = N_("The database takes too long for this. Ask for less at once, or narrow the filter.")
_UNFIT = N_("The document or its variables do not fit the schema: {detail} Check names, types and values.")
_LONGEST_MESSAGE = 500
_MOST_LOCATIONS = 10
_QUERIES_ONLY = N_("Only queries can be sent this way. Send mutations with POST.")


def execute(
    schema: Schema,
    ctx: Context,
    query: str,
    variables: Mapping[str, Any] | None = None,
    operation: str | None = None,
    *,
    queries_only: bool = False,
    as_text: bool = False,
) -> dict[str, Any]:
    """Run one operation as the actor of `ctx` and return the response: `data`, and `errors` if there are any.

    Without `data`, nothing has run; `extensions.cost` is there once the cost is known. With `as_text`, `data` may be
    an `orjson.Fragment`: JSON text that goes into the response as it is; `decoded` makes plain values of it.
    """
    with speaking(ctx.language):
        try:
            document = schema.documents.read(query, ctx.settings)
        except GraphQLError as error:
            return {"errors": [_shown(error, _code(error, "GRAPHQL_PARSE_FAILED"))]}
        if document.errors:
            return {"errors": [_shown(error, "GRAPHQL_VALIDATION_FAILED") for error in document.errors]}
        kind = document.operation_type(operation)
        if queries_only and kind not in {OperationType.QUERY, None}:
            return {"errors": [{"message": translate(_QUERIES_ONLY), "extensions": {"code": "QUERIES_ONLY"}}]}
        try:
            cost = check_cost(schema.catalogue, ctx, document, variables or {}, operation)
        except GraphQLError as error:
            return {"errors": [_shown(error, _code(error, "BAD_USER_INPUT"))]}
        with limited(ctx.settings.graphql_statement_seconds, reading=kind is OperationType.QUERY):
            answer, reason = _planned(schema, ctx, document, variables or {}, operation)
            if answer is None:
                answer = _executed(schema, ctx, document, variables or {}, operation)
        metrics.count_operation("executed" if reason else "planned")
        answer |= cost
        if not ctx.settings.production:
            engine = {"way": "executed", "reason": reason} if reason else {"way": "planned"}
            answer["extensions"] = {**answer.get("extensions", {}), "engine": engine}
        return answer if as_text else decoded(answer)


def decoded(answer: dict[str, Any]) -> dict[str, Any]:
    """Return an answer with plain values for data that is still JSON text."""
    data = answer.get("data")
    return {**answer, "data": orjson.loads(orjson.dumps(data))} if isinstance(data, orjson.Fragment) else answer


def _planned(
    schema: Schema, ctx: Context, document: Document, variables: Mapping[str, Any], operation: str | None
) -> tuple[dict[str, Any] | None, str]:
    """Return the answer of a planned statement, or None and why graphql-core is to answer."""
    if not ctx.settings.graphql_planned:
        return None, "switched off"
    try:
        return {"data": schema.planner.answer(ctx, document, variables, operation)}, ""
    except Declined as declined:
        return None, declined.reason
    except Stopped as stopped:
        error = GraphQLError(str(stopped), path=[stopped.field], original_error=stopped.error)
        return {"data": None, "errors": [_answer(error, ctx)]}, ""
    except Exception:
        # A fault of the planner costs time, never the answer.
        log.exception("an operation could not be planned", request_id=ctx.request_id)
        return None, "the planner failed"


def _executed(
    schema: Schema, ctx: Context, document: Document, variables: Mapping[str, Any], operation: str | None
) -> dict[str, Any]:
    plan_once(wanted=False)
    result = execute_sync(
        schema.graphql,
        document.tree,
        context_value=ctx,
        variable_values=dict(variables),
        operation_name=operation,
    )
    return _response(result, ctx)


def _response(result: ExecutionResult, ctx: Context) -> dict[str, Any]:
    errors = [_answer(error, ctx) for error in _once(result.errors or ())]
    if result.data is None and result.errors and all(error.path is None for error in result.errors):
        return {"errors": errors}
    return {"data": result.data, "errors": errors} if errors else {"data": result.data}


def _once(errors: Sequence[GraphQLError]) -> list[GraphQLError]:
    return list({id(error): error for error in errors}.values())


def _answer(error: GraphQLError, ctx: Context) -> dict[str, Any]:
    # Without a path nothing ran: variables that do not fit, or an operation that is not there.
    if error.path is None:
        return _shown(error, _code(error, "BAD_USER_INPUT"))
    cause = error.original_error
    while isinstance(cause, GraphQLError) and cause.original_error is not None:
        cause = cause.original_error
    if cause is None or isinstance(cause, GraphQLError):
        return _shown(error, _code(error, "BAD_USER_INPUT"))
    if is_overrun(cause):
        log.warning("a statement took too long", path=error.path, request_id=ctx.request_id)
        return _masked(error, ctx, "STATEMENT_TOO_SLOW", _TOO_SLOW)
    log.error("a field failed", path=error.path, request_id=ctx.request_id, exc_info=cause)
    if isinstance(cause, pw.OperationalError | pw.InterfaceError):
        connections.discard()
        return _masked(error, ctx, "DATABASE_UNAVAILABLE", _DATABASE)
    return _masked(error, ctx, "INTERNAL_ERROR", _INTERNAL)


def _masked(error: GraphQLError, ctx: Context, code: str, text: str) -> dict[str, Any]:
    return {
        "message": translate(text).replace("{id}", ctx.request_id),
        "path": list(error.path or ()),
        "extensions": {"code": code, "requestId": ctx.request_id},
    }


def _code(error: GraphQLError, default: str) -> str:
    code = (error.extensions or {}).get("code")
    return code if isinstance(code, str) else default


def _shown(error: GraphQLError, code: str) -> dict[str, Any]:
    shown: dict[str, Any] = dict(error.formatted)
    # graphql-core repeats the value that it refuses, however long.
    if len(error.message) > _LONGEST_MESSAGE:
        shown["message"] = error.message[:_LONGEST_MESSAGE] + "…"
    if len(shown.get("locations", ())) > _MOST_LOCATIONS:
        shown["locations"] = shown["locations"][:_MOST_LOCATIONS]
    if "code" not in (error.extensions or {}):
        # What graphql-core itself finds is in English only; the frame says in the caller's language what to do.
        shown["message"] = translate(_UNFIT).replace("{detail}", shown["message"])
    shown["extensions"] = {**(error.extensions or {}), "code": code}
    return shown
