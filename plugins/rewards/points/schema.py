"""GraphQL of points: what is read, a mutation for each step, and one's own balance as it changes."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import strawberry

from core.plugin_api import Context, as_condition, visible
from plugins.rewards.points import models
from plugins.rewards.points.events import POINTS_CHANGED
from plugins.rewards.points.reading import leaderboard, points_of_units
from plugins.rewards.points.schema_types import (
    TYPES,
    LeaderboardConsent,
    PointAccount,
    PointEntry,
    PointRule,
    PointTransaction,
    PointUse,
    RewardItem,
    RewardRedemption,
)
from plugins.rewards.points.services import adjusting, catalogue, consent, setting_rules
from plugins.rewards.points.terms import CapPeriod, PointEvent
from schema.engine import (
    Connection,
    SchemaParts,
    TypeExtension,
    batch,
    decode_id,
    mutation,
    pages,
    payload,
    relation,
    root_pages,
    root_value,
    stream,
)
from schema.scalars import JSON

_UNSET: Any = strawberry.UNSET
_MONTH = {
    "year": (int, "The year."),
    "month": (int | None, "The month from 1 to 12; without one the whole year.", None),
}


def _field(text: str, **more: Any) -> Any:
    return strawberry.field(description=text, **more)


@strawberry.type(description="Somebody on a leaderboard, who agreed to be named on it.")
class LeaderboardPlace:
    """Somebody on a leaderboard."""

    rank: int = _field("Rank among those who consented; equals share it.")
    name: str = _field("Name.")
    points: int = _field("Points earned in the span.")


@strawberry.type(description="Who earned how much in a month or year, of those who consented; of the others nothing.")
class PointLeaderboard:
    """Who earned how much."""

    first: date = _field("First day.")
    last: date = _field("Last day.")
    fewest: int = _field("So many must have consented before anybody is named.")
    is_withheld: bool = _field("Whether too few have.")
    places: list[LeaderboardPlace] = _field("Everybody who consented, by rank.")


@strawberry.type(description="What the people of a unit and of all below it earned in a month or year.")
class UnitPoints:
    """What a unit earned."""

    first: date = _field("First day.")
    last: date = _field("Last day.")
    points: int | None = _field(
        "The sum; null while the span is not over, and where somebody's own points would follow from it."
    )


def _board(ctx: Context, unit_id: str, year: int, month: int | None = None) -> Any:
    found = leaderboard(ctx, decode_id("WorkUnit", unit_id, "unitId"), year, month)
    return PointLeaderboard(
        first=found.span.first,
        last=found.span.last,
        fewest=found.fewest,
        is_withheld=found.is_withheld,
        places=[LeaderboardPlace(rank=one.rank, name=one.name, points=one.points) for one in found.places],
    )


def _of_units(ctx: Context, units: Sequence[Any], year: int, month: int | None = None) -> list[Any]:
    found = points_of_units(ctx, [unit.id for unit in units], year, month)
    return [
        UnitPoints(first=one.span.first, last=one.span.last, points=one.points)
        for one in (found[unit.id] for unit in units)
    ]


class Query:
    """Points at the root."""

    point_rules: Connection[PointRule] = root_pages("Rules by which points are earned.")
    point_accounts: Connection[PointAccount] = root_pages("Accounts of points that the caller may see.")
    point_transactions: Connection[PointTransaction] = root_pages("Movements of points that the caller may see.")
    point_entries: Connection[PointEntry] = root_pages("Entries of points that the caller may see.")
    point_uses: Connection[PointUse] = root_pages("Which points were taken by what.")
    reward_items: Connection[RewardItem] = root_pages("The catalogue of what points are spent on.")
    reward_redemptions: Connection[RewardRedemption] = root_pages("Requests for things of the catalogue.")
    leaderboard_consents: Connection[LeaderboardConsent] = root_pages("The caller's own consent to leaderboards.")
    point_leaderboard: PointLeaderboard = root_value(
        _board,
        "Who of a unit and all below it earned the most points, of those who consented.",
        args={"unit_id": (strawberry.ID, "The unit."), **_MONTH},
    )


def _account_of(t: Any) -> Any:
    account = models.PointAccount.alias()
    return account.select(account.id).where(account.employee == t.id)


def _consent_of(t: Any) -> Any:
    row = models.LeaderboardConsent.alias()
    return row.select(row.id).where(row.employee == t.id)


class EmployeePoints:
    """What points add to an employee."""

    points: PointAccount | None = relation(
        _account_of,
        "The employee's points; null before the first ones.",
        filterable=False,
        orderable=False,
    )
    redemptions: Connection[RewardRedemption] = pages(
        models.RewardRedemption.employee, "What the employee asked for of the catalogue."
    )
    leaderboard_consent: LeaderboardConsent | None = relation(
        _consent_of,
        "The employee's own consent to be named on leaderboards; null for none.",
        filterable=False,
        orderable=False,
    )


class WorkUnitPoints:
    """What points add to a unit."""

    points_earned: UnitPoints = batch(
        _of_units, "What the people of the unit and of all below it earned in a month or year.", args=_MONTH
    )


@strawberry.input(description="A new rule of points.")
class CreatePointRuleInput:
    """A new rule of points."""

    name: str = _field("Name.")
    event: PointEvent = _field("The event that earns.")
    points: int = _field("Points for each time.")
    valid_from: date = _field("First day.")
    valid_to: date | None = _field("Last day; open when left out.", default=_UNSET)
    cap: int | None = _field("Most points of an employee in the span; no limit when left out.", default=_UNSET)
    cap_period: CapPeriod | None = _field("The span of the cap; a month when left out.", default=_UNSET)
    conditions: JSON | None = _field("Conditions by name; none when left out.", default=_UNSET)
    expires_after_months: int | None = _field("Months after which the points expire.", default=_UNSET)
    legal_basis: str | None = _field("What it rests on.", default=_UNSET)


@strawberry.input(description="Changes of a rule of points; what is left out stays.")
class UpdatePointRuleInput:
    """Changes of a rule of points."""

    id: strawberry.ID = _field("The rule.")
    version: int = _field("Version that you saw.")
    name: str | None = _field("Name.", default=_UNSET)
    points: int | None = _field("Points for each time.", default=_UNSET)
    valid_to: date | None = _field("Last day; null for open.", default=_UNSET)
    cap: int | None = _field("Most points of an employee in the span; null for no limit.", default=_UNSET)
    cap_period: CapPeriod | None = _field("The span of the cap.", default=_UNSET)
    conditions: JSON | None = _field("Conditions by name.", default=_UNSET)
    expires_after_months: int | None = _field("Months after which the points expire; null for never.", default=_UNSET)
    legal_basis: str | None = _field("What it rests on.", default=_UNSET)


@strawberry.input(description="Something new of the catalogue.")
class CreateRewardItemInput:
    """Something new of the catalogue."""

    name: str = _field("Name.")
    price: int = _field("Points for one.")
    description: str | None = _field("What it is.", default=_UNSET)
    stock: int | None = _field("How many there are; as many as asked for when left out.", default=_UNSET)
    limit_per_year: int | None = _field("Most that one person gets in a calendar year.", default=_UNSET)


@strawberry.input(description="Changes of something of the catalogue; what is left out stays.")
class UpdateRewardItemInput:
    """Changes of something of the catalogue."""

    id: strawberry.ID = _field("What of the catalogue.")
    version: int = _field("Version that you saw.")
    name: str | None = _field("Name.", default=_UNSET)
    price: int | None = _field("Points for one; requests keep the price that they had.", default=_UNSET)
    description: str | None = _field("What it is.", default=_UNSET)
    stock: int | None = _field("How many there are; null for as many as asked for.", default=_UNSET)
    limit_per_year: int | None = _field("Most that one person gets in a calendar year; null: any.", default=_UNSET)
    is_active: bool | None = _field("Whether it is offered.", default=_UNSET)


@strawberry.input(description="A request for something of the catalogue, for oneself.")
class RedeemPointsInput:
    """A request for something of the catalogue."""

    item_id: strawberry.ID = _field("What of the catalogue.")
    key: str = _field("A text of your own for this request: sent twice, it counts once.")
    quantity: int = _field("How many.", default=1)


@strawberry.input(description="A request that is handed out.")
class HandOutRedemptionInput:
    """A step of a request."""

    id: strawberry.ID = _field("The request.")
    version: int = _field("Version that you saw.")


@strawberry.input(description="A request that is withdrawn.")
class CancelRedemptionInput(HandOutRedemptionInput):
    """A request that is withdrawn."""


@strawberry.input(description="Agreeing to a request.")
class ApproveRedemptionInput:
    """Agreeing to a request."""

    id: strawberry.ID = _field("The request.")
    version: int = _field("Version that you saw.")
    note: str = _field("What the person is told.", default="")


@strawberry.input(description="Refusing a request.")
class RefuseRedemptionInput:
    """Refusing a request."""

    id: strawberry.ID = _field("The request.")
    version: int = _field("Version that you saw.")
    reason: str = _field("Why; the person is told.")


@strawberry.input(description="Points given or taken by hand.")
class AdjustPointsInput:
    """Points given or taken by hand."""

    employee_id: strawberry.ID = _field("Whose points.")
    amount: int = _field("Points; below 0 to take some.")
    reason: str = _field("Why.")
    key: str = _field("A text of your own for this change: sent twice, it counts once.", default="")


@strawberry.input(description="One's own consent to be named on leaderboards.")
class SetLeaderboardConsentInput:
    """One's own consent."""

    is_given: bool = _field("Whether you agree.")


