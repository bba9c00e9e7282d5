"""What roles permit in the plugin `rewards`, and its roles, joined from its areas."""

from core.plugin_api import Permission, Role
from plugins.rewards.discipline import roles as discipline

PERMISSIONS: list[Permission] = [*discipline.PERMISSIONS]
ROLES: list[Role] = [*discipline.ROLES]
