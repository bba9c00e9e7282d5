"""GraphQL of the plugin `queueing`."""

from plugins.queueing.schema.board import BoardQueries
from plugins.queueing.schema.citizens import CitizenMutations
from plugins.queueing.schema.comparison import ComparisonMutations, ComparisonQueries
from plugins.queueing.schema.counters import CounterMutations
from plugins.queueing.schema.figures import FigureQueries, WorkUnitFigures
from plugins.queueing.schema.live import Subscription
from plugins.queueing.schema.managers import ManagerMutations
from plugins.queueing.schema.reading import TYPES, EmployeeLists, Lists, WorkUnitLists
from plugins.queueing.schema.watching import WatchQueries
from schema.engine import SchemaParts, TypeExtension

PARTS = (
    SchemaParts(
        query=Lists,
        types=TYPES,
        extensions=[
            TypeExtension("WorkUnit", WorkUnitLists),
            TypeExtension("WorkUnit", WorkUnitFigures),
            TypeExtension("Employee", EmployeeLists),
        ],
    ),
    SchemaParts(query=BoardQueries, mutation=CitizenMutations, subscription=Subscription),
    SchemaParts(query=WatchQueries, mutation=CounterMutations),
    SchemaParts(query=FigureQueries, mutation=ManagerMutations),
    SchemaParts(query=ComparisonQueries, mutation=ComparisonMutations),
)
"""What the plugin gives to the schema, by subject."""
