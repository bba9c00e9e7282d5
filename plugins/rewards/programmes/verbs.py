"""What people do by hand in programmes."""

from core.plugin_api import Verb
from plugins.rewards.programmes.verbs_of_nominations import NOMINATIONS
from plugins.rewards.programmes.verbs_of_programmes import PROGRAMMES

VERBS: list[Verb] = [*PROGRAMMES, *NOMINATIONS]
