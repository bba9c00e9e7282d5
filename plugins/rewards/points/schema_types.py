"""Points as clients see them."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from core.plugin_api import Context, translate
from plugins.rewards.points import models
from plugins.rewards.points.reading import expiring_soon
from plugins.rewards.points.rules.conditions import in_words
from plugins.rewards.points.terms import CapPeriod, PointAccountKind, PointEvent, PointMovement, RedemptionState
from schema.engine import Connection, Node, batch, column, describe_values, entity, pages, relation
from schema.scalars import JSON

if TYPE_CHECKING:
    from schema.organisation import Employee

_Employee = Annotated["Employee", strawberry.lazy("schema.organisation")]
_Account = Annotated["PointAccount", strawberry.lazy("plugins.rewards.points.schema_types")]
_Transaction = Annotated["PointTransaction", strawberry.lazy("plugins.rewards.points.schema_types")]
_Entry = Annotated["PointEntry", strawberry.lazy("plugins.rewards.points.schema_types")]
_Item = Annotated["RewardItem", strawberry.lazy("plugins.rewards.points.schema_types")]
_Redemption = Annotated["RewardRedemption", strawberry.lazy("plugins.rewards.points.schema_types")]
_Rule = Annotated["PointRule", strawberry.lazy("plugins.rewards.points.schema_types")]

_VERSION = "Version to name in a change."

strawberry.enum(PointEvent, name="PointEvent", description="What points are earned by.")
describe_values(
    PointEvent,
    PROGRESS_RECORDED="Progress was reported.",
    FEEDBACK_GIVEN="Feedback was given; the giver earns.",
    EVALUATION_FINALISED="An evaluation became final.",
    FACT_ACCEPTED="A measured figure was accepted as progress.",
    INNOVATION_ADOPTED="An innovation was adopted; its authors earn.",
    AWARD_GRANTED="An award was granted.",
)
strawberry.enum(CapPeriod, name="PointCapPeriod", description="Span within which a cap counts.")
describe_values(CapPeriod, DAY="A day.", MONTH="A month.", QUARTER="A quarter.", YEAR="A calendar year.")
strawberry.enum(PointAccountKind, name="PointAccountKind", description="Whose points an account holds.")
describe_values(
    PointAccountKind,
    EMPLOYEE="An employee's.",
    SOURCE="What the institution has given for what was done.",
    SPENT="What was spent on the catalogue.",
    EXPIRED="What has expired.",
    ADJUSTED="What was given or taken by hand.",
)
strawberry.enum(PointMovement, name="PointMovement", description="Why points moved.")
describe_values(
    PointMovement,
    EARNED="Earned by an event under a rule.",
    TAKEN_BACK="Taken back, since what earned them was withdrawn.",
    SETTLED="Held back for points that were owed.",
    SPENT="Spent on the catalogue.",
    RETURNED="Given back after a refusal or withdrawal.",
    EXPIRED="Expired.",
    ADJUSTED="Given or taken by an officer, with a reason.",
)
strawberry.enum(
    RedemptionState, name="RedemptionState", description="Where a request stands; the last three are final."
)
describe_values(
    RedemptionState,
    ASKED_FOR="Asked for; points and stock are taken.",
    APPROVED="Agreed to.",
    HANDED_OUT="Handed out.",
    REFUSED="Refused; points and stock are given back.",
    CANCELLED="Withdrawn; points and stock are given back.",
)


def _conditions(ctx: Context, rules: Sequence[Any]) -> list[list[str]]:
    rows = {row.id: row for row in models.PointRule.select().where(models.PointRule.id.in_([one.id for one in rules]))}
    return [
        [
            translate(text, ctx.language).format(value=_value(value))
            for text, value in in_words(row.event, row.conditions)
        ]
        for row in (rows[one.id] for one in rules)
    ]


def _value(value: Any) -> str:
    return ", ".join(translate(str(one)) for one in value) if isinstance(value, list) else str(value)


@entity(models.PointRule, order=("event", "name"))
class PointRule(Node):
    """A rule by which an event earns points; those in force are open to everybody."""

    name: str = column(models.PointRule.name, "Name.")
    event: PointEvent = column(models.PointRule.event, "The event.")
    points: int = column(models.PointRule.points, "Points for each time.")
    cap: int | None = column(models.PointRule.cap, "Most points of an employee in the span; null for no limit.")
    cap_period: CapPeriod = column(models.PointRule.cap_period, "The span of the cap.")
    conditions: JSON = column(models.PointRule.conditions, "Conditions by name.", filterable=False, orderable=False)
    condition_texts: list[str] = batch(_conditions, "The conditions in words.")
    expires_after_months: int | None = column(
        models.PointRule.expires_after_months, "Months after which the points expire; null for never."
    )
    valid_from: date = column(models.PointRule.valid_from, "First day.")
    valid_to: date | None = column(models.PointRule.valid_to, "Last day; null while open.")
    legal_basis: str = column(models.PointRule.legal_basis, "What it rests on (dasar hukum).")
    version: int = column(models.PointRule.version, _VERSION)


@strawberry.type(description="Points that expire on a day.")
class ExpiringPoints:
    """Points that expire on a day."""

    day: date = strawberry.field(description="First day on which they count no more.")
    points: int = strawberry.field(description="How many.")


def _expiring(ctx: Context, accounts: Sequence[Any]) -> list[list[Any]]:
    found = expiring_soon(ctx, [one.id for one in accounts])
    return [list(found[one.id]) for one in accounts]


@entity(models.PointAccount, order=("id",))
class PointAccount(Node):
    """An account of points: an employee's, or one of the institution's four that balance them."""

    kind: PointAccountKind = column(models.PointAccount.kind, "Whose it is.")
    employee: _Employee | None = relation(models.PointAccount.employee, "Whose points they are.")
    balance: int | None = column(
        models.PointAccount.balance, "Points that are there, the sum of the entries; null for the institution's."
    )
    owed: int = column(
        models.PointAccount.owed, "Points taken back after they had been spent; held back from what is earned next."
    )
    expiring_soon: list[ExpiringPoints] = batch(_expiring, "Points that expire within the days of the setting.")
    entries: Connection[_Entry] = pages(models.PointEntry.account, "What came and what left, the latest first.")


@entity(models.PointTransaction, order=("-id",))
class PointTransaction(Node):
    """A movement of points between accounts; its entries sum up to nought, and it never changes."""

    movement: PointMovement = column(models.PointTransaction.movement, "Why points moved.")
    day: date = column(models.PointTransaction.day, "The day for which it counts.")
    at: datetime = column(models.PointTransaction.at, "When it was made.")
    rule: _Rule | None = relation(models.PointTransaction.rule, "The rule by which they were earned.")
    rule_snapshot: JSON | None = column(
        models.PointTransaction.rule_snapshot, "The rule as it was.", filterable=False, orderable=False
    )
    event_id: int | None = column(
        models.PointTransaction.event_id,
        "Number of the event that earned. Shown to the person; of feedback otherwise to who sees names of givers only.",
    )
    subject_type: str = column(models.PointTransaction.subject_type, "Type of the row that earned, empty for none.")
    subject_id: int | None = column(
        models.PointTransaction.subject_id,
        "Number of that row. Shown to the person; of feedback otherwise to who sees names of givers only.",
    )
    redemption: _Redemption | None = relation(models.PointTransaction.redemption, "What they were spent on.")
    reverses: _Transaction | None = relation(models.PointTransaction.reverses, "The earning that is taken back.")
    shortfall: int = column(
        models.PointTransaction.shortfall, "Points that could not be taken back, since they had been spent."
    )
    reason: str = column(models.PointTransaction.reason, "Why, where somebody said so.")
    made_by: str = column(models.PointTransaction.made_by, "Who made it.")
    entries: Connection[_Entry] = pages(models.PointEntry.transaction, "Its sides that the caller may see.")


@entity(models.PointEntry, order=("-id",))
class PointEntry(Node):
    """One side of a movement: points that came to an account, or left it (below 0)."""

    transaction: PointTransaction | None = relation(models.PointEntry.transaction, "The movement.")
    account: _Account | None = relation(models.PointEntry.account, "The account.")
    amount: int = column(models.PointEntry.amount, "Points.")
    expires_on: date | None = column(models.PointEntry.expires_on, "First day without them; null for never.")


@entity(models.PointUse, order=("-id",))
class PointUse(Node):
    """Which points an entry took: so many of those that came with another."""

    taken_by: _Entry | None = relation(models.PointUse.taken_by, "The entry that took them.")
    lot: _Entry | None = relation(models.PointUse.lot, "The entry with which they came.")
    amount: int = column(models.PointUse.amount, "Points.")


@entity(models.RewardItem, order=("name",))
class RewardItem(Node):
    """Something of the catalogue."""

    name: str = column(models.RewardItem.name, "Name.")
    description: str = column(models.RewardItem.description, "What it is.")
    price: int = column(models.RewardItem.price, "Points for one.")
    stock: int | None = column(models.RewardItem.stock, "How many there are; null for as many as are asked for.")
    limit_per_year: int | None = column(
        models.RewardItem.limit_per_year, "Most that one person gets in a calendar year; null for no limit."
    )
    is_active: bool = column(models.RewardItem.is_active, "Whether it is offered.")
    version: int = column(models.RewardItem.version, _VERSION)


@entity(models.RewardRedemption, order=("-id",))
class RewardRedemption(Node):
    """A request for something of the catalogue (penukaran poin)."""

    employee: _Employee | None = relation(models.RewardRedemption.employee, "Who asked.")
    item: _Item | None = relation(models.RewardRedemption.item, "What for; null when it is no longer offered.")
    quantity: int = column(models.RewardRedemption.quantity, "How many.")
    points: int = column(models.RewardRedemption.points, "Points for all of it.")
    state: RedemptionState = column(models.RewardRedemption.state, "Where it stands.")
    requested_on: date = column(models.RewardRedemption.requested_on, "When it was asked for.")
    decided_by: str = column(models.RewardRedemption.decided_by, "Who decided, empty before.")
    decided_on: date | None = column(models.RewardRedemption.decided_on, "When it was decided on.")
    note: str = column(models.RewardRedemption.note, "What the officer said.")
    handed_out_on: date | None = column(models.RewardRedemption.handed_out_on, "When it was handed out.")
    version: int = column(models.RewardRedemption.version, _VERSION)


@entity(models.LeaderboardConsent, order=("id",))
class LeaderboardConsent(Node):
    """An employee's own consent to be named on leaderboards; nobody else sees it."""

    employee: _Employee | None = relation(models.LeaderboardConsent.employee, "Whose consent.")
    is_given: bool = column(models.LeaderboardConsent.is_given, "Whether it is given.")
    changed_on: date = column(models.LeaderboardConsent.changed_on, "Since when.")
    version: int = column(models.LeaderboardConsent.version, "Version of the row.")


TYPES = (
    PointRule,
    PointAccount,
    PointTransaction,
    PointEntry,
    PointUse,
    RewardItem,
    RewardRedemption,
    LeaderboardConsent,
)
"""One for each table."""
