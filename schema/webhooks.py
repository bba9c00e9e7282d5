"""GraphQL of webhooks: who is told of what, and what came of every delivery."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from core.context import Context
from core.errors import forbidden
from core.i18n import translate
from core.webhooks import models, services
from core.webhooks.terms import DeliveryState, PauseReason, WebhookState
from schema.engine import (
    Connection,
    Node,
    SchemaParts,
    batch,
    column,
    decode_id,
    describe_values,
    entity,
    mutation,
    pages,
    payload,
    relation,
    root_pages,
    root_value,
)

if TYPE_CHECKING:
    from schema.identity_types import Account

strawberry.enum(WebhookState, name="WebhookState", description="Whether a webhook sends.")
describe_values(
    WebhookState, ACTIVE="It sends.", PAUSED="It sends nothing and collects what it will send once it is resumed."
)
strawberry.enum(PauseReason, name="WebhookPauseReason", description="Why a webhook does not send.")
describe_values(
    PauseReason,
    NONE="It sends.",
    REQUESTED="Somebody paused it.",
    FAILING="Too many deliveries in a row were given up.",
)
strawberry.enum(DeliveryState, name="WebhookDeliveryState", description="What became of one event for one webhook.")
describe_values(
    DeliveryState,
    WAITING="It waits for its first or next try.",
    DELIVERED="The receiver took it.",
    SKIPPED="The owner's query showed nothing, so nothing was sent.",
    DEAD="It was given up after its last try; replayWebhook sends it again.",
)

_Webhook = Annotated["Webhook", strawberry.lazy("schema.webhooks")]


@entity(models.WebhookDelivery, order=("-created_at",))
class WebhookDelivery(Node):
    """One event for one webhook."""

    webhook: _Webhook | None = relation(models.WebhookDelivery.webhook, "For which webhook.")
    event_id: int = column(models.WebhookDelivery.event_id, "Number of the event, the same in every try and replay.")
    event_name: str = column(models.WebhookDelivery.event_name, "Name of the event.")
    occurred_at: datetime = column(models.WebhookDelivery.occurred_at, "When it happened.")
    state: DeliveryState = column(models.WebhookDelivery.state, "What became of it; DEAD is the dead-letter list.")
    attempts: int = column(models.WebhookDelivery.attempts, "How often it was tried.")
    due_at: datetime = column(models.WebhookDelivery.due_at, "When it is tried next, while it waits.")
    last_status: int | None = column(models.WebhookDelivery.last_status, "HTTP status of the last answer; null: none.")
    last_error: str = column(models.WebhookDelivery.last_error, "What was wrong in the last try, in English.")
    body_hash: str = column(models.WebhookDelivery.body_hash, "SHA-256 of the body sent last; empty: none was sent.")
    created_at: datetime = column(models.WebhookDelivery.created_at, "When it was made.")
    finished_at: datetime | None = column(models.WebhookDelivery.finished_at, "When it was done or given up.")


@entity(models.Webhook, order=("name",))
class Webhook(Node):
    """An account's wish to be told of events at a URL; what is sent is what its query shows to its owner then."""

    account: Annotated["Account", strawberry.lazy("schema.identity_types")] | None = relation(
        models.Webhook.account, "The owner, as whom its query runs."
    )
    name: str = column(models.Webhook.name, "What receives it.")
    url: str = column(models.Webhook.url, "Where it sends.")
    events: list[str] = batch(
        lambda _ctx, rows: [list(row.events) for row in rows], "Names of its events.", needs=[models.Webhook.events]
    )
    query: str = column(models.Webhook.document, "The query that shapes what it sends.", orderable=False)
    state: WebhookState = column(models.Webhook.state, "Whether it sends.")
    paused_reason: PauseReason = column(models.Webhook.paused_reason, "Why it does not send.")
    deaths: int = column(models.Webhook.deaths, "Deliveries given up in a row.")
    created_at: datetime = column(models.Webhook.created_at, "When it was made.")
    version: int = column(models.Webhook.version, "Version, for changes.")
    deliveries: Connection[WebhookDelivery] = pages(models.WebhookDelivery.webhook, "What it sent or is to send.")


@strawberry.type(description="An event that webhooks can be told of.")
class EventKind:
    """An event that webhooks can be told of."""

    name: str = strawberry.field(description="Name.")
    description: str = strawberry.field(description="What it means and which values it has.")


def _event_types(ctx: Context) -> list[EventKind]:
    if not ctx.actor.is_known:
        raise forbidden()
    return [EventKind(name=name, description=translate(text)) for name, text in services.event_types()]


class Query:
    """Root fields of webhooks."""

    webhooks: Connection[Webhook] = root_pages("Webhooks: the caller's own; of all for the system's administrators.")
    webhook_deliveries: Connection[WebhookDelivery] = root_pages("Deliveries of the webhooks that the caller sees.")
    event_types: list[EventKind] = root_value(_event_types, "Events of core and of the plugins that are on.")


@strawberry.input(description="A new webhook.")
class CreateWebhookInput:
    """Input of createWebhook."""

    name: str = strawberry.field(description="What receives it.")
    url: str = strawberry.field(description="Where it sends; https in production.")
    events: list[str] = strawberry.field(description="Names of events, as eventTypes lists them.")
    query: str = strawberry.field(
        description="A query; its variables are filled from the event: $planId from plan_id, and $eventId, $eventName, "
        "$eventAt."
    )


