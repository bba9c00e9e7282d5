"""GraphQL of the plugin `rewards`, joined from its areas."""

import inspect
from collections.abc import Sequence
from typing import Any

from plugins.rewards.allowance import schema as allowance
from plugins.rewards.compliance import schema as compliance
from plugins.rewards.innovations import schema as innovations
from plugins.rewards.points import schema as points
from plugins.rewards.programmes import schema as programmes
from schema.engine import SchemaParts

_AREAS: list[SchemaParts] = [
    programmes.PARTS,
    innovations.PARTS,
    compliance.PARTS,
    points.PARTS,
    allowance.PARTS,
]


def _together(name: str, parts: Sequence[type[Any] | None]) -> type[Any] | None:
    """Return a class with the fields of several, which stand in a module of their own each; None without any."""
    annotations: dict[str, Any] = {}
    members: dict[str, Any] = {}
    for part in filter(None, parts):
        annotations |= inspect.get_annotations(part)
        members |= {key: value for key, value in vars(part).items() if not key.startswith("__")}
    return type(name, (), {"__annotations__": annotations, "__module__": __name__, **members}) if members else None


PARTS: list[SchemaParts] = [
    SchemaParts(
        query=_together("Query", [area.query for area in _AREAS]),
        mutation=_together("Mutation", [area.mutation for area in _AREAS]),
        subscription=_together("Subscription", [area.subscription for area in _AREAS]),
        types=[one for area in _AREAS for one in area.types],
        extensions=[one for area in _AREAS for one in area.extensions],
    )
]
"""One for the plugin."""
