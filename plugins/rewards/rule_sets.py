"""The rule sets of the plugin `rewards`, joined from its areas; shipped versions lie in data/."""

from core.plugin_api import RuleSet
from plugins.rewards.allowance import rule_sets as allowance
from plugins.rewards.discipline import rule_sets as discipline
from plugins.rewards.innovations import rule_sets as innovations

RULE_SETS: list[RuleSet] = [*discipline.RULE_SETS, *innovations.RULE_SETS, *allowance.RULE_SETS]
