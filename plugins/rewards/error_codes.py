"""The codes of refusals of the plugin `rewards`, joined from its areas."""

from plugins.rewards.discipline.error_codes import CODES as DISCIPLINE

CODES: dict[str, str] = {**DISCIPLINE}
"""All of them; those that core knows as well are not repeated."""
