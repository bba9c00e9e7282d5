"""The rule set of the allowance: a region's table, of which no version comes with the program."""

from pathlib import Path

from core.plugin_api import N_, RuleSet
from plugins.rewards.allowance.rules.table import fault_of

TABLE = "rewards.allowance_table"

RULE_SETS: list[RuleSet] = [
    # Tables are local: what lies in data/ are examples to begin with, none of them in force.
    RuleSet(TABLE, N_("Table of the allowance (TPP)"), fault_of, Path(__file__).parent / "data")
]