@strawberry.input(description="Changes of a webhook; what is null stays.")
class UpdateWebhookInput:
    """Input of updateWebhook."""

    webhook_id: strawberry.ID = strawberry.field(description="The webhook.")
    version: int = strawberry.field(description="The version that was read.")
    name: str | None = strawberry.field(description="What receives it.", default=None)
    url: str | None = strawberry.field(description="Where it sends.", default=None)
    events: list[str] | None = strawberry.field(description="Names of events.", default=None)
    query: str | None = strawberry.field(description="The query.", default=None)


@strawberry.input(description="A webhook that shall send nothing for now.")
class PauseWebhookInput:
    """Input of pauseWebhook."""

    webhook_id: strawberry.ID = strawberry.field(description="The webhook.")


@strawberry.input(description="A webhook that shall send again.")
class ResumeWebhookInput:
    """Input of resumeWebhook."""

    webhook_id: strawberry.ID = strawberry.field(description="The webhook.")


@strawberry.input(description="A webhook whose secret is to change.")
class RenewWebhookSecretInput:
    """Input of renewWebhookSecret."""

    webhook_id: strawberry.ID = strawberry.field(description="The webhook.")


@strawberry.input(description="A webhook to end.")
class DeleteWebhookInput:
    """Input of deleteWebhook."""

    webhook_id: strawberry.ID = strawberry.field(description="The webhook.")


@strawberry.input(description="What to send once more: one delivery, or all of a webhook that were given up.")
class ReplayWebhookInput:
    """Input of replayWebhook."""

    webhook_id: strawberry.ID | None = strawberry.field(description="All dead ones of this webhook.", default=None)
    delivery_id: strawberry.ID | None = strawberry.field(description="This delivery, dead or done.", default=None)


def _key(value: str) -> int:
    return decode_id("Webhook", value, "input", "webhookId")


def _create(ctx: Context, input: CreateWebhookInput) -> dict[str, Any]:
    made = services.create_webhook(ctx, name=input.name, url=input.url, events=input.events, document=input.query)
    return {"webhook": made.row, "secret": made.secret}


def _update(ctx: Context, input: UpdateWebhookInput) -> dict[str, Any]:
    given = {"name": input.name, "url": input.url, "events": input.events, "document": input.query}
    changes = {name: value for name, value in given.items() if value is not None}
    return {"webhook": services.update_webhook(ctx, _key(input.webhook_id), input.version, **changes)}


def _pause(ctx: Context, input: PauseWebhookInput) -> dict[str, Any]:
    return {"webhook": services.pause_webhook(ctx, _key(input.webhook_id))}


def _resume(ctx: Context, input: ResumeWebhookInput) -> dict[str, Any]:
    return {"webhook": services.resume_webhook(ctx, _key(input.webhook_id))}


def _renew(ctx: Context, input: RenewWebhookSecretInput) -> dict[str, Any]:
    made = services.renew_secret(ctx, _key(input.webhook_id))
    return {"webhook": made.row, "secret": made.secret}


def _delete(ctx: Context, input: DeleteWebhookInput) -> dict[str, Any]:
    services.delete_webhook(ctx, _key(input.webhook_id))
    return {"deleted_id": input.webhook_id}


def _replay(ctx: Context, input: ReplayWebhookInput) -> dict[str, Any]:
    webhook = None if input.webhook_id is None else _key(input.webhook_id)
    delivery = None
    if input.delivery_id is not None:
        delivery = decode_id("WebhookDelivery", input.delivery_id, "input", "deliveryId")
    return {"count": services.replay(ctx, webhook_id=webhook, delivery_id=delivery)}


_SECRET = (str, "The secret of its signatures, shown only now; null when refused.")
_ROW = (Webhook, "The webhook; null when refused.")


class Mutation:
    """Mutations of webhooks."""

    create_webhook = mutation(
        _create,
        input=CreateWebhookInput,
        payload=payload("CreateWebhookPayload", webhook=_ROW, secret=_SECRET),
        description="Be told of events at a URL.",
    )
    update_webhook = mutation(
        _update,
        input=UpdateWebhookInput,
        payload=payload("UpdateWebhookPayload", webhook=_ROW),
        description="Change what a webhook of one's own sends, and where.",
    )
    pause_webhook = mutation(
        _pause,
        input=PauseWebhookInput,
        payload=payload("PauseWebhookPayload", webhook=_ROW),
        description="Let a webhook send nothing for now; the system's administrators may, too.",
    )
    resume_webhook = mutation(
        _resume,
        input=ResumeWebhookInput,
        payload=payload("ResumeWebhookPayload", webhook=_ROW),
        description="Let a webhook send again, what it collected meanwhile first.",
    )
    renew_webhook_secret = mutation(
        _renew,
        input=RenewWebhookSecretInput,
        payload=payload("RenewWebhookSecretPayload", webhook=_ROW, secret=_SECRET),
        description="Give a webhook a new secret; the old one signs nothing more.",
    )
    delete_webhook = mutation(
        _delete,
        input=DeleteWebhookInput,
        payload=payload("DeleteWebhookPayload", deleted_id=(strawberry.ID, "Its id; null when refused.")),
        description="End a webhook and forget its deliveries; the system's administrators may, too.",
    )
    replay_webhook = mutation(
        _replay,
        input=ReplayWebhookInput,
        payload=payload("ReplayWebhookPayload", count=(int, "How many will be sent; null when refused.")),
        description="Send one delivery once more, or all of a webhook that were given up.",
    )


PARTS = SchemaParts(query=Query, mutation=Mutation)
