"""People with points, rules and a catalogue, on both databases."""

from types import SimpleNamespace

import peewee as pw
import pytest

from core.identity.models import Account
from core.plugin_api import Event
from plugins.rewards.points.models import PointAccount, PointEntry, PointTransaction, PointUse, RewardItem
from plugins.rewards.points.services.adjusting import adjust_points
from plugins.rewards.points.terms import PointAccountKind, PointMovement
from tests.support.calls import NOON, call_as, system_context
from tests.support.grants import give_role


@pytest.fixture
def people(db, city):
    """The small city: its officer and clerk have accounts, its chief keeps points and catalogue."""
    for employee in (city.officer, city.clerk, city.other):
        Account.create(username=f"account{employee.id}", employee=employee)
    give_role(city.chief, "rewards.officer")
    mug = RewardItem.create(name="Cangkir", price=30, stock=2)
    return SimpleNamespace(city=city, mug=mug, as_=lambda who, at=NOON: call_as(db, who.id, at), settings=db)


@pytest.fixture
def give(people):
    """Give somebody points, by the system."""

    def gift(employee, amount, at=NOON):
        return adjust_points(system_context(people.settings, at), employee.id, amount, "Saldo awal")

    return gift


def balance(employee):
    """The balance of an employee as the account repeats it."""
    return PointAccount.get(PointAccount.employee == employee.id).balance


def happened(name, payload, at=NOON, number=1):
    """An event as a handler gets it."""
    return Event(number, name, payload, at)


def check_books():
    """Assert what holds whatever has happened: balanced, never below nought, sums, uses, debts."""
    totals = PointEntry.select(PointEntry.transaction, pw.fn.SUM(PointEntry.amount)).group_by(PointEntry.transaction)
    assert [total for _, total in totals.tuples() if total] == []
    owed = shortfalls = 0
    for account in PointAccount.select():
        entries = list(PointEntry.select().where(PointEntry.account == account.id).order_by(PointEntry.id))
        if account.kind is not PointAccountKind.EMPLOYEE:
            assert account.balance is None
            continue
        running = 0
        for entry in entries:
            running += entry.amount
            assert running >= 0
        assert account.balance == running
        left = 0
        for entry in entries:
            column = PointUse.lot if entry.amount > 0 else PointUse.taken_by
            used = sum(row.amount for row in PointUse.select().where(column == entry.id))
            assert used <= entry.amount if entry.amount > 0 else used == -entry.amount
            left += max(0, entry.amount - used) if entry.amount > 0 else 0
        assert left == account.balance
        owed += account.owed
    shortfalls = sum(row.shortfall for row in PointTransaction.select())
    settled = (
        PointEntry.select(pw.fn.COALESCE(pw.fn.SUM(PointEntry.amount), 0))
        .join(PointTransaction)
        .where((PointTransaction.movement == PointMovement.SETTLED) & (PointEntry.amount > 0))
        .scalar()
    )
    assert owed == shortfalls - settled
