"""GraphQL of the plugin `queueing`."""

from plugins.queueing.schema.board import BoardQueries
from plugins.queueing.schema.citizens import CitizenMutations
from plugins.queueing.schema.comparison import ComparisonMutations, ComparisonQueries
from plugins.queueing.schema.counters import CounterMutations
from plugins.queueing.schema.figures import FigureQueries, WorkUnitFigures
from plugins.queueing.schema.foresight import ForesightQueries
from plugins.queueing.schema.live import Subscription
from plugins.queueing.schema.managers import ManagerMutations
from plugins.queueing.schema.reading import TYPES, EmployeeLists, Lists, WorkUnitLists
from plugins.queueing.schema.watching import WatchQueries
from schema.engine import SchemaParts, TypeExtension, together

PARTS = SchemaParts(
    query=together("Query", [Lists, BoardQueries, FigureQueries, WatchQueries, ComparisonQueries, ForesightQueries]),
    mutation=together("Mutation", [CitizenMutations, CounterMutations, ManagerMutations, ComparisonMutations]),
    subscription=Subscription,
    types=TYPES,
    extensions=[
        TypeExtension("WorkUnit", WorkUnitLists),
        TypeExtension("WorkUnit", WorkUnitFigures),
        TypeExtension("Employee", EmployeeLists),
    ],
)
