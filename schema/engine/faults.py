"""Faults of a request that are nobody's refusal: GraphQL errors with a stable code and a remedy."""

from typing import Any

from graphql import GraphQLError

from core.i18n import translate


class RequestFault(GraphQLError):  # noqa: N818 - the client's fault, not an error of the program
    """A fault of the request, told in the caller's language, with `extensions.code`."""

    def __init__(self, code: str, text: str, **params: Any) -> None:
        super().__init__(translate(text).format(**params), extensions={"code": code, **_plain(params)})


def _plain(params: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in params.items() if isinstance(value, str | int)}
