"""Opaque cursors: the values of the order's keys at one row, and which order they belong to."""

import base64
import binascii
from collections.abc import Sequence
from hashlib import blake2s
from typing import Any

import orjson

from core.i18n import N_
from schema.engine.faults import RequestFault
from schema.engine.ordering import OrderKey

_LONGEST = 4_000


def signature(keys: Sequence[OrderKey]) -> str:
    """Return a short name of the order, so that a cursor of another order is refused."""
    text = ",".join(f"{key.name}{'-' if key.descending else '+'}" for key in keys)
    return blake2s(text.encode(), digest_size=4).hexdigest()


def write_cursor(keys: Sequence[OrderKey], order: str, raw: Sequence[Any]) -> str:
    """Return the cursor of a row from the driver's values of its order keys."""
    values = [
        None if value is None else key.kind.text(key.kind.read(value)) for key, value in zip(keys, raw, strict=True)
    ]
    return base64.urlsafe_b64encode(orjson.dumps([order, *values])).rstrip(b"=").decode()


def read_cursor(keys: Sequence[OrderKey], argument: str, cursor: str) -> list[Any]:
    """Return the value of each key at the cursor's row; a cursor that was not written for this order is refused."""
    try:
        values = _values(keys, cursor)
    except (ValueError, binascii.Error, OverflowError, UnicodeEncodeError):
        raise RequestFault(
            "BAD_CURSOR",
            N_("`{argument}` is not a cursor of this list in this order. Use one that the same query gave."),
            argument=argument,
        ) from None
    return values


def _values(keys: Sequence[OrderKey], cursor: str) -> list[Any]:
    if len(cursor) > _LONGEST:
        raise ValueError(len(cursor))
    content = orjson.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
    if not isinstance(content, list) or len(content) != len(keys) + 1 or content[0] != signature(keys):
        raise ValueError(content)
    values = [None if value is None else key.kind.parse(value) for key, value in zip(keys, content[1:], strict=True)]
    if values[-1] is None or any("\0" in value for value in values if isinstance(value, str)):
        raise ValueError(content)
    return values
