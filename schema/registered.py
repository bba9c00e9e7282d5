"""Registered operations over HTTP: asked for by hash or name, answered with an ETag, and nothing else where so set."""

from collections.abc import Mapping
from contextlib import suppress
from hashlib import sha256
from typing import Any

import orjson
from flask import Response, request

from core.context import Context
from core.i18n import N_
from core.operations.services import find_by_hash, find_by_name, hash_of, is_hash
from core.registry import active_registry
from schema.bad_request import BadRequest

KEYS = ("operationId", "documentId")
"""Members of a request that name a registered operation by name or hash."""

_HASH_PREFIX = "sha256:"
_VARY = ("Authorization", "Accept", "Accept-Language", "Cookie")

_NOT_FOUND = N_("No operation is registered as {name}. Register it first, or send the whole document in `query`.")


def document_of(content: Mapping[str, Any]) -> Any:
    """Return the document that a request asks for: the one it sends, or the registered one that it names.

    Every request over the network is read here, so that in allow-list mode none gets past.
    """
    document = _asked(content)
    if isinstance(document, str) and _allows_registered_only() and find_by_hash(hash_of(document)) is None:
        raise BadRequest(
            "OPERATION_NOT_REGISTERED",
            N_("Only registered operations run here, and this one is not. Have it registered by your integrator."),
        )
    return document


def _asked(content: Mapping[str, Any]) -> Any:
    query = content.get("query") or None
    digest = _digest(content)
    named = [content[key] for key in KEYS if content.get(key) is not None]
    if digest is None and not named:
        return query
    if digest is not None:
        if named:
            raise _two_names()
        if query is None:
            return _found(digest)
        if not isinstance(query, str) or hash_of(query) != digest:
            raise BadRequest(
                "PERSISTED_QUERY_HASH_MISMATCH",
                N_("`sha256Hash` is not the SHA-256 of `query`. Send the hash of the very text, or leave one out."),
            )
        return query
    if query is not None or len(named) > 1:
        raise _two_names()
    name = named[0]
    if not isinstance(name, str):
        raise BadRequest("BAD_OPERATION_ID", N_("`operationId` is no text. Send the name or the hash of an operation."))
    return _found(name.removeprefix(_HASH_PREFIX))


def conditional(response: Response, query: str, answer: Mapping[str, Any], ctx: Context) -> Response:
    """Give the answer to a GET for a registered query an ETag, and answer 304 to a caller who has it already."""
    if request.method != "GET" or "data" not in answer or "errors" in answer or find_by_hash(hash_of(query)) is None:
        return response
    if "extensions" in answer:
        # What a single call cost, and what its caller has left, would make every answer another.
        response.set_data(orjson.dumps({"data": answer["data"]}, default=str))
    return tagged(response, ctx)


def tagged(response: Response, ctx: Context) -> Response:
    """Give an answer a strong ETag over its bytes and its caller; the browser may keep it, nobody between may."""
    actor = ctx.actor
    scopes = "" if actor.token_scopes is None else " ".join(sorted(actor.token_scopes))
    owner = f"{actor.account_id}|{scopes}|{ctx.language}|{response.content_type}|".encode()
    response.set_etag(sha256(owner + response.get_data()).hexdigest())
    response.headers["Cache-Control"] = "private, no-cache"
    response.vary.update(_VARY)
    response.make_conditional(request)
    return response


def _allows_registered_only() -> bool:
    # Without an application there is nothing registered, and nothing to protect: a schema alone, as in tests.
    with suppress(LookupError):
        return active_registry().settings.graphql_registered_only
    return False


def _digest(content: Mapping[str, Any]) -> str | None:
    extensions = content.get("extensions")
    asked = extensions.get("persistedQuery") if isinstance(extensions, dict) else None
    if asked is None:
        return None
    digest = asked.get("sha256Hash") if isinstance(asked, dict) else None
    is_version_1 = isinstance(asked, dict) and asked.get("version", 1) == 1
    if not isinstance(digest, str) or not is_hash(digest.lower()) or not is_version_1:
        raise BadRequest(
            "BAD_PERSISTED_QUERY",
            N_("`extensions.persistedQuery` is not understood. Send {example}."),
            example='{"version": 1, "sha256Hash": "<64 hexadecimal digits>"}',
        )
    return digest.lower()


def _found(key: str) -> str:
    row = find_by_hash(key) if is_hash(key) else find_by_name(key)
    if row is None:
        raise BadRequest("PERSISTED_QUERY_NOT_FOUND", _NOT_FOUND, name=key[:100])
    return str(row.document)


def _two_names() -> Exception:
    return BadRequest(
        "TWO_OPERATIONS",
        N_("The request names its operation twice. Send one of `query`, `operationId` and `persistedQuery`."),
    )
