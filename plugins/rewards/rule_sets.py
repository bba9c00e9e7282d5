"""The rule sets of the plugin `rewards`, joined from its areas; shipped versions lie in data/."""

from core.plugin_api import RuleSet
from plugins.rewards.discipline import rule_sets as discipline

RULE_SETS: list[RuleSet] = [*discipline.RULE_SETS]
