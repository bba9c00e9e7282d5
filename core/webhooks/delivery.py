"""Events become deliveries, and deliveries are sent by a job: again after a failure, given up after the last try."""

import json
import logging
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from hashlib import sha256
from typing import Any

import peewee as pw

from core import jobs
from core.context import Context
from core.contributions import Job
from core.database import transaction, utc_now
from core.events import Event, EventHandler, EventType
from core.faults import isolated
from core.i18n import N_
from core.identity.actors import actor_for_account
from core.identity.models import Account
from core.operations import language
from core.policy import may
from core.webhooks.models import Webhook, WebhookDelivery
from core.webhooks.payloads import Occurrence, body_of, is_empty, variables_of
from core.webhooks.policies import RECEIVE
from core.webhooks.sending import Sent, send
from core.webhooks.signing import secret_of, signature
from core.webhooks.terms import DeliveryState, PauseReason, WebhookState
from core.work import unit_of_work

log = logging.getLogger(__name__)

DELIVER = "webhooks.deliver"
CLAIM = timedelta(minutes=5)
LONGEST_RUN = timedelta(minutes=3)
"""After this time a run takes no more on, so that every claim outlasts what it is for; the clock begins the next."""

FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=6)

_AT_ONCE = 8
"""Receivers that are called at the same time; each webhook has one delivery under way at most."""

_CALLS_AT_ONCE = 10
_LONGEST_ERROR = 500
_USER_AGENT = "Kinerja-Webhook/1"


@dataclass(frozen=True)
class _Try:
    """A delivery that is claimed, with its webhook and what is to be sent (None: nothing, see `result`)."""

    delivery: WebhookDelivery
    webhook: Webhook
    body: bytes | None = None
    headers: dict[str, str] | None = None
    result: Sent | None = None
    is_skipped: bool = False


def webhook_handlers(events: Iterable[EventType]) -> list[EventHandler]:
    """Return the handlers that make deliveries of every event that is registered, core's and plugins'."""
    return [
        EventHandler("webhooks.collect", event.name, _collect, _is_wanted)
        for event in events
        if not event.is_confidential
    ]


def deliver_due(ctx: Context) -> int:
    """Send what is due, one delivery of each webhook at a time; return how many were tried.

    A webhook whose receiver fails rests until the next run, so that a dead receiver holds nobody up.
    """
    tried = 0
    resting: set[int] = set()
    end = time.monotonic() + LONGEST_RUN.total_seconds()
    while time.monotonic() < end:
        tries = [_prepared(ctx, row) for row in _claimed(ctx, resting)]
        if not tries:
            break
        with ThreadPoolExecutor(max_workers=_AT_ONCE) as pool:
            results = list(pool.map(lambda one: _send(one, ctx), tries))
        for one, result in zip(tries, results, strict=True):
            tried += 1
            resting.update(_note(ctx, one, result))
    return tried


def pause_after(attempts: int) -> timedelta:
    """Return how long a delivery waits after that many tries: a minute, doubled each time, up to six hours."""
    doublings: int = min(attempts - 1, 20)
    return min(FIRST_PAUSE * (1 << doublings), LONGEST_PAUSE)


def forget_old(ctx: Context) -> int:
    """Delete deliveries older than `webhooks_kept_days`; return how many."""
    before = ctx.now - timedelta(days=ctx.settings.webhooks_kept_days)
    return int(WebhookDelivery.delete().where(WebhookDelivery.created_at < before).execute())


def _interested(event: str) -> list[Webhook]:
    """Return the webhooks of open accounts that are told of an event; paused ones collect what they will send."""
    rows = Webhook.select(Webhook.id, Webhook.events).join(Account).where(Account.is_active == True)  # noqa: E712 - SQL
    return [row for row in rows.order_by(Webhook.id) if event in row.events]


def _is_wanted(event: str) -> bool:
    return bool(_interested(event))


def _collect(event: Event, ctx: Context) -> None:
    rows: list[dict[str, Any]] = [
        {
            "webhook": webhook,
            "event_id": event.id,
            "event_name": event.name,
            "payload": json.dumps(dict(event.payload)),
            "occurred_at": event.at,
            "due_at": ctx.now,
            "created_at": ctx.now,
        }
        for webhook in _interested(event.name)
    ]
    if not rows:
        return
    with transaction():
        # An event may come twice; its delivery is made once.
        for row in rows:
            WebhookDelivery.insert(**row).on_conflict_ignore().execute()
    call_worker()


def call_worker() -> None:
    """Let a worker deliver soon; without a queue at hand, or with a full one, the clock does within a minute."""
    with isolated(DELIVER, "enqueue"), suppress(LookupError):
        # Thousands of events, as an import brings them about, need no thousand runs.
        jobs.enqueue(DELIVER, unless_waiting=_CALLS_AT_ONCE)


def _claimed(ctx: Context, resting: set[int]) -> list[WebhookDelivery]:
    free = WebhookDelivery.claimed_until.is_null() | (WebhookDelivery.claimed_until <= ctx.now)
    is_due = (WebhookDelivery.state == DeliveryState.WAITING) & (WebhookDelivery.due_at <= ctx.now)
    sends = (Webhook.state == WebhookState.ACTIVE) & (Account.is_active == True)  # noqa: E712 - SQL
    # The first of each, so that the backlog of one webhook keeps no other waiting.
    first = pw.fn.MIN(WebhookDelivery.id)
    rows: Any = (
        WebhookDelivery.select(first)
        .join(Webhook)
        .join(Account)
        .where(is_due & free & sends & WebhookDelivery.webhook.not_in(sorted(resting) or [0]))
        .group_by(WebhookDelivery.webhook)
        .order_by(first)
        .limit(4 * _AT_ONCE)
        .tuples()
    )
    claimed = []
    for (key,) in list(rows):
        claim = WebhookDelivery.update(claimed_until=ctx.now + CLAIM).where(
            (WebhookDelivery.id == key) & (WebhookDelivery.state == DeliveryState.WAITING) & free
        )
        with transaction():
            is_mine = claim.execute() == 1
        if is_mine:
            claimed.append(WebhookDelivery.get_by_id(key))
    return claimed


