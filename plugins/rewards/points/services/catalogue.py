"""The catalogue: what points are spent on, how it is asked for, decided on and handed out."""

from collections.abc import Mapping
from datetime import date
from typing import Any, TypedDict

import peewee as pw

from core.organisation.services.changing import check_values, refuse_all, stripped
from core.plugin_api import (
    N_,
    Context,
    Problem,
    UnitOfWork,
    fetch,
    forbidden,
    refuse,
    require,
    unit_of_work,
)
from plugins.rewards.points.events import REDEMPTION_DECIDED, REDEMPTION_REQUESTED
from plugins.rewards.points.models import PointTransaction, RewardItem, RewardRedemption
from plugins.rewards.points.roles import MANAGE, REDEEM, RULES
from plugins.rewards.points.services.checking import missing_problems, range_problems, reason_given, too_long
from plugins.rewards.points.services.ledger import (
    MOST,
    debit,
    expire,
    give_back,
    held,
    hold_account,
)
from plugins.rewards.points.terms import PointMovement, RedemptionState

MOST_AT_ONCE = 100
LONGEST_KEY = 64
_RANGES = {"price": (1, MOST), "stock": (0, MOST), "limit_per_year": (1, MOST)}
_COUNTED = (RedemptionState.ASKED_FOR, RedemptionState.APPROVED, RedemptionState.HANDED_OUT)


class ItemChanges(TypedDict, total=False):
    """What can be changed about something of the catalogue."""

    name: str
    description: str
    price: int
    stock: int | None
    limit_per_year: int | None
    is_active: bool


def create_item(ctx: Context, *, name: str, price: int, **more: Any) -> RewardItem:
    """Put something into the catalogue."""
    values = stripped({"name": name, "price": price, **more})
    with unit_of_work(ctx) as work:
        require(ctx, RULES, None, "input")
        refuse_all(_problems(values))
        return work.create(RewardItem, **values)


def update_item(ctx: Context, item_id: int, version: int | None, changes: ItemChanges) -> RewardItem:
    """Change something of the catalogue; what was asked for keeps its price."""
    values = stripped(changes)
    with unit_of_work(ctx) as work:
        require(ctx, RULES, None, "input")
        row = fetch(RewardItem, item_id, ctx, "input", "id")
        refuse_all(_problems(values))
        return work.update(row, version, **values)


def _problems(values: Mapping[str, Any]) -> list[Problem]:
    missing = missing_problems(values, "name", "description", "price", "is_active")
    if missing:
        return missing
    return (
        check_values(RewardItem, values, required=("name",))
        + range_problems(values, _RANGES)
        + too_long(values, "description")
    )


def redeem(ctx: Context, item_id: int, key: str, quantity: int = 1) -> RewardRedemption:
    """Ask for something of the catalogue for oneself: points and stock are taken at once, until it is decided on.

    The same `key` again gives the same request again, and takes nothing.
    """
    employee_id = ctx.actor.employee_id
    if employee_id is None:
        raise forbidden("input")
    key = key.strip()
    with unit_of_work(ctx) as work:
        item = fetch(RewardItem, item_id, ctx, "input", "itemId")
        require(ctx, REDEEM, item, "input", "itemId")
        refuse_all(_asked_problems(key, quantity))
        account = hold_account(employee_id)
        known: RewardRedemption | None = RewardRedemption.get_or_none(
            (RewardRedemption.employee == employee_id) & (RewardRedemption.key == key)
        )
        if known is not None:
            return _same(known, item, quantity)
        item = held(RewardItem.select().where(RewardItem.id == item.id)).get()
        _refuse_unless_there(item, quantity, employee_id, ctx.today)
        expire(work, account, ctx.today)
        points = item.price * quantity
        made = work.create(
            RewardRedemption,
            employee=employee_id,
            item=item.id,
            quantity=quantity,
            points=points,
            key=key,
            requested_on=ctx.today,
        )
        debit(work, account, PointMovement.SPENT, points, key=f"spend:{made.id}", redemption=made.id)
        _move_stock(item, -quantity)
        work.emit(REDEMPTION_REQUESTED, {"reward_redemption_id": made.id, "employee_id": employee_id})
        return made


def _asked_problems(key: str, quantity: int) -> list[Problem]:
    problems = range_problems({"quantity": quantity}, {"quantity": (1, MOST_AT_ONCE)})
    if not 0 < len(key) <= LONGEST_KEY or "\x00" in key:
        text = N_("The key of a request has {length} characters, 1 to {limit} are allowed. Give each its own key.")
        params = {"length": len(key), "limit": LONGEST_KEY}
        problems.append(Problem("REDEMPTION_KEY", text, ("input", "key"), params))
    return problems


def _same(known: RewardRedemption, item: RewardItem, quantity: int) -> RewardRedemption:
    if (known.item_id, known.quantity) != (item.id, quantity):
        text = N_("The key {key} belongs to another request. Give each request a key of its own.")
        raise refuse("REDEMPTION_KEY_REUSED", text, "input", "key", key=known.key)
    return known


