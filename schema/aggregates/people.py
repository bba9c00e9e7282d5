"""Whose rows a group counts, and which groups are withheld because they hold few people whom the caller may not see."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import peewee as pw

from core.actor import Actor
from core.organisation.models import Employee
from core.policy import visible
from schema.engine.sql import Masks, Scalar, all_of

People = Sequence[tuple[int, int]]
"""For each way to a person: how many different people, and how many of them the caller may not see."""

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


def withheld(groups: Sequence[People], outside: People, least: int) -> set[int]:
    """Return the places of the groups to withhold.

    `outside` are the people of the rows that the filter leaves out. A group of fewer than `least` people with an unseen
    one is withheld. Where such groups, and what is outside if it is one, together have fewer than `least` people, the
    next smallest groups are withheld too, since a known total minus what is shown would tell them.
    """
    hidden = {place for place, people in enumerate(groups) if _is_small(people, least)}
    left_out = [_size(outside)] if _is_small(outside, least) else []
    if not hidden and not left_out:
        return hidden
    sizes = {place: _size(people) for place, people in enumerate(groups)}
    others = [place for place in sizes if place not in hidden and sizes[place]]
    rest = sorted(others, key=lambda place: (sizes[place], place))
    while rest:
        unknown = [*left_out, *(sizes[place] for place in hidden)]
        if len(unknown) > 1 and sum(unknown) >= least:
            break
        hidden.add(rest.pop(0))
    return hidden


def _is_small(people: People, least: int) -> bool:
    return any(0 < few < least and unseen for few, unseen in people)


def _size(people: People) -> int:
    return max((few for few, _ in people), default=0)
