"""The codes of refusals of the plugin `rewards`, joined from its areas."""

from plugins.rewards.allowance.error_codes import CODES as ALLOWANCE
from plugins.rewards.compliance.error_codes import CODES as COMPLIANCE
from plugins.rewards.discipline.error_codes import CODES as DISCIPLINE
from plugins.rewards.innovations.error_codes import CODES as INNOVATIONS
from plugins.rewards.points.error_codes import CODES as POINTS
from plugins.rewards.programmes.error_codes import CODES as PROGRAMMES

CODES: dict[str, str] = {**PROGRAMMES, **DISCIPLINE, **INNOVATIONS, **POINTS, **ALLOWANCE, **COMPLIANCE}
"""All of them; those that core knows as well are not repeated."""
