"""What roles permit in discipline. Holding a permission shows nobody a case: only its team and its person see it."""

from core.plugin_api import N_, Permission, Role

KEEP = "rewards.keep_discipline"
REPORT = "rewards.report_breach"

PERMISSIONS = [
    Permission(KEEP, N_("Keep discipline cases in whose team one is"), ("hr_admin",)),
    Permission(REPORT, N_("Report a suspected breach of discipline"), ("hr_admin", "hr_officer")),
]

ROLES = [Role("rewards.discipline", N_("HR officer for discipline"), (KEEP, REPORT, "organisation.read"))]
