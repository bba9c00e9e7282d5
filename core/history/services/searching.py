"""Finding changes in the whole history that the caller sees, latest first, page after page without counting."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import peewee as pw

from core.context import Context
from core.database import is_sqlite
from core.history.models import HistoryRecord
from core.history.policies import READ, history_within
from core.policy import as_condition, either
from core.registry import active_registry

PAGE = 50
_FIELD = re.compile(r"[a-z][a-z0-9_]{0,63}")
_WORDS = (HistoryRecord.before, HistoryRecord.after, HistoryRecord.reason)
_ACTIONS = frozenset({"create", "update", "delete"})


@dataclass(frozen=True)
class Wanted:
    """What to look for; what is empty does not matter.

    `text` stands in values or the reason, `who` in the name of who did it; `what` is a table, `subject_id` a row of
    it, `field` a column that changed; `since` and `until` are days, both included.
    """

    text: str = ""
    who: str = ""
    what: str = ""
    subject_id: int | None = None
    action: str = ""
    field: str = ""
    since: date | None = None
    until: date | None = None
    batch: str = ""
    request: str = ""


def search_history(
    ctx: Context, wanted: Wanted, *, older_than: int | None = None, limit: int = PAGE
) -> tuple[list[HistoryRecord], bool]:
    """Return the latest changes (older than the record of that id) and whether there are more."""
    only = next((model for model in active_registry().models if model.__name__ == wanted.what), None)
    if wanted.what and only is None:
        return [], False
    t = HistoryRecord
    seen = True if ctx.actor.is_system else history_within(ctx.actor, READ, t, only)
    query = t.select().where(as_condition(seen))
    for condition in _conditions(ctx, wanted):
        query = query.where(condition)
    if older_than is not None:
        query = query.where(t.id < older_than)
    rows = list(query.order_by(t.id.desc()).limit(limit + 1))
    return rows[:limit], len(rows) > limit


def _conditions(ctx: Context, wanted: Wanted) -> list[Any]:
    t = HistoryRecord
    asked: dict[Any, Any] = {
        t.subject_type: wanted.what or None,
        t.subject_id: wanted.subject_id,
        t.action: wanted.action if wanted.action in _ACTIONS else None,
        t.batch: wanted.batch or None,
        t.request_id: wanted.request or None,
    }
    found: list[Any] = [column == value for column, value in asked.items() if value is not None]
    if wanted.text:
        found.append(either(*(pw.fn.COALESCE(column, "").contains(wanted.text) for column in _WORDS)))
    if wanted.who:
        found.append(t.actor_name.contains(wanted.who))
    if _FIELD.fullmatch(wanted.field):
        found.append(_value(t.before, wanted.field) != _value(t.after, wanted.field))
    zone = ZoneInfo(ctx.settings.time_zone)
    if wanted.since is not None:
        found.append(t.at >= _begin(wanted.since, zone))
    if wanted.until is not None:
        found.append(t.at < _begin(wanted.until + timedelta(days=1), zone))
    return found


def _begin(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)


def _value(column: Any, field: str) -> Any:
    """Return a field of a recorded state as text, empty where there is none."""
    if is_sqlite():
        return pw.fn.COALESCE(pw.fn.json_extract(column, f"$.{field}"), "")
    return pw.fn.COALESCE(pw.fn.json_extract_path_text(pw.Cast(column, "json"), field), "")
