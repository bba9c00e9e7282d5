"""GraphQL of the plugin `queueing`."""

from schema.engine import SchemaParts

PARTS = SchemaParts()
