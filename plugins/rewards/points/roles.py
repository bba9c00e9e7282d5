"""What roles permit with points."""

from core.plugin_api import N_, Permission

READ = "rewards.read_points"
MANAGE = "rewards.manage_points"
RULES = "rewards.manage_point_rules"
REDEEM = "rewards.redeem_points"
CONSENT = "rewards.consent_to_leaderboards"

PERMISSIONS = (
    Permission(READ, N_("See the points of others"), ("hr_admin", "auditor")),
    # Nobody gives a role that permits more than they hold: somebody must be able to make recognition officers.
    Permission(MANAGE, N_("Adjust points and decide on what is redeemed"), ("hr_admin",)),
    Permission(RULES, N_("Set the rules of points and the catalogue"), ("hr_admin",)),
)

OF_OFFICER = (READ, MANAGE, RULES)
"""What the recognition officer may do with points."""
