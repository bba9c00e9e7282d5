"""Whose rows a group counts, and which groups are withheld because they hold few people whom the caller may not see."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import peewee as pw

from core.actor import Actor
from core.organisation.models import Employee
from core.policy import visible
from schema.engine.sql import Masks, Scalar, all_of

_FARTHEST = 3
_OWN = "employee"


@dataclass(frozen=True)
class Person:
    """One way from a row to a person: the SQL of the person's key, and of the key where the caller may not see it."""

    key: Any
    hidden: Any


def people_of(actor: Actor, table: Any, masks: Masks) -> list[Person]:
    """Return the people of a row of `table` whom the caller may not see; empty where every person is seen anyway."""
    if actor.is_system:
        return []
    model = table.model
    found = []
    for path in _paths(model):
        masked = len(path) == 1 and masks.is_masked(path[0])
        if masked or (path in _subjects(model)):
            person = _person(actor, table, masks, path, masked=masked)
            if person is not None:
                found.append(person)
    return found


def _person(
    actor: Actor, table: Any, masks: Masks, path: tuple[pw.ForeignKeyField, ...], *, masked: bool
) -> Person | None:
    other = Employee.alias()
    seen = visible(actor, other)
    if seen is True and not masked:
        return None
    key = _along(table, path)
    shown = masks.column(path[0]) if masked else key
    # Not correlated, so that the database finds the people who may be seen once and not for each row.
    unknown = shown.is_null() | shown.not_in(pw.Select([other], [other.id]).where(all_of([seen])))
    return Person(key, pw.Case(None, ((unknown, key),)))


def _along(table: Any, path: Sequence[pw.ForeignKeyField]) -> Any:
    """Return the SQL of the key at the end of a chain of foreign keys."""
    key = getattr(table, path[0].name)
    for step in path[1:]:
        other = step.model.alias()
        key = Scalar(pw.Select([other], [getattr(other, step.name)]).where(other.id == key))
    return key


def _paths(model: type[pw.Model]) -> set[tuple[pw.ForeignKeyField, ...]]:
    return {(field,) for field in _keys(model) if field.rel_model is Employee} | set(_subjects(model))


@cache
def _subjects(model: type[pw.Model]) -> tuple[tuple[pw.ForeignKeyField, ...], ...]:
    """Return the shortest ways from a row to the people it is about.

    That is its column `employee`; else every required column that names a person; else, along required columns, the
    same of the nearest row that has one.
    """
    if model is Employee:
        return ()
    waiting: list[tuple[type[pw.Model], tuple[pw.ForeignKeyField, ...]]] = [(model, ())]
    while waiting:
        current, path = waiting.pop(0)
        own = [field for field in _keys(current) if field.rel_model is Employee and not field.null]
        named = [field for field in own if field.name == _OWN]
        if own and current is not Employee:
            return tuple((*path, field) for field in named or own)
        if len(path) < _FARTHEST:
            waiting += [(field.rel_model, (*path, field)) for field in _onward(current)]
    return ()


def _keys(model: type[pw.Model]) -> list[pw.ForeignKeyField]:
    return [field for field in model._meta.sorted_fields if isinstance(field, pw.ForeignKeyField)]


def _onward(model: type[pw.Model]) -> Iterator[pw.ForeignKeyField]:
    return (field for field in _keys(model) if not field.null and field.rel_model not in {Employee, model})


def withheld(groups: Sequence[Mapping[str, Any]], least: int) -> set[int]:
    """Return the places of the groups to withhold.

    `groups` hold for each way to a person (`people`) how many different people there are and how many of them the
    caller may not see. A group of fewer than `least` people with an unseen one is withheld; where such groups together
    have fewer than `least`, the next smallest groups too, since a known total minus the groups shown would tell them.
    """
    hidden = {
        place
        for place, group in enumerate(groups)
        if any(0 < few < least and unseen for few, unseen in group["people"])
    }
    if not hidden:
        return hidden
    sizes = {place: max((few for few, _ in group["people"]), default=0) for place, group in enumerate(groups)}
    rest = sorted(
        (place for place in sizes if place not in hidden and sizes[place]), key=lambda place: (sizes[place], place)
    )
    while rest and (len(hidden) < 2 or sum(sizes[place] for place in hidden) < least):
        hidden.add(rest.pop(0))
    return hidden
