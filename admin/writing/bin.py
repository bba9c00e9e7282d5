"""The bin: what was put away, when, by whom and why, and how to bring it back."""

from typing import Any

from admin.views import ScopedView, Shown
from admin.writing.telling import title_of_named
from core.i18n import N_


class BinView(ScopedView):
    """What was put into the bin, latest first; what was restored stays in the list and is marked."""

    group = N_("Data")
    order = ("id", True)
    columns: Any = (
        Shown("label", N_("What"), is_searched=True),
        Shown("model", N_("Table"), write=title_of_named),
        Shown("state", N_("State")),
        Shown("row_count", N_("Number of rows")),
        Shown("created_at", N_("Put away on")),
        Shown("account_name", N_("Who"), is_searched=True),
        Shown("reason", N_("Reason"), is_searched=True),
        Shown("subject_id", N_("Number"), is_listed=False),
        Shown("restored_at", N_("Restored on"), is_listed=False),
    )
