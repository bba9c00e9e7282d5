"""Reads live events again: how far they go, what came after one of them, and which are gone."""

from collections.abc import Collection, Iterable
from datetime import datetime

import orjson
import peewee as pw

from core.database import transaction
from core.errors import refuse
from core.events import Event
from core.i18n import N_
from core.live.models import LiveEvent

_MOST_DIGITS = 18


def newest() -> int:
    """Return the id of the newest event; 0 before the first."""
    return int(LiveEvent.select(pw.fn.MAX(LiveEvent.id)).scalar() or 0)


def after(position: int, limit: int, *, names: Collection[str] | None = None, until: int | None = None) -> list[Event]:
    """Return at most `limit` events (of these names, up to `until`) later than `position`, in commit order."""
    wanted = (LiveEvent.id > position) & (LiveEvent.name != "")
    if names is not None:
        wanted &= LiveEvent.name.in_(sorted(names))
    if until is not None:
        wanted &= LiveEvent.id <= until
    rows: Iterable[LiveEvent] = LiveEvent.select().where(wanted).order_by(LiveEvent.id).limit(limit)
    return [Event(row.id, row.name, orjson.loads(row.payload), row.at) for row in rows]


def position_of(given: str) -> int:
    """Return the position that a client names as its last; refuse with REPLAY_GONE what cannot be replayed from."""
    if given.isascii() and given.isdigit() and len(given) <= _MOST_DIGITS:
        position = int(given)
        mark = LiveEvent.select(pw.fn.MAX(LiveEvent.id)).where(LiveEvent.name == "").scalar() or 0
        if mark <= position <= newest():
            return position
    raise refuse(
        "REPLAY_GONE",
        N_("What came after the event {id} is no longer kept. Read everything afresh, then subscribe without an id."),
        "lastEventId",
        id=given[:40],
    )


def forget(before: datetime) -> int:
    """Delete the events announced before that moment, leaving a mark of how far; return how many."""
    with transaction():
        last = LiveEvent.select(pw.fn.MAX(LiveEvent.id)).where(LiveEvent.at < before).scalar()
        if last is None:
            return 0
        gone = LiveEvent.delete().where(LiveEvent.id < last).execute()
        return int(
            gone
            + LiveEvent.update(name="", payload="").where((LiveEvent.id == last) & (LiveEvent.name != "")).execute()
        )
