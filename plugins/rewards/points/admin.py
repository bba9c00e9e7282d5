"""Back office of points."""

from admin.columns import STAMPS, VALIDITY
from admin.related import Related
from admin.views import ScopedView, Shown
from core.organisation.models import Employee
from core.plugin_api import N_, AdminView, translate
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

_GROUP = N_("Points")


class PointAccountView(ScopedView):
    """Balances: one's own, those of others for who may see them, and the institution's."""

    group = _GROUP
    stands = ("employee", "kind")
    columns = (
        Shown("employee", N_("Employee"), label=Employee.name, is_searched=True),
        Shown("balance", N_("Points that are there")),
        Shown("owed", N_("Points owed")),
        Shown("kind", N_("Kind of account"), is_listed=False),
        Shown("code", N_("Code of the account"), is_listed=False),
    )
    related = (Related(N_("What came and what left"), PointEntry, "account", "rewards_point_entry"),)


class PointEntryView(ScopedView):
    """What came to accounts and what left them."""

    group = _GROUP
    is_counted = False
    stands = ("transaction", "amount")
    order = ("id", True)
    columns = (
        Shown("transaction", N_("Movement"), label=PointTransaction.movement, write=lambda kind: translate(str(kind))),
        Shown("account", N_("Account of points"), label=PointAccount.code),
        Shown("amount", N_("Points")),
        Shown("expires_on", N_("Counts no more from")),
    )
    related = (Related(N_("Taken by"), PointUse, "lot", "rewards_point_use"),)


class PointTransactionView(ScopedView):
    """Movements of points; nothing is ever changed here, a mistake is put right by another movement."""

    group = _GROUP
    is_counted = False
    stands = ("movement", "day")
    order = ("id", True)
    columns = (
        Shown("movement", N_("Movement")),
        Shown("day", N_("Day")),
        Shown("at", N_("At"), is_listed=False),
        Shown("rule", N_("Rule"), label=PointRule.name),
        Shown("reason", N_("Reason")),
        Shown("made_by", N_("Made by")),
        Shown("shortfall", N_("Could not be taken back"), is_listed=False),
        Shown("subject_type", N_("Earned with"), is_listed=False),
        Shown("subject_id", N_("Number of the record"), is_listed=False),
        Shown("event_id", N_("Number of the event"), is_listed=False),
        Shown("rule_snapshot", N_("The rule as it was"), is_listed=False),
        Shown("key", N_("Key"), is_listed=False),
        Shown("redemption", N_("Spent on"), is_listed=False),
        Shown("reverses", N_("Takes back"), is_listed=False),
    )
    related = (Related(N_("Sides of the movement"), PointEntry, "transaction", "rewards_point_entry"),)


class PointUseView(ScopedView):
    """Which points an entry took."""

    group = _GROUP
    is_listed_in_menu = False
    is_counted = False
    stands = ("amount",)
    order = ("id", True)
    columns = (
        Shown("lot", N_("Points that came")),
        Shown("taken_by", N_("Taken by")),
        Shown("amount", N_("Points")),
    )


class PointRuleView(ScopedView):
    """Rules by which points are earned."""

    group = _GROUP
    order = ("name", False)
    columns = (
        Shown("name", N_("Name"), is_searched=True),
        Shown("event", N_("Earned by")),
        Shown("points", N_("Points")),
        Shown("cap", N_("Most points")),
        Shown("cap_period", N_("Span of the limit")),
        Shown("expires_after_months", N_("Months until they expire"), is_listed=False),
        Shown("conditions", N_("Conditions"), is_listed=False),
        Shown("legal_basis", N_("Legal basis"), is_listed=False),
        *VALIDITY,
        *STAMPS,
    )


class RewardItemView(ScopedView):
    """What points are spent on."""

    group = _GROUP
    order = ("name", False)
    columns = (
        Shown("name", N_("Name"), is_searched=True),
        Shown("description", N_("Description")),
        Shown("price", N_("Points for one")),
        Shown("stock", N_("In stock")),
        Shown("limit_per_year", N_("Most for one person a year"), is_listed=False),
        Shown("is_active", N_("Offered"), is_listed=False),
        *STAMPS,
    )
    related = (Related(N_("Requests"), RewardRedemption, "item", "rewards_redemption"),)


class RewardRedemptionView(ScopedView):
    """Requests for things of the catalogue."""

    group = _GROUP
    stands = ("employee", "item")
    order = ("id", True)
    columns = (
        Shown("employee", N_("Employee"), label=Employee.name, is_searched=True),
        Shown("item", N_("From the catalogue"), label=RewardItem.name, is_searched=True),
        Shown("quantity", N_("How many")),
        Shown("points", N_("Points")),
        Shown("state", N_("State")),
        Shown("requested_on", N_("Asked for on")),
        Shown("decided_by", N_("Decided by"), is_listed=False),
        Shown("decided_on", N_("Decided on"), is_listed=False),
        Shown("note", N_("Note"), is_listed=False),
        Shown("handed_out_on", N_("Handed out on"), is_listed=False),
        Shown("key", N_("Key"), is_listed=False),
        *STAMPS,
    )
    related = (Related(N_("Movements of points"), PointTransaction, "redemption", "rewards_point_transaction"),)


class LeaderboardConsentView(ScopedView):
    """One's own consent to be named on leaderboards."""

    group = _GROUP
    stands = ("employee",)
    columns = (
        Shown("employee", N_("Employee"), label=Employee.name),
        Shown("is_given", N_("Agreed")),
        Shown("changed_on", N_("Since")),
        *STAMPS,
    )


VIEWS: list[AdminView] = [
    AdminView("rewards_point_account", lambda: PointAccountView(PointAccount, N_("Balances"), "rewards_point_account")),
    AdminView("rewards_item", lambda: RewardItemView(RewardItem, N_("Catalogue"), "rewards_item")),
    AdminView(
        "rewards_redemption", lambda: RewardRedemptionView(RewardRedemption, N_("Requests"), "rewards_redemption")
    ),
    AdminView("rewards_point_rule", lambda: PointRuleView(PointRule, N_("Rules of points"), "rewards_point_rule")),
    AdminView(
        "rewards_point_transaction",
        lambda: PointTransactionView(PointTransaction, N_("Movements of points"), "rewards_point_transaction"),
    ),
    AdminView(
        "rewards_point_entry", lambda: PointEntryView(PointEntry, N_("What came and what left"), "rewards_point_entry")
    ),
    AdminView("rewards_point_use", lambda: PointUseView(PointUse, N_("Points taken"), "rewards_point_use")),
    AdminView(
        "rewards_leaderboard_consent",
        lambda: LeaderboardConsentView(LeaderboardConsent, N_("My consent"), "rewards_leaderboard_consent"),
    ),
]
