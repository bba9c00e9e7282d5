"""The fields of a verb that a person may read of a row: what is masked is neither in a form nor changed by it."""

from dataclasses import replace

import peewee as pw

from core import policy
from core.actor import Actor
from core.verbs.declare import Verb, VerbField


def column_of(verb: Verb, field: VerbField) -> str | None:
    """Return the column of the verb's model that holds the present value of a field, None where none does."""
    columns = verb.model._meta.fields
    wanted = field.column or field.name.removesuffix("_id")
    return wanted if wanted in columns else field.name if field.name in columns else None


def masked_columns(who: Actor, model: type[pw.Model], key: int) -> frozenset[str]:
    """Return the columns of one row that the actor may not read."""
    rules = policy.fields(who, model)
    hidden = {name for name, rule in rules.items() if rule is False}
    asked = {name: rule for name, rule in rules.items() if not isinstance(rule, bool)}
    if asked:
        answers = [pw.Case(None, [(rule, 1)], 0).alias(f"may_{name}") for name, rule in asked.items()]
        row = model.select(*answers).where(model._meta.primary_key == key).tuples().first()
        hidden |= {name for name, may_read in zip(asked, row or [0] * len(asked), strict=True) if not may_read}
    return frozenset(hidden)


def readable_part(who: Actor, verb: Verb, key: int) -> Verb:
    """Return the verb with those fields only that the actor may read of the row."""
    hidden = masked_columns(who, verb.model, key)
    return replace(verb, fields=tuple(field for field in verb.fields if column_of(verb, field) not in hidden))
