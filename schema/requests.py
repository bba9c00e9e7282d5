"""The body of a GraphQL request over HTTP, read strictly: whatever is wrong with it is named."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

from core.i18n import N_, translate
from schema.registered import KEYS, document_of


class BadRequest(Exception):  # noqa: N818 - the name of the HTTP status
    """A request that is no GraphQL request; told to the client with its code and status."""

    def __init__(self, code: str, text: str, status: int = 400, **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.status = status
        self.message = translate(text).format(**params)


@dataclass(frozen=True)
class GraphQLRequest:
    """One operation to run."""

    query: str
    variables: Mapping[str, Any] = field(default_factory=dict)
    operation: str | None = None


def read_body(body: bytes) -> GraphQLRequest:
    """Read a JSON body."""
    try:
        content = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise BadRequest(
            "BAD_JSON", N_("The body is not valid JSON in UTF-8: {fault}. Correct it."), fault=error.msg[:120]
        ) from None
    if isinstance(content, list):
        raise BadRequest("NO_BATCHES", N_("The body is a list. Send one operation in each request."))
    if not isinstance(content, dict):
        raise BadRequest("BAD_BODY", N_("The body is no JSON object. Send {example}."), example='{"query": "…"}')
    return _request(content)


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
    return _request(content)


def _request(content: Mapping[str, Any]) -> GraphQLRequest:
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
