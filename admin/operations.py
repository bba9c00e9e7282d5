"""Back office: operations of client applications, webhooks and imports."""

from collections.abc import Sequence
from typing import Any

from admin.blocks import Block, Table
from admin.columns import STAMPS
from admin.readable import listed
from admin.related import Related
from admin.show import term
from admin.views import ScopedView, Shown
from core.exchange.models import ImportRun
from core.i18n import translate
from core.identity.models import Account
from core.operations.models import RegisteredOperation
from core.plugin_api import N_, AdminView
from core.webhooks.models import Webhook, WebhookDelivery


class ImportRunView(ScopedView):
    """Imports that were run."""

    group = N_("Data")
    order = ("id", True)
    columns = (
        Shown("file_name", N_("File"), is_searched=True),
        Shown("kind", N_("Kind"), write=term),
        Shown("state", N_("State")),
        Shown("created_at", N_("At")),
        Shown("created_rows", N_("New rows")),
        Shown("updated_rows", N_("Changed rows")),
        Shown("rejected_rows", N_("Rejected rows")),
        Shown("unchanged_rows", N_("Unchanged rows"), is_listed=False),
        Shown("mode", N_("What a bad row does"), is_listed=False),
        Shown("batch", N_("Batch"), is_listed=False),
        Shown("sha256", N_("Fingerprint (SHA-256)"), is_listed=False),
    )


class RegisteredOperationView(ScopedView):
    """GraphQL operations that clients run by hash or by name."""

    group = N_("System")
    order = ("name", False)
    columns = (
        Shown("name", N_("Name"), is_searched=True),
        Shown("kind", N_("Kind")),
        Shown("description", N_("Description"), is_searched=True),
        Shown("account", N_("Account"), label=Account.username),
        Shown("retired_at", N_("Retired at")),
        Shown("sha256", N_("Fingerprint (SHA-256)"), is_listed=False, is_searched=True),
        Shown("document", N_("Document"), is_listed=False),
        *STAMPS,
    )


class WebhookView(ScopedView):
    """Who is told of which events at which address."""

    group = N_("System")
    order = ("name", False)
    columns = (
        Shown("name", N_("Name"), is_searched=True),
        Shown("url", N_("Address"), is_searched=True),
        Shown("account", N_("Account"), label=Account.username),
        Shown("state", N_("State")),
        Shown("paused_reason", N_("Why it is paused")),
        Shown("deaths", N_("Deliveries given up in a row"), is_listed=False),
        Shown("events", N_("Events"), is_listed=False, write=listed),
        Shown("document", N_("Document"), is_listed=False, is_raw=True),
        *STAMPS,
    )
    related = (Related(N_("Deliveries"), WebhookDelivery, "webhook", "webhook_delivery"),)

    def blocks(self, row: Any) -> Sequence[Block]:
        """Show the query that shapes what is sent."""
        title = translate(N_("Document"))
        return (Table(title, (title,), [(row.document,)]),)


class WebhookDeliveryView(ScopedView):
    """What was to be sent, and what came of it."""

    group = N_("System")
    is_counted = False
    order = ("id", True)
    columns = (
        Shown("event_name", N_("Event"), is_searched=True),
        Shown("webhook", N_("Webhook"), label=Webhook.name, is_searched=True),
        Shown("state", N_("State")),
        Shown("attempts", N_("Attempts")),
        Shown("last_status", N_("Last status")),
        Shown("due_at", N_("Due at")),
        Shown("last_error", N_("Last error"), is_listed=False),
        Shown("occurred_at", N_("Happened at"), is_listed=False),
        Shown("finished_at", N_("Finished at"), is_listed=False),
        Shown("event_id", N_("Number of the event"), is_listed=False),
        Shown("created_at", N_("Entered at"), is_listed=False),
    )


VIEWS = [
    AdminView("import_run", lambda: ImportRunView(ImportRun, N_("Imports"), "import_run")),
    AdminView(
        "registered_operation",
        lambda: RegisteredOperationView(RegisteredOperation, N_("Operations"), "registered_operation"),
    ),
    AdminView("webhook", lambda: WebhookView(Webhook, N_("Webhooks"), "webhook")),
    AdminView("webhook_delivery", lambda: WebhookDeliveryView(WebhookDelivery, N_("Deliveries"), "webhook_delivery")),
]
