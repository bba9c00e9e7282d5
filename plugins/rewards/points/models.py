"""Tables of points: rules, the ledger with its accounts, the catalogue, what was redeemed, and consent.

Of the ledger (accounts, transactions, entries, uses) nothing is ever changed but the balance that an account repeats:
a mistake is put right by another transaction. The entries of a transaction sum up to nought.
"""

import peewee as pw
from playhouse.fields import EnumField

from core.organisation.models import Employee
from core.plugin_api import Record, Table, UtcDateTimeField
from plugins.rewards.points.terms import CapPeriod, PointAccountKind, PointEvent, PointMovement, RedemptionState


class PointRule(Record):
    """What an event earns from a day to a day: points, the most in a period, conditions, and how long they stay.

    `cap` None: as often as it happens. `conditions` holds a value for each condition of the event that is set.
    `expires_after_months` None: the points never expire.
    """

    name = pw.CharField()
    event = EnumField(PointEvent, max_length=24)
    points = pw.IntegerField()
    cap = pw.IntegerField(null=True)
    cap_period = EnumField(CapPeriod, max_length=8, default=CapPeriod.MONTH)
    conditions = pw.JSONField(default=dict)
    expires_after_months = pw.IntegerField(null=True)
    valid_from = pw.DateField()
    valid_to = pw.DateField(null=True)
    legal_basis = pw.TextField(default="")

    class Meta:
        table_name = "rewards_point_rule"
        indexes = ((("event", "valid_from"), False),)


class PointAccount(Table):
    """An account of the ledger: an employee's with its balance, or one of the institution's.

    `code` is `employee:` with the employee's id, or the kind, so that nobody has two.
    `balance` repeats the sum of the entries and is never below nought; the institution's accounts, which everybody's
    points touch, keep none. `owed` are points taken back when they had been spent: they are held back from later ones.
    `employee` is emptied when the employee's own row goes, so that the books stay balanced.
    """

    employee_id: int | None

    code = pw.CharField(max_length=32, unique=True)
    kind = EnumField(PointAccountKind, max_length=12)
    employee = pw.ForeignKeyField(Employee, null=True, unique=True, backref="+", on_delete="SET NULL")
    balance = pw.IntegerField(null=True, constraints=[pw.Check("balance >= 0")])
    owed = pw.IntegerField(default=0, constraints=[pw.Check("owed >= 0")])

    class Meta:
        table_name = "rewards_point_account"


class RewardItem(Record):
    """Something of the catalogue: its price in points, how many there are (None: as many as asked for).

    `limit_per_year` is the most that one employee gets in a calendar year (None: no limit).
    """

    name = pw.CharField()
    description = pw.TextField(default="")
    price = pw.IntegerField()
    stock = pw.IntegerField(null=True, constraints=[pw.Check("stock >= 0")])
    limit_per_year = pw.IntegerField(null=True)
    is_active = pw.BooleanField(default=True)

    class Meta:
        table_name = "rewards_item"


class RewardRedemption(Record):
    """A request for something of the catalogue, with the price as it was; `key` makes one of two that are the same."""

    employee_id: int
    item_id: int

    employee = pw.ForeignKeyField(Employee, backref="+", on_delete="CASCADE")
    item = pw.ForeignKeyField(RewardItem, backref="+", on_delete="CASCADE")
    quantity = pw.IntegerField(default=1)
    points = pw.IntegerField()
    state = EnumField(RedemptionState, max_length=12, default=RedemptionState.ASKED_FOR)
    key = pw.CharField(max_length=64)
    requested_on = pw.DateField()
    decided_by = pw.CharField(default="")
    decided_on = pw.DateField(null=True)
    note = pw.TextField(default="")
    handed_out_on = pw.DateField(null=True)

    class Meta:
        table_name = "rewards_redemption"
        indexes = ((("employee", "key"), True), (("state", "requested_on"), False))


class PointTransaction(Table):
    """One movement of points: why, when, by whom, by which rule as it then was.

    `key` is what makes it happen once. `event_id` is that of the event it was earned by, `subject_type` and
    `subject_id` the row that the event told of. `reverses` is the earning that is taken back, `shortfall` what could
    not be taken back since it had been spent.
    """

    rule_id: int | None
    redemption_id: int | None
    reverses_id: int | None

    movement = EnumField(PointMovement, max_length=12)
    key = pw.CharField(max_length=128, unique=True)
    day = pw.DateField()
    at = UtcDateTimeField()
    rule = pw.ForeignKeyField(PointRule, null=True, backref="+", on_delete="SET NULL")
    rule_snapshot = pw.JSONField(null=True)
    event_id = pw.IntegerField(null=True)
    subject_type = pw.CharField(max_length=64, default="")
    subject_id = pw.IntegerField(null=True)
    redemption = pw.ForeignKeyField(RewardRedemption, null=True, backref="+", on_delete="SET NULL")
    reverses = pw.ForeignKeyField("self", null=True, unique=True, backref="+", on_delete="CASCADE")
    shortfall = pw.IntegerField(default=0)
    reason = pw.TextField(default="")
    made_by = pw.CharField(default="")

    class Meta:
        table_name = "rewards_point_transaction"
        indexes = ((("subject_type", "subject_id"), False), (("rule", "day"), False))


class PointEntry(Table):
    """One side of a transaction: points that came to an account (above nought) or left it.

    Points that came to an employee may expire: `expires_on` is the first day on which they count no more.
    """

    transaction_id: int
    account_id: int

    transaction = pw.ForeignKeyField(PointTransaction, backref="+", on_delete="CASCADE")
    account = pw.ForeignKeyField(PointAccount, backref="+", on_delete="CASCADE")
    amount = pw.IntegerField(constraints=[pw.Check("amount <> 0")])
    expires_on = pw.DateField(null=True)

    class Meta:
        table_name = "rewards_point_entry"
        indexes = ((("account", "expires_on"), False),)


class PointUse(Table):
    """Which points an entry that took some away took: so many of those that came with the entry `lot`."""

    taken_by_id: int
    lot_id: int

    taken_by = pw.ForeignKeyField(PointEntry, backref="+", on_delete="CASCADE")
    lot = pw.ForeignKeyField(PointEntry, backref="+", on_delete="CASCADE")
    amount = pw.IntegerField(constraints=[pw.Check("amount > 0")])

    class Meta:
        table_name = "rewards_point_use"
        indexes = ((("taken_by", "lot"), True),)


class LeaderboardConsent(Record):
    """Whether an employee agrees to be named on leaderboards; without a row: no."""

    employee_id: int

    employee = pw.ForeignKeyField(Employee, unique=True, backref="+", on_delete="CASCADE")
    is_given = pw.BooleanField()
    changed_on = pw.DateField()

    class Meta:
        table_name = "rewards_leaderboard_consent"


TABLES = (
    PointRule,
    PointAccount,
    RewardItem,
    RewardRedemption,
    PointTransaction,
    PointEntry,
    PointUse,
    LeaderboardConsent,
)
"""All of them, each after those it points to."""
