"""The rule set of the innovation contest; shipped versions lie in plugins/rewards/data."""

from pathlib import Path

from core.plugin_api import N_, RuleSet
from plugins.rewards.innovations.rules.contest import KIND, content_fault

RULE_SETS = [RuleSet(KIND, N_("Innovation contest"), content_fault, Path(__file__).parents[1] / "data")]
