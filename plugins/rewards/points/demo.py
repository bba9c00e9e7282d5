"""Points in the demo city: rules, a catalogue, people of the civil registry with points, requests and consents."""

from datetime import date
from typing import Any

from core.actor import Actor
from core.identity.actors import actor_for_employee
from core.organisation.models import Assignment, WorkUnit
from core.organisation.scope import holds_on
from core.plugin_api import Context
from plugins.rewards.points.services.adjusting import adjust_points
from plugins.rewards.points.services.catalogue import (
    approve_redemption,
    create_item,
    hand_out_redemption,
    redeem,
    refuse_redemption,
)
from plugins.rewards.points.services.consent import set_consent
from plugins.rewards.points.services.setting_rules import create_point_rule
from plugins.rewards.points.terms import CapPeriod, PointEvent

HOME = "04.3"
_MOST = 12
_RULES: tuple[tuple[str, PointEvent, int, int | None, dict[str, Any], int], ...] = (
    ("Capaian dilaporkan tepat waktu", PointEvent.PROGRESS_RECORDED, 5, 50, {"within_days": 3, "by_self": True}, 24),
    ("Umpan balik bermakna", PointEvent.FEEDBACK_GIVEN, 4, 20, {"min_characters": 40}, 24),
    ("Predikat Sangat Baik", PointEvent.EVALUATION_FINALISED, 40, None, {"predicates": ["VERY_GOOD"]}, 36),
    ("Antrean cepat", PointEvent.FACT_ACCEPTED, 30, 60, {"fact": "queueing.wait_p90_minutes", "at_most": "20"}, 24),
    ("Inovasi diterapkan", PointEvent.INNOVATION_ADOPTED, 100, None, {}, 36),
    ("Penghargaan diterima", PointEvent.AWARD_GRANTED, 60, None, {}, 36),
)
_ITEMS = (
    ("Cangkir Kinerja", 25, 40, None),
    ("Payung daerah", 60, 15, 1),
    ("Kursus daring pilihan sendiri", 120, None, 2),
    ("Tanaman meja", 35, 8, None),
)


def load(ctx: Context, _seed: int) -> None:
    """Load rules, catalogue and points; nothing happens in a city without the registry."""
    home = WorkUnit.get_or_none(WorkUnit.code == HOME)
    if home is None:
        return
    first = date(ctx.today.year, 1, 1)
    for name, event, points, cap, conditions, months in _RULES:
        create_point_rule(
            ctx,
            name=name,
            event=event,
            points=points,
            cap=cap,
            cap_period=CapPeriod.MONTH,
            conditions=conditions,
            expires_after_months=months,
            valid_from=first,
            legal_basis="Contoh untuk demo",
        )
    items = [
        create_item(ctx, name=name, price=price, stock=stock, limit_per_year=limit)
        for name, price, stock, limit in _ITEMS
    ]
    people = _people(home, ctx.today)
    for place, employee_id in enumerate(people):
        adjust_points(ctx, employee_id, 60 + 15 * (place % 5), "Saldo awal dari tahun lalu", "demo")
        if place % 4:
            set_consent(_as(ctx, employee_id), is_given=True)
    asked = [
        redeem(_as(ctx, employee_id), items[place % 2].id, f"demo-{place}")
        for place, employee_id in enumerate(people[:4])
    ]
    for place, row in enumerate(asked[:3]):
        if place == 2:
            refuse_redemption(ctx, row.id, None, "Persediaan disimpan untuk acara tahunan.")
            continue
        approve_redemption(ctx, row.id, None, "Selamat!")
        if not place:
            hand_out_redemption(ctx, row.id, None)


def _people(home: WorkUnit, today: date) -> list[int]:
    rows = Assignment.select(Assignment.employee).where(
        (Assignment.unit == home.id) & Assignment.is_primary & holds_on(Assignment, today)
    )
    return [row.employee_id for row in rows.order_by(Assignment.id).limit(_MOST)]


def _as(ctx: Context, employee_id: int) -> Context:
    """Return a call by an employee; those without a log-in act as if they had one."""
    who: Actor = actor_for_employee(employee_id, ctx.today)
    if not who.is_known:
        who = Actor(today=ctx.today, account_id=0, employee_id=employee_id, name="demo")
    made = Context(actor=who, settings=ctx.settings, now=ctx.now, language=ctx.language)
    made.work = ctx.work
    return made