def _given(input: Any, *without: str) -> dict[str, Any]:
    values = {name: getattr(input, name) for name in type(input).__annotations__ if name not in without}
    return {name: value for name, value in values.items() if value is not _UNSET}


def _create_rule(ctx: Context, input: CreatePointRuleInput) -> dict[str, Any]:
    values = {name: value for name, value in _given(input).items() if value is not None}
    return {"rule": setting_rules.create_point_rule(ctx, **values)}


def _update_rule(ctx: Context, input: UpdatePointRuleInput) -> dict[str, Any]:
    key = decode_id("PointRule", input.id, "input", "id")
    changes: Any = _given(input, "id", "version")
    return {"rule": setting_rules.update_point_rule(ctx, key, input.version, changes)}


def _create_item(ctx: Context, input: CreateRewardItemInput) -> dict[str, Any]:
    values = {name: value for name, value in _given(input).items() if value is not None}
    return {"item": catalogue.create_item(ctx, **values)}


def _update_item(ctx: Context, input: UpdateRewardItemInput) -> dict[str, Any]:
    key = decode_id("RewardItem", input.id, "input", "id")
    changes: Any = _given(input, "id", "version")
    return {"item": catalogue.update_item(ctx, key, input.version, changes)}


def _redeem(ctx: Context, input: RedeemPointsInput) -> dict[str, Any]:
    key = decode_id("RewardItem", input.item_id, "input", "itemId")
    return {"redemption": catalogue.redeem(ctx, key, input.key, input.quantity)}


