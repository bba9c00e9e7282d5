"""Who sees webhooks and what they sent, and who runs them."""

from typing import Any

from core.actor import EVERYWHERE, Actor
from core.policy import ActEntry, PolicyEntry
from core.webhooks.models import Webhook, WebhookDelivery

MANAGE = "webhooks.manage"
STOP = "webhooks.stop"
RECEIVE = "webhooks.receive"

_SYSTEM = "system.manage"


def _webhooks(actor: Actor, t: Any) -> Any:
    return True if EVERYWHERE in actor.paths(_SYSTEM) else _own(actor, t.account)


def _deliveries(actor: Actor, t: Any) -> Any:
    if EVERYWHERE in actor.paths(_SYSTEM):
        return True
    if actor.account_id is None:
        return False
    webhook = Webhook.alias()
    return t.webhook.in_(webhook.select(webhook.id).where(webhook.account == actor.account_id))


def _own(actor: Actor, column: Any) -> Any:
    return False if actor.account_id is None else column == actor.account_id


def _hidden(_actor: Actor, _table: Any) -> bool:
    return False


def _receive(actor: Actor, webhook: Webhook) -> bool:
    """Allow only for oneself: what a webhook sends is what its owner sees, and nobody borrows another's eyes."""
    return bool(actor.paths(MANAGE)) and actor.account_id == webhook.account_id


def _manage(actor: Actor, webhook: Webhook) -> bool:
    # Like an API token, a webhook outlives the call that made it: a token must not beget one.
    return actor.token_scopes is None and _receive(actor, webhook)


def _stop(actor: Actor, webhook: Webhook) -> bool:
    return actor.account_id == webhook.account_id or EVERYWHERE in actor.paths(_SYSTEM)


ENTRIES: list[PolicyEntry] = [
    PolicyEntry(Webhook, _webhooks, {"secret_salt": _hidden}),
    # What an event tells reaches its owner through his query alone.
    PolicyEntry(WebhookDelivery, _deliveries, {"payload": _hidden}),
]
ACTS: list[ActEntry] = [ActEntry(MANAGE, _manage), ActEntry(STOP, _stop), ActEntry(RECEIVE, _receive)]
