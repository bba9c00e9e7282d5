"""What roles permit in the queue, and the two roles of its own."""

from core.plugin_api import N_, Permission, Role

READ = "queueing.read"
SERVE = "queueing.serve"
MANAGE = "queueing.manage"
IMPORT = "queueing.import"

PERMISSIONS = [
    Permission(READ, N_("See queues, shifts and waiting times"), ("hr_admin", "auditor", "system_admin")),
    # Nobody gives a role that permits more than they hold: somebody must be able to make counter clerks.
    Permission(SERVE, N_("Call and serve at counters"), ("hr_admin",)),
    Permission(MANAGE, N_("Set up service points, services, counters and shifts"), ("hr_admin", "system_admin")),
    Permission(IMPORT, N_("Take in logs of other queue systems"), ("hr_admin", "system_admin")),
]

ROLES = [
    Role("queueing.counter", N_("Counter clerk"), (READ, SERVE)),
    Role("queueing.manager", N_("Service manager"), (READ, SERVE, MANAGE, IMPORT)),
]
