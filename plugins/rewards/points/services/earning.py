"""Points that are earned by events under rules, and taken back when what earned them is withdrawn."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import peewee as pw

from core.organisation.scope import holds_on
from core.organisation.services.changing import rows_of
from core.plugin_api import Context, Event, UnitOfWork, unit_of_work
from plugins.rewards.points.models import PointAccount, PointEntry, PointRule, PointTransaction, PointUse
from plugins.rewards.points.rules.caps import period_of, within_cap
from plugins.rewards.points.rules.conditions import are_met
from plugins.rewards.points.rules.lots import expiry_of
from plugins.rewards.points.services.ledger import (
    Coming,
    credit,
    debit,
    expire,
    hold_account,
    hold_again,
    lots_of,
    owe,
    transaction_of,
)
from plugins.rewards.points.sources import SUBJECTS, Deed, Source
from plugins.rewards.points.terms import PointAccountKind, PointMovement

_AT_ONCE = 500


def earn_by(source: Source, event: Event, ctx: Context) -> int:
    """Give the points that an event earns by the rules of its day; return how many transactions that made.

    The same event never earns twice, and a row earns once by a rule unless it was taken back.
    """
    day = event.at.astimezone(ZoneInfo(ctx.settings.time_zone)).date()
    rules = list(
        PointRule.select().where((PointRule.event == source.kind) & holds_on(PointRule, day)).order_by(PointRule.id)
    )
    if not rules:
        return 0
    made = 0
    for deed in source.deeds(ctx, event.payload):
        for rule in rules:
            if are_met(rule.event, rule.conditions, deed.figures):
                with unit_of_work(ctx) as work:
                    made += _earn(work, rule, deed, event.id, day)
    return made


def _earn(work: UnitOfWork, rule: PointRule, deed: Deed, event_id: int, day: date) -> int:
    account = hold_account(deed.employee_id)
    key = f"earn:{event_id}:{rule.id}:{account.id}:{deed.subject_type}:{deed.subject_id}"
    if transaction_of(key) is not None or _has_earned(account, rule, deed):
        return 0
    points = within_cap(rule.points, rule.cap, _earned_in_period(account, rule, day))
    if not points:
        return 0
    made = credit(
        work,
        account,
        PointMovement.EARNED,
        [Coming(points, expiry_of(day, rule.expires_after_months))],
        key=key,
        day=day,
        rule=rule,
        rule_snapshot=snapshot_of(rule),
        event_id=event_id,
        subject_type=deed.subject_type,
        subject_id=deed.subject_id,
    )
    settled = min(account.owed, points)
    if settled:
        debit(work, account, PointMovement.SETTLED, settled, key=f"settle:{made.id}")
        owe(account, -settled)
    return 1


def snapshot_of(rule: PointRule) -> dict[str, Any]:
    """Return a rule as it is, for the earning that used it."""
    return {
        "id": rule.id,
        "version": rule.version,
        "name": rule.name,
        "event": rule.event.value,
        "points": rule.points,
        "cap": rule.cap,
        "cap_period": rule.cap_period.value,
        "conditions": dict(rule.conditions),
        "expires_after_months": rule.expires_after_months,
        "valid_from": rule.valid_from.isoformat(),
        "valid_to": rule.valid_to.isoformat() if rule.valid_to else None,
        "legal_basis": rule.legal_basis,
    }


def _earnings(account: PointAccount, rule: PointRule) -> Any:
    """Return the query of an account's earnings by a rule that were not taken back."""
    undone = PointTransaction.alias()
    return (
        PointTransaction.select(PointTransaction.id)
        .join(PointEntry)
        .where(
            (PointEntry.account == account.id)
            & (PointTransaction.movement == PointMovement.EARNED)
            & (PointTransaction.rule == rule.id)
            & ~pw.fn.EXISTS(undone.select(undone.id).where(undone.reverses == PointTransaction.id))
        )
    )


def _has_earned(account: PointAccount, rule: PointRule, deed: Deed) -> bool:
    same = (PointTransaction.subject_type == deed.subject_type) & (PointTransaction.subject_id == deed.subject_id)
    return bool(_earnings(account, rule).where(same).exists())


