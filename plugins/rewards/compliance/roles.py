"""What roles permit about reports that are owed."""

from core.plugin_api import N_, Permission, Role

READ = "rewards.read_compliance"
MANAGE = "rewards.manage_compliance"

PERMISSIONS = [
    Permission(READ, N_("See who owes which report and who was reminded"), ("hr_admin", "hr_officer", "auditor")),
    Permission(MANAGE, N_("Set rules of compliance and exempt from them"), ("hr_admin",)),
]

ROLES = [Role("rewards.compliance_officer", N_("Compliance officer"), (READ, MANAGE))]
