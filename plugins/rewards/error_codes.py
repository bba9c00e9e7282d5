"""The codes of refusals of the plugin `rewards`, joined from its areas."""

from plugins.rewards.compliance.error_codes import CODES as COMPLIANCE
from plugins.rewards.discipline.error_codes import CODES as DISCIPLINE
from plugins.rewards.innovations.error_codes import CODES as INNOVATIONS

CODES: dict[str, str] = {**DISCIPLINE, **INNOVATIONS, **COMPLIANCE}
"""All of them; those that core knows as well are not repeated."""
