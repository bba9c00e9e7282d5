"""Webhooks: made, changed, paused, resumed, ended; and what died in them sent once more."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from core.context import Context
from core.database import transaction
from core.errors import Problem, Refused, refuse
from core.i18n import N_
from core.identity.actors import actor_for_account
from core.identity.models import Account
from core.operations.language import inspect
from core.policy import as_condition, fetch, may, require, visible
from core.registry import active_registry
from core.webhooks.addresses import url_problems
from core.webhooks.delivery import call_worker
from core.webhooks.models import Webhook, WebhookDelivery
from core.webhooks.policies import MANAGE, RECEIVE, STOP
from core.webhooks.signing import make_salt, secret_of
from core.webhooks.terms import DeliveryState, PauseReason, WebhookState
from core.work import unit_of_work

LONGEST_NAME = 96
MOST_OF_AN_ACCOUNT = 50


@dataclass(frozen=True)
class NewSecret:
    """A webhook with its secret, which is readable only now."""

    row: Webhook
    secret: str


def create_webhook(
    ctx: Context, *, name: str, url: str, events: Sequence[str], document: str, account_id: int | None = None
) -> NewSecret:
    """Make a webhook of an account (default: the caller's) that sends `events`, shaped by the query `document`."""
    with unit_of_work(ctx) as work:
        key = account_id if account_id is not None else ctx.actor.account_id
        account = fetch(Account, key or 0, ctx, "input", "accountId")
        require(ctx, MANAGE, Webhook(account=account), "input", "accountId")
        if not may(actor_for_account(account, ctx.today), RECEIVE, Webhook(account=account)):
            text = N_("The account {username} may have no webhooks. Give it the role {role} first.")
            place = ("input", "accountId")
            raise refuse("OWNER_WITHOUT_ROLE", text, *place, username=account.username, role="integrator")
        problems = _problems(ctx, name=name, url=url, events=events, document=document)
        if Webhook.select().where(Webhook.account == account.id).count() >= MOST_OF_AN_ACCOUNT:
            text = N_("An account has {limit} webhooks at most. Delete one that is not needed.")
            problems.append(Problem("TOO_MANY_WEBHOOKS", text, ("input",), {"limit": MOST_OF_AN_ACCOUNT}))
        if problems:
            raise Refused(problems)
        row = work.create(
            Webhook,
            account=account,
            name=name.strip(),
            url=url,
            events=sorted(set(events)),
            document=document,
            secret_salt=make_salt(),
        )
        return NewSecret(row, secret_of(row.id, row.secret_salt, ctx.settings))


def update_webhook(ctx: Context, webhook_id: int, version: int, **changes: Any) -> Webhook:
    """Change name, url, events or document of a webhook."""
    with unit_of_work(ctx) as work:
        row = _managed(ctx, webhook_id)
        wanted: dict[str, Any] = {
            name: changes.get(name, getattr(row, name)) for name in ("name", "url", "events", "document")
        }
        problems = _problems(ctx, **wanted)
        if problems:
            raise Refused(problems)
        wanted |= {"name": wanted["name"].strip(), "events": sorted(set(wanted["events"]))}
        return work.update(row, version, **wanted)


def renew_secret(ctx: Context, webhook_id: int) -> NewSecret:
    """Give a webhook a new secret, with which everything is signed from now on."""
    with unit_of_work(ctx) as work:
        row = _managed(ctx, webhook_id)
        # What is not recorded must not stand alone in a change: the version tells that something changed.
        row = work.update(row, secret_salt=make_salt())
        return NewSecret(row, secret_of(row.id, row.secret_salt, ctx.settings))


def pause_webhook(ctx: Context, webhook_id: int) -> Webhook:
    """Let a webhook send nothing until it is resumed; it goes on collecting."""
    with unit_of_work(ctx) as work:
        row = fetch(Webhook, webhook_id, ctx, "input", "webhookId")
        require(ctx, STOP, row, "input", "webhookId")
        return work.update(row, state=WebhookState.PAUSED, paused_reason=PauseReason.REQUESTED)


def resume_webhook(ctx: Context, webhook_id: int) -> Webhook:
    """Let a webhook send again, what it collected meanwhile first."""
    with unit_of_work(ctx) as work:
        row = _managed(ctx, webhook_id)
        row = work.update(row, state=WebhookState.ACTIVE, paused_reason=PauseReason.NONE, deaths=0)
    call_worker()
    return row


def delete_webhook(ctx: Context, webhook_id: int) -> int:
    """End a webhook with all its deliveries; return its id."""
    with unit_of_work(ctx) as work:
        row = fetch(Webhook, webhook_id, ctx, "input", "webhookId")
        require(ctx, STOP, row, "input", "webhookId")
        work.delete(row)
        return webhook_id


def replay(ctx: Context, *, webhook_id: int | None = None, delivery_id: int | None = None) -> int:
    """Send one finished delivery again, or all of a webhook that were given up; return how many."""
    if (webhook_id is None) == (delivery_id is None):
        raise refuse("REPLAY_WHAT", N_("Name either a webhook or one delivery. Leave the other out."), "input")
    with unit_of_work(ctx):
        if delivery_id is not None:
            delivery = fetch(WebhookDelivery, delivery_id, ctx, "input", "deliveryId")
            require(ctx, MANAGE, delivery.webhook, "input", "deliveryId")
            if delivery.state is DeliveryState.WAITING:
                text = N_("This delivery is still waiting for its next try. Wait, or look at its last error.")
                raise refuse("DELIVERY_WAITING", text, "input", "deliveryId")
            chosen: Any = WebhookDelivery.id == delivery.id
        else:
            webhook = _managed(ctx, webhook_id or 0)
            chosen = (WebhookDelivery.webhook == webhook.id) & (WebhookDelivery.state == DeliveryState.DEAD)
        with transaction():
            count = int(
                WebhookDelivery.update(
                    state=DeliveryState.WAITING, attempts=0, due_at=ctx.now, claimed_until=None, finished_at=None
                )
                .where(chosen)
                .execute()
            )
    call_worker()
    return count


def list_webhooks(ctx: Context) -> list[Webhook]:
    """Return the webhooks that the caller sees, by owner and name."""
    query = Webhook.select(Webhook, Account).join(Account).where(as_condition(visible(ctx.actor, Webhook)))
    return list(query.order_by(Account.username, Webhook.name, Webhook.id))


def dead_letters(ctx: Context, webhook_id: int | None = None) -> list[WebhookDelivery]:
    """Return the deliveries that were given up and that the caller sees, latest first; of one webhook, if named."""
    query = WebhookDelivery.select().where(
        (WebhookDelivery.state == DeliveryState.DEAD) & as_condition(visible(ctx.actor, WebhookDelivery))
    )
    if webhook_id is not None:
        query = query.where(WebhookDelivery.webhook == webhook_id)
    return list(query.order_by(WebhookDelivery.id.desc()))


def event_types() -> list[tuple[str, str]]:
    """Return the events that can be asked for, core's and those of the plugins that are on: name and description."""
    return sorted((event.name, event.description) for event in active_registry().events if not event.is_confidential)


def _managed(ctx: Context, webhook_id: int) -> Webhook:
    row = fetch(Webhook, webhook_id, ctx, "input", "webhookId")
    require(ctx, MANAGE, row, "input", "webhookId")
    return row


def _problems(ctx: Context, *, name: str, url: str, events: Sequence[str], document: str) -> list[Problem]:
    problems = []
    if not 1 <= len(name.strip()) <= LONGEST_NAME:
        text = N_("A webhook needs a name of at most {longest} characters that tells what receives it. Give it one.")
        problems.append(Problem("BAD_WEBHOOK_NAME", text, ("input", "name"), {"longest": LONGEST_NAME}))
    problems += url_problems(url, ctx.settings)
    known = [event for event, _ in event_types()]
    if not events:
        text = N_("No event is named. Name at least one, such as {example}.")
        problems.append(Problem("EVENTS_MISSING", text, ("input", "events"), {"example": "planning.plan_submitted"}))
    for index, event in enumerate(events):
        if event not in known:
            closest = get_close_matches(event, known, n=1, cutoff=0)
            text = N_("There is no event {event}. Did you mean {closest}? The field eventTypes lists them all.")
            params = {"event": event[:200], "closest": closest[0] if closest else "-"}
            problems.append(Problem("UNKNOWN_EVENT", text, ("input", "events", index), params))
    found = inspect(document)
    text = N_("The operation does not fit the API. Correct this: {fault}")
    problems += [Problem("OPERATION_INVALID", text, ("input", "query"), {"fault": fault}) for fault in found.faults]
    if not found.faults and found.kind != "query":
        text = N_("A webhook sends the answer of a query, this is a {kind}. Give a query.")
        problems.append(Problem("NOT_A_QUERY", text, ("input", "query"), {"kind": found.kind}))
    return problems
