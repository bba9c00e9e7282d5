"""Cards of the start page beside the charts: imports and jobs, the system's health, and those of plugins."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

import peewee as pw

from admin.dashboard.charts import Cell
from admin.dashboard.links import list_url, page_url
from admin.show import term
from core import jobs
from core.actor import EVERYWHERE
from core.approval.services import waiting_for
from core.charts.words import number_text
from core.context import Context
from core.contributions import DashboardCard, Figure, Link
from core.errors import Problem
from core.exchange.models import ImportRun
from core.faults import Fault, isolated, recent_faults
from core.health import at_a_glance
from core.i18n import N_, translate
from core.platform.models import OutboxEvent
from core.policy import as_condition, visible
from core.registry import active_registry
from core.settings import Settings
from core.webhooks.models import WebhookDelivery
from core.webhooks.terms import DeliveryState

MANAGE = "system.manage"
_IMPORT = "exchange.import"
_KEPT_SECONDS = 60


@dataclass(frozen=True)
class Card:
    """A title over lines of a name and a figure; `link` is the page behind it."""

    title: str
    lines: Sequence[tuple[str, Cell]]
    link: str = ""
    empty: str = ""


@dataclass(frozen=True)
class PluginCard:
    """A card of a plugin; it has no figures (None) where it failed."""

    title: str
    figures: Sequence[Figure] | None
    links: Sequence[Link] = ()


@dataclass(frozen=True)
class Health:
    """What is wrong with the system, if anything, and what failed lately."""

    problems: Sequence[Problem]
    faults: Sequence[Fault]
    link: str = ""


@dataclass
class _Kept:
    """What the last look found, for some seconds: every look writes a file and asks the queue."""

    until: float = 0.0
    problems: Sequence[Problem] = ()
    lock: Lock = field(default_factory=Lock)


_kept = _Kept()


def imports_card(ctx: Context) -> Card | None:
    """Return the imports that the person sees, by state; None for whoever imports nothing."""
    if not ctx.actor.paths(_IMPORT):
        return None
    counts = _by_state(ctx, ImportRun)
    lines = [
        (_word(state), Cell(number_text(count), count, list_url("import_run", state__is=state)))
        for state, count in counts
    ]
    empty = translate(N_("Nothing was imported yet."))
    return Card(translate(N_("Imports")), lines, list_url("import_run"), empty)


def approvals_card(ctx: Context) -> Card | None:
    """Return the changes of others that wait for the person's yes or no; None where there are none."""
    count = waiting_for(ctx).count()
    if not count:
        return None
    link = page_url("approvals.index_view")
    return Card(
        translate(N_("Approvals")),
        [(translate(N_("Waiting for a second person")), Cell(number_text(count), count, link))],
        link,
    )


def jobs_card(ctx: Context) -> Card | None:
    """Return what works in the background and what failed there; for those who run the system."""
    if not ctx.actor.holds(MANAGE, EVERYWHERE):
        return None
    failed = OutboxEvent.select().where(OutboxEvent.delivered_at.is_null() & (OutboxEvent.last_error != ""))
    waiting = 0
    with isolated("jobs", "dashboard") as outcome:
        waiting = jobs.waiting()
    dead = WebhookDelivery.select().where(
        (WebhookDelivery.state == DeliveryState.DEAD) & as_condition(visible(ctx.actor, WebhookDelivery))
    )
    undelivered = list_url("outbox_event", delivered_at__empty=1, last_error__empty=0)
    given_up = list_url("webhook_delivery", state__is=DeliveryState.DEAD)
    lines = [
        (translate(N_("Jobs waiting")), Cell("–") if outcome.error else Cell(number_text(waiting), waiting)),
        (translate(N_("Events not delivered after a failure")), _counted(failed, undelivered)),
        (translate(N_("Webhook deliveries given up")), _counted(dead, given_up)),
    ]
    return Card(translate(N_("Background work")), lines, page_url("system_jobs.index"))


STATE_CARDS = (approvals_card, imports_card, jobs_card)
"""The cards of core in their order."""


def health_of(ctx: Context) -> Health | None:
    """Return how the system is, as it was found within the last minute; for those who run it."""
    if not ctx.actor.holds(MANAGE, EVERYWHERE):
        return None
    return Health(_problems(ctx.settings), recent_faults(), page_url("system_health.index"))


def plugin_cards(ctx: Context) -> list[PluginCard]:
    """Return the cards of plugins that have figures for the person, and those that failed."""
    cards = [_card(ctx, card) for card in active_registry().dashboard_cards]
    return [card for card in cards if card.figures != []]


def _card(ctx: Context, card: DashboardCard) -> PluginCard:
    with isolated(card.name, "dashboard") as outcome:
        figures = list(card.figures(ctx))
        links = list(card.links(ctx)) if card.links is not None and figures else []
    return PluginCard(card.title, None) if outcome.error else PluginCard(card.title, figures, links)


def _by_state(ctx: Context, model: Any) -> list[tuple[Any, int]]:
    rows: Any = (
        model.select(model.state, pw.fn.COUNT(model.id))
        .where(as_condition(visible(ctx.actor, model)))
        .group_by(model.state)
        .order_by(model.state)
    )
    return list(rows.tuples())


def _counted(query: Any, link: str) -> Cell:
    count = query.count()
    return Cell(number_text(count), count, link)


def _word(state: Any) -> str:
    text = term(state)
    return text[:1].upper() + text[1:]


def _problems(settings: Settings) -> Sequence[Problem]:
    with _kept.lock:
        if time.monotonic() >= _kept.until:
            _kept.problems = [problem for finding in at_a_glance(settings) for problem in finding.problems]
            _kept.until = time.monotonic() + _KEPT_SECONDS
        return _kept.problems
