"""What roles permit in the plugin, and the roles of its own: each area gives its part."""

from core.plugin_api import N_, Permission, Role
from plugins.rewards.allowance import roles as allowance
from plugins.rewards.points import roles as points

PERMISSIONS: list[Permission] = [*points.PERMISSIONS, *allowance.PERMISSIONS]
"""All permissions of the plugin."""

ROLES: list[Role] = [
    Role("rewards.officer", N_("Recognition officer"), (*points.OF_OFFICER,)),
    *allowance.ROLES,
]
"""All roles of the plugin."""
