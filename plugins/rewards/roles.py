"""What roles permit in the plugin, those of each area together."""

from plugins.rewards.compliance import roles as compliance
from plugins.rewards.innovations import roles as innovations

PERMISSIONS = [*innovations.PERMISSIONS, *compliance.PERMISSIONS]

ROLES = [*innovations.ROLES, *compliance.ROLES]
