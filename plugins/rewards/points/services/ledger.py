"""The ledger: points move from account to account in transactions that are balanced, made once, and never changed.

Whoever moves an employee's points holds the employee's account until the transaction ends, so that no two spend the
same points. The institution's accounts are touched by everybody and are therefore neither held nor counted along.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import peewee as pw

from core.organisation.services.changing import rows_of
from core.plugin_api import N_, UnitOfWork, refuse
from plugins.rewards.points.events import POINTS_CHANGED
from plugins.rewards.points.models import PointAccount, PointEntry, PointTransaction, PointUse
from plugins.rewards.points.rules.lots import Lot, drawn, in_order
from plugins.rewards.points.settings import points_settings
from plugins.rewards.points.terms import COUNTERPART, PointAccountKind, PointMovement

MOST = 1_000_000
"""The most points that one movement may be about."""


@dataclass(frozen=True)
class Coming:
    """Points that come to an employee; `expires_on` is the first day on which they count no more (None: never)."""

    amount: int
    expires_on: date | None = None


def held(rows: Any) -> Any:
    """Return a query that holds its rows until the transaction ends; SQLite has one writer anyway."""
    return rows.for_update() if PointAccount._meta.database.for_update else rows


def hold_account(employee_id: int) -> PointAccount:
    """Return the account of an employee, made if need be, and hold it until the transaction ends."""
    return _held_account(f"employee:{employee_id}", PointAccountKind.EMPLOYEE, employee=employee_id, balance=0)


def hold_again(account_id: int) -> PointAccount:
    """Return an account that is there, held until the transaction ends."""
    row: PointAccount = held(PointAccount.select().where(PointAccount.id == account_id)).get()
    return row


def _held_account(code: str, kind: PointAccountKind, **values: Any) -> PointAccount:
    rows = PointAccount.select().where(PointAccount.code == code)
    row: PointAccount | None = held(rows).first()
    if row is None:
        # Of several who make it at once one inserts, and the others wait for it.
        PointAccount.insert(code=code, kind=kind, owed=0, **values).on_conflict_ignore().execute()
        row = held(rows).get()
    return row


def _institution(kind: PointAccountKind) -> int:
    rows = PointAccount.select(PointAccount.id).where(PointAccount.code == kind.value)
    found: int | None = rows.scalar()
    if found is None:
        PointAccount.insert(code=kind.value, kind=kind, owed=0).on_conflict_ignore().execute()
        found = rows.scalar()
    assert found is not None  # noqa: S101 - one inserted it, this call or another
    return found


def transaction_of(key: str) -> PointTransaction | None:
    """Return what was made under a key already."""
    row: PointTransaction | None = PointTransaction.get_or_none(PointTransaction.key == key)
    return row


def lots_of(account: PointAccount) -> list[Lot]:
    """Return the points of a held account that are left, those that expire first before the others."""
    used = pw.fn.COALESCE(pw.fn.SUM(PointUse.amount), 0)
    rows = rows_of(
        PointEntry.select(PointEntry.id, PointEntry.amount - used, PointEntry.expires_on)
        .join(PointUse, pw.JOIN.LEFT_OUTER, on=(PointUse.lot == PointEntry.id))
        .where((PointEntry.account == account.id) & (PointEntry.amount > 0))
        .group_by(PointEntry.id, PointEntry.amount, PointEntry.expires_on)
        .having(PointEntry.amount > used)
    )
    return in_order(Lot(*row) for row in rows)


def credit(
    work: UnitOfWork,
    account: PointAccount,
    movement: PointMovement,
    coming: Sequence[Coming],
    *,
    key: str,
    **columns: Any,
) -> PointTransaction:
    """Let points come to a held account."""
    made = _transaction(work, movement, key, columns)
    total = sum(part.amount for part in coming)
    for part in coming:
        PointEntry.create(transaction=made, account=account, amount=part.amount, expires_on=part.expires_on)
    PointEntry.create(transaction=made, account=_institution(COUNTERPART[movement]), amount=-total)
    _move(work, account, total, made)
    return made


def debit(
    work: UnitOfWork,
    account: PointAccount,
    movement: PointMovement,
    amount: int,
    *,
    key: str,
    lots: Sequence[Lot] | None = None,
    **columns: Any,
) -> PointTransaction:
    """Let points leave a held account: of `lots` in their order (default: what expires first before the rest).

    Refused with POINTS_TOO_FEW where there are not so many. With an amount of 0 there is a transaction and no entry.
    """
    taken = drawn(lots_of(account) if lots is None else lots, amount)
    if taken is None:
        text = N_("This takes {needed} points, {balance} are there. Choose something for fewer points.")
        raise refuse("POINTS_TOO_FEW", text, "input", needed=amount, balance=account.balance)
    made = _transaction(work, movement, key, columns)
    if amount:
        entry = PointEntry.create(transaction=made, account=account, amount=-amount)
        PointEntry.create(transaction=made, account=_institution(COUNTERPART[movement]), amount=amount)
        PointUse.insert_many([{"taken_by": entry.id, "lot": lot, "amount": part} for lot, part in taken]).execute()
    _move(work, account, -amount, made)
    return made


def owe(account: PointAccount, more: int) -> None:
    """Note on a held account that points are owed, or (below 0) were settled."""
    if more:
        PointAccount.update(owed=PointAccount.owed + more).where(PointAccount.id == account.id).execute()
        account.owed += more


def expire(work: UnitOfWork, account: PointAccount, today: date) -> int:
    """Let the points of a held account expire whose day has come; return how many."""
    gone = 0
    for lot in lots_of(account):
        if lot.expires_on is not None and lot.expires_on <= today:
            debit(work, account, PointMovement.EXPIRED, lot.left, key=f"expire:{lot.entry_id}", lots=[lot])
            gone += lot.left
    return gone


def give_back(work: UnitOfWork, account: PointAccount, spending: PointTransaction, *, key: str) -> PointTransaction:
    """Return to a held account what a spending took, to expire as before but not at once."""
    soonest = work.ctx.today + timedelta(days=points_settings(work.ctx).returned_points_days)
    lot = PointEntry.alias()
    rows = rows_of(
        PointUse.select(PointUse.amount, lot.expires_on)
        .join(PointEntry, on=(PointUse.taken_by == PointEntry.id))
        .switch(PointUse)
        .join(lot, on=(PointUse.lot == lot.id))
        .where(PointEntry.transaction == spending.id)
        .order_by(PointUse.id)
    )
    parts = [Coming(amount, max(day, soonest) if day else None) for amount, day in rows]
    columns = {"redemption": spending.redemption_id}
    return credit(work, account, PointMovement.RETURNED, parts, key=key, **columns)


def _transaction(work: UnitOfWork, movement: PointMovement, key: str, columns: Mapping[str, Any]) -> PointTransaction:
    actor = work.ctx.actor
    values = {"day": work.ctx.today, **columns}
    return PointTransaction.create(
        movement=movement, key=key, at=work.ctx.now, made_by=actor.name if actor.is_known else "", **values
    )


def _move(work: UnitOfWork, account: PointAccount, by: int, made: PointTransaction) -> None:
    if by:
        PointAccount.update(balance=PointAccount.balance + by).where(PointAccount.id == account.id).execute()
        account.balance = (account.balance or 0) + by
    work.emit(
        POINTS_CHANGED,
        {"point_account_id": account.id, "point_transaction_id": made.id, "movement": made.movement},
    )
