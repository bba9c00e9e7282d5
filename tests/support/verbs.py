"""Verbs done in tests as pages do them: typed texts are read, then the verb is performed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import peewee as pw
import pytest

from core.errors import Refused
from core.verbs.declare import Target, Verb
from core.verbs.performing import NEW, perform, verb_named
from core.verbs.values import read_values
from tests.support.walk.world import World

GONE: dict[str, Any] = {"is": "gone"}
"""What is expected of a row that the verb takes away."""

FIRST_PARTY = ("queueing", "rewards", "training")
OTHERS = ("anonymous", "lapsed", "trainee")
"""A stranger, somebody whose role is over, and an employee who has nothing to do with the rows of the cases."""


@dataclass(frozen=True)
class Case:
    """A verb done by `who` to the row `label` (None: it makes one) with typed texts.

    `expected` are columns of the row afterwards: of that row, or of the newest one of `of` (default: the verb's model)
    where the verb makes a row.
    """

    name: str
    who: str
    label: str | None = None
    texts: Callable[[World], Mapping[str, Any]] = lambda _world: {}
    expected: Mapping[str, Any] = field(default_factory=dict)
    of: type[pw.Model] | None = None


def do(world: World, case: Case, who: str | None = None) -> object:
    """Do the verb of a case, by somebody else if named."""
    verb = verb_named(case.name)
    texts = {
        name: [str(part) for part in text] if isinstance(text, list) else [str(text)]
        for name, text in case.texts(world).items()
    }
    values = read_values(verb, texts, "en")
    target = NEW
    if case.label is not None:
        row = world.rows[case.label]
        target = Target(row.id, getattr(row, "version", None))
    return perform(world.context(who or case.who), verb, target, values)


def table(model: type[pw.Model]) -> list[Any]:
    """Return every row of a table as it is stored."""
    return list(model.select().order_by(model._meta.primary_key).tuples())


def check(world: World, case: Case) -> None:
    """Assert that others are refused and change nothing, and that the verb does what is expected."""
    verb = verb_named(case.name)
    model = case.of or verb.model
    before = table(model)
    for who in OTHERS:
        with pytest.raises(Refused):
            do(world, case, who)
        assert table(model) == before, who

    do(world, case)

    assert table(model) != before
    row = _row(world, case, verb)
    if case.expected is GONE:
        assert row is None
    else:
        assert {name: row.__data__[name] for name in case.expected} == case.expected


def _row(world: World, case: Case, verb: Verb) -> Any:
    if case.label is None or case.of is not None:
        model: Any = case.of or verb.model
        return model.select().order_by(model.id.desc()).first()
    model = verb.model
    return model.get_or_none(model.id == world.rows[case.label].id)
