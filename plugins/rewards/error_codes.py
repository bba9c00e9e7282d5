"""The codes with which the plugin refuses, each with its meaning and remedy, those of each area together."""

from plugins.rewards.innovations.error_codes import INNOVATIONS

CODES: dict[str, str] = {**INNOVATIONS}
"""All of them; those that core knows as well are not repeated."""
