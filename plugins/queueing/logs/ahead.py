"""Works an item ahead in a thread of its own, while whoever takes the items waits for the database."""

from collections.abc import Generator, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from core.database import database

T = TypeVar("T")


def ahead(items: Iterator[T]) -> Generator[T]:
    """Yield `items`, of which the next one is worked out meanwhile; what that raises is raised here, in its place."""
    with ThreadPoolExecutor(1, thread_name_prefix="queueing-log") as pool:
        try:
            coming: Future[T | None] = pool.submit(next, items, None)
            while (item := coming.result()) is not None:
                coming = pool.submit(next, items, None)
                yield item
        finally:
            # Whatever was looked up there has opened a connection of that thread.
            pool.submit(_close)


def _close() -> None:
    if not database.is_closed():
        database.close()
