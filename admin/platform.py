"""Back office: the tables of the house itself, without what events tell."""

from admin.readable import cleaned, listed
from admin.views import ScopedView, Shown
from core.live.models import LiveEvent
from core.platform.models import IdempotencyKey, JobRun, OutboxEvent, PluginState
from core.plugin_api import N_, AdminView


class PluginStateView(ScopedView):
    """Plugins that are or were on."""

    group = N_("System")
    order = ("name", False)
    columns = (
        Shown("name", N_("Name"), is_searched=True),
        Shown("title", N_("Title"), is_searched=True),
        Shown("is_enabled", N_("Switched on")),
        Shown("changed_at", N_("Switched at")),
        Shown("distribution_version", N_("Version")),
        Shown("module", N_("Module"), is_listed=False),
        Shown("tables", N_("Tables"), is_listed=False, write=listed),
    )


class OutboxEventView(ScopedView):
    """Events that wait or waited for their handlers."""

    group = N_("System")
    is_counted = False
    order = ("id", True)
    columns = (
        Shown("name", N_("Event"), is_searched=True),
        Shown("at", N_("At")),
        Shown("attempts", N_("Attempts")),
        Shown("delivered_at", N_("Delivered at")),
        Shown("last_error", N_("Last error"), write=cleaned, is_filtered=False),
        Shown("waiting_handlers", N_("Handlers that wait"), is_listed=False, write=listed),
        Shown("claimed_until", N_("Claimed until"), is_listed=False),
    )


class LiveEventView(ScopedView):
    """Events that were announced lately to those who listen."""

    group = N_("System")
    is_listed_in_menu = False
    is_counted = False
    order = ("id", True)
    columns = (Shown("at", N_("At")), Shown("name", N_("Event"), is_searched=True))


class IdempotencyKeyView(ScopedView):
    """Batch calls of one's own that were answered."""

    group = N_("System")
    is_listed_in_menu = False
    is_counted = False
    order = ("id", True)
    columns = (
        Shown("key", N_("Key"), is_searched=True),
        Shown("operation", N_("Operation"), is_searched=True),
        Shown("created_at", N_("At")),
    )


class JobRunView(ScopedView):
    """The latest runs of each job."""

    group = N_("System")
    is_listed_in_menu = False
    is_counted = False
    order = ("id", True)
    columns = (
        Shown("name", N_("Job"), is_searched=True),
        Shown("outcome", N_("Outcome")),
        Shown("started_at", N_("Began at")),
        Shown("finished_at", N_("Finished at")),
        Shown("error", N_("Last error"), is_listed=False, write=cleaned, is_filtered=False),
    )


VIEWS = [
    AdminView("plugin_state", lambda: PluginStateView(PluginState, N_("Plugins"), "plugin_state")),
    AdminView("outbox_event", lambda: OutboxEventView(OutboxEvent, N_("Outbox"), "outbox_event")),
    AdminView("live_event", lambda: LiveEventView(LiveEvent, N_("Live events"), "live_event")),
    AdminView("idempotency_key", lambda: IdempotencyKeyView(IdempotencyKey, N_("Answered calls"), "idempotency_key")),
    AdminView("job_run", lambda: JobRunView(JobRun, N_("Runs of jobs"), "job_run")),
]
