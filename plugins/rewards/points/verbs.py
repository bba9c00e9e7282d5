"""What people do by hand with points: rules, the catalogue, requests, adjustments and the own consent."""

from typing import Any, cast
from uuid import uuid4

from core.organisation.models import Employee
from core.plugin_api import N_, Actor, Context, Does, FieldKind, Target, Values, Verb, VerbField
from core.verbs.calling import REASON, given
from core.verbs.declare import NO_COLUMN
from plugins.rewards.points.models import (
    LeaderboardConsent,
    PointRule,
    PointTransaction,
    RewardItem,
    RewardRedemption,
)
from plugins.rewards.points.policies import CANCEL
from plugins.rewards.points.roles import CONSENT, MANAGE, REDEEM, RULES
from plugins.rewards.points.services import adjusting, catalogue, consent, setting_rules
from plugins.rewards.points.services.catalogue import ItemChanges
from plugins.rewards.points.services.setting_rules import PointRuleChanges
from plugins.rewards.points.terms import CapPeriod, PointEvent, RedemptionState


def _sets_rules(actor: Actor) -> bool:
    return actor.holds(RULES, None)


def _is_employee(actor: Actor) -> bool:
    return actor.employee_id is not None


def _create_rule(ctx: Context, _target: Target, values: Values) -> PointRule:
    return setting_rules.create_point_rule(ctx, **given(values))


def _correct_rule(ctx: Context, target: Target, values: Values) -> PointRule:
    return setting_rules.update_point_rule(ctx, target.id, target.version, cast("PointRuleChanges", dict(values)))


def _create_item(ctx: Context, _target: Target, values: Values) -> RewardItem:
    return catalogue.create_item(ctx, **given(values))


def _correct_item(ctx: Context, target: Target, values: Values) -> RewardItem:
    return catalogue.update_item(ctx, target.id, target.version, cast("ItemChanges", dict(values)))


def _redeem(ctx: Context, target: Target, values: Values) -> RewardRedemption:
    # The same form sent twice names the same version, which each request raises.
    key = f"form:{target.id}:{target.version}" if target.version is not None else uuid4().hex
    return catalogue.redeem(ctx, target.id, key, values.get("quantity") or 1)


def _approve(ctx: Context, target: Target, values: Values) -> RewardRedemption:
    return catalogue.approve_redemption(ctx, target.id, target.version, values.get("note") or "")


def _refuse(ctx: Context, target: Target, values: Values) -> RewardRedemption:
    return catalogue.refuse_redemption(ctx, target.id, target.version, values.get("reason") or "")


def _hand_out(ctx: Context, target: Target, _values: Values) -> RewardRedemption:
    return catalogue.hand_out_redemption(ctx, target.id, target.version)


def _cancel(ctx: Context, target: Target, _values: Values) -> RewardRedemption:
    return catalogue.cancel_redemption(ctx, target.id, target.version)


def _adjust(ctx: Context, _target: Target, values: Values) -> PointTransaction:
    return adjusting.adjust_points(ctx, values["employee_id"], values["amount"], values.get("reason") or "")


def _give_consent(ctx: Context, _target: Target, _values: Values) -> LeaderboardConsent:
    return consent.set_consent(ctx, is_given=True)


def _withdraw_consent(ctx: Context, target: Target, _values: Values) -> LeaderboardConsent:
    return consent.withdraw_consent(ctx, target.id, target.version)


def _at(*states: RedemptionState) -> Any:
    return lambda row: row.state in states


_RULE: tuple[VerbField, ...] = (
    VerbField("name", N_("Name"), is_required=True),
    VerbField("points", N_("Points"), FieldKind.INTEGER, is_required=True),
    VerbField("cap", N_("Most points"), FieldKind.INTEGER, help=N_("Of one person in the span; empty for no limit.")),
    VerbField("cap_period", N_("Span of the limit"), FieldKind.CHOICE, is_required=True, choices=CapPeriod),
    VerbField(
        "conditions",
        N_("Conditions"),
        FieldKind.JSON,
        help=N_("By name, as JSON; which there are for each event stands in the guide."),
    ),
    VerbField("expires_after_months", N_("Months until they expire"), FieldKind.INTEGER),
)
_RULE_END = (
    VerbField("valid_to", N_("Until"), FieldKind.DATE),
    VerbField("legal_basis", N_("Legal basis"), FieldKind.LONG_TEXT),
)
_ITEM = (
    VerbField("name", N_("Name"), is_required=True),
    VerbField("description", N_("Description"), FieldKind.LONG_TEXT),
    VerbField("price", N_("Points for one"), FieldKind.INTEGER, is_required=True),
    VerbField("stock", N_("In stock"), FieldKind.INTEGER, help=N_("Empty: as many as are asked for.")),
    VerbField("limit_per_year", N_("Most for one person a year"), FieldKind.INTEGER),
)

