"""Points in the world of the walk: those of people in the registry and the archive, and what the institution keeps."""

from datetime import date, timedelta
from typing import Any

from plugins.rewards.points.models import (
    LeaderboardConsent,
    PointAccount,
    PointEntry,
    PointRule,
    PointTransaction,
    PointUse,
    RewardItem,
    RewardRedemption,
)
from plugins.rewards.points.terms import PointAccountKind, PointEvent, PointMovement
from tests.support.calls import NOON

TODAY = NOON.date()
_OWNERS = ("officer", "clerk", "other", "chief", "secretary")


def add_points(rows: dict[str, Any]) -> None:
    """Add rows of every table of points."""
    issued = PointAccount.create(code="SOURCE", kind=PointAccountKind.SOURCE)
    spent = PointAccount.create(code="SPENT", kind=PointAccountKind.SPENT)
    # Somebody who is gone.
    PointAccount.create(code="employee:999999", kind=PointAccountKind.EMPLOYEE, balance=0)
    for label, first, last in (
        ("now", date(2026, 1, 1), None),
        ("over", date(2025, 1, 1), TODAY - timedelta(days=1)),
        ("later", TODAY + timedelta(days=1), None),
    ):
        rows[f"point_rule.{label}"] = PointRule.create(
            name=label, event=PointEvent.FEEDBACK_GIVEN, points=10, valid_from=first, valid_to=last
        )
    for label, is_active in (("mug", True), ("old", False)):
        rows[f"item.{label}"] = RewardItem.create(name=label, price=20, stock=9, is_active=is_active)
    for name in _OWNERS:
        employee = rows[f"employee.{name}"]
        account = rows[f"points.{name}"] = PointAccount.create(
            code=f"employee:{employee.id}", kind=PointAccountKind.EMPLOYEE, employee=employee, balance=80
        )
        earned = PointTransaction.create(
            movement=PointMovement.EARNED, key=f"earn:{name}", day=TODAY, at=NOON, rule=rows["point_rule.now"],
            rule_snapshot={}, event_id=1, subject_type="Feedback" if name != "clerk" else "ProgressRecord",
            subject_id=1,
        )  # fmt: skip
        lot = PointEntry.create(transaction=earned, account=account, amount=100)
        PointEntry.create(transaction=earned, account=issued, amount=-100)
        asked = rows[f"redemption.{name}"] = RewardRedemption.create(
            employee=employee, item=rows["item.mug"], points=20, key=name, requested_on=TODAY
        )
        spending = PointTransaction.create(
            movement=PointMovement.SPENT, key=f"spend:{asked.id}", day=TODAY, at=NOON, redemption=asked
        )
        taken = PointEntry.create(transaction=spending, account=account, amount=-20)
        PointEntry.create(transaction=spending, account=spent, amount=20)
        PointUse.create(taken_by=taken, lot=lot, amount=20)
        rows[f"consent.{name}"] = LeaderboardConsent.create(employee=employee, is_given=True, changed_on=TODAY)


def _reads(f: Any, who: Any, employee: int | None) -> bool:
    if f.is_me(who, employee) or f.role(who, "rewards.read_points", None):
        return True
    return any(f.role(who, "rewards.read_points", unit) for unit, one in f.members if one == employee)


def _account(f: Any, who: Any, row: Any) -> bool:
    return _reads(f, who, row.employee_id)


def _entry(f: Any, who: Any, row: Any) -> bool:
    return _account(f, who, f.rows(PointAccount)[row.account_id])


def _transaction(f: Any, who: Any, row: Any) -> bool:
    return any(_entry(f, who, entry) for entry in f.rows(PointEntry).values() if entry.transaction_id == row.id)


def _use(f: Any, who: Any, row: Any) -> bool:
    return _entry(f, who, f.rows(PointEntry)[row.lot_id])


def _keeps(f: Any, who: Any) -> bool:
    return bool(f.anywhere(who, "rewards.read_points") or f.anywhere(who, "rewards.manage_point_rules"))


def _rule(f: Any, who: Any, row: Any) -> bool:
    holds = row.valid_from <= TODAY and (row.valid_to is None or row.valid_to >= TODAY)
    return bool(who.is_known) and (holds or _keeps(f, who))


def _item(f: Any, who: Any, row: Any) -> bool:
    return bool(who.is_known) and (row.is_active or _keeps(f, who))


def _redemption(f: Any, who: Any, row: Any) -> bool:
    return _reads(f, who, row.employee_id)


def _consent(f: Any, who: Any, row: Any) -> bool:
    return bool(f.is_me(who, row.employee_id))


def _names_row(f: Any, who: Any, row: Any) -> bool:
    if row.subject_type != "Feedback" or f.role(who, "feedback.names", None):
        return True
    accounts = f.rows(PointAccount)
    return any(
        f.is_me(who, accounts[entry.account_id].employee_id)
        for entry in f.rows(PointEntry).values()
        if entry.transaction_id == row.id
    )


SEES_OF_POINTS: dict[Any, Any] = {
    PointRule: _rule,
    PointAccount: _account,
    RewardItem: _item,
    RewardRedemption: _redemption,
    PointTransaction: _transaction,
    PointEntry: _entry,
    PointUse: _use,
    LeaderboardConsent: _consent,
}
"""Everybody sees the own points and the rules and things of today; others' points only by a role."""

READS_OF_POINTS: dict[Any, Any] = {(PointTransaction, name): _names_row for name in ("subject_id", "event_id")}
"""Which feedback earned points is for its giver, and for who sees names of givers."""
