"""The history on the page of a row: the last changes, each with a way back for those who may restore."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from admin import access
from admin.history_reading import Entry, entries_of
from core.errors import Refused
from core.history.models import HistoryRecord
from core.history.policies import READ, RESTORE
from core.history.services.rows import model_of
from core.history.services.searching import Wanted, search_history
from core.policy import may

_MOST_SHOWN = 10


@dataclass(frozen=True)
class RowHistory:
    """The last changes of a row; `has_more` says that there are earlier ones, `can_restore` that the caller may."""

    entries: Sequence[Entry]
    has_more: bool
    can_restore: bool
    what: str
    subject_id: int


def history_of_row(view: Any, row: Any) -> RowHistory | None:
    """Return the history of the row of a page, None where the caller sees none."""
    who = access.actor()
    if not who.paths(READ) or view.model is HistoryRecord:
        return None
    wanted = Wanted(what=view.model.__name__, subject_id=row.id)
    records, has_more = search_history(access.context(), wanted, limit=_MOST_SHOWN)
    if not records:
        return None
    return RowHistory(entries_of(who, records), has_more, can_restore(records[0]), wanted.what, row.id)


def can_restore(record: HistoryRecord) -> bool:
    """Whether the caller may bring back states of the row of a record: the same for all of its changes."""
    try:
        model_of(record)
    except Refused:
        return False
    who = access.actor()
    return bool(who.paths(RESTORE)) and may(who, RESTORE, record)
