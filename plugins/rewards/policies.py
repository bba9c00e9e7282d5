"""Who sees the rows of the plugin `rewards`, and who may do what, joined from its areas."""

from core.plugin_api import ActEntry, PolicyEntry
from plugins.rewards.allowance import policies as allowance
from plugins.rewards.compliance import policies as compliance
from plugins.rewards.discipline import policies as discipline
from plugins.rewards.innovations import policies as innovations
from plugins.rewards.points import policies as points
from plugins.rewards.programmes import policies as programmes

ENTRIES: list[PolicyEntry] = [
    *programmes.ENTRIES,
    *discipline.ENTRIES,
    *innovations.ENTRIES,
    *compliance.ENTRIES,
    *points.ENTRIES,
    *allowance.ENTRIES,
]

ACTS: list[ActEntry] = [
    *programmes.ACTS,
    *discipline.ACTS,
    *innovations.ACTS,
    *compliance.ACTS,
    *points.ACTS,
    *allowance.ACTS,
]
