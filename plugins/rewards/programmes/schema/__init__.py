"""GraphQL of programmes of recognition."""

from plugins.rewards.programmes.schema.changing import Mutation
from plugins.rewards.programmes.schema.live import Subscription
from plugins.rewards.programmes.schema.reading import EmployeeRewards, Query, WorkUnitRecognition
from plugins.rewards.programmes.schema.types import TYPES
from schema.engine import SchemaParts, TypeExtension

PARTS = SchemaParts(
    query=Query,
    mutation=Mutation,
    subscription=Subscription,
    types=TYPES,
    extensions=[TypeExtension("Employee", EmployeeRewards), TypeExtension("WorkUnit", WorkUnitRecognition)],
)
"""The part of the schema."""
