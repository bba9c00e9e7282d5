"""What roles permit in programmes of recognition."""

from core.plugin_api import N_, Permission

READ = "rewards.read_nominations"
MANAGE = "rewards.manage_programmes"
DECIDE = "rewards.decide_awards"

PERMISSIONS: list[Permission] = [
    Permission(READ, N_("See eligibility runs, nominations and scores"), ("hr_admin", "hr_officer", "auditor")),
    Permission(MANAGE, N_("Set up programmes, run them, verify nominations"), ("hr_admin",)),
    Permission(DECIDE, N_("Decide on awards, grant and revoke them"), ("hr_admin",)),
]

OF_OFFICER = ("organisation.read", READ, MANAGE, DECIDE)
"""What the recognition officer may do with programmes; whoever looks for people to be recognised must see them."""
