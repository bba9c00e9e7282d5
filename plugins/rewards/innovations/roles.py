"""What roles permit about innovations."""

from core.plugin_api import N_, Permission, Role

READ = "rewards.read_innovations"
MANAGE = "rewards.manage_innovations"

PERMISSIONS = [
    Permission(READ, N_("See innovations that are not adopted yet"), ("hr_admin", "hr_officer", "auditor")),
    Permission(MANAGE, N_("Decide on innovations and correct them"), ("hr_admin",)),
]

ROLES = [Role("rewards.innovation_officer", N_("Innovation officer"), (READ, MANAGE))]
