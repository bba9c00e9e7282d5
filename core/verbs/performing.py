"""Which verbs there are for whom, and doing one."""

from typing import Any

import peewee as pw

from core.actor import Actor
from core.context import Context
from core.errors import not_found
from core.policy import fetch, may
from core.registry import active_registry
from core.verbs.declare import Does, Target, Values, Verb
from core.verbs.values import differing

NEW = Target(0)
"""The target of a verb that makes a row."""


def verb_named(name: str) -> Verb:
    """Return the verb of this name; refused with NOT_FOUND when no plugin that is on has it."""
    for verb in active_registry().verbs:
        if verb.name == name:
            return verb
    raise not_found("input", "verb", id=name)


def verbs_of(model: type[pw.Model]) -> tuple[Verb, ...]:
    """Return the verbs for rows of `model`, in the order in which they were contributed."""
    return tuple(verb for verb in active_registry().verbs if verb.model is model)


def is_offered(actor: Actor, verb: Verb, row: Any = None) -> bool:
    """Whether the actor is shown the verb, for `row` unless it makes rows."""
    if not actor.is_known:
        return False
    if verb.does is Does.CREATE:
        return verb.allows(actor) if verb.allows is not None else bool(actor.paths(verb.permission))
    if verb.allows is not None:
        return verb.suits(row) and verb.allows(actor)
    return verb.suits(row) and (not verb.permission or may(actor, verb.permission, verb.subject(row)))


def perform(ctx: Context, verb: Verb, target: Target, values: Values) -> object:
    """Do the verb and return what its service gave; a verb that corrects is given only what differs from the row."""
    if verb.does is Does.CORRECT:
        row = fetch(verb.model, target.id, ctx, "input", "id")
        values = differing(verb, row, values)
    return verb.run(ctx, target, values)
