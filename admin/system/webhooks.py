"""Back office: webhooks, whether they arrive, and what was given up."""

from collections.abc import Callable
from typing import Any

import peewee as pw
from flask import request, url_for
from flask_admin import expose

from admin import access
from admin.show import filled
from admin.system.page import SystemPage, number_given, runs_system
from core.actor import Actor
from core.i18n import N_, translate
from core.masking import masked_address
from core.policy import as_condition, fetch, may, visible
from core.webhooks import services
from core.webhooks.models import Webhook, WebhookDelivery
from core.webhooks.policies import MANAGE, STOP
from core.webhooks.terms import DeliveryState, PauseReason, WebhookState

_DELIVERIES_SHOWN = 50
STATES = {
    WebhookState.ACTIVE: (N_("sends"), "ok"),
    WebhookState.PAUSED: (N_("paused"), "warn"),
}
REASONS = {
    PauseReason.NONE: "",
    PauseReason.REQUESTED: N_("on request"),
    PauseReason.FAILING: N_("because its deliveries failed"),
}
OUTCOMES = {
    DeliveryState.WAITING: (N_("waiting"), "info"),
    DeliveryState.DELIVERED: (N_("delivered"), "ok"),
    DeliveryState.SKIPPED: (N_("not sent: nothing to tell"), ""),
    DeliveryState.DEAD: (N_("given up"), "bad"),
}


class WebhooksPage(SystemPage):
    """Webhooks that the caller sees: one's own, or all for whoever runs the system."""

    covers = ("webhook", "webhook_delivery")

    def __init__(self) -> None:
        """Stand at /admin/system/webhooks/."""
        super().__init__(N_("Webhooks at work"), "webhooks")

    def is_open_to(self, who: Actor) -> bool:
        """Let in who runs the system or may have webhooks."""
        return runs_system(who) or bool(who.paths(MANAGE))

    @expose("/")
    def index(self) -> Any:
        """List them with their health."""
        ctx = access.context()
        hooks = services.list_webhooks(ctx)
        return self.page(
            "webhooks", hooks=hooks, counts=_counts(ctx.actor), states=STATES, reasons=REASONS, address=masked_address
        )

    @expose("/details")
    def details(self) -> Any:
        """Show one with its latest deliveries."""
        ctx = access.context()
        hook = fetch(Webhook, number_given("id"), ctx)
        seen = as_condition(visible(ctx.actor, WebhookDelivery)) & (WebhookDelivery.webhook == hook.id)
        latest = WebhookDelivery.select().where(seen).order_by(WebhookDelivery.id.desc()).limit(_DELIVERIES_SHOWN)
        dead = services.dead_letters(ctx, hook.id)
        return self.page(
            "webhook",
            hook=hook,
            deliveries=list(latest),
            dead=dead,
            states=STATES,
            reasons=REASONS,
            outcomes=OUTCOMES,
            address=masked_address,
            may_manage=may(ctx.actor, MANAGE, hook),
            may_stop=may(ctx.actor, STOP, hook),
        )

    @expose("/pause", methods=("POST",))
    def pause(self) -> Any:
        """Let one send nothing."""
        return self._do(lambda key: services.pause_webhook(access.context(), key), N_("The webhook is paused."))

    @expose("/resume", methods=("POST",))
    def resume(self) -> Any:
        """Let one send again."""
        return self._do(lambda key: services.resume_webhook(access.context(), key), N_("The webhook sends again."))

    @expose("/replay", methods=("POST",))
    def replay(self) -> Any:
        """Send one delivery again, or all that were given up."""
        delivery = number_given("delivery") if "delivery" in request.form else None

        def deed() -> str:
            webhook = None if delivery is not None else number_given("id")
            count = services.replay(access.context(), webhook_id=webhook, delivery_id=delivery)
            return filled(N_("{count} deliveries are sent once more."), count=str(count))

        return self.act(deed, url_for(".details", id=number_given("id")))

    def _do(self, service: Callable[[int], object], said: str) -> Any:
        key = number_given("id")

        def deed() -> str:
            service(key)
            return translate(said)

        return self.act(deed, url_for(".details", id=key))


def _counts(who: Actor) -> dict[tuple[int, DeliveryState], int]:
    """Return how many deliveries of each webhook are in each state."""
    rows: Any = (
        WebhookDelivery.select(WebhookDelivery.webhook, WebhookDelivery.state, pw.fn.COUNT(WebhookDelivery.id))
        .where(as_condition(visible(who, WebhookDelivery)))
        .group_by(WebhookDelivery.webhook, WebhookDelivery.state)
        .tuples()
    )
    return {(webhook, DeliveryState(state)): count for webhook, state, count in rows}
