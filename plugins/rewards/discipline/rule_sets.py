"""The rule sets of discipline, each for PNS (and CPNS) and for PPPK; shipped versions lie in plugins/rewards/data."""

from core.plugin_api import RuleSet

RULE_SETS: list[RuleSet] = []
