"""Back office: working notes of the house: reminders, uploads, rows of runs, and how people look at lists."""

from collections.abc import Sequence
from typing import Any

from admin.blocks import Block
from admin.columns import STAMPS
from admin.listing.models import ListPreference, SavedFilter
from admin.readable import json_blocks, listed
from admin.show import term
from admin.views import ScopedView, Shown
from core.exchange.models import ImportMapping, ImportTask
from core.identity.models import Account
from core.organisation.models import Employee, WorkUnit
from core.overview.models import Reminder, ReminderOrder
from core.planning.models import EvaluationPeriod
from core.plugin_api import N_, AdminView
from core.runs.models import BulkRunItem


class ReminderView(ScopedView):
    """Who was reminded of what."""

    group = N_("Performance")
    is_listed_in_menu = False
    is_counted = False
    order = ("sent_on", True)
    columns = (
        Shown("employee", N_("Employee"), label=Employee.name, is_searched=True),
        Shown("kind", N_("What is owed")),
        Shown("about", N_("About"), label=Employee.name, is_searched=True),
        Shown("period", N_("Period"), label=EvaluationPeriod.name),
        Shown("sent_on", N_("Sent on")),
        Shown("unit", N_("Unit"), label=WorkUnit.name, is_listed=False),
        Shown("window_number", N_("Number of the window"), is_listed=False),
        Shown("sender_name", N_("Sent by"), is_listed=False),
        *STAMPS,
    )


class ReminderOrderView(ScopedView):
    """Orders to remind everybody in a unit."""

    group = N_("Performance")
    is_listed_in_menu = False
    is_counted = False
    order = ("id", True)
    columns = (
        Shown("unit", N_("Unit"), label=WorkUnit.name, is_searched=True),
        Shown("period", N_("Period"), label=EvaluationPeriod.name),
        Shown("kind", N_("What is owed")),
        Shown("state", N_("State")),
        Shown("sent", N_("Reminders sent")),
        Shown("account", N_("Account"), label=Account.username, is_listed=False),
        Shown("finished_at", N_("Finished at"), is_listed=False),
        *STAMPS,
    )


class ImportTaskView(ScopedView):
    """Files that were uploaded to be imported, and how far each has come."""

    group = N_("Data")
    is_listed_in_menu = False
    is_counted = False
    order = ("id", True)
    columns = (
        Shown("file_name", N_("File"), is_searched=True),
        Shown("kind", N_("Kind"), write=term),
        Shown("step", N_("Step")),
        Shown("state", N_("State")),
        Shown("created_rows", N_("New rows")),
        Shown("account", N_("Account"), label=Account.username),
        Shown("reason", N_("Reason"), is_listed=False),
        Shown("mapping", N_("How columns are read"), is_listed=False, is_raw=True),
    )

    def blocks(self, row: Any) -> Sequence[Block]:
        """Show how the columns are read."""
        return json_blocks(N_("How columns are read"), row.mapping)


class ImportMappingView(ScopedView):
    """How people last read the columns of files."""

    group = N_("Data")
    is_listed_in_menu = False
    is_counted = False
    order = ("id", True)
    columns = (
        Shown("kind", N_("Kind"), write=term),
        Shown("account", N_("Account"), label=Account.username),
        Shown("used_at", N_("Last used at")),
        Shown("mapping", N_("How columns are read"), is_listed=False, is_raw=True),
    )

    def blocks(self, row: Any) -> Sequence[Block]:
        """Show how the columns are read."""
        return json_blocks(N_("How columns are read"), row.mapping)


class BulkRunItemView(ScopedView):
    """What became of each row of a bulk change."""

    group = N_("Data")
    is_listed_in_menu = False
    is_counted = False
    order = ("id", True)
    columns = (
        Shown("subject_id", N_("Number")),
        Shown("run", N_("Bulk change")),
        Shown("state", N_("State")),
        Shown("problems", N_("Problems"), is_listed=False, is_raw=True),
    )

    def blocks(self, row: Any) -> Sequence[Block]:
        """Show why the row was refused."""
        return json_blocks(N_("Problems"), row.problems)


class SavedFilterView(ScopedView):
    """Filters of lists that people saved."""

    group = N_("System")
    is_listed_in_menu = False
    is_counted = False
    order = ("name", False)
    columns = (
        Shown("name", N_("Name"), is_searched=True),
        Shown("view", N_("List")),
        Shown("account", N_("Account"), label=Account.username),
        Shown("is_shared", N_("Shared")),
        Shown("query", N_("Filter"), is_listed=False),
        *STAMPS,
    )


class ListPreferenceView(ScopedView):
    """The columns that people chose for lists."""

    group = N_("System")
    is_listed_in_menu = False
    is_counted = False
    order = ("view", False)
    columns = (
        Shown("view", N_("List")),
        Shown("account", N_("Account"), label=Account.username),
        Shown("columns", N_("Columns"), write=listed),
        Shown("size", N_("Rows on a page")),
        Shown("saved", N_("Filter"), label=SavedFilter.name, is_listed=False),
        *STAMPS,
    )


VIEWS = [
    AdminView("reminder", lambda: ReminderView(Reminder, N_("Reminders"), "reminder")),
    AdminView("reminder_order", lambda: ReminderOrderView(ReminderOrder, N_("Orders to remind"), "reminder_order")),
    AdminView("import_task", lambda: ImportTaskView(ImportTask, N_("Uploads"), "import_task")),
    AdminView("import_mapping", lambda: ImportMappingView(ImportMapping, N_("Readings of columns"), "import_mapping")),
    AdminView("bulk_run_item", lambda: BulkRunItemView(BulkRunItem, N_("Rows of bulk changes"), "bulk_run_item")),
    AdminView("saved_filter", lambda: SavedFilterView(SavedFilter, N_("Saved filters"), "saved_filter")),
    AdminView("list_preference", lambda: ListPreferenceView(ListPreference, N_("Chosen columns"), "list_preference")),
]