VERBS: list[Verb] = [
    Verb(
        "rewards.create_point_rule",
        N_("New rule"),
        PointRule,
        Does.CREATE,
        _create_rule,
        (
            VerbField("event", N_("Earned by"), FieldKind.CHOICE, is_required=True, choices=PointEvent),
            *_RULE,
            VerbField("valid_from", N_("From"), FieldKind.DATE, is_required=True),
            *_RULE_END,
        ),
        permission=RULES,
        allows=_sets_rules,
    ),
    Verb(
        "rewards.correct_point_rule",
        N_("Correct"),
        PointRule,
        Does.CORRECT,
        _correct_rule,
        (*_RULE, *_RULE_END),
        permission=RULES,
        help=N_("It holds for what happens from now on; what was earned stays."),
    ),
    Verb(
        "rewards.create_item",
        N_("New in the catalogue"),
        RewardItem,
        Does.CREATE,
        _create_item,
        _ITEM,
        permission=RULES,
        allows=_sets_rules,
    ),
    Verb(
        "rewards.correct_item",
        N_("Correct"),
        RewardItem,
        Does.CORRECT,
        _correct_item,
        (*_ITEM, VerbField("is_active", N_("Offered"), FieldKind.BOOLEAN)),
        permission=RULES,
    ),
    Verb(
        "rewards.redeem",
        N_("Spend points on this"),
        RewardItem,
        Does.ACT,
        _redeem,
        (VerbField("quantity", N_("How many"), FieldKind.INTEGER, is_required=True, column=NO_COLUMN),),
        permission=REDEEM,
        suits=lambda row: row.is_active,
        help=N_("Points and stock are taken at once, and given back if the request is refused."),
    ),
    Verb(
        "rewards.approve_redemption",
        N_("Agree"),
        RewardRedemption,
        Does.ACT,
        _approve,
        (VerbField("note", N_("Note"), FieldKind.LONG_TEXT, column=NO_COLUMN),),
        permission=MANAGE,
        suits=_at(RedemptionState.ASKED_FOR),
        may_be_bulk=True,
    ),
    Verb(
        "rewards.refuse_redemption",
        N_("Refuse"),
        RewardRedemption,
        Does.ACT,
        _refuse,
        (REASON,),
        permission=MANAGE,
        suits=_at(RedemptionState.ASKED_FOR, RedemptionState.APPROVED),
        may_be_bulk=True,
    ),
    Verb(
        "rewards.hand_out_redemption",
        N_("Handed out"),
        RewardRedemption,
        Does.ACT,
        _hand_out,
        permission=MANAGE,
        suits=_at(RedemptionState.APPROVED),
        may_be_bulk=True,
    ),
    Verb(
        "rewards.cancel_redemption",
        N_("Withdraw"),
        RewardRedemption,
        Does.ACT,
        _cancel,
        permission=CANCEL,
        suits=_at(RedemptionState.ASKED_FOR),
    ),
    Verb(
        "rewards.adjust_points",
        N_("Give or take points"),
        PointTransaction,
        Does.CREATE,
        _adjust,
        (
            VerbField("employee_id", N_("Employee"), FieldKind.REFERENCE, is_required=True, refers_to=Employee),
            VerbField("amount", N_("Points"), FieldKind.INTEGER, is_required=True, help=N_("Below 0 to take some.")),
            REASON,
        ),
        permission=MANAGE,
    ),
    Verb(
        "rewards.give_consent",
        N_("I agree to be named on leaderboards"),
        LeaderboardConsent,
        Does.CREATE,
        _give_consent,
        permission=CONSENT,
        allows=_is_employee,
    ),
    Verb(
        "rewards.withdraw_consent",
        N_("I no longer agree"),
        LeaderboardConsent,
        Does.ACT,
        _withdraw_consent,
        permission=CONSENT,
        suits=lambda row: row.is_given,
    ),
]
"""Every step of points."""
