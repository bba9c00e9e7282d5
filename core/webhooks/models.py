"""Webhooks and what each was to send."""

import peewee as pw
from playhouse.fields import EnumField

from core.database import Record, Table, UtcDateTimeField, utc_now
from core.identity.models import Account
from core.webhooks.terms import DeliveryState, PauseReason, WebhookState


class Webhook(Record):
    """An account's wish to be told of events at a URL; `document` is the query that shapes what is sent.

    `events` is a list of names of events; the secret follows from `secret_salt` and the key of the installation and is
    stored nowhere; `deaths` counts deliveries given up in a row.
    """

    account_id: int
    account = pw.ForeignKeyField(Account, backref="+", on_delete="CASCADE")
    name = pw.CharField(max_length=96)
    url = pw.TextField()
    events = pw.JSONField()
    document = pw.TextField()
    secret_salt = pw.CharField(max_length=64, default="")
    state = EnumField(WebhookState, max_length=8, default=WebhookState.ACTIVE, index=True)
    deaths = pw.IntegerField(default=0)
    paused_reason = EnumField(PauseReason, max_length=16, default=PauseReason.NONE)


class WebhookDelivery(Table):
    """One event for one webhook: when it is due, how often it was tried and what came of it.

    `event_id` is the number of the event, the same in every try and replay; `payload` is the event's own JSON;
    `body_hash` is the SHA-256 of the body sent last; `claimed_until` keeps other workers off while one sends.
    """

    webhook_id: int
    webhook = pw.ForeignKeyField(Webhook, backref="+", on_delete="CASCADE")
    event_id = pw.IntegerField()
    event_name = pw.CharField(max_length=128)
    payload = pw.TextField()
    occurred_at = UtcDateTimeField()
    state = EnumField(DeliveryState, max_length=12, default=DeliveryState.WAITING)
    attempts = pw.IntegerField(default=0)
    due_at = UtcDateTimeField()
    claimed_until = UtcDateTimeField(null=True)
    last_status = pw.IntegerField(null=True)
    last_error = pw.TextField(default="")
    body_hash = pw.CharField(max_length=64, default="")
    created_at = UtcDateTimeField(default=utc_now, index=True)
    finished_at = UtcDateTimeField(null=True)

    class Meta:
        indexes = ((("webhook", "event_id"), True), (("state", "due_at"), False))
