"""Who sees innovations, and who may do what with them.

What was adopted is open to everybody of the institution. Before that an innovation is for its authors, whoever
proposed it, their superiors, the heads of the units that it concerns, and those whose role reads innovations there.
"""

from collections.abc import Iterable
from typing import Any

from core.organisation.models import WorkUnit
from core.organisation.scope import read_paths, reports_of, superior_on, unit_within
from core.plugin_api import ActEntry, Actor, PolicyEntry, among, either
from plugins.rewards.innovations.models import (
    Innovation,
    InnovationAuthor,
    InnovationEffect,
    InnovationEvidence,
    InnovationStep,
    InnovationUnit,
)
from plugins.rewards.innovations.roles import MANAGE, READ

PROPOSE = "rewards.propose_innovation"
EDIT = "rewards.edit_innovation"
DECIDE = "rewards.decide_innovation"


def _innovation(actor: Actor, t: Any) -> Any:
    if not actor.is_known:
        return False
    paths = {*read_paths(actor, READ), *actor.paths(MANAGE)}
    return either(t.adopted_on.is_null(False), unit_within(t.unit, paths), _concerns(t, paths), *_near(actor, t))


def _concerns(t: Any, paths: Iterable[str]) -> Any:
    """Give where a further unit of the innovation lies in one of the subtrees."""
    further = InnovationUnit.alias()
    inside = unit_within(further.unit, paths)
    return inside if isinstance(inside, bool) else among(t.id, further.select(further.innovation).where(inside))


def _near(actor: Actor, t: Any) -> list[Any]:
    """Give where the actor wrote or proposed it, or supervises one who did."""
    if actor.employee_id is None:
        return []
    author = InnovationAuthor.alias()
    mine = (author.employee == actor.employee_id) | among(author.employee, reports_of(actor))
    return [t.proposed_by == actor.employee_id, among(t.id, author.select(author.innovation).where(mine))]


def _of_innovation(actor: Actor, t: Any) -> Any:
    if not actor.is_known:
        return False
    innovation = Innovation.alias()
    return among(t.innovation, innovation.select(innovation.id).where(_innovation(actor, innovation)))


def _proposes(actor: Actor, unit: WorkUnit) -> bool:
    return unit.id in actor.home_unit_ids or _manages(actor, unit)


def _manages(actor: Actor, unit: WorkUnit) -> bool:
    return actor.holds(MANAGE, unit.path)


def authors_of(innovation: Innovation) -> set[int]:
    """Return the ids of the authors of an innovation."""
    rows = InnovationAuthor.select(InnovationAuthor.employee).where(InnovationAuthor.innovation == innovation.id)
    return {row.employee_id for row in rows}


def _edits(actor: Actor, innovation: Innovation) -> bool:
    me = actor.employee_id
    is_own = me is not None and (me == innovation.proposed_by_id or me in authors_of(innovation))
    return is_own or _manages(actor, innovation.unit)


def _decides(actor: Actor, innovation: Innovation) -> bool:
    """Nobody decides on an innovation of his own."""
    authors = authors_of(innovation)
    me = actor.employee_id
    if me is not None and (me in authors or me == innovation.proposed_by_id):
        return False
    path = innovation.unit.path
    if any(path.startswith(headed) for headed in actor.headed_paths) or _manages(actor, innovation.unit):
        return True
    return me is not None and any(superior_on(author, actor.today) == me for author in authors)


ENTRIES: list[PolicyEntry] = [
    PolicyEntry(Innovation, _innovation),
    *(
        PolicyEntry(model, _of_innovation)
        for model in (InnovationUnit, InnovationAuthor, InnovationStep, InnovationEvidence, InnovationEffect)
    ),
]

ACTS: list[ActEntry] = [
    ActEntry(PROPOSE, _proposes),  # subject: the unit
    ActEntry(EDIT, _edits),
    ActEntry(DECIDE, _decides),
]
