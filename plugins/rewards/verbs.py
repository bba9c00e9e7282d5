"""What people do by hand in the plugin `rewards`, joined from its areas."""

from core.plugin_api import Verb
from plugins.rewards.programmes import verbs as programmes

VERBS: list[Verb] = [*programmes.VERBS]
