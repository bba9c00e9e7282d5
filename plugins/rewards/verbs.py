"""What people do by hand in the plugin `rewards`, joined from its areas."""

from core.plugin_api import Verb
from plugins.rewards.allowance import verbs as allowance
from plugins.rewards.compliance import verbs as compliance
from plugins.rewards.discipline import verbs as discipline
from plugins.rewards.innovations import verbs as innovations
from plugins.rewards.points import verbs as points
from plugins.rewards.programmes import verbs as programmes

VERBS: list[Verb] = [
    *programmes.VERBS,
    *discipline.VERBS,
    *innovations.VERBS,
    *compliance.VERBS,
    *points.VERBS,
    *allowance.VERBS,
]
