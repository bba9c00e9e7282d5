"""What people do by hand to webhooks and what they send.

New webhooks and new secrets are made on a page of their own, since a secret is readable only once.
"""

from core.context import Context
from core.i18n import N_
from core.verbs.calling import seen_version
from core.verbs.declare import Does, FieldKind, Target, Values, Verb, VerbField
from core.webhooks.models import Webhook, WebhookDelivery
from core.webhooks.policies import MANAGE, STOP
from core.webhooks.services import delete_webhook, pause_webhook, replay, resume_webhook, update_webhook
from core.webhooks.terms import DeliveryState, WebhookState


def _update(ctx: Context, target: Target, values: Values) -> Webhook:
    changes = {"document" if name == "query" else name: value for name, value in values.items()}
    return update_webhook(ctx, target.id, seen_version(Webhook, target), **changes)


def _pause(ctx: Context, target: Target, _values: Values) -> Webhook:
    return pause_webhook(ctx, target.id)


def _resume(ctx: Context, target: Target, _values: Values) -> Webhook:
    return resume_webhook(ctx, target.id)


def _delete(ctx: Context, target: Target, _values: Values) -> int:
    return delete_webhook(ctx, target.id)


def _replay_dead(ctx: Context, target: Target, _values: Values) -> int:
    return replay(ctx, webhook_id=target.id)


def _replay_one(ctx: Context, target: Target, _values: Values) -> int:
    return replay(ctx, delivery_id=target.id)


VERBS = (
    Verb(
        "webhooks.update",
        N_("Correct"),
        Webhook,
        Does.CORRECT,
        _update,
        (
            VerbField("name", N_("Name"), is_required=True),
            VerbField("url", N_("Address"), is_required=True),
            VerbField("events", N_("Events"), FieldKind.TEXTS, is_required=True, help=N_("One in each line.")),
            VerbField("query", N_("Document"), FieldKind.LONG_TEXT, is_required=True, column="document"),
        ),
        permission=MANAGE,
    ),
    Verb(
        "webhooks.pause",
        N_("Pause"),
        Webhook,
        Does.ACT,
        _pause,
        permission=STOP,
        suits=lambda row: row.state is WebhookState.ACTIVE,
        may_be_bulk=True,
    ),
    Verb(
        "webhooks.resume",
        N_("Resume"),
        Webhook,
        Does.ACT,
        _resume,
        permission=MANAGE,
        suits=lambda row: row.state is WebhookState.PAUSED,
        may_be_bulk=True,
    ),
    Verb(
        "webhooks.replay_dead",
        N_("Send again what was given up"),
        Webhook,
        Does.ACT,
        _replay_dead,
        permission=MANAGE,
    ),
    Verb(
        "webhooks.delete",
        N_("Delete"),
        Webhook,
        Does.ACT,
        _delete,
        permission=STOP,
        is_grave=True,
        help=N_("Everything that it was to send goes along."),
    ),
    Verb(
        "webhooks.replay",
        N_("Send again"),
        WebhookDelivery,
        Does.ACT,
        _replay_one,
        permission=MANAGE,
        subject=lambda row: row.webhook,
        suits=lambda row: row.state is not DeliveryState.WAITING,
        may_be_bulk=True,
    ),
)
