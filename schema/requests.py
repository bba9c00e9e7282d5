"""The body of a GraphQL request over HTTP, read strictly: whatever is wrong with it is named."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

from core.i18n import N_
from core.settings import Settings
from schema.bad_request import BadRequest
from schema.registered import KEYS, document_of

_TOKENS = re.compile(r"\w+|[^\w\s,]")
"""Tokens near enough: each word of a text or comment counts as well."""


@dataclass(frozen=True)
class GraphQLRequest:
    """One operation to run."""

    query: str
    variables: Mapping[str, Any] = field(default_factory=dict)
    operation: str | None = None


def read_body(body: bytes, settings: Settings) -> GraphQLRequest | list[GraphQLRequest]:
    """Read a JSON body: one operation, or a list of at most `graphql_max_batch` of them."""
    try:
        content = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise BadRequest(
            "BAD_JSON", N_("The body is not valid JSON in UTF-8: {fault}. Correct it."), fault=error.msg[:120]
        ) from None
    if isinstance(content, list):
        return _batch(content, settings)
    if not isinstance(content, dict):
        raise BadRequest("BAD_BODY", N_("The body is no JSON object. Send {example}."), example='{"query": "…"}')
    return read_content(content)


def _batch(content: list[Any], settings: Settings) -> list[GraphQLRequest]:
    most = settings.graphql_max_batch
    if most <= 1:
        raise BadRequest("NO_BATCHES", N_("The body is a list. Send one operation in each request."))
    if not 1 <= len(content) <= most:
        raise BadRequest(
            "BATCH_TOO_LARGE",
            N_("The body is a list of {value} operations, 1 to {limit} are allowed. Send several requests."),
            value=len(content),
            limit=most,
        )
    if not all(isinstance(item, dict) for item in content):
        raise BadRequest(
            "BAD_BODY",
            N_("An entry of the list is no JSON object. Send {example} for each operation."),
            example='{"query": "…"}',
        )
    operations = [read_content(item) for item in content]
    # Reading documents is what takes time in a list of which everything is refused.
    tokens = sum(len(_TOKENS.findall(one.query)) for one in operations)
    if tokens > settings.graphql_max_tokens:
        raise BadRequest(
            "BATCH_TOO_LONG",
            N_("The queries of the list have {value} tokens together, {limit} are allowed. Send several requests."),
            value=tokens,
            limit=settings.graphql_max_tokens,
        )
    return operations


def only_one(asked: GraphQLRequest | list[GraphQLRequest]) -> GraphQLRequest:
    """Return the one operation of a request, where a list of them is not taken."""
    if isinstance(asked, list):
        raise BadRequest("NO_BATCHES", N_("The body is a list. Send one operation in each request."))
    return asked


def read_parameters(parameters: Mapping[str, str]) -> GraphQLRequest:
    """Read the parameters of a GET request."""
    content: dict[str, Any] = {name: parameters.get(name) for name in ("query", "operationName", *KEYS)}
    for name in ("variables", "extensions"):
        text = parameters.get(name)
        if text:
            try:
                content[name] = orjson.loads(text)
            except orjson.JSONDecodeError as error:
                raise BadRequest(
                    "BAD_JSON",
                    N_("The parameter {name} is not valid JSON: {fault}. Correct it."),
                    name=name,
                    fault=error.msg[:120],
                ) from None
    return read_content(content)


def read_content(content: Mapping[str, Any]) -> GraphQLRequest:
    """Read the members of a request that is JSON already."""
    query = document_of(content)
    if not isinstance(query, str) or not query.strip():
        raise BadRequest("NO_QUERY", N_("`query` is missing or no text. Send the operation in it."))
    variables = content.get("variables")
    if variables is not None and not isinstance(variables, dict):
        raise BadRequest("BAD_VARIABLES", N_("`variables` is no JSON object. Send one, or leave it out."))
    operation = content.get("operationName")
    if operation is not None and not isinstance(operation, str):
        raise BadRequest("BAD_OPERATION_NAME", N_("`operationName` is no text. Send one, or leave it out."))
    if not isinstance(content.get("extensions"), dict | None):
        raise BadRequest("BAD_EXTENSIONS", N_("`extensions` is no JSON object. Send one, or leave it out."))
    return GraphQLRequest(query, variables or {}, operation or None)
