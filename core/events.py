"""Events that are handled after the commit: stored with the change, delivered when it is safe, again on failure.

A handler may see an event twice (a process can die between the handler's work and the note of it), so it must be
able to meet `event.id` again.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from core.actor import system_actor
from core.context import Context
from core.database import transaction, utc_now
from core.faults import isolated
from core.platform.models import OutboxEvent
from core.settings import Settings

CLAIM = timedelta(minutes=2)
"""How long a process may take to deliver what it has claimed before another may try."""

_SHOWN = 100
LONGEST_PAUSE = timedelta(hours=1)


@dataclass(frozen=True)
class Event:
    """Something that has happened: its outbox id, name (`owner.past_tense`), JSON values and moment."""

    id: int
    name: str
    payload: Mapping[str, Any]
    at: datetime


@dataclass(frozen=True)
class EventType:
    """An event that its owner may announce; the name begins with the owner's name or area.

    That a confidential one has happened is told to its handlers and to streams that ask the policy, to nobody else: no
    webhook, no list of events shows it.
    """

    name: str
    description: str
    is_confidential: bool = False


@dataclass(frozen=True)
class EventHandler:
    """What `name` (begins with its plugin's name) does after `event` (of whatever owner) is committed.

    `is_wanted`, asked inside the transaction, tells whether the event of that name interests anybody right now.
    """

    name: str
    event: str
    handle: Callable[[Event, Context], None]
    is_wanted: Callable[[str], bool] | None = None


@dataclass(frozen=True)
class _Installed:
    settings: Settings
    by_event: Mapping[str, tuple[EventHandler, ...]]


_installed: _Installed | None = None


def install(handlers: Iterable[EventHandler], settings: Settings) -> None:
    """Put the handlers of one application in force; called once by the composition root."""
    global _installed  # noqa: PLW0603 - one application per process, like the database and the policy
    by_event: dict[str, tuple[EventHandler, ...]] = {}
    for handler in handlers:
        by_event[handler.event] = (*by_event.get(handler.event, ()), handler)
    _installed = _Installed(settings, by_event)


def store(events: Sequence[tuple[str, Mapping[str, Any]]], at: datetime) -> list[int]:
    """Write events into the outbox, in the caller's transaction; return the ids to be dispatched after the commit.

    An event that nobody handles leaves no row. Where no application is installed, it waits for one.
    """
    ids: list[int] = []
    wanted = {name: _is_wanted(name) for name in {name for name, _ in events}}
    for name, payload in events:
        if not wanted[name]:
            continue
        claimed_until = utc_now() + CLAIM if _installed else None
        row = OutboxEvent.create(name=name, payload=json.dumps(payload), at=at, claimed_until=claimed_until)
        ids.append(row.id)
    return ids if _installed else []


def _is_wanted(name: str) -> bool:
    if _installed is None:
        return True
    handlers = _installed.by_event.get(name, ())
    return any(handler.is_wanted is None or handler.is_wanted(name) for handler in handlers)


def dispatch(ids: Sequence[int]) -> None:
    """Hand stored events, which this process has claimed, to their handlers; a failing handler stops no other."""
    if not ids:
        return
    # What is announced is committed: whatever fails here is noted, and delivered again when its claim has run out.
    with isolated("outbox", "delivery"):
        # Read whole: SQLite lets nobody write beside a half-read statement of their own once others have written.
        for row in list(OutboxEvent.select().where(OutboxEvent.id.in_(list(ids))).order_by(OutboxEvent.id)):
            _deliver(row)


def deliver_pending(limit: int = 100, now: datetime | None = None) -> int:
    """Deliver up to `limit` events that are due again, after a failure or a dead process; return how many."""
    moment = now or utc_now()
    free = OutboxEvent.claimed_until.is_null() | (OutboxEvent.claimed_until <= moment)
    due = OutboxEvent.select().where(OutboxEvent.delivered_at.is_null() & free).order_by(OutboxEvent.id).limit(limit)
    tried = 0
    for row in list(due):
        claim = OutboxEvent.update(claimed_until=moment + CLAIM).where(
            (OutboxEvent.id == row.id) & OutboxEvent.delivered_at.is_null() & free
        )
        with transaction():
            claimed = claim.execute()
        if claimed == 1:
            _deliver(row)
            tried += 1
    return tried


def forget_delivered(before: datetime) -> int:
    """Delete the events that all handlers had taken before that moment; return how many."""
    gone = OutboxEvent.delete().where(OutboxEvent.delivered_at.is_null(False) & (OutboxEvent.delivered_at < before))
    return int(gone.execute())


def open_failures() -> list[str]:
    """Return what failed in events that still wait, a line for each handler (`handler: error`), oldest first."""
    rows = OutboxEvent.select(OutboxEvent.last_error).where(
        OutboxEvent.delivered_at.is_null() & (OutboxEvent.last_error != "")
    )
    return [line for row in rows.order_by(OutboxEvent.id).limit(_SHOWN) for line in row.last_error.splitlines()]


def _deliver(row: OutboxEvent) -> None:
    if _installed is None:
        return
    handlers = _installed.by_event.get(row.name, ())
    if row.waiting_handlers is not None:
        waiting = set(json.loads(row.waiting_handlers))
        handlers = tuple(handler for handler in handlers if handler.name in waiting)
    event = Event(row.id, row.name, json.loads(row.payload), row.at)
    failed: list[str] = []
    errors: list[str] = []
    for handler in handlers:
        with isolated(handler.name, f"event {row.name}") as outcome:
            handler.handle(event, _context(handler.name, _installed.settings))
        if outcome.error is not None:
            failed.append(handler.name)
            errors.append(f"{handler.name}: {type(outcome.error).__name__}: {outcome.error}")
    attempts = row.attempts + 1
    now = utc_now()
    pause = min(timedelta(minutes=2**attempts), LONGEST_PAUSE)
    with transaction():
        OutboxEvent.update(
            attempts=attempts,
            waiting_handlers=json.dumps(failed),
            delivered_at=None if failed else now,
            claimed_until=now + pause if failed else None,
            last_error="\n".join(errors),
        ).where(OutboxEvent.id == row.id).execute()


def _context(handler: str, settings: Settings) -> Context:
    now = utc_now()
    today: date = now.astimezone(ZoneInfo(settings.time_zone)).date()
    return Context(actor=system_actor(today, handler), settings=settings, now=now, language=settings.default_language)
