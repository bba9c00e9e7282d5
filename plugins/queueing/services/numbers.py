"""Numbers of a service on a day: 1, 2, 3 … without a gap, however many people take one at the same moment."""

from datetime import date
from typing import Any, TypeVar

import peewee as pw

from plugins.queueing.models import QueueDay

M = TypeVar("M", bound=pw.Model)


def locked(rows: "pw.ModelSelect[M]", strength: str = "FOR UPDATE") -> Any:
    """Return a query that holds the rows it finds until the transaction ends; SQLite has one writer anyway."""
    chosen: Any = rows
    return chosen.for_update(strength) if QueueDay._meta.database.for_update else rows


def lock_day(service_id: int, day: date) -> QueueDay:
    """Hold the day of a service until the transaction ends: whoever gives out its tickets waits here for the others.

    To be held before any of its tickets, so that two who need both never wait for each other.
    """
    rows = QueueDay.select().where((QueueDay.service == service_id) & (QueueDay.day == day))
    row: QueueDay | None = locked(rows).first()
    if row is None:
        # Of several who begin a day at once one inserts; the others wait for it, and for its number.
        QueueDay.insert(service=service_id, day=day, last_number=0).on_conflict_ignore().execute()
        row = locked(rows).get()
    return row


def next_number(held: QueueDay) -> int:
    """Give out the next number of a day that is held."""
    held.last_number += 1
    QueueDay.update(last_number=held.last_number).where(QueueDay.id == held.id).execute()
    return held.last_number
