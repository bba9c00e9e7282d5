"""What roles permit with simulations of the allowance."""

from core.plugin_api import N_, Permission, Role

READ = "rewards.simulate_allowance"
SANCTIONS = "rewards.simulate_sanctions"
_EXPORT = "exchange.export"

PERMISSIONS = (
    Permission(READ, N_("Simulate the allowance of others"), ("hr_admin",)),
    # Held by no role of core: a result with sanctions tells who was sanctioned.
    Permission(SANCTIONS, N_("Have simulations take disciplinary sanctions into account")),
)

ROLES = (
    Role("rewards.allowance", N_("Allowance analyst"), (READ, _EXPORT)),
    Role("rewards.allowance_sanctions", N_("Allowance analyst who may know of sanctions"), (READ, SANCTIONS, _EXPORT)),
)
"""The first simulates without sanctions."""
