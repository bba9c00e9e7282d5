"""What roles permit in the plugin, those of each area together."""

from plugins.rewards.compliance import roles as compliance
from plugins.rewards.discipline import roles as discipline
from plugins.rewards.innovations import roles as innovations
from plugins.rewards.programmes import roles as programmes

PERMISSIONS = [*programmes.PERMISSIONS, *discipline.PERMISSIONS, *innovations.PERMISSIONS, *compliance.PERMISSIONS]

ROLES = [*programmes.ROLES, *discipline.ROLES, *innovations.ROLES, *compliance.ROLES]
