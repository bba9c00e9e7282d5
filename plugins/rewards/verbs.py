"""What people do by hand, joined from the areas of the plugin `rewards`."""

from core.plugin_api import Verb
from plugins.rewards.allowance.verbs import VERBS as ALLOWANCE
from plugins.rewards.innovations.verbs import VERBS as INNOVATIONS
from plugins.rewards.points.verbs import VERBS as POINTS

VERBS: list[Verb] = [*INNOVATIONS, *POINTS, *ALLOWANCE]
