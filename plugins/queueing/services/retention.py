"""Personal data of citizens leaves tickets after a set time; numbers, times and events stay, and so do all figures."""

import json
from datetime import date, timedelta
from typing import Any

from core.plugin_api import N_, Context, Job, forbidden, unit_of_work
from plugins.queueing.models import Ticket, TicketEvent
from plugins.queueing.settings import queue_settings

BATCH = 5000
"""Tickets of one transaction."""

_EMPTY: dict[str, Any] = {"nik_hash": None, "holder_name": "", "phone": "", "code_hash": ""}
_KNOWN_WORDS = frozenset({"swept"})
"""Words in details of events that are no free text."""


def strip_personal_data(ctx: Context) -> int:
    """Take personal data off the tickets whose days of retention are over; return how many tickets that were.

    Source: UU 27/2022 Pasal 43 (personal data is erased when it is no longer needed for what it was collected for).
    """
    if not ctx.actor.is_system:
        raise forbidden()
    before = ctx.today - timedelta(days=queue_settings(ctx).retention_days)
    stripped = 0
    while True:
        with unit_of_work(ctx):
            ids = _next(before)
            _strip(ids)
        stripped += len(ids)
        if len(ids) < BATCH:
            return stripped


def retention_job() -> Job:
    """Return the job that strips personal data each night."""
    return Job("queueing.strip_personal_data", N_("Personal data leaves old tickets"), _run, schedule="35 1 * * *")


def _run(ctx: Context) -> object:
    return strip_personal_data(ctx)


def _next(before: date) -> list[int]:
    holds_something = (
        Ticket.nik_hash.is_null(False) | (Ticket.holder_name != "") | (Ticket.phone != "") | (Ticket.code_hash != "")
    )
    rows = Ticket.select(Ticket.id).where(Ticket.day < before, holds_something).order_by(Ticket.id).limit(BATCH)
    return [row.id for row in rows]


def _strip(ids: list[int]) -> None:
    if not ids:
        return
    events = TicketEvent.select(TicketEvent.id, TicketEvent.detail).where(
        TicketEvent.ticket.in_(ids), TicketEvent.detail != ""
    )
    for event in events:
        kept = without_texts(event.detail)
        if kept != event.detail:
            TicketEvent.update(detail=kept).where(TicketEvent.id == event.id).execute()
    Ticket.update(_EMPTY).where(Ticket.id.in_(ids)).execute()


def without_texts(detail: str) -> str:
    """Return the detail of an event without whatever somebody may have typed: ids, numbers and known words stay."""
    try:
        found = json.loads(detail)
    except ValueError:
        return ""
    if not isinstance(found, dict):
        return ""
    kept = {
        key: value
        for key, value in found.items()
        if value is None or isinstance(value, bool | int | float) or (isinstance(value, str) and value in _KNOWN_WORDS)
    }
    return json.dumps(kept) if kept else ""