def _refuse_unless_there(item: RewardItem, quantity: int, employee_id: int, today: date) -> None:
    if not item.is_active:
        text = N_("{item} is no longer offered. Choose something else.")
        raise refuse("ITEM_NOT_OFFERED", text, "input", "itemId", item=item.name)
    if item.stock is not None and item.stock < quantity:
        text = N_("Of {item} there are {stock} left. Ask for fewer, or for something else.")
        raise refuse("ITEM_OUT_OF_STOCK", text, "input", "itemId", item=item.name, stock=item.stock)
    if item.limit_per_year is not None:
        year = RewardRedemption.requested_on.between(date(today.year, 1, 1), date(today.year, 12, 31))
        rows = RewardRedemption.select(pw.fn.COALESCE(pw.fn.SUM(RewardRedemption.quantity), 0)).where(
            (RewardRedemption.employee == employee_id)
            & (RewardRedemption.item == item.id)
            & RewardRedemption.state.in_(_COUNTED)
            & year
        )
        if rows.scalar() + quantity > item.limit_per_year:
            text = N_("Of {item} one person gets {limit} a year. Ask again next year, or for something else.")
            raise refuse("ITEM_LIMIT", text, "input", "itemId", item=item.name, limit=item.limit_per_year)


def _move_stock(item: RewardItem, by: int) -> None:
    # Another version, so that an officer who counted before this request does not overwrite it.
    changes = {"stock": RewardItem.stock + by, "version": RewardItem.version + 1}
    RewardItem.update(changes).where(RewardItem.id == item.id).execute()


def approve_redemption(ctx: Context, redemption_id: int, version: int | None, note: str = "") -> RewardRedemption:
    """Agree to a request of somebody else."""
    with unit_of_work(ctx) as work:
        row = _to_decide(ctx, redemption_id, RedemptionState.ASKED_FOR)
        refuse_all(too_long({"note": note}, "note"))
        return _decide(work, row, version, RedemptionState.APPROVED, note=note.strip())


def refuse_redemption(ctx: Context, redemption_id: int, version: int | None, reason: str) -> RewardRedemption:
    """Refuse a request, also one that was agreed to and cannot be had: points and stock are given back."""
    with unit_of_work(ctx) as work:
        row = _to_decide(ctx, redemption_id, RedemptionState.ASKED_FOR, RedemptionState.APPROVED)
        note = reason_given(reason)
        return _undo(work, row, version, RedemptionState.REFUSED, note=note)


def hand_out_redemption(ctx: Context, redemption_id: int, version: int | None) -> RewardRedemption:
    """Note that somebody got what was agreed to."""
    with unit_of_work(ctx) as work:
        row = _to_decide(ctx, redemption_id, RedemptionState.APPROVED)
        changed = work.update(row, version, state=RedemptionState.HANDED_OUT, handed_out_on=ctx.today)
        return _told(work, changed)


def cancel_redemption(ctx: Context, redemption_id: int, version: int | None) -> RewardRedemption:
    """Withdraw one's own request before it is decided on: points and stock are given back."""
    with unit_of_work(ctx) as work:
        row = fetch(RewardRedemption, redemption_id, ctx, "input", "id")
        require(ctx, "rewards.cancel_redemption", row, "input", "id")
        _refuse_unless_at(row, RedemptionState.ASKED_FOR)
        return _undo(work, row, version, RedemptionState.CANCELLED)


def _to_decide(ctx: Context, redemption_id: int, *states: RedemptionState) -> RewardRedemption:
    row = fetch(RewardRedemption, redemption_id, ctx, "input", "id")
    require(ctx, MANAGE, row, "input", "id")
    if row.employee_id == ctx.actor.employee_id:
        text = N_("This is your own request. Let another officer decide on it.")
        raise refuse("OWN_REDEMPTION", text, "input", "id")
    _refuse_unless_at(row, *states)
    return row


def _refuse_unless_at(row: RewardRedemption, *states: RedemptionState) -> None:
    if row.state not in states:
        text = N_("This request stands at {state}, so this step is not possible. Load it again.")
        raise refuse("REDEMPTION_STEP", text, "input", "id", state=row.state.value)


def _decide(
    work: UnitOfWork, row: RewardRedemption, version: int | None, state: RedemptionState, **more: Any
) -> RewardRedemption:
    actor, today = work.ctx.actor, work.ctx.today
    return _told(work, work.update(row, version, state=state, decided_by=actor.name, decided_on=today, **more))


def _undo(
    work: UnitOfWork, row: RewardRedemption, version: int | None, state: RedemptionState, **more: Any
) -> RewardRedemption:
    # In the order in which a request holds them, so that no two ever wait for each other.
    account = hold_account(row.employee_id)
    item = held(RewardItem.select().where(RewardItem.id == row.item_id)).get()
    changed = _decide(work, row, version, state, **more)
    spending = PointTransaction.get(PointTransaction.key == f"spend:{row.id}")
    give_back(work, account, spending, key=f"return:{row.id}")
    _move_stock(item, row.quantity)
    return changed


def _told(work: UnitOfWork, row: RewardRedemption) -> RewardRedemption:
    payload = {"reward_redemption_id": row.id, "employee_id": row.employee_id, "state": row.state}
    work.emit(REDEMPTION_DECIDED, payload)
    return row
