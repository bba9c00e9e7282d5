"""What goes along when a row is archived, what is emptied, and what stands in the way."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import peewee as pw

from core.context import Context
from core.database import database
from core.errors import Problem
from core.history.policies import AUDITED
from core.i18n import N_
from core.organisation.models import ReportingLine
from core.plugin_state import remembered_tables, states
from core.policy import as_condition, may, visible
from core.registry import active_registry
from core.verbs.declare import Does, Verb
from core.verbs.performing import verbs_of
from core.verbs.subjects import label_of_row
from core.work import SECRETS

_CHUNK = 500
_MOST_NAMED = 10

Key = tuple[type[pw.Model], int]


@dataclass
class Gathered:
    """The rows that go, in the order in which they were found; columns to be emptied; and what stands in the way."""

    going: dict[Key, pw.Model] = field(default_factory=dict)
    emptied: list[tuple[pw.Model, str]] = field(default_factory=list)
    standing: list[Problem] = field(default_factory=list)

    def leaves_first(self) -> list[pw.Model]:
        """Return the rows that go, each before those to which it refers."""
        order = {model: place for place, model in enumerate(pw.sort_models({model for model, _ in self.going}))}  # type: ignore[attr-defined]  # missing from the stubs
        # Of one table, the row found last refers to those found before.
        rows = reversed(self.going.values())
        return sorted(rows, key=lambda row: -order[type(row)])


def archive_verb_of(model: type[pw.Model]) -> Verb | None:
    """Return the verb that puts rows of `model` into the bin, None where that is not done."""
    return next((verb for verb in verbs_of(model) if verb.does is Does.ARCHIVE), None)


def gather(ctx: Context, rows: Sequence[pw.Model]) -> Gathered:
    """Return what becomes of everything that refers to these rows, directly or over others; they come first."""
    found = Gathered({_key(row): row for row in rows})
    frontier = list(rows)
    while frontier:
        frontier = [more for fk, rows in _references(frontier) for more in _sort_in(ctx, found, fk, rows)]
    found.emptied = [(one, column) for one, column in found.emptied if _key(one) not in found.going]
    found.standing += _held_by_plugins(found)
    return found


def _key(row: pw.Model) -> Key:
    return type(row), row.__data__["id"]


def _references(rows: list[pw.Model]) -> Iterator[tuple[Any, list[pw.Model]]]:
    """Yield each foreign key that points to tables of these rows, with the rows to which it points."""
    tables: dict[type[pw.Model], list[pw.Model]] = {}
    for row in rows:
        tables.setdefault(type(row), []).append(row)
    for model in active_registry().models:
        # Lines are derived: the database lets them go with their people, and they are worked out anew.
        if model is ReportingLine:
            continue
        for column in model._meta.sorted_fields:
            if isinstance(column, pw.ForeignKeyField) and column.rel_model in tables:
                yield column, tables[column.rel_model]


def _sort_in(ctx: Context, found: Gathered, column: Any, rows: list[pw.Model]) -> list[pw.Model]:
    """Sort the rows that refer by `column` to one of `rows` into `found`; return those that go."""
    model, rule = column.model, str(column.on_delete or "").upper()
    verb = archive_verb_of(model)
    is_kept_out = model in AUDITED or not SECRETS.isdisjoint(model._meta.fields)
    can_go = rule != "SET NULL" and not is_kept_out and (rule == "CASCADE" or verb is not None)
    going: list[pw.Model] = []
    for part in pw.chunked([row.__data__["id"] for row in rows], _CHUNK):
        query = model.select().where(column.in_(part)).order_by(model._meta.primary_key)
        for other in query if can_go or rule == "SET NULL" else query.limit(_MOST_NAMED):
            if _key(other) in found.going:
                continue
            if rule == "SET NULL":
                found.emptied.append((other, column.name))
            elif can_go and (rule == "CASCADE" or _may_go(ctx, verb, other)):
                found.going[_key(other)] = other
                going.append(other)
            elif len(found.standing) < _MOST_NAMED:
                found.standing.append(_stands(ctx, other, column))
    return going


def _may_go(ctx: Context, verb: Verb | None, row: pw.Model) -> bool:
    if verb is None or not verb.suits(row):
        return False
    return not verb.permission or may(ctx.actor, verb.permission, verb.subject(row))


def _stands(ctx: Context, row: pw.Model, column: Any) -> Problem:
    return Problem(
        "ARCHIVE_DEPENDENT",
        N_("{dependent} refers to {subject}, so it cannot go into the bin. Change or archive that first."),
        ("input", "id"),
        {
            "dependent": _named(ctx, row),
            "subject": f"{column.rel_model.__name__}:{row.__data__[column.name]}",
        },
    )


def _named(ctx: Context, row: pw.Model) -> str:
    model = type(row)
    is_seen = as_condition(visible(ctx.actor, model))
    name = f"{model.__name__}:{row.__data__['id']}"
    seen = model.select().where((model._meta.primary_key == row.__data__["id"]) & is_seen).exists()
    return f"{name} ({label_of_row(row)})" if seen else name


def _held_by_plugins(found: Gathered) -> list[Problem]:
    """Return a problem for each table of a plugin that is off and holds rows, which would be lost unrecorded."""
    off = [state for state in states() if not active_registry().is_on(state.name)]
    if not off:
        return []
    keys: dict[str, list[int]] = {}
    for model, key in found.going:
        keys.setdefault(model._meta.table_name, []).append(key)
    present = set(database.get_tables())
    return [
        Problem(
            "ARCHIVE_PLUGIN_OFF",
            N_("The plugin {plugin} is off and holds rows about this. Switch it on, then archive again."),
            ("input", "id"),
            {"plugin": state.title or state.name},
        )
        for state in off
        if any(_refers(table, keys) for table in remembered_tables(state) if table in present)
    ]


def _refers(table: str, keys: dict[str, list[int]]) -> bool:
    for reference in database.get_foreign_keys(table):
        source = pw.Table(table)
        column = getattr(source.c, reference.column)
        for part in pw.chunked(keys.get(reference.dest_table, []), _CHUNK):
            if source.select(column).where(column.in_(part)).limit(1).execute(database):
                return True
    return False
