"""What `kinerja doctor` asks about the plugin `rewards`, joined from its areas."""

from core.plugin_api import Check
from plugins.rewards.compliance import checks as compliance
from plugins.rewards.discipline import checks as discipline
from plugins.rewards.points import checks as points

CHECKS: list[Check] = [*discipline.CHECKS, *points.CHECKS, *compliance.CHECKS]
