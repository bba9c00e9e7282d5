"""Innovations in the demo city: one adopted by the civil registry, with its measured effect, and one on trial."""

from datetime import date, timedelta

from core.facts.reading import fact_named
from core.facts.rules.measuring import Span
from core.organisation.models import Assignment, WorkUnit
from core.organisation.scope import holds_on
from core.plugin_api import Context, Refused
from plugins.rewards.innovations.models import Innovation
from plugins.rewards.innovations.services.authors import set_author
from plugins.rewards.innovations.services.deciding import adopt_innovation, try_innovation
from plugins.rewards.innovations.services.evidence import add_link
from plugins.rewards.innovations.services.measuring import EffectAsked, measure_effect
from plugins.rewards.innovations.services.proposing import propose_innovation
from plugins.rewards.innovations.terms import AuthorRole, EffectDirection

HOME = "04.3"
FACT = "queueing.wait_p90_minutes"
_SPAN = 10
"""Days on each side that are compared; the demo's queue has five weeks behind it."""


def load(ctx: Context, _seed: int) -> None:
    """Load two innovations; nothing in a city without the civil registry, or where nobody works there."""
    unit = WorkUnit.get_or_none(WorkUnit.code == HOME)
    if unit is None:
        return
    people = [
        row.employee_id
        for row in Assignment.select()
        .where((Assignment.unit == unit.id) & Assignment.is_primary & holds_on(Assignment, ctx.today))
        .order_by(Assignment.id)
        .limit(3)
    ]
    if not people:
        return
    queue = _tried(ctx, unit, people, "Antrean daring akta kelahiran", "Pemohon menunggu lama di loket.", 150)
    adopted = max(ctx.today - timedelta(days=60), _first_day(ctx, 150))
    adopt_innovation(ctx, queue.id, None, day=adopted, reason="Uji coba berhasil.")
    add_link(ctx, queue.id, "https://example.go.id/antrean-daring", "Laporan uji coba")
    _measure(ctx, queue.id, ctx.today)
    _tried(ctx, unit, people[:2], "Jemput akta di rumah sakit", "Orang tua baru sulit datang ke kantor.", 30)


def _tried(ctx: Context, unit: WorkUnit, people: list[int], title: str, problem: str, days: int) -> Innovation:
    first = _first_day(ctx, days)
    row = propose_innovation(
        ctx, unit_id=unit.id, title=title, problem=problem, description="Warga mendaftar dari rumah.",
        category="TATA_KELOLA", group="UMUM", proposed_on=first,
    )  # fmt: skip
    for number, employee_id in enumerate(people):
        set_author(ctx, row.id, employee_id, AuthorRole.MEMBER if number else AuthorRole.LEADER)
    return try_innovation(ctx, row.id, None, day=first)


def _first_day(ctx: Context, days: int) -> date:
    return max(ctx.today - timedelta(days=days), date(ctx.today.year, 1, 1))


def _measure(ctx: Context, innovation_id: int, today: date) -> None:
    if fact_named(FACT) is None:
        return
    day = timedelta(days=1)
    after = Span(today - _SPAN * day, today - day)
    before = Span(today - 35 * day, today - (36 - _SPAN) * day)
    asked = EffectAsked(FACT, EffectDirection.LOWER, before, after)
    try:
        measure_effect(ctx, innovation_id, asked)
    except Refused:
        # The registry itself had nobody at its counters in these days: then there is nothing to show.
        return
