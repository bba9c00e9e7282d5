"""Counts the SQL statements that a block runs."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def counted_statements() -> Iterator[list[str]]:
    """Give the list that fills with the statements run inside the block."""
    found: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: found.append(record.msg[0])
    logger = logging.getLogger("peewee")
    level, propagates = logger.level, logger.propagate
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)
    # Otherwise pytest keeps the text of every statement, which takes longer than the statements.
    logger.propagate = False
    try:
        yield found
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)
        logger.propagate = propagates
