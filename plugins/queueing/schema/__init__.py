"""GraphQL of the plugin `queueing`."""

import inspect
from typing import Any

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
from schema.engine import SchemaParts, TypeExtension


def _together(name: str, *parts: type[Any]) -> type[Any]:
    """Return a class with the fields of several, which stand in a module of their own each."""
    annotations: dict[str, Any] = {}
    members: dict[str, Any] = {}
    for part in parts:
        annotations |= inspect.get_annotations(part)
        members |= {key: value for key, value in vars(part).items() if not key.startswith("__")}
    return type(name, (), {"__annotations__": annotations, "__module__": __name__, **members})


PARTS = SchemaParts(
    query=_together("Query", Lists, BoardQueries, FigureQueries, WatchQueries, ComparisonQueries, ForesightQueries),
    mutation=_together("Mutation", CitizenMutations, CounterMutations, ManagerMutations, ComparisonMutations),
    subscription=Subscription,
    types=TYPES,
    extensions=[
        TypeExtension("WorkUnit", WorkUnitLists),
        TypeExtension("WorkUnit", WorkUnitFigures),
        TypeExtension("Employee", EmployeeLists),
    ],
)
