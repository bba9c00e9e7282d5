"""GraphQL of discipline."""

from plugins.rewards.discipline.schema.live import DisciplineSubscription
from plugins.rewards.discipline.schema.reading import TYPES, DisciplineQueries, EmployeeDiscipline
from plugins.rewards.discipline.schema.steps import DisciplineMutations
from schema.engine import SchemaParts, TypeExtension

PARTS = SchemaParts(
    query=DisciplineQueries,
    mutation=DisciplineMutations,
    subscription=DisciplineSubscription,
    types=TYPES,
    extensions=[TypeExtension("Employee", EmployeeDiscipline)],
)
