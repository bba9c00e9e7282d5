"""Tables of the plugin `rewards`, joined from its areas."""

import peewee as pw

from plugins.rewards.allowance.models import TABLES as ALLOWANCE
from plugins.rewards.compliance.models import TABLES as COMPLIANCE
from plugins.rewards.discipline.models import TABLES as DISCIPLINE
from plugins.rewards.innovations.models import TABLES as INNOVATIONS
from plugins.rewards.points.models import TABLES as POINTS
from plugins.rewards.programmes.models import TABLES as PROGRAMMES
from plugins.rewards.programmes.models import Award
from plugins.rewards.programmes.terms import AwardKind

__all__ = ["TABLES", "Award", "AwardKind"]

TABLES: list[type[pw.Model]] = [*PROGRAMMES, *DISCIPLINE, *INNOVATIONS, *COMPLIANCE, *POINTS, *ALLOWANCE]
"""Every table of the plugin, those of each area together."""
