"""The same client for asyncio: each call runs in a thread, pages and streams are async iterators."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Self, TypeVar

from kinerja_client.client import Answer, Client, Delivery
from kinerja_client.operation import Call, Page

D = TypeVar("D")
R = TypeVar("R")

_END = object()


class AsyncClient:
    """A `Client` for asyncio."""

    def __init__(self, client: Client) -> None:
        self.client = client

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        self.client.close()

    async def login(self, username: str, password: str, code: str | None = None) -> None:
        """Log in; raise `Refused` when name and password do not fit."""
        await asyncio.to_thread(self.client.login, username, password, code)

    async def logout(self) -> None:
        """End the session on the server and forget its tokens."""
        await asyncio.to_thread(self.client.logout)

    async def run(self, call: Call[D], *, is_idempotent: bool = False) -> D:
        """Run a query or a mutation and return its data."""
        return (await self.execute(call, is_idempotent=is_idempotent)).data

    async def execute(self, call: Call[D], *, is_idempotent: bool = False) -> Answer[D]:
        """Like `run`, with the cost of the operation and the number of its request."""
        return await asyncio.to_thread(self.client.execute, call, is_idempotent=is_idempotent)

    async def pages(self, call: Call[D], connection: Callable[[D], Page[R] | None]) -> AsyncIterator[R]:
        """Yield a connection row by row, page after page."""
        async for row in _each(self.client.pages(call, connection)):
            yield row

    async def subscribe(self, call: Call[D], *, last_event_id: str = "") -> AsyncIterator[Delivery[D]]:
        """Yield what happens; a wait that is cancelled ends with the next event or sign of life."""
        async for delivery in _each(self.client.subscribe(call, last_event_id=last_event_id)):
            yield delivery


async def _each(rows: Iterator[R]) -> AsyncIterator[R]:
    while True:
        row = await asyncio.to_thread(next, rows, _END)
        if row is _END:
            return
        yield row  # type: ignore[misc]  # not the end
