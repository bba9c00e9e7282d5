"""Typed client of Kinerja's GraphQL API; needs nothing but Python 3.11 or newer."""

from kinerja_client.asynchronous import AsyncClient
from kinerja_client.client import Answer, Client, Delivery, Tokens, new_idempotency_key
from kinerja_client.errors import KinerjaError, Problem, Refused, done
from kinerja_client.operation import Call, Page

__all__ = [
    "Answer",
    "AsyncClient",
    "Call",
    "Client",
    "Delivery",
    "KinerjaError",
    "Page",
    "Problem",
    "Refused",
    "Tokens",
    "done",
    "new_idempotency_key",
]
