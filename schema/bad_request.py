"""A request that cannot be answered as GraphQL: refused with its code and HTTP status."""

from typing import Any

from core.i18n import translate


class BadRequest(Exception):  # noqa: N818 - the name of the HTTP status
    """A request that is no GraphQL request; told to the client with its code and status."""

    def __init__(self, code: str, text: str, status: int = 400, **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.status = status
        self.message = translate(text).format(**params)
