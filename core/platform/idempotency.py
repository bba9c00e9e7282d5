"""Batch calls that may be repeated: the same key with the same request gets the first answer again."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

import orjson

from core.context import Context
from core.errors import refuse
from core.i18n import N_
from core.platform.models import IdempotencyKey

KEPT = timedelta(days=30)
"""How long an answer can be asked for again."""

LONGEST_KEY = 128


def request_hash(request: Any) -> str:
    """Return the hash of a request of JSON values, dates and decimals; the order of names does not matter."""
    return sha256(orjson.dumps(request, default=str, option=orjson.OPT_SORT_KEYS)).hexdigest()


def answered_once(
    ctx: Context, operation: str, key: str, request: Any, perform: Callable[[], Mapping[str, Any]]
) -> Mapping[str, Any]:
    """Return the answer kept under `key`, or that of `perform`, which is then kept; inside a unit of work.

    The key is taken before the work begins, so that of two calls at the same time the second waits for the first.
    """
    if not key.strip() or len(key) > LONGEST_KEY:
        text = N_("The idempotency key has {length} characters. Give 1 to {limit}, a new one for each batch.")
        raise refuse("KEY_INVALID", text, "input", "idempotencyKey", length=len(key), limit=LONGEST_KEY)
    account = ctx.actor.account_id or 0
    digest = request_hash(request)
    place = {"account_id": account, "operation": operation, "key": key}
    taken = (
        IdempotencyKey.insert(**place, request_hash=digest, answer={}, created_at=ctx.now)
        .on_conflict_ignore()
        .as_rowcount()
        .execute()
    )
    row = IdempotencyKey.get(*(getattr(IdempotencyKey, name) == value for name, value in place.items()))
    if not taken:
        if row.request_hash != digest:
            text = N_("This idempotency key was used for another request. Give a new key for each batch.")
            raise refuse("KEY_REUSED", text, "input", "idempotencyKey")
        kept: Mapping[str, Any] = row.answer
        return kept
    answer = perform()
    IdempotencyKey.update(answer=answer).where(IdempotencyKey.id == row.id).execute()
    return answer


def forget_old_keys(now: datetime) -> int:
    """Delete the keys whose time is over; return how many."""
    return int(IdempotencyKey.delete().where(IdempotencyKey.created_at < now - KEPT).execute())
