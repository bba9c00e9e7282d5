"""What roles permit in the plugin `rewards`, and its roles, joined from its areas."""

from core.plugin_api import N_, Permission, Role
from plugins.rewards.allowance import roles as allowance
from plugins.rewards.compliance import roles as compliance
from plugins.rewards.discipline import roles as discipline
from plugins.rewards.innovations import roles as innovations
from plugins.rewards.points import roles as points
from plugins.rewards.programmes import roles as programmes

PERMISSIONS: list[Permission] = [
    *programmes.PERMISSIONS,
    *discipline.PERMISSIONS,
    *innovations.PERMISSIONS,
    *compliance.PERMISSIONS,
    *points.PERMISSIONS,
    *allowance.PERMISSIONS,
]
ROLES: list[Role] = [
    Role("rewards.officer", N_("HR officer for recognition"), (*programmes.OF_OFFICER, *points.OF_OFFICER)),
    *discipline.ROLES,
    *innovations.ROLES,
    *compliance.ROLES,
    *allowance.ROLES,
]