def _earned_in_period(account: PointAccount, rule: PointRule, day: date) -> int:
    if rule.cap is None:
        return 0
    first, last = period_of(day, rule.cap_period)
    rows = _earnings(account, rule).where(PointTransaction.day.between(first, last))
    return int(rows.select(pw.fn.COALESCE(pw.fn.SUM(PointEntry.amount), 0)).scalar())


def take_back_of(ctx: Context, subject_type: str, subject_id: int, reason: str) -> int:
    """Take back what a row earned, by whichever rules; return how many earnings that were."""
    rows = _not_taken_back().where(
        (PointTransaction.subject_type == subject_type) & (PointTransaction.subject_id == subject_id)
    )
    return _take_back_all(ctx, list(rows), reason)


def take_back_gone(ctx: Context) -> int:
    """Take back what rows earned that are there no more, such as withdrawn feedback; return how many earnings."""
    taken = 0
    for name, model in SUBJECTS.items():
        table: Any = model.alias()
        there = pw.fn.EXISTS(table.select(table.id).where(table.id == PointTransaction.subject_id))
        rows = _not_taken_back().where((PointTransaction.subject_type == name) & ~there)
        taken += _take_back_all(ctx, list(rows), f"{name}: gone")
    return taken


def _not_taken_back() -> Any:
    undone = PointTransaction.alias()
    return (
        PointTransaction.select(PointTransaction, PointEntry.account.alias("of"), PointEntry.id.alias("lot"))
        .join(PointEntry)
        .join(PointAccount)
        .where(
            (PointTransaction.movement == PointMovement.EARNED)
            & (PointAccount.kind == PointAccountKind.EMPLOYEE)
            & ~pw.fn.EXISTS(undone.select(undone.id).where(undone.reverses == PointTransaction.id))
        )
        .order_by(PointTransaction.id)
        .objects()
    )


def _take_back_all(ctx: Context, rows: Sequence[Any], reason: str) -> int:
    taken = 0
    for row in rows:
        with unit_of_work(ctx) as work:
            taken += _take_back(work, row, reason)
    return taken


def _take_back(work: UnitOfWork, earning: Any, reason: str) -> int:
    account = hold_again(earning.of)
    key = f"back:{earning.id}"
    if transaction_of(key) is not None:
        return 0
    expire(work, account, work.ctx.today)
    own = PointEntry.get_by_id(earning.lot)
    gone = _expired_of(own)
    lots = lots_of(account)
    # Its own points first, so that what expires of the others stays as it is.
    lots.sort(key=lambda lot: lot.entry_id != own.id)
    due = own.amount - gone
    there = min(due, sum(lot.left for lot in lots))
    debit(
        work,
        account,
        PointMovement.TAKEN_BACK,
        there,
        key=key,
        lots=lots,
        reverses=earning.id,
        shortfall=due - there,
        reason=reason,
        subject_type=earning.subject_type,
        subject_id=earning.subject_id,
    )
    owe(account, due - there)
    return 1


def _expired_of(lot: PointEntry) -> int:
    """Return how many of the points of an entry have expired: nobody has them, so nobody gives them back."""
    rows = (
        PointUse.select(pw.fn.COALESCE(pw.fn.SUM(PointUse.amount), 0))
        .join(PointEntry, on=(PointUse.taken_by == PointEntry.id))
        .join(PointTransaction, on=(PointEntry.transaction == PointTransaction.id))
        .where((PointUse.lot == lot.id) & (PointTransaction.movement == PointMovement.EXPIRED))
    )
    return int(rows.scalar())


def expire_points(ctx: Context) -> int:
    """Let the points expire whose day has come, account by account; return how many points."""
    used = PointUse.select(pw.fn.COALESCE(pw.fn.SUM(PointUse.amount), 0)).where(PointUse.lot == PointEntry.id)
    due = (
        PointEntry.select(PointEntry.account)
        .where((PointEntry.amount > 0) & (PointEntry.expires_on <= ctx.today) & (PointEntry.amount > used))
        .distinct()
        .limit(_AT_ONCE)
    )
    gone = 0
    while accounts := rows_of(due):
        for (account_id,) in accounts:
            with unit_of_work(ctx) as work:
                gone += expire(work, hold_again(account_id), ctx.today)
    return gone