def _step(service: Callable[..., models.RewardRedemption], *more: str) -> Callable[[Context, Any], Mapping[str, Any]]:
    def perform(ctx: Context, input: Any) -> dict[str, Any]:
        key = decode_id("RewardRedemption", input.id, "input", "id")
        return {"redemption": service(ctx, key, input.version, *(getattr(input, name) for name in more))}

    return perform


def _adjust(ctx: Context, input: AdjustPointsInput) -> dict[str, Any]:
    key = decode_id("Employee", input.employee_id, "input", "employeeId")
    return {"transaction": adjusting.adjust_points(ctx, key, input.amount, input.reason, input.key)}


def _consent(ctx: Context, input: SetLeaderboardConsentInput) -> dict[str, Any]:
    return {"consent": consent.set_consent(ctx, is_given=input.is_given)}


_RULE = (PointRule, "The rule.")
_ITEM = (RewardItem, "What of the catalogue.")
_REQUEST = (RewardRedemption, "The request.")


class Mutation:
    """Every step of points."""

    create_point_rule = mutation(
        _create_rule,
        input=CreatePointRuleInput,
        payload=payload("CreatePointRulePayload", rule=_RULE),
        description="Let an event earn points from a day on.",
    )
    update_point_rule = mutation(
        _update_rule,
        input=UpdatePointRuleInput,
        payload=payload("UpdatePointRulePayload", rule=_RULE),
        description="Change a rule of points for what happens from now on, or end it.",
    )
    create_reward_item = mutation(
        _create_item,
        input=CreateRewardItemInput,
        payload=payload("CreateRewardItemPayload", item=_ITEM),
        description="Put something into the catalogue.",
    )
    update_reward_item = mutation(
        _update_item,
        input=UpdateRewardItemInput,
        payload=payload("UpdateRewardItemPayload", item=_ITEM),
        description="Change something of the catalogue, or offer it no longer.",
    )
    redeem_points = mutation(
        _redeem,
        input=RedeemPointsInput,
        payload=payload("RedeemPointsPayload", redemption=_REQUEST),
        description="Ask for something of the catalogue; points and stock are taken at once (penukaran poin).",
    )
    approve_redemption = mutation(
        _step(catalogue.approve_redemption, "note"),
        input=ApproveRedemptionInput,
        payload=payload("ApproveRedemptionPayload", redemption=_REQUEST),
        description="Agree to a request of somebody else.",
    )
    refuse_redemption = mutation(
        _step(catalogue.refuse_redemption, "reason"),
        input=RefuseRedemptionInput,
        payload=payload("RefuseRedemptionPayload", redemption=_REQUEST),
        description="Refuse a request of somebody else; points and stock are given back.",
    )
    hand_out_redemption = mutation(
        _step(catalogue.hand_out_redemption),
        input=HandOutRedemptionInput,
        payload=payload("HandOutRedemptionPayload", redemption=_REQUEST),
        description="Note that somebody got what was agreed to.",
    )
    cancel_redemption = mutation(
        _step(catalogue.cancel_redemption),
        input=CancelRedemptionInput,
        payload=payload("CancelRedemptionPayload", redemption=_REQUEST),
        description="Withdraw one's own request before it is decided on; points and stock are given back.",
    )
    adjust_points = mutation(
        _adjust,
        input=AdjustPointsInput,
        payload=payload("AdjustPointsPayload", transaction=(PointTransaction, "The movement.")),
        description="Give somebody points by hand, or take some, with a reason.",
    )
    set_leaderboard_consent = mutation(
        _consent,
        input=SetLeaderboardConsentInput,
        payload=payload("SetLeaderboardConsentPayload", consent=(LeaderboardConsent, "The consent.")),
        description="Agree to be named on leaderboards, or agree no longer; for oneself alone.",
    )


def _changed(_ctx: Context, payload: Mapping[str, Any]) -> int:
    return int(payload["point_account_id"])


def _is_own(ctx: Context, payload: Mapping[str, Any]) -> bool:
    if ctx.actor.employee_id is None:
        return False
    account = models.PointAccount
    rows = account.select().where(
        (account.id == payload["point_account_id"])
        & (account.employee == ctx.actor.employee_id)
        & as_condition(visible(ctx.actor, account))
    )
    return bool(rows.exists())


class Subscription:
    """What is told as it happens."""

    own_points_changed: PointAccount | None = stream(
        _changed, "One's own points, after each change.", events=(POINTS_CHANGED,), concerns=_is_own, latest_only=True
    )


PARTS = SchemaParts(
    query=Query,
    mutation=Mutation,
    subscription=Subscription,
    types=list(TYPES),
    extensions=[TypeExtension("Employee", EmployeePoints), TypeExtension("WorkUnit", WorkUnitPoints)],
)
