"""GraphQL of the plugin `rewards`, that of each area together."""

import inspect
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from plugins.rewards import models
from plugins.rewards.discipline.schema import PARTS as DISCIPLINE
from schema.engine import Connection, Node, SchemaParts, TypeExtension, column, describe_values, entity, pages, relation

if TYPE_CHECKING:
    from schema.organisation import Employee

strawberry.enum(
    models.AwardKind, name="AwardKind", description="Kinds of awards: service medal, promotion on merit, appreciation."
)
describe_values(
    models.AwardKind,
    SERVICE_MEDAL="Medal for years of service (Satyalancana Karya Satya).",
    MERIT_PROMOTION="Promotion on merit (kenaikan pangkat luar biasa).",
    APPRECIATION="Appreciation by a leader (apresiasi).",
)


@entity(models.Award, order=("-awarded_on",))
class Award(Node):
    """An award that an employee has received (penghargaan)."""

    employee: Annotated["Employee", strawberry.lazy("schema.organisation")] | None = relation(
        models.Award.employee, "Who received it."
    )
    kind: models.AwardKind = column(models.Award.kind, "Its kind.")
    title: str = column(models.Award.title, "What the decree calls it.")
    awarded_on: date = column(models.Award.awarded_on, "The day on which it was given.")
    decree_number: str = column(
        models.Award.decree_number, "Number of the decree (nomor keputusan), empty without one."
    )


class EmployeeRewards:
    """What this plugin adds to an employee."""

    rewards: Connection[Award] = pages(models.Award.employee, "Awards that the employee has received (penghargaan).")


_OWN = SchemaParts(types=[Award], extensions=[TypeExtension("Employee", EmployeeRewards)])
AREAS = [_OWN, DISCIPLINE]
"""The parts of each area."""


def _together(name: str, parts: Sequence[type[Any] | None]) -> type[Any]:
    """Return a class with the fields of several, which stand in a module of their own each."""
    annotations: dict[str, Any] = {}
    members: dict[str, Any] = {}
    for part in filter(None, parts):
        annotations |= inspect.get_annotations(part)
        members |= {key: value for key, value in vars(part).items() if not key.startswith("__")}
    return type(name, (), {"__annotations__": annotations, "__module__": __name__, **members})


PARTS = SchemaParts(
    query=_together("Query", [area.query for area in AREAS]),
    mutation=_together("Mutation", [area.mutation for area in AREAS]),
    subscription=_together("Subscription", [area.subscription for area in AREAS]),
    types=[one for area in AREAS for one in area.types],
    extensions=[one for area in AREAS for one in area.extensions],
)
