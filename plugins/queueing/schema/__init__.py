"""GraphQL of the plugin `queueing`."""

from plugins.queueing.schema.reading import TYPES, EmployeeLists, Lists, WorkUnitLists
from schema.engine import SchemaParts, TypeExtension

PARTS = SchemaParts(
    query=Lists,
    types=TYPES,
    extensions=[TypeExtension("WorkUnit", WorkUnitLists), TypeExtension("Employee", EmployeeLists)],
)
