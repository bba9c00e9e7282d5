"""Who has no part in any case of the walk, and how every trace of discipline is taken out of the database."""

from typing import Any

from core.history.models import HistoryRecord
from core.live.models import LiveEvent
from core.platform.models import OutboxEvent
from plugins.rewards.discipline.models import TABLES

OUTSIDERS = ("clerk", "hr_officer", "hr_admin", "hr_admin_archive", "auditor", "system_admin", "lapsed", "secretary")
"""Among them one who is reported and not told yet, who reported somebody, and a member of a team until yesterday."""


def take_out() -> None:
    """Delete every trace of discipline."""
    names = [table.__name__ for table in TABLES]
    for table in reversed(TABLES):
        table.delete().execute()
    HistoryRecord.delete().where(HistoryRecord.subject_type.in_(names)).execute()
    for events in (LiveEvent, OutboxEvent):
        events.delete().where(events.name.startswith("rewards.")).execute()


def keys(table: Any) -> list[int]:
    """Return the ids of two rows."""
    return [row.id for row in table.select().order_by(table.id).limit(2)]