def _prepared(ctx: Context, delivery: WebhookDelivery) -> _Try:
    """Ask the owner's query as the owner, as he is allowed now, and sign the body."""
    webhook = delivery.webhook
    plan = _Try(delivery, webhook)
    with isolated(DELIVER, f"delivery {delivery.id}") as outcome:
        owner = actor_for_account(webhook.account, ctx.today)
        if not may(owner, RECEIVE, webhook):
            return replace(plan, result=Sent(error="The owner may have no webhooks any more: a role ended."))
        event = Occurrence(delivery.event_id, delivery.event_name, json.loads(delivery.payload), delivery.occurred_at)
        declared = language.inspect(webhook.document).variables
        variables = {
            name: value for name, value in variables_of(event, language.type_names()).items() if name in declared
        }
        asking = Context(actor=owner, settings=ctx.settings, now=ctx.now, language=webhook.account.language)
        answer = language.answer(asking, webhook.document, variables)
        if answer.get("data") is None:
            return replace(plan, result=Sent(error=f"The query fails: {_first_error(answer)}"[:_LONGEST_ERROR]))
        if is_empty(answer["data"]):
            return replace(plan, is_skipped=True)
        body = body_of(event, answer)
        limit = ctx.settings.webhooks_max_bytes
        if len(body) > limit:
            text = f"The body has {len(body)} bytes, {limit} are allowed. Let the query select less."
            return replace(plan, result=Sent(error=text))
        return replace(plan, body=body, headers=_headers(ctx, webhook, delivery, body))
    return replace(plan, result=Sent(error=f"The body could not be made: {type(outcome.error).__name__}"))  # type: ignore[unreachable]  # reached when isolated() ended an error


def _headers(ctx: Context, webhook: Webhook, delivery: WebhookDelivery, body: bytes) -> dict[str, str]:
    secret = secret_of(webhook.id, webhook.secret_salt, ctx.settings)
    return {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": _USER_AGENT,
        "Kinerja-Event": delivery.event_name,
        "Kinerja-Event-Id": str(delivery.event_id),
        "Kinerja-Delivery-Id": str(delivery.id),
        "Kinerja-Attempt": str(delivery.attempts + 1),
        # The real moment, whatever the job calls now: receivers compare it with their clock.
        "Kinerja-Signature": signature(secret, int(utc_now().timestamp()), body),
    }


def _send(one: _Try, ctx: Context) -> Sent:
    if one.body is None or one.headers is None:
        return one.result or Sent()
    return send(one.webhook.url, one.body, one.headers, ctx.settings)


def _note(ctx: Context, one: _Try, result: Sent) -> Sequence[int]:
    """Write what came of a try; return the webhook when it is to rest."""
    digest = sha256(one.body).hexdigest() if one.body is not None else ""
    changes: dict[str, Any] = {
        "claimed_until": None,
        "last_status": result.status,
        "last_error": result.error,
        "body_hash": digest,
        "attempts": one.delivery.attempts + 1,
    }
    is_done = not result.error
    is_last = one.delivery.attempts + 1 >= ctx.settings.webhooks_attempts
    if one.is_skipped:
        changes |= {"state": DeliveryState.SKIPPED, "finished_at": ctx.now}
    elif is_done:
        changes |= {"state": DeliveryState.DELIVERED, "finished_at": ctx.now}
    elif is_last:
        changes |= {"state": DeliveryState.DEAD, "finished_at": ctx.now}
    else:
        changes["due_at"] = ctx.now + pause_after(one.delivery.attempts + 1)
    with transaction():
        WebhookDelivery.update(changes).where(WebhookDelivery.id == one.delivery.id).execute()
        if is_done and not one.is_skipped and one.webhook.deaths:
            Webhook.update(deaths=0).where(Webhook.id == one.webhook.id).execute()
    if not is_done and is_last:
        _count_death(ctx, one.webhook.id)
    return () if is_done else (one.webhook.id,)


def _count_death(ctx: Context, webhook_id: int) -> None:
    with transaction():
        Webhook.update(deaths=Webhook.deaths + 1).where(Webhook.id == webhook_id).execute()
    row = Webhook.get_or_none(Webhook.id == webhook_id)
    if row is None or row.deaths < ctx.settings.webhooks_pause_after or row.state is not WebhookState.ACTIVE:
        return
    with unit_of_work(ctx) as work:
        work.update(row, state=WebhookState.PAUSED, paused_reason=PauseReason.FAILING)
    log.warning("webhook %s is paused: %s deliveries in a row were given up", row.id, row.deaths)


def _first_error(answer: Any) -> str:
    errors = answer.get("errors") or [{}]
    return str(errors[0].get("message", "no answer"))


def _run(ctx: Context) -> None:
    deliver_due(ctx)


def _tidy(ctx: Context) -> None:
    forget_old(ctx)


JOBS: tuple[Job, ...] = (
    Job(DELIVER, N_("Webhooks send what is due, also what failed before"), _run, schedule="* * * * *"),
    Job("webhooks.forget_old", N_("Removal of old deliveries of webhooks"), _tidy, schedule="50 2 * * *"),
)
