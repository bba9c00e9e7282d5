"""GraphQL of the plugin `rewards`, joined from its areas."""

from plugins.rewards.allowance import schema as allowance
from plugins.rewards.compliance import schema as compliance
from plugins.rewards.discipline import schema as discipline
from plugins.rewards.innovations import schema as innovations
from plugins.rewards.points import schema as points
from plugins.rewards.programmes import schema as programmes
from schema.engine import joined

PARTS = joined([programmes.PARTS, discipline.PARTS, innovations.PARTS, compliance.PARTS, points.PARTS, allowance.PARTS])
