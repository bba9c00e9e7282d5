"""Back office: the record of every change."""

import json
from collections.abc import Sequence
from typing import Any

from admin.blocks import Block, Table
from admin.show import shown, term
from admin.views import ScopedView, Shown
from core.history.models import HistoryRecord
from core.i18n import translate
from core.plugin_api import N_, AdminView
from core.registry import active_registry


class HistoryView(ScopedView):
    """Changes, latest first."""

    is_counted = False
    order = ("id", True)
    columns = (
        Shown("at", N_("At")),
        Shown("actor_name", N_("Who"), is_searched=True),
        Shown("action", N_("Action"), write=term),
        Shown("subject_type", N_("What"), is_searched=True),
        Shown("subject_id", N_("Number")),
        Shown("reason", N_("Reason")),
        Shown("before", N_("Before"), is_listed=False, is_raw=True),
        Shown("after", N_("After"), is_listed=False, is_raw=True),
        Shown("request_id", N_("Number of the request"), is_listed=False),
        Shown("batch", N_("Batch"), is_listed=False),
    )

    def blocks(self, row: Any) -> Sequence[Block]:
        """Show each field before and after."""
        before, after = (json.loads(text) if text else {} for text in (row.before, row.after))
        rows = [(name, _written(before.get(name)), _written(after.get(name))) for name in {**before, **after}]
        title, headings = N_("What changed"), (N_("Field"), N_("Before"), N_("After"))
        return (Table(translate(title), tuple(map(translate, headings)), rows),) if rows else ()


def _written(value: Any) -> str:
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    return shown(value, active_registry().settings)


VIEWS = [AdminView("history", lambda: HistoryView(HistoryRecord, N_("History"), "history"))]
