"""GraphQL of the plugin `rewards`, joined from its areas."""

from plugins.rewards.programmes import schema as programmes
from schema.engine import SchemaParts

PARTS: list[SchemaParts] = [programmes.PARTS]
